import { create, query, remove, update } from '../../api/records'
import { forgetMetadata } from '../../api/metadata'
import { quote } from '../../api/soql'

/** What an administrator calls something that the program declares. */
export interface Names {
  Label: string
  PluralLabel: string
  InlineHelpText: string
}

interface Kept {
  id: string
  names: Names
  picklist: boolean
}

/** What is kept about an object, or about one of its fields; null when it is as declared. */
export async function readNames(object: string, field: string): Promise<Kept | null> {
  const about = field ? `Field = ${quote(field)}` : 'Field = null'
  const row = (await query(`SELECT Id, Label, PluralLabel, InlineHelpText, Picklist FROM StandardDefinition WHERE SobjectType = ${quote(object)} AND ${about}`)).records[0]
  const text = (v: unknown) => String(v ?? '')
  return row ? { id: text(row.Id), names: { Label: text(row.Label), PluralLabel: text(row.PluralLabel), InlineHelpText: text(row.InlineHelpText) }, picklist: Boolean(row.Picklist) } : null
}

/** Keeps other names; empty ones are as declared. Returns what takes it back. */
export async function keepNames(object: string, field: string, names: Partial<Names>): Promise<() => Promise<void>> {
  const before = await readNames(object, field)
  const id = before?.id ?? (await create('StandardDefinition', { SobjectType: object, ...(field ? { Field: field } : {}), ...names }))
  if (before) await update('StandardDefinition', id, names, null)
  forgetMetadata()
  return async () => {
    if (before) await update('StandardDefinition', id, before.names as unknown as Record<string, unknown>, null)
    else await remove('StandardDefinition', id)
    forgetMetadata()
  }
}
