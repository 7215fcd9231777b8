import { describe, listView, listViews, parentPaths, type ObjectInfo } from '../../api/metadata'
import { more, query } from '../../api/records'
import { quote } from '../../api/soql'
import type { ListView, Page, Values } from '../../api/types'
import { columnsOf } from '../look'
import { fromOf, queryOf, type ListState, type ViewBase } from './state'

const pageSize = 200

/** A list as it is shown. */
export class List {
  info = $state.raw<ObjectInfo | null>(null)
  views = $state.raw<ListView[]>([])
  columns = $state.raw<string[]>([])
  paths = $state.raw<Map<string, string>>(new Map())
  rows = $state.raw<Values[]>([])
  total = $state(0)
  page = $state.raw<Page | null>(null)
  busy = $state(true)
  error = $state.raw<unknown>(null)
  private state: ListState | null = null
  private base: ViewBase = { condition: '', scope: '', order: '' }
  private asking: AbortController | null = null

  /** Loads the first page. What an earlier question answers is thrown away. */
  async load(object: string, state: ListState): Promise<void> {
    this.asking?.abort()
    const mine = (this.asking = new AbortController())
    this.busy = true
    try {
      const [info, views] = await Promise.all([describe(object), this.info?.name === object ? this.views : listViews(object)])
      const view = views.find((v) => v.id === state.view || v.developerName === state.view) ?? views[0]
      const about = view ? await listView(object, view.id) : null
      const offered = about?.columns.filter((c) => !c.hidden).map((c) => c.fieldNameOrPath) ?? []
      const own = view && view.developerName !== `All${object}` && view.developerName !== `My${object}`
      const columns = state.columns?.filter((c) => c.includes('.') || info.field(c)) ?? (own ? offered : columnsOf(info, offered))
      const paths = await parentPaths(info, (f) => columns.includes(f.name))
      const base: ViewBase = { condition: about?.whereCondition.conditions.filter(Boolean).join(' AND ') ?? '', scope: about?.scope ?? '', order: about?.orderBy.join(', ') ?? '' }
      const page = await query(queryOf(info, base, state, columns, paths), pageSize, mine.signal)
      if (mine.signal.aborted) return
      Object.assign(this, { state, base, info, views, columns, paths, page, rows: page.records, total: page.totalSize, error: null, busy: false })
    } catch (error) {
      if (mine.signal.aborted) return
      this.error = error
      this.busy = false
    }
  }

  /** Loads the page after the last one. */
  async next(): Promise<void> {
    if (this.busy || !this.page || this.page.done) return
    this.busy = true
    try {
      this.page = await more(this.page)
      this.rows = [...this.rows, ...this.page.records]
    } catch (error) {
      this.error = error
    }
    this.busy = false
  }

  /** The first rows of each value of a picklist, which must be among the columns, and how many there are of each. */
  async columnsBy(field: string, values: string[]): Promise<Map<string, { rows: Values[]; total: number }>> {
    const { info, base, state, columns, paths } = this
    if (!info || !state) return new Map()
    const counted = query(`SELECT ${field}, COUNT(Id) n ${fromOf(info, base, state, columns)} GROUP BY ${field}`)
    const all = [...new Set([...columns, field])]
    const pages = await Promise.all(values.map((v) => query(`${queryOf(info, base, state, all, paths, `${field} = ${quote(v)}`)} LIMIT 50`)))
    const totals = new Map((await counted).records.map((r) => [r[field], Number(r.n)]))
    return new Map(values.map((v, i) => [v, { rows: pages[i]!.records, total: totals.get(v) ?? 0 }]))
  }

  /** Shows a change at once, before the server has said yes. */
  put(id: string, change: Values): void {
    this.rows = this.rows.map((r) => (r.Id === id ? { ...r, ...change } : r))
  }

  /** Takes rows away. */
  drop(ids: Set<string>): void {
    this.total -= this.rows.filter((r) => ids.has(String(r.Id))).length
    this.rows = this.rows.filter((r) => !ids.has(String(r.Id)))
  }
}
