import type { ObjectInfo } from '../../api/metadata'
import { like, quote } from '../../api/soql'
import type { Field } from '../../api/types'
import { kindOf, type Operator } from '../../kind/kind'

export interface Filter {
  field: string
  op: Operator
  value: string
}

/** What a list shows: it stands in the address, whole. */
export interface ListState {
  view: string
  columns: string[] | null // null: those of the view
  filters: Filter[]
  sort: { field: string; down: boolean } | null
  search: string
  as: 'table' | 'board'
}

export function readState(q: URLSearchParams): ListState {
  const sort = q.get('sort')
  return {
    view: q.get('view') ?? '',
    columns: q.get('cols')?.split(',').filter(Boolean) ?? null,
    filters: q.getAll('f').flatMap(readFilter),
    sort: sort ? { field: sort.replace(/^-/, ''), down: sort.startsWith('-') } : null,
    search: q.get('q') ?? '',
    as: q.get('as') === 'board' ? 'board' : 'table',
  }
}

function readFilter(text: string): Filter[] {
  const [field, op, ...rest] = text.split('~')
  return field && op ? [{ field, op: op as Operator, value: rest.join('~') }] : []
}

export const writeFilter = (f: Filter) => `${f.field}~${f.op}~${f.value}`

/** What a saved list asks for. */
export interface ViewBase {
  condition: string
  scope: string
  order: string
}

/** The query of a list. Columns of parents are named by their paths. */
export function queryOf(info: ObjectInfo, base: ViewBase, state: ListState, columns: string[], paths: Map<string, string>, also = ''): string {
  const select = new Set(['Id', ...columns])
  if (info.nameField) select.add(info.nameField.name)
  for (const c of columns) if (paths.has(c)) select.add(paths.get(c)!)
  if (info.field('CurrencyIsoCode')) select.add('CurrencyIsoCode')
  return `SELECT ${[...select].join(', ')} ${fromOf(info, base, state, columns, also)}${orderOf(info, base, state)}`
}

/** What a list is taken from: its object, scope and conditions, and one more. */
export function fromOf(info: ObjectInfo, base: ViewBase, state: ListState, columns: string[], also = ''): string {
  const where = [base.condition && `(${base.condition})`, ...state.filters.map((f) => conditionOf(info, f)), searchIn(info, columns, state.search), also].filter(Boolean)
  const scope = base.scope && base.scope !== 'everything' ? ` USING SCOPE ${base.scope}` : ''
  return `FROM ${info.name}${scope}${where.length ? ` WHERE ${where.join(' AND ')}` : ''}`
}

function orderOf(info: ObjectInfo, base: ViewBase, state: ListState): string {
  if (state.sort && info.field(state.sort.field)?.sortable) return ` ORDER BY ${state.sort.field} ${state.sort.down ? 'DESC' : 'ASC'} NULLS LAST`
  return ` ORDER BY ${base.order || 'Id DESC'}` // the newest first: ids grow
}

const signs: Partial<Record<Operator, string>> = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' }

/** The condition of a filter; empty for one that is not finished or that the field can't answer. */
export function conditionOf(info: ObjectInfo, f: Filter): string {
  const field = info.field(f.field)
  if (!field?.filterable) return ''
  if (f.op === 'empty') return `${f.field} = null`
  if (f.op === 'filled') return `${f.field} != null`
  if (f.value === '') return ''
  if (f.op === 'contains') return `${f.field} LIKE ${like(f.value)}`
  if (f.op === 'starts') return `${f.field} LIKE ${like(f.value).replace("'%", "'")}`
  if (f.op === 'in') return `${f.field} IN (${f.value.split(';').map(quote).join(', ')})`
  const value = literal(field, f.value)
  return value && signs[f.op] ? `${f.field} ${signs[f.op]} ${value}` : ''
}

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
