import { expect, it } from 'vitest'
import { minutesOf, runs, spent, totals } from './time'

const now = Date.parse('2026-11-25T15:30:00Z')
const entry = (Type: string, more = {}) => ({ Type, StartTime: '2026-11-25T14:00:00.000+0000', EndTime: null, DurationInMinutes: 0, ...more })

it('counts what runs until now', () => {
  expect(runs(entry('Direct'))).toBe(true)
  expect(minutesOf(entry('Direct'), now)).toBe(90)
  expect(minutesOf(entry('Direct', { EndTime: '2026-11-25T14:20:00.000+0000', DurationInMinutes: 20 }), now)).toBe(20)
})

it('sums by type', () => {
  expect(totals([entry('Direct'), entry('Travel', { EndTime: 'x', DurationInMinutes: 25 }), entry('Direct', { EndTime: 'x', DurationInMinutes: 10 })], now)).toEqual({ Direct: 100, Travel: 25 })
})

it('says minutes as people do', () => {
  expect([spent(25), spent(60), spent(85)]).toEqual(['25 min', '1 h', '1 h 25 min'])
})
