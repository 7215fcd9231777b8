import { root } from '../../api/client'
import { call } from '../../api/session.svelte'
import type { Page, Values } from '../../api/types'

/** A field as the analyst describes it. */
export interface Draft {
  label: string
  name: string
  type: Kind
  length: number
  scale: number
  choices: string
  to: string
  help: string
  formula: string
  required: boolean
}

export const kinds = ['Text', 'LongTextArea', 'Number', 'Currency', 'Percent', 'Checkbox', 'Date', 'DateTime', 'Picklist', 'MultiselectPicklist', 'Lookup', 'Email', 'Phone', 'Url', 'Formula'] as const
export type Kind = (typeof kinds)[number]

export const blank = (): Draft => ({ label: '', name: '', type: 'Text', length: 80, scale: 2, choices: '', to: 'Account', help: '', formula: '', required: false })

/** A name that programs use, made from a label: Price Zone (old) → Price_Zone_old. */
export function nameFrom(label: string): string {
  const plain = label.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return (/^[A-Za-z]/.test(plain) || !plain ? plain : `X${plain}`).slice(0, 40).replace(/_+$/, '')
}

/** The metadata of a field for the Tooling API. */
export function metadataOf(d: Draft, object: string): Values {
  const base: Values = { label: d.label.trim(), type: d.type, ...(d.help ? { inlineHelpText: d.help } : {}) }
  const need = d.required ? { required: true } : {}
  switch (d.type) {
    case 'Text':
      return { ...base, ...need, length: d.length }
    case 'LongTextArea':
      return { ...base, length: 32_768, visibleLines: 5 }
    case 'Number':
    case 'Currency':
    case 'Percent':
      return { ...base, ...need, precision: 18, scale: d.scale }
    case 'Checkbox':
      return { ...base, defaultValue: 'false' }
    case 'Picklist':
    case 'MultiselectPicklist':
      return { ...base, ...need, ...(d.type === 'Picklist' ? {} : { visibleLines: 4 }), valueSet: { restricted: true, valueSetDefinition: { sorted: false, value: choicesOf(d.choices) } } }
    case 'Lookup':
      return { ...base, referenceTo: d.to, relationshipLabel: object, relationshipName: `${object.replace(/__c$/, '')}_${d.name}` }
    case 'Formula':
      return { ...base, type: 'Text', formula: d.formula }
    default:
      return { ...base, ...need }
  }
}

/** One choice a line, each once. */
function choicesOf(text: string): Values[] {
  const names = [...new Set(text.split('\n').map((l) => l.trim()).filter(Boolean))]
  return names.map((n) => ({ fullName: n, label: n, default: false }))
}

export interface Rule extends Values {
  Id: string
  ValidationName: string
  Active: boolean
  ErrorMessage: string
}

const tooling = `${root}/tooling`

export async function define(type: 'CustomField' | 'ValidationRule', fullName: string, metadata: Values): Promise<void> {
  await call('POST', `${tooling}/sobjects/${type}`, { body: { FullName: fullName, Metadata: metadata } })
}

export async function forgetDefinition(type: 'CustomField' | 'ValidationRule', id: string): Promise<void> {
  await call('DELETE', `${tooling}/sobjects/${type}/${id}`)
}

const ask = async <T>(soql: string): Promise<T[]> => (await call<Page>('GET', `${tooling}/query?q=${encodeURIComponent(soql)}`)).data.records as T[]

/** The ids of an object's own fields by their names, without __c. */
export async function customFields(object: string): Promise<Map<string, string>> {
  const rows = await ask<{ Id: string; DeveloperName: string }>(`SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = '${object}'`)
  return new Map(rows.map((r) => [r.DeveloperName, r.Id]))
}

export const rules = (object: string) => ask<Rule>(`SELECT Id, ValidationName, Active, ErrorMessage FROM ValidationRule WHERE SobjectType = '${object}' ORDER BY ValidationName`)
