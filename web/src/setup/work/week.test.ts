import { expect, it } from 'vitest'
import { hoursOf, minutesOf, nextSlot, slotsOf, span, timeOf } from './week'

const slot = (DayOfWeek: string, from: string, to: string) => ({ DayOfWeek, StartTime: timeOf(from), EndTime: timeOf(to) })

it('reads times of day, and midnight as the end of a day', () => {
  expect(minutesOf('08:30:00.000Z')).toBe(510)
  expect(minutesOf('00:00:00.000Z', true)).toBe(1440)
  expect(span(slot('Monday', '06:00', '18:00'))).toEqual({ from: 25, length: 50 })
})

it('sums a week and sorts a day', () => {
  const all = [slot('Monday', '13:00', '17:00'), slot('Monday', '08:00', '12:00'), slot('Friday', '22:00', '00:00')]
  expect(hoursOf(all)).toBe(10)
  expect(slotsOf(all, 'Monday').map((s) => s.StartTime)).toEqual(['08:00:00.000Z', '13:00:00.000Z'])
})

it('offers a slot that fits', () => {
  expect(nextSlot([])).toEqual({ start: '08:00', end: '17:00' })
  expect(nextSlot([slot('Monday', '08:00', '12:00')])).toEqual({ start: '13:00', end: '15:00' })
  expect(nextSlot([slot('Monday', '12:00', '00:00')])).toEqual({ start: '22:00', end: '23:59' })
})
