import { query } from '../../api/records'
import type { Field } from '../../api/types'
import type { FieldMeta } from './field'
import { readDefinition, redefine, type Definition } from './tooling'
import { setOf, tidy, type Value } from './values'

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
