import { query } from '../api/batch'
import { quote } from '../api/soql'
import type { Field, Values } from '../api/types'

/** A status with what it means to the rules. */
export interface Status {
  value: string
  label: string
  category: string
}

const lists: Record<string, string> = { WorkOrder: 'WorkOrderStatus', WorkOrderLineItem: 'WorkOrderLineItemStatus', ServiceAppointment: 'ServiceAppointmentStatus' }

/** The statuses of an object in their order. Whoever may not read their list gets them from the field, by their names. */
export async function statusesOf(object: string, field: Field): Promise<Status[]> {
  const choices = field.picklistValues.filter((c) => c.active)
  const known = await query(`SELECT ApiName, StatusCode FROM ${lists[object]}`).then((p) => p.records, () => [] as Values[])
  const codes = new Map(known.map((r) => [r.ApiName, String(r.StatusCode)]))
  return choices.map((c) => ({ value: c.value, label: c.label, category: codes.get(c.value) ?? c.value.replaceAll(' ', '') }))
}

/** A change of status that is allowed; from null is from any. */
export interface Transition {
  from: unknown
  to: unknown
}

/** The changes of status that are set up for an object. Who may not read them gets none: the server decides then. */
export const transitionsOf = (object: string): Promise<Transition[]> =>
  query(`SELECT FromStatus, ToStatus FROM StatusTransition WHERE SobjectType = ${quote(object)} AND IsActive = true`).then((p) => p.records.map((r) => ({ from: r.FromStatus, to: r.ToStatus })), () => [])

/** Whether a status may follow another. Where no transition is set up, each may. */
export const opens = (allowed: Transition[], from: string, to: string): boolean => to !== from && (!allowed.length || allowed.some((a) => (a.from === null || a.from === from) && a.to === to))

/** The way that work takes when nothing comes between. */
const way = ['None', 'New', 'Scheduled', 'Dispatched', 'InProgress', 'Completed', 'Closed']

export interface Path {
  /** The statuses to walk along; the present one is among them wherever it is. */
  line: (Status & { passed: boolean })[]
  /** Those beside the way: on hold, called off, failed. */
  aside: Status[]
}

/** Statuses as a path. One beside the way was not passed, and says nothing of how far the work had come. */
export function pathOf(all: Status[], value: string): Path {
  const now = all.find((s) => s.value === value)
  const far = now ? way.indexOf(now.category) : -1
  return {
    line: all.filter((s) => way.includes(s.category) || s === now).map((s) => ({ ...s, passed: s !== now && way.includes(s.category) && all.indexOf(s) < all.indexOf(now!) && far > 0 })),
    aside: all.filter((s) => !way.includes(s.category) && s !== now),
  }
}

/** Whether work of a category has been done, and stays as it is. */
export const isDone = (category: unknown) => category === 'Completed' || category === 'Closed'

/** Whether work of a category will not be done any more. */
export const isOver = (category: unknown) => isDone(category) || category === 'Canceled' || category === 'CannotComplete'

/** The reason that a status asks for, by object and category: its field, and whether the rules insist. */
export function reasonOf(object: string, category: string): { field: string; must: boolean } | undefined {
  if (object !== 'ServiceAppointment') return undefined
  if (category === 'CannotComplete') return { field: 'CannotCompleteReason', must: true }
  return category === 'Canceled' ? { field: 'CancellationReason', must: false } : undefined
}

/** What else changes with the status of an appointment: when the visit began and ended. */
export function withTimes(object: string, category: string, values: Values, now: string): Values {
  if (object !== 'ServiceAppointment') return {}
  const begun = values.ActualStartTime ? {} : { ActualStartTime: category !== 'InProgress' && values.SchedStartTime && String(values.SchedStartTime) < now ? values.SchedStartTime : now }
  if (category === 'InProgress') return begun
  if (category === 'Completed' || category === 'CannotComplete') return { ...begun, ...(values.ActualEndTime ? {} : { ActualEndTime: now }) }
  return {}
}
