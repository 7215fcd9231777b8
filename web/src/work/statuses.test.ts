import { expect, it } from 'vitest'
import { opens, pathOf, reasonOf, withTimes, type Status } from './statuses'

const all: Status[] = ['New', 'InProgress', 'OnHold', 'Completed', 'CannotComplete', 'Closed', 'Canceled'].map((c) => ({ value: c, label: c, category: c }))
const passed = (value: string) => pathOf(all, value).line.filter((s) => s.passed).map((s) => s.value)
const line = (value: string) => pathOf(all, value).line.map((s) => s.value)

it('never shows a status beside the way as passed', () => {
  expect(passed('Completed')).toEqual(['New', 'InProgress'])
  expect(line('Completed')).toEqual(['New', 'InProgress', 'Completed', 'Closed'])
  expect(pathOf(all, 'New').aside.map((s) => s.value)).toEqual(['OnHold', 'CannotComplete', 'Canceled'])
})

it('shows the present status wherever it is, and does not guess how far the work had come', () => {
  expect(line('OnHold')).toContain('OnHold')
  expect(passed('OnHold')).toEqual([])
  expect(passed('Canceled')).toEqual([])
})

it('lets a status follow another only where that is set up', () => {
  const allowed = [{ from: 'New', to: 'InProgress' }, { from: null, to: 'Canceled' }]
  expect(opens(allowed, 'New', 'InProgress')).toBe(true)
  expect(opens(allowed, 'New', 'Completed')).toBe(false)
  expect(opens(allowed, 'OnHold', 'Canceled')).toBe(true)
  expect(opens([], 'New', 'Completed')).toBe(true)
  expect(opens([], 'New', 'New')).toBe(false)
})

it('asks for the reasons that the rules want', () => {
  expect(reasonOf('ServiceAppointment', 'CannotComplete')).toEqual({ field: 'CannotCompleteReason', must: true })
  expect(reasonOf('WorkOrder', 'Canceled')).toBeUndefined()
})

it('notes when a visit began and ended', () => {
  const now = '2026-11-25T15:00:00.000Z'
  expect(withTimes('ServiceAppointment', 'InProgress', {}, now)).toEqual({ ActualStartTime: now })
  expect(withTimes('ServiceAppointment', 'Completed', { SchedStartTime: '2026-11-25T13:00:00.000+0000' }, now)).toEqual({ ActualStartTime: '2026-11-25T13:00:00.000+0000', ActualEndTime: now })
  expect(withTimes('ServiceAppointment', 'Completed', { ActualStartTime: 'x', ActualEndTime: 'y' }, now)).toEqual({})
  expect(withTimes('WorkOrder', 'Completed', {}, now)).toEqual({})
})
