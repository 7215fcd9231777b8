import { ApiError, byField, Offline } from '../../api/client'
import { describe, parentPaths, type ObjectInfo } from '../../api/metadata'
import { create, parentNames, query, read, update } from '../../api/records'
import { session } from '../../api/session.svelte'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import { orphans } from '../../kind/picklist/choices'
import { tell, wordsOf } from '../../kit/toast.svelte'
import { laidOut, type Laid } from '../layout'
import { copyOf } from '../page/clone'
import { Drafts } from './draft'
import { groupsOf, missingOf, startValues, type Group } from './fields'
import { alike, changesOf, merge, type Conflict } from './merge'

/** How long a pause in typing is, in milliseconds: then the draft is kept. */
const pause = 250

/** The form of one record: what was read, what was typed, and what the server said about it. */
export class Form {
  info = $state.raw<ObjectInfo | null>(null)
  laid = $state.raw<Laid | null>(null)
  groups = $state.raw<Group[]>([])
  values = $state.raw<Values>({})
  names = $state.raw<Record<string, string>>({})
  errors = $state.raw<Record<string, string>>({})
  faults = $state.raw<string[]>([])
  conflicts = $state.raw<Conflict[]>([])
  /** What somebody else saved while the form was open: their new values of fields that were changed here, too. */
  contested = $state.raw<Conflict[]>([])
  news = $state('')
  theirNames: Record<string, string> = {}
  who = $state('')
  restored = $state('')
  busy = $state(false)
  readonly object: string
  readonly id: string
  private base: Values = {}
  private etag: string | null = null
  private waiting: ReturnType<typeof setTimeout> | undefined
  private readonly drafts: Drafts | null

  /** A form that is kept nowhere is a short one, over another. */
  constructor(object: string, id: string, kept = true) {
    this.object = object
    this.id = id
    this.drafts = kept ? new Drafts(session.me?.id ?? '') : null
  }

  /** Loads what the form begins with: the record, the one to copy, or the defaults; and a draft over it. */
  async load(start: URLSearchParams): Promise<void> {
    const info = await describe(this.object)
    const from = this.id || start.get('clone') || ''
    const [laid] = await Promise.all([laidOut(info), this.id ? this.reread() : undefined])
    if (!this.id) this.values = from ? copyOf(info, (await read(this.object, from)).values) : startValues(info, start)
    if (!this.id && !from) await this.usual(info)
    if (from) this.names = await parentNames(info, from)
    else this.names = await this.namesOfStart(info)
    this.restore()
    this.info = info
    this.laid = laid
    this.layOut()
  }

  /** Lays the form out for the record type that the record has. */
  private layOut(): void {
    this.groups = groupsOf(this.info!, this.laid!.page(this.values.RecordTypeId), !this.id, this.values)
  }

  private async reread(): Promise<void> {
    const now = await read(this.object, this.id)
    this.base = now.values
    this.values = now.values
    this.etag = now.etag
  }

  /** A reference that must be there begins with the record that its object calls the default, where there is one. */
  private async usual(info: ObjectInfo): Promise<void> {
    const open = info.described.fields.filter((f) => f.type === 'reference' && f.createable && !f.nillable && !f.defaultedOnCreate && f.referenceTo.length === 1 && !this.values[f.name])
    await Promise.all(
      open.map(async (f) => {
        const target = await describe(f.referenceTo[0]!)
        if (target.field('IsDefault')?.type !== 'boolean') return
        const found = (await query(`SELECT Id FROM ${target.name} WHERE IsDefault = true LIMIT 1`)).records[0]
        if (found) this.values = { ...this.values, [f.name]: found.Id }
      }),
    ).catch(() => undefined) // the user then picks one
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
    const draft = this.drafts?.load(this.object, this.id)
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
    if (name || this.names[field]) {
      const { [field]: _, ...names } = this.names
      this.names = name ? { ...names, [field]: name } : names
    }
    if (this.errors[field]) this.errors = Object.fromEntries(Object.entries(this.errors).filter(([f]) => f !== field))
    if (field === 'RecordTypeId') this.layOut()
    clearTimeout(this.waiting)
    this.waiting = setTimeout(this.keep, pause)
  }

  /** Keeps what was typed, at the latest when the page goes. */
  keep = (): void => {
    clearTimeout(this.waiting)
    if (this.info) this.drafts?.save(this.object, this.id, { changes: this.changes, names: this.names, etag: this.etag, at: new Date().toISOString() })
  }

  discard(): void {
    clearTimeout(this.waiting)
    this.drafts?.drop(this.object, this.id)
  }

  /** Saves and returns the record's id; null when something is in the way, which the form then shows. */
  async save(): Promise<string | null> {
    this.faults = []
    this.errors = Object.fromEntries(missingOf(this.groups, this.values).map((f) => [f, t('field.must')]))
    if (Object.keys(this.errors).length > 0) return null
    const open = this.contested.filter((c) => !alike(this.values[c.field], c.theirs))
    if (open.length > 0) {
      this.conflicts = open.map((c) => ({ ...c, mine: this.values[c.field] ?? null }))
      return null
    }
    this.busy = true
    this.keep()
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
    const m = await this.join(mine)
    if (m.conflicts.length > 0) {
      this.conflicts = m.conflicts
      return null
    }
    const id = await this.change(m.changes)
    if (id) tell(t('merge.done', { who: this.who }))
    return id
  }

  /** Takes over what the record is now, beneath what was changed here. */
  private async join(mine: Values) {
    const now = await read(this.object, this.id)
    this.theirNames = await parentNames(this.info!, this.id)
    this.who = this.theirNames.LastModifiedById ?? t('merge.somebody')
    const m = merge(this.base, mine, now.values, this.info!.described.fields.filter((f) => f.updateable).map((f) => f.name))
    this.base = now.values
    this.etag = now.etag
    this.values = { ...now.values, ...mine }
    this.names = { ...this.theirNames, ...Object.fromEntries(Object.entries(this.names).filter(([f]) => f in mine)) }
    return m
  }

  /** Somebody else may have saved the record: their changes come into the form, save where something was typed. */
  async heard(): Promise<void> {
    if (!this.info || !this.id || this.busy || this.conflicts.length > 0) return
    const before = this.etag
    const m = await this.join(this.changes)
    if (this.etag === before || m.theirs.length === 0) return
    const known = this.contested.filter((c) => !m.conflicts.some((x) => x.field === c.field))
    this.contested = [...known, ...m.conflicts]
    this.news = t('record.news', { who: this.who, what: m.theirs.flatMap((f) => this.info!.field(f)?.label ?? []).slice(0, 3).join(', ') })
    this.keep()
  }

  /** Goes on after the user has chosen. */
  async resolve(choices: Values): Promise<string | null> {
    this.conflicts = []
    this.contested = []
    this.values = { ...this.values, ...choices }
    return this.save()
  }

  private show(e: unknown): void {
    if (!(e instanceof ApiError)) {
      this.faults = [e instanceof Offline ? `${t('failure.offline')}. ${t('failure.offlineText')}` : wordsOf(e)]
      return
    }
    const shown = new Set(this.groups.flatMap((g) => g.lines.filter((l) => l.open).map((l) => l.field.name)))
    const { fields, rest } = byField(e.problems, (name) => shown.has(name))
    this.errors = fields
    this.faults = rest.length || Object.keys(fields).length ? rest : [e.message]
  }
}
