import { query } from '../../api/records'
import type { Field } from '../../api/types'
import type { FieldMeta, ValueSet } from './field'
import { readDefinition, redefine, type Definition } from './tooling'
import { setOf, tidy, type Value } from './values'

/** Which choices there are under which value of another field; no controller is all of them, always. */
export type Depends = Required<Pick<ValueSet, 'controllingField' | 'valueSettings'>>

/** What the choices of a field depend on. */
export async function readDepends(object: string, field: Field, own: Definition<FieldMeta> | null): Promise<Depends> {
  const set: Partial<Depends> = own ? own.metadata.valueSet! : (await readDefinition<Partial<Depends>>('StandardValueSet', `${object}.${field.name}`)).metadata
  return { controllingField: set.controllingField ?? '', valueSettings: set.valueSettings ?? [] }
}

/** Keeps what the choices of a field depend on; the choices stay. */
export async function keepDepends(object: string, field: Field, own: Definition<FieldMeta> | null, depends: Depends): Promise<void> {
  if (own) return redefine('CustomField', own.id, { valueSet: { ...own.metadata.valueSet, ...depends } })
  const name = `${object}.${field.name}`
  const { metadata } = await readDefinition<{ sorted: boolean; standardValue: Value[] }>('StandardValueSet', name)
  await redefine('StandardValueSet', name, { ...metadata, ...depends })
}

/** The values of a picklist as they are kept: of one of the administrator's own, or of one that the program declares. */
export async function readValues(object: string, field: Field, own: Definition<FieldMeta> | null): Promise<Value[]> {
  const list = own ? own.metadata.valueSet!.valueSetDefinition.value : (await readDefinition<{ standardValue: Value[] }>('StandardValueSet', `${object}.${field.name}`)).metadata.standardValue
  return list.map((v) => ({ ...v, valueName: v.valueName ?? (v as unknown as { fullName: string }).fullName, label: v.label ?? v.valueName, isActive: v.isActive ?? true, default: v.default ?? false }))
}

/** Keeps other values. */
export async function keepValues(object: string, field: Field, own: Definition<FieldMeta> | null, values: Value[]): Promise<void> {
  if (own) await redefine('CustomField', own.id, { valueSet: setOf(values, own.metadata.valueSet ?? null) })
  else await redefine('StandardValueSet', `${object}.${field.name}`, { sorted: false, standardValue: values.map(tidy) })
}

/** How many records have each of some values. */
export async function counts(object: string, field: Field, values: string[]): Promise<Map<string, number>> {
  if (values.length === 0 || !field.filterable) return new Map()
  const quoted = (v: string) => `'${v.replace(/['\\]/g, '\\$&')}'`
  if (field.type === 'multipicklist') {
    const each = values.map(async (v) => [v, (await query(`SELECT COUNT() FROM ${object} WHERE ${field.name} INCLUDES (${quoted(v)})`)).totalSize] as const)
    return new Map(await Promise.all(each))
  }
  const page = await query(`SELECT ${field.name} v, COUNT(Id) n FROM ${object} WHERE ${field.name} IN (${values.map(quoted).join(', ')}) GROUP BY ${field.name}`)
  return new Map(page.records.map((r) => [String(r.v), Number(r.n)]))
}
