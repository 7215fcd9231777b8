import { query, more } from '../api/records'
import { quote } from '../api/soql'
import { t } from '../i18n/t'
import { currentZone, fromLocalInput } from '../i18n/format'
import { checkRow, meant, type Reject } from './check'
import type { Reader } from './local'
import type { Mapping, Operation } from './mapping'
import type { Target } from './target'

/** A table as the server takes it, and what of the file does not get that far. */
export interface Prepared {
  columns: string[]
  rows: string[][]
  /** The row of the file by the row of the table, from 1. */
  from: number[]
  rejects: Reject[]
}

/** Where a file's columns go. */
export interface Plan {
  operation: Operation
  headers: string[]
  mapping: Mapping
  targets: Map<string, Target>
  /** How the cells of each column are read; null is as they are. */
  readers: (Reader | null)[]
}

/** Checks the rows of a file and puts ids for parents that are named by what is no key. */
export async function prepare(plan: Plan, rows: string[][], signal: AbortSignal): Promise<Prepared> {
  const used = plan.mapping.flatMap((name, i) => (plan.targets.has(name) ? [{ i, target: plan.targets.get(name)! }] : []))
  const names = new Map<number, Map<string, string[]>>()
  for (const { i, target } of used) if (target.parent && !target.parent.unique) names.set(i, await idsByName(target.parent, rows.map((r) => meant(r[i] ?? '')), signal))
  const out: Prepared = { columns: used.map((u) => (u.target.parent?.unique === false ? u.target.field.name : u.target.name)), rows: [], from: [], rejects: [] }
  for (const [n, raw] of rows.entries()) {
    const cells = raw.map((text, i) => plan.readers[i]?.(text) ?? text)
    const rejects = checkRow(cells, n + 1, plan.headers, plan.mapping, plan.targets, plan.operation)
    const row = used.map(({ i, target }) => {
      const text = meant(cells[i] ?? '')
      const found = names.get(i)
      if (!found || text === '' || text === '#N/A') return target.parent ? text : instantOf(text, target)
      const ids = found.get(text.toLowerCase()) ?? []
      if (ids.length !== 1) rejects.push({ row: n + 1, column: plan.headers[i]!, message: t(ids.length === 0 ? 'data.noParent' : 'data.manyParents', { text, n: ids.length, object: target.field.label }) })
      return ids[0] ?? ''
    })
    if (rejects.length > 0) out.rejects.push(...rejects)
    else (out.rows.push(row), out.from.push(n + 1))
  }
  return out
}

/** A moment without a zone, as spreadsheets have them, is by the user's clock. */
function instantOf(text: string, target: Target): string {
  const wall = target.field.type === 'datetime' && /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?$/.exec(text)
  return wall ? fromLocalInput(`${wall[1]}T${wall[2]}`, currentZone()).replace(':00.000Z', `:${wall[3] ?? '00'}.000Z`) : text
}

/** The ids of the records of an object by their names in lower case. */
async function idsByName(parent: { object: string; by: string }, texts: string[], signal: AbortSignal): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const all = [...new Set(texts.filter((x) => x !== '' && x !== '#N/A'))]
  for (let i = 0; i < all.length; i += 100) {
    let page = await query(`SELECT Id, ${parent.by} FROM ${parent.object} WHERE ${parent.by} IN (${all.slice(i, i + 100).map(quote).join(', ')})`, 2000, signal)
    for (;;) {
      for (const r of page.records) {
        const key = String(r[parent.by]).toLowerCase()
        found.set(key, [...(found.get(key) ?? []), String(r.Id)])
      }
      if (page.done) break
      page = await more(page)
    }
  }
  return found
}
