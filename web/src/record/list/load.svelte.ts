import { ApiError } from '../../api/client'
import { describe, parentPaths, type ObjectInfo } from '../../api/metadata'
import { more, query } from '../../api/records'
import { quote } from '../../api/soql'
import type { Page, Values } from '../../api/types'
import { wordsOf } from '../../kit/toast.svelte'
import { fromOf, orderBy, queryOf, selectOf, type ViewBase } from './soql'
import { over, type ListState } from './state'
import { pinned, usualColumns, viewsOf, type View } from './views'

const pageSize = 200
/** How many records can be chosen at once beyond those that are shown. */
export const mostChosen = 10_000

export interface Stack {
  rows: Values[]
  total: number
  sum: number | null
}

/** A list as it is shown. */
export class List {
  info = $state.raw<ObjectInfo | null>(null)
  views = $state.raw<View[]>([])
  view = $state.raw<View | null>(null)
  state = $state.raw<ListState | null>(null)
  columns = $state.raw<string[]>([])
  paths = $state.raw<Map<string, string>>(new Map())
  rows = $state.raw<Values[]>([])
  /** How many records there are in all; null while they are counted. */
  total = $state<number | null>(null)
  page = $state.raw<Page | null>(null)
  busy = $state(true)
  error = $state.raw<unknown>(null)
  /** Counts up with every first page. */
  turn = $state(0)
  /** Why the page after the last one did not come; empty when it did. */
  stuck = $state('')
  private question = ''
  private asking: AbortController | null = null
  private stale = false // the saved lists were changed

  private get base(): ViewBase {
    return this.view?.base ?? { condition: '', scope: '', order: '' }
  }

  /** Has saved lists be read again with the next load. */
  forget(): void {
    this.stale = true
  }

  /** Loads the first page. What an earlier question answers is thrown away. */
  async load(object: string, address: URLSearchParams): Promise<void> {
    this.asking?.abort()
    const mine = (this.asking = new AbortController())
    this.busy = true
    let known = {} // what is shown even when the records can't be had, so that filters can be mended
    try {
      const info = await describe(object)
      const views = this.info?.name === object && !this.stale ? this.views : await viewsOf(info)
      const wanted = address.get('view') ?? pinned(object)
      const view = views.find((v) => v.id === wanted) ?? views[0]!
      const state = over(view.address, address)
      const columns = (state.columns ?? view.columns)?.filter((c) => c.includes('.') || info.field(c)) ?? (await usualColumns(info))
      const paths = await parentPaths(info, (f) => columns.includes(f.name))
      known = { info, views, view, state, columns, paths }
      const question = queryOf(info, view.base, state, columns, paths)
      const page = await query(question, pageSize, mine.signal, false)
      if (mine.signal.aborted) return
      Object.assign(this, known, { question, page, rows: page.records, total: page.totalSize < 0 ? null : page.totalSize, error: null, stuck: '', busy: false, stale: false, turn: this.turn + 1 })
      if (page.totalSize < 0) void this.count(mine.signal)
    } catch (error) {
      if (mine.signal.aborted) return
      Object.assign(this, known, { error, busy: false })
    }
  }

  /** Counts a long list beside showing it. A count that fails is only missing. */
  private async count(signal: AbortSignal): Promise<void> {
    try {
      const { totalSize } = await query(`SELECT COUNT() ${this.from()}`, undefined, signal)
      if (!signal.aborted) this.total = totalSize
    } catch {
      // the list says "more than" what it shows
    }
  }

  /** Loads the page after the last one. When that fails the rows stay, and stuck says why there are no more. */
  async next(): Promise<void> {
    if (this.busy || !this.page || this.page.done) return
    const signal = this.asking?.signal
    this.busy = true
    this.stuck = ''
    try {
      const page = await this.after(this.page)
      if (signal?.aborted) return
      const known = new Set(this.rows.map((r) => r.Id))
      this.page = page
      this.rows = [...this.rows, ...page.records.filter((r) => !known.has(r.Id))]
    } catch (error) {
      if (!signal?.aborted) this.stuck = wordsOf(error)
    }
    if (!signal?.aborted) this.busy = false
  }

  /** The page after one. When the server has forgotten where that was, the list is asked for again, up to rows that are new. */
  private async after(last: Page): Promise<Page> {
    try {
      return await more(last)
    } catch (e) {
      if (!(e instanceof ApiError) || e.code !== 'INVALID_QUERY_LOCATOR') throw e
    }
    const known = new Set(this.rows.map((r) => r.Id))
    let page = await query(this.question, 2000, undefined, false)
    while (!page.done && page.records.every((r) => known.has(r.Id))) page = await more(page)
    return page
  }

  /** What the list is taken from, for questions about it as a whole. */
  from(also = ''): string {
    return fromOf(this.info!, this.base, this.state!, this.columns, also)
  }

  /** The query of the list with its columns, as a file of it shall have them. */
  whole(): string {
    const columns = new Set(this.columns.map((c) => this.paths.get(c) ?? c))
    return `SELECT ${[...columns].join(', ')} ${this.from()}${orderBy(this.info!, this.base, this.state!)}`
  }

  /** The ids of all records of the list, also of those that are not shown, up to [mostChosen]. */
  async everyId(): Promise<string[]> {
    let page = await query(`SELECT Id ${this.from()} ORDER BY Id DESC`, 2000, undefined, false)
    const ids = page.records.map((r) => String(r.Id))
    while (!page.done && ids.length < mostChosen) {
      page = await more(page)
      ids.push(...page.records.map((r) => String(r.Id)))
    }
    return ids.slice(0, mostChosen)
  }

  /** The first rows of each value of a picklist, how many there are of each, and what a number of theirs adds up to. */
  async stacks(field: string, values: string[], sum: string): Promise<Map<string, Stack>> {
    const { info, state, columns, paths } = this
    const sums = info?.field(sum) ? `, SUM(${sum}) s` : ''
    const counted = query(`SELECT ${field}, COUNT(Id) n${sums} ${this.from()} GROUP BY ${field}`)
    const all = [...new Set([...columns, field, ...(sums ? [sum] : [])])]
    const pages = await Promise.all(values.map((v) => query(`${queryOf(info!, this.base, state!, all, paths, `${field} = ${quote(v)}`)} LIMIT 50`)))
    const groups = new Map((await counted).records.map((r) => [r[field], r]))
    return new Map(values.map((v, i) => [v, { rows: pages[i]!.records, total: Number(groups.get(v)?.n ?? 0), sum: sums ? Number(groups.get(v)?.s ?? 0) : null }]))
  }

  /** The query of some of the list's rows, whether they still fit its filters or not. */
  rowsQuery(where: string): string {
    return `SELECT ${selectOf(this.info!, this.columns, this.paths)} FROM ${this.info!.name} WHERE ${where}`
  }

  /** Takes rows away that are no more. */
  drop(ids: Set<string>): void {
    const left = this.rows.filter((r) => !ids.has(String(r.Id)))
    if (this.total !== null) this.total -= this.rows.length - left.length
    this.rows = left
  }

  /** Shows a change at once, before the server has said yes. */
  put(id: string, change: Values): void {
    this.rows = this.rows.map((r) => (r.Id === id ? { ...r, ...change } : r))
  }
}
