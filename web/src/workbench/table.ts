import type { Page, Values } from '../api/types'

/** A table of a query's answer: paths as columns, the rows as they came. */
export interface Grid {
  columns: string[]
  rows: Values[]
}

const isRecord = (v: unknown): v is Values => typeof v === 'object' && v !== null && !Array.isArray(v)
export const isPage = (v: unknown): v is Page => isRecord(v) && Array.isArray(v.records)

/** The columns of rows: parents by their path, children as one column. Where a parent is absent its other rows decide. */
export function gridOf(rows: Values[]): Grid {
  const columns = new Set<string>()
  for (const row of rows) paths(row, '', columns)
  const all = [...columns]
  return { columns: all.filter((c) => !all.some((o) => o.startsWith(c + '.'))), rows }
}

function paths(row: Values, before: string, into: Set<string>): void {
  for (const [name, v] of Object.entries(row)) {
    if (name === 'attributes') continue
    if (isRecord(v) && v.attributes && !isPage(v)) paths(v, `${before}${name}.`, into)
    else into.add(before + name)
  }
}

/** A value as text: exact, for integrators and for files. */
export function textOf(v: unknown): string {
  if (v === null || v === undefined) return ''
  return typeof v === 'object' ? JSON.stringify(bare(v)) : String(v)
}

/** A value without the addresses that the API adds to it. */
function bare(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(bare)
  if (isPage(v)) return v.records.map(bare)
  if (!isRecord(v)) return v
  return Object.fromEntries(Object.entries(v).flatMap(([k, x]) => (k === 'attributes' ? [] : [[k, bare(x)]])))
}

/** The address of the record that a cell belongs to, where the cell is its id. */
export function hrefOf(row: Values, column: string): string | null {
  if (!/(^|\.)Id$/.test(column)) return null
  const owner = column.split('.').slice(0, -1).reduce<unknown>((v, part) => (v as Values | null)?.[part], row) as Values | null
  const type = (owner?.attributes as { type?: string } | undefined)?.type
  return type && type !== 'AggregateResult' ? `/r/${type}/${String(owner!.Id)}` : null
}
