import { root } from '../../api/client'
import { query } from '../../api/records'
import { quote } from '../../api/soql'
import type { List } from './load.svelte'

interface Told {
  id: string
  change: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE'
}

/** Changes are gathered for so long before they are shown: an import tells of thousands. */
const gather = 700
/** How many rows are read again at once; when more changed the list offers to be loaded anew. */
const most = 100

/**
 * Keeps the rows that are shown as they are on the server. Rows are changed and taken away where they stand; what is new
 * is only counted, so that nothing moves under the hand of who reads. A page that is hidden lets its stream go.
 */
export class LiveList {
  /** How many changes the list does not show until it is loaded anew. */
  unseen = $state(0)
  private source: EventSource | null = null
  private told = new Map<string, Told['change']>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly list: List

  constructor(list: List) {
    this.list = list
  }

  /** Begins for an object, and returns what ends it. */
  start(object: string): () => void {
    const seen = () => (document.hidden ? this.close() : this.open(object))
    this.open(object)
    document.addEventListener('visibilitychange', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      clearTimeout(this.timer)
      this.close()
    }
  }

  private open(object: string): void {
    this.close()
    if (document.hidden) return
    this.source = new EventSource(`${root}/events?objects=${object}`)
    this.source.addEventListener('change', (e) => this.hear(JSON.parse(e.data) as Told))
  }

  private close(): void {
    this.source?.close()
    this.source = null
  }

  private hear(told: Told): void {
    this.told.set(told.id, told.change)
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      const all = this.told
      this.told = new Map()
      void this.show(all).catch(() => undefined)
    }, gather)
  }

  private async show(all: Map<string, Told['change']>): Promise<void> {
    const shown = new Set(this.list.rows.map((r) => String(r.Id)))
    const gone = [...all].filter(([id, c]) => c === 'DELETE' && shown.has(id)).map(([id]) => id)
    const changed = [...all].filter(([id, c]) => c !== 'DELETE' && shown.has(id)).map(([id]) => id)
    const fresh = [...all].filter(([id, c]) => (c === 'CREATE' || c === 'UNDELETE') && !shown.has(id)).map(([id]) => id)
    if (gone.length > 0) this.list.drop(new Set(gone))
    if (changed.length > most) this.unseen += changed.length
    else if (changed.length > 0) {
      const page = await query(this.list.rowsQuery(`Id IN (${changed.map(quote).join(', ')})`), changed.length)
      for (const row of page.records) this.list.put(String(row.Id), row)
    }
    if (fresh.length > 0) this.unseen += await this.fitting(fresh)
  }

  /** How many of new records the list would show. */
  private async fitting(ids: string[]): Promise<number> {
    if (ids.length > most) return ids.length
    return (await query(`SELECT COUNT() ${this.list.from(`Id IN (${ids.map(quote).join(', ')})`)}`)).totalSize
  }
}
