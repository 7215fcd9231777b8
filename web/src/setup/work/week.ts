import type { Values } from '../../api/types'

export const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** Minutes since midnight of a time of day: 08:30:00.000Z. The end of a day is written as its midnight. */
export const minutesOf = (time: unknown, end = false): number => {
  const [h = 0, m = 0] = String(time ?? '').split(':').map(Number)
  return h === 0 && m === 0 && end ? 24 * 60 : h * 60 + m
}

/** A time of day as the API wants it. */
export const timeOf = (clock: string): string => `${clock}:00.000Z`

/** Where a slot stands in the day, in percent from its beginning and of its length. */
export function span(slot: Values): { from: number; length: number } {
  const from = minutesOf(slot.StartTime)
  return { from: (100 * from) / 1440, length: (100 * (minutesOf(slot.EndTime, true) - from)) / 1440 }
}

/** Hours that the slots of a week make. */
export const hoursOf = (slots: Values[]): number => slots.reduce((sum, s) => sum + minutesOf(s.EndTime, true) - minutesOf(s.StartTime), 0) / 60

/** The slots of a day in their order. */
export const slotsOf = (all: Values[], day: string): Values[] => all.filter((s) => s.DayOfWeek === day).sort((a, b) => minutesOf(a.StartTime) - minutesOf(b.StartTime))

/** What a further slot of a day begins with: after the last, or the usual day. */
export function nextSlot(slots: Values[]): { start: string; end: string } {
  const last = slots.at(-1)
  if (!last) return { start: '08:00', end: '17:00' }
  const from = Math.min(minutesOf(last.EndTime, true) + 60, 22 * 60)
  const clock = (n: number) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
  return { start: clock(from), end: clock(Math.min(from + 120, 23 * 60 + 59)) }
}
