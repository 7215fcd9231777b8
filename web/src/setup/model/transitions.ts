import { ApiError, ofRow, root } from '../../api/client'
import { query } from '../../api/records'
import { call } from '../../api/session.svelte'
import { quote } from '../../api/soql'
import type { Problem } from '../../api/types'

/** That one status may follow another. An empty from is any. */
export interface Transition {
  id: string // '' is one that is not kept yet
  from: string
  to: string
  profiles: string[] // none is everybody
  fields: string[] // that must be filled by then
  reason: boolean // whoever takes it says why
}

export const freely = (from: string, to: string): Transition => ({ id: '', from, to, profiles: [], fields: [], reason: false })

/** The transitions of an object. Where there are none, every change is allowed. */
export async function readTransitions(object: string): Promise<Transition[]> {
  const page = await query(`SELECT Id, FromStatus, ToStatus, ProfileNames, RequiredFields, ReasonRequired FROM StatusTransition WHERE SobjectType = ${quote(object)} AND IsActive = true ORDER BY Id`, 2000)
  const parts = (v: unknown, by: RegExp) => String(v ?? '').split(by).map((p) => p.trim()).filter(Boolean)
  return page.records.map((r) => ({ id: String(r.Id), from: String(r.FromStatus ?? ''), to: String(r.ToStatus), profiles: parts(r.ProfileNames, /\n/), fields: parts(r.RequiredFields, /[\s,;]+/), reason: Boolean(r.ReasonRequired) }))
}

const same = (a: Transition, b: Transition) => JSON.stringify({ ...a, id: '' }) === JSON.stringify({ ...b, id: '' })

export interface Difference {
  added: Transition[]
  changed: Transition[]
  removed: Transition[]
}

/** What must be done to make one set of transitions into another. */
export function differenceOf(before: Transition[], after: Transition[]): Difference {
  const kept = new Map(after.filter((x) => x.id).map((x) => [x.id, x]))
  return {
    added: after.filter((x) => !x.id),
    changed: before.flatMap((x) => (kept.has(x.id) && !same(kept.get(x.id)!, x) ? [kept.get(x.id)!] : [])),
    removed: before.filter((x) => !kept.has(x.id)),
  }
}

const most = 25 // requests within one

/** Keeps other transitions, all or none of each portion. */
export async function keepTransitions(object: string, d: Difference): Promise<void> {
  const base = `${root}/sobjects/StatusTransition`
  const body = (x: Transition) => ({ FromStatus: x.from || null, ToStatus: x.to, ProfileNames: x.profiles.join('\n') || null, RequiredFields: x.fields.join(', ') || null, ReasonRequired: x.reason })
  const all = [
    ...d.added.map((x) => ({ method: 'POST', url: base, body: { SobjectType: object, IsActive: true, ...body(x) } })),
    ...d.changed.map((x) => ({ method: 'PATCH', url: `${base}/${x.id}`, body: body(x) })),
    ...d.removed.map((x) => ({ method: 'DELETE', url: `${base}/${x.id}` })),
  ]
  for (let i = 0; i < all.length; i += most) {
    const compositeRequest = all.slice(i, i + most).map((r, k) => ({ ...r, referenceId: `r${k}` }))
    const { data } = await call<{ compositeResponse: { httpStatusCode: number; body: Problem[] | null }[] }>('POST', `${root}/composite`, { body: { allOrNone: true, compositeRequest } })
    const failed = data.compositeResponse.filter((r) => r.httpStatusCode >= 400)
    const told = failed.flatMap((r) => r.body ?? []).filter((p) => p.errorCode !== 'PROCESSING_HALTED')
    if (failed.length > 0) throw new ApiError(failed[0]!.httpStatusCode, told.map(ofRow))
  }
}

/** The statuses that nothing leads to, and those that nothing leads away from, apart from those where work ends. */
export function deadEnds(statuses: { value: string; first: boolean; last: boolean }[], all: Transition[]): { unreached: string[]; stuck: string[] } {
  if (all.length === 0) return { unreached: [], stuck: [] }
  return {
    unreached: statuses.filter((s) => !s.first && !all.some((x) => x.to === s.value)).map((s) => s.value),
    stuck: statuses.filter((s) => !s.last && !all.some((x) => x.to !== s.value && (x.from === s.value || x.from === ''))).map((s) => s.value),
  }
}
