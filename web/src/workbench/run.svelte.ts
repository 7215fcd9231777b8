import { root } from '../api/client'
import { call } from '../api/session.svelte'
import type { Page, Values } from '../api/types'
import { writeCsv } from '../csv/csv'
import { at } from '../api/metadata'
import { markOf, type Mark } from './problem'
import { gridOf, textOf } from './table'

export interface Plan {
  cardinality: number
  fields: string[]
  leadingOperationType: string
  notes: { description: string; fields: string[] }[]
  relativeCost: number
  sobjectCardinality: number
  sobjectType: string
}

/** Run is the answer to a query, or what became of asking. */
export class Run {
  rows = $state.raw<Values[]>([])
  total = $state(0)
  next = $state('')
  plans = $state.raw<Plan[] | null>(null)
  mark = $state.raw<Mark | null>(null)
  busy = $state<'' | 'query' | 'more' | 'explain' | 'export'>('')
  /** Whether there is an answer to show, even if it has no rows. */
  answered = $state(false)
  /** Milliseconds from the question to its answer. */
  took = $state(0)
  readonly grid = $derived(gridOf(this.rows))
  private stop: AbortController | null = null

  async query(soql: string, deletedToo: boolean): Promise<boolean> {
    return this.ask('query', soql, async (signal) => {
      const from = performance.now()
      const { data } = await call<Page>('GET', `${root}/${deletedToo ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`, { signal, headers: { 'Sforce-Query-Options': 'batchSize=500' } })
      this.took = Math.round(performance.now() - from)
      this.rows = data.records
      this.total = data.totalSize
      this.next = data.nextRecordsUrl ?? ''
      this.plans = null
      this.answered = true
    })
  }

  async explain(soql: string): Promise<boolean> {
    return this.ask('explain', soql, async (signal) => {
      const { data } = await call<{ plans: Plan[] }>('GET', `${root}/query?explain=${encodeURIComponent(soql)}`, { signal })
      this.plans = data.plans
    })
  }

  more = (): Promise<boolean> => this.ask('more', '', (signal) => this.page(signal))

  /** Fetches the pages that are missing and returns the whole answer as a table; null when it was cancelled or failed. */
  async csv(): Promise<string | null> {
    const whole = await this.ask('export', '', async (signal) => {
      while (this.next) await this.page(signal)
    })
    return whole ? writeCsv(this.grid.columns, this.rows.map((r) => this.grid.columns.map((c) => textOf(at(r, c))))) : null
  }

  cancel(): void {
    this.stop?.abort()
  }

  private async page(signal: AbortSignal): Promise<void> {
    const { data } = await call<Page>('GET', this.next, { signal })
    this.rows = [...this.rows, ...data.records]
    this.next = data.nextRecordsUrl ?? ''
  }

  private async ask(what: Run['busy'], soql: string, deed: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    this.cancel()
    const stop = (this.stop = new AbortController())
    this.busy = what
    this.mark = null
    try {
      await deed(stop.signal)
      return true
    } catch (e) {
      if (!stop.signal.aborted) this.mark = markOf(e, soql)
      return false
    } finally {
      if (this.stop === stop) this.busy = ''
    }
  }
}
