import { root } from '../../api/client'
import { call } from '../../api/session.svelte'
import { dateTime } from '../../i18n/format'
import { t } from '../../i18n/t'
import { href } from '../../route/url'

/** One change of the configuration. */
export interface Change {
  n: number
  at: string
  by: { id: string; name: string }
  through: string
  reason: string
  op: string
  object: string
  objectLabel: string
  record: string
  name: string
  changes: { field: string; label: string; from: unknown; to: unknown; fromName?: string; toName?: string }[]
}

export interface Filter {
  text: string
  by: string
  object: string
  from: string
  to: string
}

/** A page of changes from the newest on; next is where to go on, 0 is the end. */
export async function readChanges(f: Filter, before = 0, limit = 50): Promise<{ changes: Change[]; next: number }> {
  const moment = (day: string, end: boolean) => (day ? new Date(`${day}T${end ? '23:59:59.999' : '00:00:00'}`).toISOString() : undefined)
  const q = { text: f.text, by: f.by, object: f.object, from: moment(f.from, false), to: moment(f.to, true), before: before ? String(before) : undefined, limit: String(limit) }
  return (await call<{ changes: Change[]; next: number }>('GET', href(`${root}/tooling/changes`, q))).data
}

/** Changes by what was done at one stroke: to records of one kind, by one person, at one moment. */
export function strokes(list: Change[]): Change[][] {
  const key = (c: Change) => [c.at, c.by.id, c.op, c.object].join(' ')
  const all: Change[][] = []
  for (const c of list) {
    const last = all.at(-1)
    if (last && key(last[0]!) === key(c)) last.push(c)
    else all.push([c])
  }
  return all
}

/** A value before or after a change, as people read it. */
export function shown(value: unknown, name?: string): string {
  if (name) return name
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value)
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return dateTime(value)
  return value
}

/** What was done to the values of a picklist, where the text before or after is a value set; null elsewhere. */
export function valuesChanged(from: unknown, to: unknown): string | null {
  const [a, b] = [setIn(from), setIn(to)]
  if (!a && !b) return null
  const [was, is] = [a ?? [], b ?? []]
  const name = (v: SetValue) => v.label || v.valueName || v.fullName || ''
  const key = (v: SetValue) => v.valueName ?? v.fullName
  const added = is.filter((v) => !was.some((w) => key(w) === key(v)))
  const removed = was.filter((v) => !is.some((w) => key(w) === key(v)))
  const changed = is.filter((v) => was.some((w) => key(w) === key(v) && JSON.stringify({ ...w }) !== JSON.stringify({ ...v })))
  const kept = (l: SetValue[], m: SetValue[]) => l.filter((v) => m.some((w) => key(w) === key(v))).map(key)
  const moved = JSON.stringify(kept(was, is)) !== JSON.stringify(kept(is, was))
  const parts = [
    added.length > 0 && t('model.valuesAdded', { what: added.map(name).join(', ') }),
    removed.length > 0 && t('model.valuesRemoved', { what: removed.map(name).join(', ') }),
    changed.length > 0 && t('model.valuesChanged', { what: changed.map(name).join(', ') }),
    moved && t('model.valuesMoved'),
  ].filter(Boolean)
  return parts.join('; ') || t('model.valuesRules')
}

interface SetValue {
  valueName?: string
  fullName?: string
  label?: string
}

function setIn(text: unknown): SetValue[] | null {
  if (typeof text !== 'string' || !text.startsWith('{')) return null
  try {
    return (JSON.parse(text) as { valueSetDefinition?: { value?: SetValue[] } }).valueSetDefinition?.value ?? null
  } catch {
    return null
  }
}

/** The rows of a table of changes: one for each value that changed. */
export function rowsOf(list: Change[]): string[][] {
  return list.flatMap((c) => {
    const head = [c.at, c.by.name || c.through, t(`model.op.${c.op as 'insert'}`), c.objectLabel, c.name, c.record]
    const parts = c.changes.length > 0 ? c.changes : [{ label: '', from: null, to: null }]
    return parts.map((x) => [...head, x.label, x.from === null ? '' : shown(x.from), x.to === null ? '' : shown(x.to), c.reason])
  })
}
