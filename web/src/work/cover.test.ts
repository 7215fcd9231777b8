import { expect, it } from 'vitest'
import { coverOf, paceOf, timeLeft } from './cover'

const w = { StartDate: '2025-01-01', EndDate: '2027-01-01', PartsCovered: 100, LaborCovered: 50, LaborCoveredEndDate: '2026-01-01' }

it('says what a warranty covers on a day', () => {
  expect(coverOf(w, '2025-06-01')).toMatchObject({ valid: true, parts: 100, labour: 50 })
  expect(coverOf(w, '2026-06-01')).toMatchObject({ valid: true, parts: 100, labour: 0 })
  expect(coverOf(w, '2027-06-01')).toMatchObject({ valid: false, parts: 0 })
  expect(coverOf(w, '2024-06-01').valid).toBe(false)
})

it('tells how a milestone stands', () => {
  const now = Date.parse('2026-11-25T12:00:00Z')
  const m = (TargetDate: string, more = {}) => ({ StartDate: '2026-11-25T00:00:00.000+0000', TargetDate, ...more })
  expect(paceOf(m('2026-11-25T11:00:00.000+0000'), now)).toBe('late')
  expect(paceOf(m('2026-11-25T14:00:00.000+0000'), now)).toBe('risk')
  expect(paceOf(m('2026-11-27T00:00:00.000+0000'), now)).toBe('fine')
  expect(paceOf(m('2026-11-25T11:00:00.000+0000', { CompletionDate: '2026-11-25T10:00:00.000+0000' }), now)).toBe('done')
})

it('counts down', () => {
  const now = Date.parse('2026-11-25T12:00:00Z')
  expect(timeLeft('2026-11-27T16:30:00.000+0000', now)).toBe('2 d 4 h')
  expect(timeLeft('2026-11-25T10:35:00.000+0000', now)).toBe('1 h 25 min')
})
