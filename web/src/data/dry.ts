import { root } from '../api/client'
import { call } from '../api/session.svelte'
import type { RowResult } from '../api/records'
import type { Values } from '../api/types'
import type { Reject } from './check'
import type { Operation } from './mapping'

/** How many rows the server tries at once; one place of the 200 is the guard's. */
const batch = 199
const undone = 'ALL_OR_NONE_OPERATION_ROLLED_BACK'

export interface Tried {
  row: number
  values: Values
}

/**
 * Lets the server try rows and take them all back: the rows go along with one that can never be right, in a request of
 * which either everything is kept or nothing.
 */
export async function tryRows(object: string, operation: Exclude<Operation, 'upsert'>, rows: Tried[], columnOf: (field: string) => string, onrow: (n: number) => void, signal: AbortSignal): Promise<Reject[]> {
  const rejects: Reject[] = []
  for (let i = 0; i < rows.length; i += batch) {
    rejects.push(...(await tryBatch(object, operation, rows.slice(i, i + batch), columnOf, signal)))
    onrow(Math.min(rows.length, i + batch))
  }
  return rejects
}

async function tryBatch(object: string, operation: Exclude<Operation, 'upsert'>, rows: Tried[], columnOf: (field: string) => string, signal: AbortSignal): Promise<Reject[]> {
  const guard = operation === 'insert' ? { attributes: { type: 'User' } } : { attributes: { type: object }, Id: '000000000000000AAA' }
  const records = [...rows.map((r) => ({ attributes: { type: object }, ...r.values })), guard]
  const { data } = await call<RowResult[]>(operation === 'insert' ? 'POST' : 'PATCH', `${root}/composite/sobjects`, { body: { allOrNone: true, records }, signal })
  return rows.flatMap((r, i) => rejectsOf(r.row, data[i]!, columnOf))
}

/** What the server has against a row; what it only took back with the others was right. */
export function rejectsOf(row: number, result: RowResult, columnOf: (field: string) => string): Reject[] {
  return (result.errors ?? [])
    .filter((e) => ((e as { statusCode?: string }).statusCode ?? e.errorCode) !== undone)
    .map((e) => ({ row, column: (e.fields ?? []).map(columnOf).join(', '), message: e.message }))
}
