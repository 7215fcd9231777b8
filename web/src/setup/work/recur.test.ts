import { expect, it } from 'vitest'
import { nextDates } from './recur'

it('counts days, weeks, months and years', () => {
  expect(nextDates('2026-11-25', 10, 'Days', null, 3)).toEqual(['2026-11-25', '2026-12-05', '2026-12-15'])
  expect(nextDates('2026-11-25', 2, 'Weeks', null, 2)).toEqual(['2026-11-25', '2026-12-09'])
  expect(nextDates('2024-02-29', 1, 'Years', null, 3)).toEqual(['2024-02-29', '2025-02-28', '2026-02-28'])
})

it('comes back to the 31st after a shorter month', () => {
  expect(nextDates('2026-01-31', 1, 'Months', null, 3)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
})

it('ends with the plan, and says nothing of a plan that cannot be', () => {
  expect(nextDates('2026-11-25', 6, 'Months', '2027-06-01', 9)).toEqual(['2026-11-25', '2027-05-25'])
  expect(nextDates('2026-11-25', 0, 'Months', null, 9)).toEqual(['2026-11-25'])
  expect(nextDates('', 6, 'Months', null, 9)).toEqual([])
})
