import type { ObjectInfo } from '../../api/metadata'
import { like, quote } from '../../api/soql'
import type { Field } from '../../api/types'
import { kindOf, type Operator } from '../../kind/kind'
import { joined, readLogic } from './logic'
import type { Filter, ListState } from './state'

/** What a saved list asks for that nobody can change by the list's filters. */
export interface ViewBase {
  condition: string
  scope: string
  order: string
}

/** The query of a list. Columns of parents are named by their paths. */
export function queryOf(info: ObjectInfo, base: ViewBase, state: ListState, columns: string[], paths: Map<string, string>, also = ''): string {
  return `SELECT ${selectOf(info, columns, paths)} ${fromOf(info, base, state, columns, also)}${orderBy(info, base, state)}`
}

/** What is read of a row: its columns, and by what it is known. */
export function selectOf(info: ObjectInfo, columns: string[], paths: Map<string, string>): string {
  const select = new Set(['Id', ...columns])
  if (info.nameField) select.add(info.nameField.name)
  for (const c of columns) if (paths.has(c)) select.add(paths.get(c)!)
  if (info.field('CurrencyIsoCode')) select.add('CurrencyIsoCode')
  return [...select].join(', ')
}

/** What a list is taken from: its object, scope and conditions, and one more. */
export function fromOf(info: ObjectInfo, base: ViewBase, state: ListState, columns: string[], also = ''): string {
  const where = [base.condition && `(${base.condition})`, filtersOf(info, state), searchIn(info, columns, state.search), also].filter(Boolean)
  const scope = state.scope ?? (base.scope === 'everything' ? '' : base.scope)
  return `FROM ${info.name}${scope ? ` USING SCOPE ${scope}` : ''}${where.length ? ` WHERE ${where.join(' AND ')}` : ''}`
}

/** The condition that the filters make together. A sentence that can't be read counts as none. */
export function filtersOf(info: ObjectInfo, state: ListState): string {
  const conditions = (state.filters ?? []).map((f) => conditionOf(info, f))
  if (state.logic) {
    try {
      return joined(readLogic(state.logic, conditions.length), conditions)
    } catch {
      // fall back to all of them
    }
  }
  return conditions.filter(Boolean).join(' AND ')
}

/** The order of a list as SOQL, without the words; empty when nobody chose one. */
export function orderOf(info: ObjectInfo, state: ListState): string {
  const sorts = (state.sorts ?? []).filter((s) => sortable(info, s.field))
  return sorts.map((s) => `${s.field} ${s.down ? 'DESC' : 'ASC'} NULLS LAST`).join(', ')
}

const sortable = (info: ObjectInfo, name: string) => Boolean(info.field(name)?.sortable)

export function orderBy(info: ObjectInfo, base: ViewBase, state: ListState): string {
  return ` ORDER BY ${orderOf(info, state) || base.order || 'Id DESC'}` // the newest first: ids grow
}

const signs: Partial<Record<Operator, string>> = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' }
const lists: Partial<Record<Operator, string>> = { in: 'IN', nin: 'NOT IN', has: 'INCLUDES', hasnt: 'EXCLUDES' }

/** The condition of a filter; empty for one that is not finished or that the field can't answer. */
export function conditionOf(info: ObjectInfo, f: Filter): string {
  const field = info.field(f.field)
  if (!field?.filterable) return ''
  if (f.op === 'empty') return `${f.field} = null`
  if (f.op === 'filled') return `${f.field} != null`
  if (f.value === '') return ''
  if (f.op === 'contains') return `${f.field} LIKE ${like(f.value)}`
  if (f.op === 'lacks') return `(NOT ${f.field} LIKE ${like(f.value)})`
  if (f.op === 'starts') return `${f.field} LIKE ${like(f.value).replace("'%", "'")}`
  if (lists[f.op]) return `${f.field} ${lists[f.op]} (${f.value.split(';').map(quote).join(', ')})`
  const value = literal(field, f.value)
  return value && signs[f.op] ? `${f.field} ${signs[f.op]} ${value}` : ''
}

/** Whether a filter says something: all but those about emptiness need a value. */
export const finished = (f: Filter) => Boolean(f.field && (f.value || f.op === 'empty' || f.op === 'filled'))

/** What may stand without quotes: numbers, days, instants and words such as TODAY or LAST_N_DAYS:7. */
const bare = /^(-?\d+(\.\d+)?|true|false|[A-Z_]+(:\d+)?|\d{4}-\d\d-\d\d(T[\d:.]+Z)?|\d\d:\d\d:[\d.]+Z)$/

function literal(field: Field, value: string): string {
  if (kindOf(field).literal === 'text') return quote(value)
  return bare.test(value) ? value : ''
}

const searchable = new Set(['string', 'email', 'phone', 'url', 'combobox'])

function searchIn(info: ObjectInfo, columns: string[], text: string): string {
  if (!text.trim()) return ''
  const fields = [...new Set([info.nameField?.name ?? '', ...columns])].map((c) => info.field(c)).filter((f) => f && searchable.has(f.type) && f.filterable)
  return fields.length ? `(${fields.map((f) => `${f!.name} LIKE ${like(text.trim())}`).join(' OR ')})` : ''
}
