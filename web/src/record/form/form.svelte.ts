import { ApiError, byField } from '../../api/client'
import { describe, parentPaths, type ObjectInfo } from '../../api/metadata'
import { create, parentNames, read, update } from '../../api/records'
import { session } from '../../api/session.svelte'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import { orphans } from '../../kind/picklist/choices'
import { tell, wordsOf } from '../../kit/toast.svelte'
import { Drafts } from './draft'
import { groupsOf, startValues, type Group } from './fields'
import { changesOf, merge, type Conflict } from './merge'

/** The form of one record: what was read, what was typed, and what the server said about it. */
export class Form {
  info = $state.raw<ObjectInfo | null>(null)
  groups = $state.raw<Group[]>([])
  values = $state.raw<Values>({})
  names = $state.raw<Record<string, string>>({})
  errors = $state.raw<Record<string, string>>({})
  faults = $state.raw<string[]>([])
  conflicts = $state.raw<Conflict[]>([])
  theirNames: Record<string, string> = {}
  who = $state('')
  restored = $state('')
  busy = $state(false)
  readonly object: string
  readonly id: string
  private base: Values = {}
  private etag: string | null = null
  private readonly drafts = new Drafts(session.me?.id ?? '')

  constructor(object: string, id: string) {
    this.object = object
    this.id = id
  }

  /** Loads what the form begins with: the record, the one to copy, or the defaults; and a draft over it. */
  async load(query: URLSearchParams): Promise<void> {
    const info = await describe(this.object)
    const from = this.id || query.get('clone') || ''
    if (this.id) await this.reread()
    else if (from) this.values = await this.copyOf(info, from)
    else this.values = startValues(info, query)
    if (from) this.names = await parentNames(info, from)
    else this.names = await this.namesOfStart(info)
    this.groups = groupsOf(info, !this.id)
    this.restore()
    this.info = info
  }

  private async reread(): Promise<void> {
    const now = await read(this.object, this.id)
    this.base = now.values
    this.values = now.values
    this.etag = now.etag
  }

  private async copyOf(info: ObjectInfo, id: string): Promise<Values> {
    const { values } = await read(this.object, id)
    return Object.fromEntries(info.described.fields.filter((f) => f.createable && values[f.name] !== null && values[f.name] !== undefined).map((f) => [f.name, values[f.name]]))
  }

  /** The address gives ids; people want names. */
  private async namesOfStart(info: ObjectInfo): Promise<Record<string, string>> {
    const names: Record<string, string> = {}
    const paths = await parentPaths(info, (f) => typeof this.values[f.name] === 'string')
    await Promise.all(
      [...paths.keys()].map(async (field) => {
        const to = info.field(field)!.referenceTo
        if (to.length !== 1) return
        const target = await describe(to[0]!)
        const { values } = await read(to[0]!, String(this.values[field]))
        names[field] = target.title(values)
      }),
    ).catch(() => undefined) // the field then shows the id
    return names
  }

  private restore(): void {
    const draft = this.drafts.load(this.object, this.id)
    if (!draft) return
    this.values = { ...this.values, ...draft.changes }
    this.names = { ...this.names, ...draft.names }
    if (this.id && draft.etag) this.etag = draft.etag // somebody may have changed the record since: saving will tell
    this.restored = draft.at
  }

  get changes(): Values {
    return changesOf(this.base, this.values)
  }

  set = (field: string, value: unknown, name?: string): void => {
    const next: Values = { ...this.values, [field]: value }
    for (const f of orphans(this.info!, next, field)) next[f] = null
    this.values = next
    const { [field]: _, ...names } = this.names
    this.names = name ? { ...names, [field]: name } : names
    if (this.errors[field]) this.errors = Object.fromEntries(Object.entries(this.errors).filter(([f]) => f !== field))
    this.keep()
  }

  private keep(): void {
    this.drafts.save(this.object, this.id, { changes: this.changes, names: this.names, etag: this.etag, at: new Date().toISOString() })
  }

  discard(): void {
    this.drafts.drop(this.object, this.id)
  }

  /** Saves and returns the record's id; null when something is in the way, which the form then shows. */
  async save(): Promise<string | null> {
    this.busy = true
    this.errors = {}
    this.faults = []
    try {
      const id = this.id ? await this.change(this.changes) : await create(this.object, this.changes)
      if (id) this.discard()
      return id
    } catch (e) {
      this.show(e)
      return null
    } finally {
      this.busy = false
    }
  }

  private async change(changes: Values): Promise<string | null> {
    if (Object.keys(changes).length === 0) return this.id
    try {
      await update(this.object, this.id, changes, this.etag)
      return this.id
    } catch (e) {
      if (!(e instanceof ApiError) || e.status !== 412) throw e
      return this.meet(changes)
    }
  }

  /** Somebody else changed the record. What does not touch theirs is saved over it; for the rest the user is asked. */
  private async meet(mine: Values): Promise<string | null> {
    const now = await read(this.object, this.id)
    this.theirNames = await parentNames(this.info!, this.id)
    this.who = this.theirNames.LastModifiedById ?? t('merge.somebody')
    const m = merge(this.base, mine, now.values, this.info!.described.fields.filter((f) => f.updateable).map((f) => f.name))
    this.base = now.values
    this.etag = now.etag
    if (m.conflicts.length > 0) {
      this.conflicts = m.conflicts
      this.values = { ...now.values, ...mine }
      return null
    }
    tell(t('merge.done', { who: this.who }))
    return this.change(m.changes)
  }

  /** Goes on after the user has chosen. */
  async resolve(choices: Values): Promise<string | null> {
    this.conflicts = []
    this.values = { ...this.values, ...choices }
    return this.save()
  }

  private show(e: unknown): void {
    if (!(e instanceof ApiError)) {
      this.faults = [wordsOf(e)]
      return
    }
    const shown = new Set(this.groups.flatMap((g) => g.fields.map((f) => f.name)))
    const { fields, rest } = byField(e.problems, (name) => shown.has(name))
    this.errors = fields
    this.faults = rest.length || Object.keys(fields).length ? rest : [e.message]
  }
}
