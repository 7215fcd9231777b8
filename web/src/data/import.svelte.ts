import { describe, type ObjectInfo } from '../api/metadata'
import { CsvError, readCsv, writeCsv } from '../csv/csv'
import { currentLocale } from '../i18n/format'
import { t } from '../i18n/t'
import type { Reject } from './check'
import { csvOf, isWorkbook, sheetsOf, textOf } from './file'
import { abort, follow, refused, start, undo, type Job } from './job'
import { readerOf, readings } from './local'
import { doubled, guess, matchFields, missing, remember, remembered, type Mapping, type Operation } from './mapping'
import { prepare, type Prepared } from './prepare'
import { targetsOf, type Target } from './target'

/** Import is a file on its way into an object: chosen, mapped, tried, run, and perhaps taken back. */
export class Import {
  info = $state.raw<ObjectInfo | null>(null)
  operation = $state<Operation>('insert')
  match = $state('')
  file = $state('')
  sheets = $state.raw<string[]>([])
  sheet = $state('')
  headers = $state.raw<string[]>([])
  rows = $state.raw<string[][]>([])
  mapping = $state<Mapping>([])
  targets = $state.raw<Target[]>([])
  rejects = $state.raw<Reject[] | null>(null)
  job = $state.raw<Job | null>(null)
  undone = $state.raw<Job | null>(null)
  busy = $state<'' | 'read' | 'check' | 'run' | 'undo'>('')
  done = $state(0)
  todo = $state(0)
  private stop = new AbortController()
  private working: Job | null = null
  private book: File | null = null
  private sent: Prepared | null = null

  readonly matches = $derived(this.info ? matchFields(this.info) : [])
  readonly missing = $derived(this.operation === 'insert' ? missing(this.targets, this.mapping) : [])
  readonly twice = $derived(doubled(this.targets, this.mapping))
  readonly needed = $derived(this.operation === 'update' ? 'Id' : this.operation === 'upsert' ? this.match : '')
  readonly ready = $derived(this.rows.length > 0 && this.mapping.some(Boolean) && this.missing.length === 0 && this.twice.length === 0 && (!this.needed || this.mapping.includes(this.needed)))

  readonly readers = $derived(this.headers.map((_, i) => readerOf(this.targets.find((x) => x.name === this.mapping[i]), this.column(i), currentLocale())))
  /** How cells are read that are not written as the server takes them. */
  readonly readings = $derived(readings(this.headers, this.readers, this.rows))

  private *column(i: number): Generator<string> {
    for (const row of this.rows) yield row[i] ?? ''
  }

  async choose(object: string, operation: Operation): Promise<void> {
    const info = object ? await describe(object) : null
    this.targets = info ? await targetsOf(info, operation) : []
    this.info = info
    this.operation = operation
    this.match = this.matches.at(-1)?.name ?? ''
    this.map()
  }

  /** Reads a file: CSV, or a sheet of an Excel workbook. */
  async open(file: File): Promise<void> {
    await this.work('read', async () => {
      this.sheets = []
      this.book = isWorkbook(file) ? file : null
      if (!this.book) return this.read(file.name, await textOf(file))
      this.sheets = await sheetsOf(file)
      await this.pick(this.sheets[0]!)
    })
  }

  /** Chooses a sheet of the workbook. */
  async pick(sheet: string): Promise<void> {
    this.sheet = sheet
    this.read(this.book!.name, await csvOf(this.book!, sheet))
  }

  /** @throws Error with the line when the file is no table */
  private read(name: string, text: string): void {
    try {
      const sep = /^sep=(.)\r?\n/i.exec(text) // Excel says so which delimiter a file has
      const [headers = [], ...rows] = sep ? readCsv(text.slice(sep[0].length), sep[1]) : readCsv(text, this.book ? ',' : undefined)
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
    this.mapping = remembered(this.info?.name ?? '', this.operation, this.headers, this.targets) ?? guess(this.headers, this.targets, this.info?.described.label ?? '')
  }

  /** Has the server try every row by all its rules; nothing is kept. */
  check(): Promise<void> {
    return this.work('check', async () => {
      const ready = await this.prepared()
      const job = await this.send(ready, true)
      if (job && job.state !== 'JobComplete') throw new Error(job.errorMessage ?? t('data.checkStopped'))
      this.rejects = await this.all(ready, job)
    })
  }

  run(): Promise<void> {
    return this.work('run', async () => {
      remember(this.info!.name, this.operation, this.headers, this.mapping)
      const ready = await this.prepared()
      this.undone = null
      this.sent = ready
      this.job = await this.begin(ready, false)
      await this.finish()
    })
  }

  /** Asks again for an import that went on at the server while the line was gone; it is not begun anew. */
  resume(): Promise<void> {
    return this.work('run', () => this.finish())
  }

  private async finish(): Promise<void> {
    this.todo = this.sent!.rows.length
    if (this.job) this.job = await this.follow(this.job)
    this.rejects = await this.all(this.sent!, this.job)
  }

  undo(): Promise<void> {
    return this.work('undo', async () => {
      this.todo = this.job!.numberRecordsProcessed - this.job!.numberRecordsFailed
      this.undone = await this.follow(await undo(this.job!.id))
    })
  }

  async cancel(): Promise<void> {
    this.stop.abort()
    if (this.working) await abort(this.working.id)
  }

  private prepared(): Promise<Prepared> {
    this.todo = this.rows.length
    return prepare({ operation: this.operation, headers: this.headers, mapping: [...this.mapping], targets: new Map(this.targets.map((x) => [x.name, x])), readers: this.readers }, this.rows, this.stop.signal)
  }

  private async send(ready: Prepared, dry: boolean): Promise<Job | null> {
    const job = await this.begin(ready, dry)
    return job && this.follow(job)
  }

  private async begin(ready: Prepared, dry: boolean): Promise<Job | null> {
    this.todo = ready.rows.length
    if (ready.rows.length === 0) return null
    const what = { object: this.info!.name, operation: this.operation, match: this.match, dry, file: this.file }
    return start(what, writeCsv(ready.columns, ready.rows))
  }

  private async follow(job: Job): Promise<Job> {
    this.working = job
    return follow(job, (j) => (this.done = j.numberRecordsProcessed)).finally(() => (this.working = null))
  }

  /** Everything that is wrong, by the rows and columns of the file. */
  private async all(ready: Prepared, job: Job | null): Promise<Reject[]> {
    const columnOf = (field: string) => this.headers[this.mapping.findIndex((m) => m === field || this.targets.find((x) => x.name === m)?.field.name === field)] ?? field
    const server = job && job.numberRecordsFailed > 0 ? await refused(job.id) : []
    const named = server.map((r) => ({ row: ready.from[r.row - 1]!, column: r.column.split(',').filter(Boolean).map(columnOf).join(', '), message: r.other ? t('data.twin', { row: ready.from[r.other - 1]! }) : r.message }))
    return [...ready.rejects, ...named].sort((a, b) => a.row - b.row)
  }

  private async work(what: Import['busy'], deed: () => Promise<void>): Promise<void> {
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
