import type { Operator } from '../../kind/kind'

export interface Filter {
  field: string
  op: Operator
  value: string
}

export interface Sort {
  field: string
  down: boolean
}

/** What a list shows: it stands in the address, whole. What is null there is as the saved list has it. */
export interface ListState {
  view: string
  columns: string[] | null
  filters: Filter[] | null
  logic: string // a sentence of the filters' numbers; empty is all of them
  sorts: Sort[] | null
  scope: string | null // mine, or empty for everything
  search: string
  as: 'table' | 'board'
  by: string // the picklist of the board; empty is the object's status
  sum: string // the number that the board's columns sum up
}

/** The parts of an address that change a saved list, as opposed to looking for something within it. */
export const lookParts = ['cols', 'f', 'logic', 'sort', 'scope', 'as', 'by', 'sum'] as const

/** Says that there are no filters, where the saved list has some. */
const none = '-'

export function readState(q: URLSearchParams): ListState {
  const f = q.getAll('f')
  return {
    view: q.get('view') ?? '',
    columns: q.get('cols')?.split(',').filter(Boolean) ?? null,
    filters: f.length > 0 ? f.flatMap(readFilter) : null,
    logic: q.get('logic') ?? '',
    sorts: q.has('sort') ? readSorts(q.get('sort')!) : null,
    scope: q.has('scope') ? (q.get('scope') === 'mine' ? 'mine' : '') : null,
    search: q.get('q') ?? '',
    as: q.get('as') === 'board' ? 'board' : 'table',
    by: q.get('by') ?? '',
    sum: q.get('sum') ?? '',
  }
}

/** The state of a saved list with what the address says instead. */
export function over(saved: string, here: URLSearchParams): ListState {
  const base = new URLSearchParams(saved)
  if (here.has('f')) base.delete('logic')
  for (const name of new Set(here.keys())) {
    base.delete(name)
    for (const v of here.getAll(name)) base.append(name, v)
  }
  return readState(base)
}

function readFilter(text: string): Filter[] {
  const [field, op, ...rest] = text.split('~')
  return field && op ? [{ field, op: op as Operator, value: rest.join('~') }] : []
}

export const writeFilter = (f: Filter) => `${f.field}~${f.op}~${f.value}`
export const writeFilters = (all: Filter[]) => (all.length > 0 ? all.map(writeFilter) : [none])

function readSorts(text: string): Sort[] {
  return text.split(',').filter((s) => s.replace('-', '')).map((s) => ({ field: s.replace(/^-/, ''), down: s.startsWith('-') }))
}

export const writeSorts = (all: Sort[]) => all.map((s) => (s.down ? '-' : '') + s.field).join(',')

/** What is kept of a state when it is saved as a list. */
export function written(s: ListState): string {
  const q = new URLSearchParams()
  for (const f of s.filters ?? []) q.append('f', writeFilter(f))
  if (s.logic) q.set('logic', s.logic)
  if (s.sorts?.length) q.set('sort', writeSorts(s.sorts))
  if (s.as === 'board') q.set('as', 'board')
  if (s.by) q.set('by', s.by)
  if (s.sum) q.set('sum', s.sum)
  return q.toString()
}
