import { ApiError } from '../../api/client'
import { describe, objects, type ObjectInfo } from '../../api/metadata'
import { actions, parentNames, read, update, versionOf } from '../../api/records'
import { session } from '../../api/session.svelte'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import { alike, merge, type Conflict } from '../form/merge'
import { laidOut, type LaidPage, type RecordType } from '../layout'
import type { Told } from '../live.svelte'

/** A record as its page shows it. */
export class RecordModel {
  info = $state.raw<ObjectInfo | null>(null)
  layout = $state.raw<LaidPage | null>(null)
  types = $state.raw<RecordType[]>([])
  values = $state.raw<Values>({})
  names = $state.raw<Record<string, string>>({})
  objects = $state.raw<Set<string>>(new Set())
  actions = $state.raw<Set<string>>(new Set())
  error = $state.raw<unknown>(null)
  ready = $state(false)
  turn = $state(0)
  /** Fields that somebody else has just changed. */
  fresh = $state.raw<Set<string>>(new Set())
  /** What somebody else did, in words; "" is nothing new. */
  news = $state('')
  /** Fields that somebody else changed while they were edited here: the user is asked. */
  conflicts = $state.raw<Conflict[]>([])
  theirNames: Record<string, string> = {}
  who = $state('')
  gone = $state(false)
  etag: string | null = null
  readonly object: string
  readonly id: string
  private waiting: ReturnType<typeof setTimeout> | undefined

  constructor(object: string, id: string) {
    this.object = object
    this.id = id
  }

  async load(): Promise<void> {
    try {
      const info = await describe(this.object)
      const [now, names, laid, all, acts] = await Promise.all([read(this.object, this.id), parentNames(info, this.id), laidOut(info), objects(), actions()])
      this.take(info, now.values, names, now.etag)
      Object.assign(this, { layout: laid.page(now.values.RecordTypeId), types: laid.types, objects: new Set(all.keys()), actions: acts, error: null, ready: true })
      this.turn++
    } catch (error) {
      this.error = error
    }
  }

  private take(info: ObjectInfo, values: Values, names: Record<string, string>, etag: string | null): void {
    this.info = info
    this.values = values
    this.names = names
    this.etag = etag
  }

  /**
   * Gives fields new values at once, and takes them back when the server refuses. base is what the user saw of them
   * when they began: what somebody else has changed since is asked about, never written over.
   */
  async set(change: Values, base: Values = this.values): Promise<void> {
    const before = this.values
    const m = merge(base, change, before, Object.keys(change))
    if (m.conflicts.length > 0) return this.ask(m.conflicts)
    this.values = { ...before, ...change }
    try {
      await update(this.object, this.id, change, this.etag)
    } catch (e) {
      this.values = before
      if (e instanceof ApiError && e.status === 412) return this.again(change, base)
      await this.load()
      throw e
    }
    await this.load()
  }

  /** Somebody else saved in between: with what they saved in view, it is tried once more. */
  private async again(change: Values, base: Values): Promise<void> {
    await this.load()
    if (this.error) throw this.error
    return this.set(change, base)
  }

  private ask(conflicts: Conflict[]): void {
    this.theirNames = this.names
    this.who = this.names.LastModifiedById ?? t('merge.somebody')
    this.conflicts = conflicts
  }

  /** Goes on after the user has chosen. */
  async resolve(choices: Values): Promise<void> {
    const mine = Object.fromEntries(this.conflicts.filter((c) => !alike(choices[c.field], c.theirs)).map((c) => [c.field, choices[c.field]]))
    this.conflicts = []
    if (Object.keys(mine).length > 0) await this.set(mine)
  }

  /** Whether somebody changed the record since it was read. */
  async stale(): Promise<boolean> {
    return this.ready && this.etag !== null && (await versionOf(this.object, this.id)) !== this.etag
  }

  /** Something was done to the record, perhaps by this page itself: what is new of it is shown. */
  heard(told: Told | null): void {
    if (told?.change === 'DELETE') {
      if (told.user !== session.me?.id) this.gone = true
      return
    }
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => void this.refresh(told).catch(() => undefined), 250)
  }

  private async refresh(told: Told | null): Promise<void> {
    if (!(await this.stale())) return
    const before = this.values
    await this.load()
    const fresh = [...(this.info?.fields.values() ?? [])].filter((f) => !quiet.has(f.name) && !alike(before[f.name], this.values[f.name]))
    if (fresh.length === 0 || told?.user === session.me?.id) return
    this.fresh = new Set(fresh.map((f) => f.name))
    const shown = fresh.filter((f) => f.updateable && !f.compoundFieldName)
    this.news = t('record.news', { who: this.names.LastModifiedById ?? t('merge.somebody'), what: (shown.length ? shown : fresh).slice(0, 3).map((f) => f.label).join(', ') })
    setTimeout(() => (this.fresh = new Set()), 4000)
    setTimeout(() => (this.news = ''), 12_000)
  }
}

/** Fields that change with every change. */
const quiet = new Set(['LastModifiedDate', 'LastModifiedById', 'SystemModstamp', 'LastViewedDate', 'LastReferencedDate'])
