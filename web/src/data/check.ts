import type { Field } from '../api/types'
import { t } from '../i18n/t'
import type { Mapping, Operation } from './mapping'
import type { Target } from './target'

/** What is wrong in a file: the row counts from 1 below the heading; the column is the file's own, or empty. */
export interface Reject {
  row: number
  column: string
  message: string
}

/** A cell as it is meant: exports put an apostrophe before what a spreadsheet would take for a formula. */
export const meant = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

/** Checks one row against the metadata, before the server tries it. Empty cells are left out, as the server does. */
export function checkRow(cells: string[], n: number, headers: string[], mapping: Mapping, targets: Map<string, Target>, operation: Operation): Reject[] {
  const rejects: Reject[] = []
  if (cells.length !== headers.length) rejects.push({ row: n, column: '', message: t('data.cells', { have: cells.length, want: headers.length }) })
  for (const [i, name] of mapping.entries()) {
    const target = targets.get(name)
    const text = meant(cells[i] ?? '')
    if (!target || target.parent || text === '' || text === empties) continue
    const problem = problemOf(text, target.field)
    if (problem) rejects.push({ row: n, column: headers[i]!, message: problem })
  }
  if (operation === 'update' && !cells[mapping.indexOf('Id')]) rejects.push({ row: n, column: '', message: t('data.noId') })
  return rejects
}

/** The cell that empties a field. */
const empties = '#N/A'

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
