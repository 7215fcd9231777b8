import type { Field, Values } from '../../api/types'
import { nameFrom } from './tooling'
import { setOf, type Value } from './values'

/** A field as the Tooling API writes it. */
export interface FieldMeta {
  type: string
  label: string
  description?: string | null
  inlineHelpText?: string | null
  length?: number | null
  precision?: number | null
  scale?: number | null
  visibleLines?: number | null
  required?: boolean | null
  unique?: boolean | null
  externalId?: boolean | null
  caseSensitive?: boolean | null
  defaultValue?: unknown
  displayFormat?: string | null
  formula?: string | null
  formulaTreatBlanksAs?: string | null
  referenceTo?: string | null
  relationshipName?: string | null
  relationshipLabel?: string | null
  deleteConstraint?: string | null
  valueSet?: ValueSet | null
  summaryForeignKey?: string | null
  summarizedField?: string | null
  summaryOperation?: string | null
  summaryFilterFormula?: string | null
}

export interface ValueSet {
  restricted: boolean
  controllingField?: string
  valueSetDefinition: { sorted: boolean; value: Value[] }
  valueSettings?: { controllingFieldValue: string[]; valueName: string }[]
}

/** The kinds of fields, as people choose among them. A formula has a type of its own beside. */
export const kinds = [
  { group: 'text', types: ['Text', 'TextArea', 'LongTextArea', 'Html', 'Email', 'Phone', 'Url', 'EncryptedText'] },
  { group: 'number', types: ['Number', 'Currency', 'Percent', 'AutoNumber'] },
  { group: 'time', types: ['Date', 'DateTime', 'Time'] },
  { group: 'choice', types: ['Checkbox', 'Picklist', 'MultiselectPicklist'] },
  { group: 'link', types: ['Lookup', 'MasterDetail', 'Location'] },
  { group: 'computed', types: ['Formula', 'Summary'] },
] as const

export type FieldKind = (typeof kinds)[number]['types'][number]

/** What a formula may give. */
export const formulaTypes = ['Text', 'Number', 'Currency', 'Percent', 'Date', 'DateTime', 'Time', 'Checkbox'] as const

/** A field while it is described. */
export interface Draft {
  kind: FieldKind
  name: string
  meta: FieldMeta
  values: Value[]
}

const sizes: Record<string, Values> = {
  Text: { length: 80 }, LongTextArea: { length: 32_768, visibleLines: 5 }, Html: { length: 32_768, visibleLines: 10 }, Number: { precision: 18, scale: 0 }, Currency: { precision: 18, scale: 2 },
  Percent: { precision: 5, scale: 2 }, AutoNumber: { displayFormat: '{00000}' }, MultiselectPicklist: { visibleLines: 4 }, Checkbox: { defaultValue: 'false' },
  Lookup: { referenceTo: 'Account', deleteConstraint: 'SetNull' }, MasterDetail: { referenceTo: 'Account' }, Location: { scale: 6 }, EncryptedText: { length: 80 },
  Summary: { summaryOperation: 'count' }, Formula: { formula: '', formulaTreatBlanksAs: 'BlankAsZero', scale: 2, precision: 18 },
}

/** A new field of a kind; what was typed before the kind was changed stays. */
export function draftOf(kind: FieldKind, before?: Draft): Draft {
  const meta: FieldMeta = { type: kind === 'Formula' ? 'Text' : kind, label: before?.meta.label ?? '', inlineHelpText: before?.meta.inlineHelpText ?? '', required: false, ...sizes[kind] }
  return { kind, name: before?.name ?? '', meta, values: before?.values ?? [] }
}

/** The kind that people know a field's type by. */
export const kindOf = (meta: FieldMeta): FieldKind => (meta.formula ? 'Formula' : (meta.type as FieldKind))

export const isPicklist = (kind: string) => kind === 'Picklist' || kind === 'MultiselectPicklist'
export const isNumber = (kind: string) => kind === 'Number' || kind === 'Currency' || kind === 'Percent'
export const mayBeKey = (kind: string) => ['Text', 'Email', 'Number', 'AutoNumber'].includes(kind)
export const mayBeRequired = (kind: string) => !['Checkbox', 'LongTextArea', 'Html', 'Formula', 'Summary', 'AutoNumber', 'MasterDetail', 'Location'].includes(kind)
export const mayHaveDefault = (kind: string) => ['Text', 'TextArea', 'Number', 'Currency', 'Percent', 'Date', 'DateTime', 'Time', 'Email', 'Phone', 'Url'].includes(kind)

/** The metadata of a draft, for the Tooling API. */
export function metadataOf(d: Draft, object: string): FieldMeta {
  const meta: FieldMeta = { ...d.meta, label: d.meta.label.trim() }
  if (!meta.defaultValue) delete meta.defaultValue
  if (isPicklist(d.kind)) meta.valueSet = setOf(d.values, meta.valueSet ?? null)
  if ((d.kind === 'Lookup' || d.kind === 'MasterDetail') && !meta.relationshipName) {
    meta.relationshipName = nameFrom(`${object.replace(/__c$/, '')} ${d.name}`)
    meta.relationshipLabel ||= object
  }
  return meta
}

/** What the type of a described field is called. */
export function typeOf(f: Field): string {
  if (f.autoNumber) return 'AutoNumber'
  if (f.calculated && f.calculatedFormula) return 'Formula'
  const of: Record<string, string> = { string: 'Text', textarea: 'LongTextArea', picklist: 'Picklist', multipicklist: 'MultiselectPicklist', boolean: 'Checkbox', double: 'Number', int: 'Number', currency: 'Currency', percent: 'Percent', date: 'Date', datetime: 'DateTime', time: 'Time', email: 'Email', phone: 'Phone', url: 'Url', encryptedstring: 'EncryptedText', location: 'Location', id: 'Id', address: 'Address', base64: 'File', reference: f.cascadeDelete && !f.nillable ? 'MasterDetail' : 'Lookup' }
  return of[f.type] ?? 'Text'
}
