import { describe, layout, objects, type ObjectInfo } from '../../api/metadata'
import { actions, parentNames, read, update, versionOf } from '../../api/records'
import type { Layout, Values } from '../../api/types'

/** A record as its page shows it. */
export class RecordModel {
  info = $state.raw<ObjectInfo | null>(null)
  layout = $state.raw<Layout | null>(null)
  values = $state.raw<Values>({})
  names = $state.raw<Record<string, string>>({})
  objects = $state.raw<Set<string>>(new Set())
  actions = $state.raw<Set<string>>(new Set())
  error = $state.raw<unknown>(null)
  ready = $state(false)
  turn = $state(0)
  etag: string | null = null
  readonly object: string
  readonly id: string

  constructor(object: string, id: string) {
    this.object = object
    this.id = id
  }

  async load(): Promise<void> {
    try {
      const info = await describe(this.object)
      const [now, names, page, all, acts] = await Promise.all([read(this.object, this.id), parentNames(info, this.id), layout(this.object), objects(), actions()])
      Object.assign(this, { info, layout: page, values: now.values, names, objects: new Set(all.keys()), actions: acts, error: null, ready: true })
      this.etag = now.etag
      this.turn++
    } catch (error) {
      this.error = error
    }
  }

  /** Gives fields new values at once, and takes them back when the server refuses. */
  async set(change: Values): Promise<void> {
    const before = this.values
    this.values = { ...before, ...change }
    try {
      await update(this.object, this.id, change, this.etag)
    } catch (e) {
      this.values = before
      await this.load()
      throw e
    }
    await this.load()
  }

  /** Whether somebody changed the record since it was read. */
  async stale(): Promise<boolean> {
    return this.ready && this.etag !== null && (await versionOf(this.object, this.id)) !== this.etag
  }
}
