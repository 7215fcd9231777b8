import type { Part } from '../../api/together'
import type { Page, Values } from '../../api/types'
import { fromLocalInput, toLocalInput } from '../../i18n/format'

export const visitFields =
  'Id, AppointmentNumber, Subject, Status, StatusCategory, SchedStartTime, SchedEndTime, EarliestStartTime, DueDate, ArrivalWindowStartTime, ArrivalWindowEndTime, ActualStartTime, ActualEndTime, DurationInMinutes, ServiceTerritoryId, ParentRecordId, VisitNumber, CannotCompleteReason, CancellationReason, ServiceNote, (SELECT Id, ServiceResourceId, ServiceResource.Name, IsPrimaryResource, EstimatedTravelTime FROM ServiceResources ORDER BY IsPrimaryResource DESC)'

/** Somebody who is on a visit. */
export interface Mate {
  assignment: string
  resource: string
  name: string
}

export const crewOf = (visit: Values): Mate[] =>
  ((visit.ServiceResources as Page | null)?.records ?? []).map((r) => ({ assignment: String(r.Id), resource: String(r.ServiceResourceId), name: String((r.ServiceResource as { Name?: string } | null)?.Name ?? '') }))

/** A visit as a person plans it: a day and a time of the user's clock, for so many minutes, by whom. */
export interface Plan {
  day: string
  time: string
  minutes: number
  /** Hours of the window that the customer is told; 0 is none. */
  window: number
  people: string[]
}

const hour = 3_600_000

/** What the form begins with: the plan that there is, or tomorrow at eight. */
export function planOf(visit: Values | null, minutes: number, now = Date.now()): Plan {
  const start = toLocalInput(String(visit?.SchedStartTime ?? new Date(now + 24 * hour).toISOString()))
  const from = Date.parse(iso(visit?.ArrivalWindowStartTime ?? ''))
  const to = Date.parse(iso(visit?.ArrivalWindowEndTime ?? ''))
  const spent = visit?.SchedStartTime && visit.SchedEndTime ? (Date.parse(iso(visit.SchedEndTime)) - Date.parse(iso(visit.SchedStartTime))) / 60_000 : Number(visit?.DurationInMinutes ?? minutes)
  return {
    day: start.slice(0, 10),
    time: visit?.SchedStartTime ? start.slice(11) : '08:00',
    minutes: Math.max(1, Math.round(spent || minutes)),
    window: Number.isFinite(from) && Number.isFinite(to) ? Math.round((to - from) / hour) : 0,
    people: visit ? crewOf(visit).map((m) => m.resource) : [],
  }
}

const iso = (text: unknown) => String(text).replace(/([+-]\d\d)(\d\d)$/, '$1:$2')

/** The times of a plan as the API wants them. */
export function timesOf(plan: Plan): { start: string; end: string; windowEnd: string | null } {
  const start = fromLocalInput(`${plan.day}T${plan.time}`)
  const after = (ms: number) => new Date(Date.parse(start) + ms).toISOString()
  return { start, end: after(plan.minutes * 60_000), windowEnd: plan.window ? after(plan.window * hour) : null }
}

/** Whether two spans of time have a moment in common. */
export const overlap = (a: { start: string; end: string }, b: { start: string; end: string }) => Date.parse(iso(a.start)) < Date.parse(iso(b.end)) && Date.parse(iso(b.start)) < Date.parse(iso(a.end))

/**
 * The changes that put a plan into effect, and those that take it back. A new visit is made for the record parent.
 * Scheduled is the status that a visit gets which had no time before.
 */
export function scheduling(visit: Values | null, plan: Plan, scheduled: string, parent: Values): { there: Part[]; back: Part[] } {
  const { start, end, windowEnd } = timesOf(plan)
  const times: Values = { SchedStartTime: start, SchedEndTime: end, ArrivalWindowStartTime: windowEnd ? start : null, ArrivalWindowEndTime: windowEnd }
  const calledOff = !visit || visit.StatusCategory === 'None' || visit.StatusCategory === 'Canceled'
  const change: Values = { ...times, ...(calledOff ? { Status: scheduled } : {}) }
  const id = visit ? String(visit.Id) : '@{visit.id}'
  const crew = visit ? crewOf(visit) : []
  const gone = crew.filter((m) => !plan.people.includes(m.resource))
  const fresh = plan.people.filter((p) => !crew.some((m) => m.resource === p))
  const assign = (p: string, primary: boolean): Values => ({ ServiceAppointmentId: id, ServiceResourceId: p, ...(primary ? { IsPrimaryResource: true } : {}) })
  const head: Part = visit ? { object: 'ServiceAppointment', id, update: change } : { ref: 'visit', object: 'ServiceAppointment', create: { ...parent, ...change } }
  const there: Part[] = [
    head,
    ...fresh.map((p, i): Part => ({ ref: `add${i}`, object: 'AssignedResource', create: assign(p, i === 0 && crew.length === gone.length) })),
    ...gone.map((m): Part => ({ object: 'AssignedResource', id: m.assignment, remove: true })),
  ]
  if (!visit) return { there, back: [] }
  const old = Object.fromEntries(Object.keys(change).map((f) => [f, visit[f] ?? null]))
  return { there, back: [...gone.map((m): Part => ({ object: 'AssignedResource', create: assign(m.resource, false) })), { object: 'ServiceAppointment', id, update: old }] }
}

/** What a visit of a category is likely to need next: the category to go to, first the main one. */
export const nextOf = (category: unknown): string[] => ({ Scheduled: ['Dispatched'], Dispatched: ['InProgress'], InProgress: ['Completed', 'CannotComplete'] })[String(category)] ?? []
