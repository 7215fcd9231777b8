import { describe, type ObjectInfo } from '../api/metadata'
import { CsvError, readCsv, writeCsv } from '../csv/csv'
import { t } from '../i18n/t'
import { checkRow, type Reject } from './check'
import { tryRows, type Tried } from './dry'
import { abort, follow, start, undo, type Job } from './job'
import { doubled, guess, matchFields, missing, remember, remembered, targets, type Mapping, type Operation } from './mapping'

/** Import is a file on its way into an object: chosen, mapped, checked, run. */
export class Import {
  info = $state.raw<ObjectInfo | null>(null)
  operation = $state<Operation>('insert')
  match = $state('')
  file = $state('')
  headers = $state.raw<string[]>([])
  rows = $state.raw<string[][]>([])
  mapping = $state<Mapping>([])
  rejects = $state.raw<Reject[] | null>(null)
  job = $state.raw<Job | null>(null)
  undone = $state.raw<Job | null>(null)
  busy = $state<'' | 'check' | 'run' | 'undo'>('')
  done = $state(0)
  private stop = new AbortController()

  readonly fields = $derived(this.info ? targets(this.info, this.operation) : [])
  readonly matches = $derived(this.info ? matchFields(this.info) : [])
  readonly missing = $derived(this.operation === 'insert' ? missing(this.fields, this.mapping) : [])
  readonly twice = $derived(doubled(this.mapping))
  readonly needed = $derived(this.operation === 'update' ? 'Id' : this.operation === 'upsert' ? this.match : '')
  readonly ready = $derived(this.rows.length > 0 && this.mapping.some(Boolean) && this.missing.length === 0 && this.twice.length === 0 && (!this.needed || this.mapping.includes(this.needed)))

  async choose(object: string, operation: Operation): Promise<void> {
    this.info = object ? await describe(object) : null
    this.operation = operation
    this.match = this.matches.at(-1)?.name ?? ''
    this.map()
  }

  /** @throws Error with the line when the file is no table */
  read(name: string, text: string): void {
    try {
      const [headers = [], ...rows] = readCsv(text)
      this.file = name
      this.headers = headers.map((h) => h.trim())
      this.rows = rows
      this.map()
    } catch (e) {
      throw e instanceof CsvError ? new Error(t('data.line', { line: e.line, what: e.message })) : e
    }
  }

  /** What was found is of no use once the file or the mapping changed. */
  reset(): void {
    this.rejects = null
    this.job = null
    this.undone = null
  }

  private map(): void {
    this.reset()
    const object = this.info?.name ?? ''
    this.mapping = remembered(object, this.operation, this.headers, this.fields) ?? guess(this.headers, this.fields, this.info?.described.label ?? '')
  }

  /** Checks every row against the metadata, and lets the server try those that pass; nothing is kept. */
  check(): Promise<void> {
    return this.work('check', async () => {
      const info = this.info!
      const rejects: Reject[] = []
      const good: Tried[] = []
      for (const [i, cells] of this.rows.entries()) {
        const c = checkRow(cells, i + 1, this.headers, this.mapping, info.fields, this.operation)
        if (c.rejects.length > 0) rejects.push(...c.rejects)
        else good.push({ row: i + 1, values: c.values })
      }
      if (this.operation !== 'upsert') rejects.push(...(await tryRows(info.name, this.operation, good, (f) => this.headers[this.mapping.indexOf(f)] ?? f, (n) => (this.done = n), this.stop.signal)))
      this.rejects = rejects.sort((a, b) => a.row - b.row)
    })
  }

  run(): Promise<void> {
    return this.work('run', async () => {
      remember(this.info!.name, this.operation, this.headers, this.mapping)
      const columns = this.mapping.flatMap((name, i) => (name ? [{ name, i }] : []))
      const table = writeCsv(columns.map((c) => c.name), this.rows.map((r) => columns.map((c) => r[c.i] ?? '')))
      this.undone = null
      this.job = await start(this.info!.name, this.operation, this.match, table)
      this.job = await follow(this.job, (j) => ((this.job = j), (this.done = j.numberRecordsProcessed)))
    })
  }

  undo(): Promise<void> {
    return this.work('undo', async () => {
      this.undone = await undo(this.info!.name, this.job!.id)
    })
  }

  async cancel(): Promise<void> {
    if (this.busy === 'check') this.stop.abort()
    else if (this.job) this.job = await abort(this.job.id)
  }

  private async work(what: 'check' | 'run' | 'undo', deed: () => Promise<void>): Promise<void> {
    this.stop = new AbortController()
    this.busy = what
    this.done = 0
    try {
      await deed()
    } catch (e) {
      if (!this.stop.signal.aborted) throw e
    } finally {
      this.busy = ''
    }
  }
}
