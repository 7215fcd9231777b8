import type { ObjectInfo } from '../api/metadata'
import type { Field } from '../api/types'
import { keep, kept } from '../kit/kept'
import type { Target } from './target'

export type Operation = 'insert' | 'update' | 'upsert'

/** Names of targets by column; an empty one is left out. */
export type Mapping = string[]

/** The fields by which an upsert can recognise records. */
export const matchFields = (info: ObjectInfo): Field[] => info.described.fields.filter((f) => f.name === 'Id' || f.externalId)

const plain = (s: string) => s.toLowerCase().replace(/[^a-z0-9]/g, '')

/** What a heading may say for a target: its name in the API, its label, and what people make of them. */
function words(target: Target, object: string): string[] {
  const { name, label, field, parent } = target
  const own = [plain(name), plain(label), plain(name.replace(/__c\b/g, ''))]
  if (parent && !parent.unique) return [...own, plain(field.label), plain(`${field.label} name`), plain(`${field.label} ${parent.label}`), plain(`${field.label} ${parent.label} name`), plain(name.split('.')[0]!)]
  return parent ? own : [...own, plain(`${object} ${label}`)]
}

/** Guesses where the columns go, each to another field. Headings that say the name in the API come first. */
export function guess(headers: string[], targets: Target[], object: string): Mapping {
  const fields = new Set<string>()
  const take = (t: Target | undefined) => {
    if (!t || fields.has(t.field.name)) return ''
    fields.add(t.field.name)
    return t.name
  }
  const mapping = headers.map((h) => take(targets.find((t) => t.name.toLowerCase() === h.trim().toLowerCase())))
  return headers.map((h, i) => mapping[i] || (plain(h) ? take(targets.find((t) => !fields.has(t.field.name) && words(t, object).includes(plain(h)))) : ''))
}

/** The fields that a new record needs and no column fills. */
export function missing(targets: Target[], mapping: Mapping): Field[] {
  const filled = new Set(targets.filter((t) => mapping.includes(t.name)).map((t) => t.field.name))
  return targets.filter((t) => !t.parent).map((t) => t.field).filter((f) => f.createable && !f.nillable && !f.defaultedOnCreate && f.type !== 'boolean' && !filled.has(f.name))
}

/** The fields that more than one column would fill. */
export function doubled(targets: Target[], mapping: Mapping): string[] {
  const fields = mapping.flatMap((m) => targets.find((t) => t.name === m)?.field.name ?? [])
  return [...new Set(fields.filter((f, i) => fields.indexOf(f) !== i))]
}

/** How much of mappings is remembered, in characters: those used last. */
const most = 60_000
type Remembered = Record<string, Mapping>
const key = (object: string, operation: Operation, headers: string[]) => [object, operation, ...headers].join('\u001f')

/** The mapping that was used for a file with the same columns, as far as its targets are still there. */
export function remembered(object: string, operation: Operation, headers: string[], targets: Target[]): Mapping | null {
  const saved = kept<Remembered>('mappings', {})[key(object, operation, headers)]
  if (!Array.isArray(saved) || saved.length !== headers.length) return null
  return saved.map((name) => (targets.some((t) => t.name === name) ? String(name) : ''))
}

export function remember(object: string, operation: Operation, headers: string[], mapping: Mapping): void {
  const one = key(object, operation, headers)
  const { [one]: _, ...others } = kept<Remembered>('mappings', {})
  const all = [...Object.entries(others), [one, mapping]]
  while (all.length > 1 && JSON.stringify(all).length > most) all.shift()
  keep('mappings', Object.fromEntries(all))
}
