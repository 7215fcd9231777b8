import type { ObjectInfo } from '../api/metadata'
import type { Field } from '../api/types'

export type Operation = 'insert' | 'update' | 'upsert'

/** Which field each column of the file goes to; empty: it is left out. */
export type Mapping = string[]

/** The fields of an object that a file can fill, by what shall be done. */
export function targets(info: ObjectInfo, operation: Operation): Field[] {
  return info.described.fields.filter((f) => (f.type === 'id' ? operation !== 'insert' : fillable(f, operation)))
}

const fillable = (f: Field, operation: Operation) => f.type !== 'address' && f.type !== 'location' && f.type !== 'base64' && (operation === 'update' ? f.updateable : f.createable || (operation === 'upsert' && f.updateable))

/** The fields by which an upsert can find records. */
export const matchFields = (info: ObjectInfo): Field[] => info.described.fields.filter((f) => f.type === 'id' || (f as Field & { externalId?: boolean }).externalId)

/** Guesses the mapping by names and labels, also behind the object's own: Account Name. No field is filled twice. */
export function guess(headers: string[], fields: Field[], object: string): Mapping {
  const by = new Map(fields.flatMap((f) => [[plain(object + f.label), f.name], [plain(f.label), f.name], [plain(f.name), f.name]]))
  const used = new Set<string>()
  return headers.map((h) => {
    const name = by.get(plain(h)) ?? ''
    if (!name || used.has(name)) return ''
    used.add(name)
    return name
  })
}

const plain = (text: string) => text.toLowerCase().replace(/__c$/, '').replace(/[^\p{L}\p{N}]/gu, '')

/** The fields that a new record needs and no column fills. */
export const missing = (fields: Field[], mapping: Mapping): Field[] =>
  fields.filter((f) => f.createable && !f.nillable && !f.defaultedOnCreate && f.type !== 'boolean' && !mapping.includes(f.name))

/** The fields that more than one column would fill. */
export const doubled = (mapping: Mapping): string[] => [...new Set(mapping.filter((m, i) => m && mapping.indexOf(m) !== i))]

const key = (object: string, operation: Operation, headers: string[]) => `truckroll.mapping ${object} ${operation} ${headers.join('\u001f')}`

/** The mapping that was used for a file with the same columns, as far as its fields are still there. */
export function remembered(object: string, operation: Operation, headers: string[], fields: Field[]): Mapping | null {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(key(object, operation, headers)) ?? 'null')
    if (!Array.isArray(saved) || saved.length !== headers.length) return null
    return saved.map((name) => (fields.some((f) => f.name === name) ? String(name) : ''))
  } catch {
    return null
  }
}

export function remember(object: string, operation: Operation, headers: string[], mapping: Mapping): void {
  localStorage.setItem(key(object, operation, headers), JSON.stringify(mapping))
}
