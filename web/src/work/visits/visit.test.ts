import { expect, it } from 'vitest'
import { speak } from '../../i18n/format'
import { nextOf, overlap, planOf, scheduling, timesOf } from './visit'

speak('en_US', 'America/New_York')
const mate = (id: string, resource: string) => ({ Id: id, ServiceResourceId: resource, ServiceResource: { Name: resource } })
const visit = { Id: 'v', StatusCategory: 'Scheduled', SchedStartTime: '2026-11-25T14:00:00.000+0000', SchedEndTime: '2026-11-25T15:30:00.000+0000', ArrivalWindowStartTime: '2026-11-25T14:00:00.000+0000', ArrivalWindowEndTime: '2026-11-25T16:00:00.000+0000', ServiceResources: { records: [mate('a1', 'ann'), mate('a2', 'bob')] } }

it('reads a plan by the clock of the user, and writes it back the same', () => {
  const plan = planOf(visit, 60)
  expect(plan).toEqual({ day: '2026-11-25', time: '09:00', minutes: 90, window: 2, people: ['ann', 'bob'] })
  expect(timesOf(plan)).toEqual({ start: '2026-11-25T14:00:00.000Z', end: '2026-11-25T15:30:00.000Z', windowEnd: '2026-11-25T16:00:00.000Z' })
  expect(planOf(null, 45, Date.parse('2026-11-24T12:00:00Z'))).toMatchObject({ day: '2026-11-25', time: '08:00', minutes: 45, people: [] })
})

it('moves a visit and changes its people, and knows the way back', () => {
  const { there, back } = scheduling(visit, { ...planOf(visit, 60), time: '10:00', people: ['bob', 'cid'] }, 'Scheduled', {})
  expect(there.map((p) => ('create' in p ? `+${p.create.ServiceResourceId}` : 'remove' in p ? `-${p.id}` : Object.keys(p.update).join()))).toEqual(['SchedStartTime,SchedEndTime,ArrivalWindowStartTime,ArrivalWindowEndTime', '+cid', '-a1'])
  expect(back).toEqual([{ object: 'AssignedResource', create: { ServiceAppointmentId: 'v', ServiceResourceId: 'ann' } }, { object: 'ServiceAppointment', id: 'v', update: expect.objectContaining({ SchedStartTime: visit.SchedStartTime }) }])
})

it('makes a new visit with its first person as the primary one', () => {
  const { there } = scheduling(null, { ...planOf(null, 60), people: ['ann', 'bob'] }, 'Planned', { ParentRecordId: 'w' })
  expect(there[0]).toMatchObject({ ref: 'visit', create: { ParentRecordId: 'w', Status: 'Planned' } })
  expect(there.slice(1).map((p) => ('create' in p ? p.create : null))).toEqual([{ ServiceAppointmentId: '@{visit.id}', ServiceResourceId: 'ann', IsPrimaryResource: true }, { ServiceAppointmentId: '@{visit.id}', ServiceResourceId: 'bob' }])
})

it('sees who is busy, and what comes next', () => {
  const at = (start: string, end: string) => ({ start: `2026-11-25T${start}:00.000+0000`, end: `2026-11-25T${end}:00.000+0000` })
  expect(overlap(at('09:00', '10:00'), at('09:30', '11:00'))).toBe(true)
  expect(overlap(at('09:00', '10:00'), at('10:00', '11:00'))).toBe(false)
  expect(nextOf('InProgress')).toEqual(['Completed', 'CannotComplete'])
  expect(nextOf('Canceled')).toEqual([])
})
