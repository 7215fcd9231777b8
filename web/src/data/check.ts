import type { Field, Values } from '../api/types'
import { t } from '../i18n/t'
import type { Mapping, Operation } from './mapping'

/** What is wrong in a file: the row counts from 1 below the heading; the column is the file's own, or empty. */
export interface Reject {
  row: number
  column: string
  message: string
}

/** A row as the API takes it, or what is wrong with it. */
export interface Checked {
  values: Values
  rejects: Reject[]
}

/** Checks one row against the metadata. Empty cells are left out, as the server does with files. */
export function checkRow(cells: string[], n: number, headers: string[], mapping: Mapping, fields: Map<string, Field>, operation: Operation): Checked {
  const values: Values = {}
  const rejects: Reject[] = []
  if (cells.length !== headers.length) rejects.push({ row: n, column: '', message: t('data.cells', { have: cells.length, want: headers.length }) })
  for (const [i, name] of mapping.entries()) {
    const field = fields.get(name)
    const text = cells[i] ?? ''
    if (!field || text === '') continue
    const problem = problemOf(text, field)
    if (problem) rejects.push({ row: n, column: headers[i]!, message: problem })
    else values[name] = valueOf(text, field)
  }
  if (operation === 'update' && !values.Id) rejects.push({ row: n, column: '', message: t('data.noId') })
  return { values, rejects }
}

const whole = new Set(['int', 'long'])
const decimal = new Set(['double', 'currency', 'percent'])

/** What is wrong with a value by its field's kind; empty when nothing is. */
export function problemOf(text: string, f: Field): string {
  if (whole.has(f.type)) return /^[+-]?\d+$/.test(text) ? '' : t('data.whole', { text })
  if (decimal.has(f.type)) return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? '' : t('data.number', { text })
  if (f.type === 'boolean') return /^(true|false|1|0)$/i.test(text) ? '' : t('data.boolean', { text })
  if (f.type === 'date') return day(text) ? '' : t('data.date', { text })
  if (f.type === 'datetime') return /^\d{4}-\d\d-\d\d([T ]|$)/.test(text) && day(text.slice(0, 10)) ? '' : t('data.datetime', { text })
  if (f.type === 'picklist' && f.restrictedPicklist && !f.picklistValues.some((v) => v.active && v.value === text)) {
    return t('data.choice', { text, choices: f.picklistValues.filter((v) => v.active).slice(0, 8).map((v) => v.value).join(', ') })
  }
  return f.length > 0 && f.type !== 'reference' && f.type !== 'id' && text.length > f.length ? t('data.long', { have: text.length, most: f.length }) : ''
}

/** Whether a text is a day that the calendar has. */
function day(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

function valueOf(text: string, f: Field): unknown {
  if (whole.has(f.type) || decimal.has(f.type)) return Number(text)
  return f.type === 'boolean' ? /^(true|1)$/i.test(text) : text
}
