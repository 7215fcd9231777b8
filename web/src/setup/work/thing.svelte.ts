import { describe, type ObjectInfo } from '../../api/metadata'
import { parentNames, read, update } from '../../api/records'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import { tell } from '../../kit/toast.svelte'

/** A record that a page of set-up is about. Every change is kept at once and can be undone. */
export class Thing {
  info = $state.raw<ObjectInfo | null>(null)
  values = $state.raw<Values>({})
  names = $state.raw<Record<string, string>>({})
  error = $state.raw<unknown>(null)
  private etag: string | null = null
  readonly object: string
  readonly id: string

  constructor(object: string, id: string) {
    this.object = object
    this.id = id
  }

  async load(): Promise<void> {
    try {
      const info = await describe(this.object)
      const [now, names] = await Promise.all([read(this.object, this.id), parentNames(info, this.id)])
      Object.assign(this, { info, values: now.values, names, error: null })
      this.etag = now.etag
    } catch (e) {
      this.error = e
    }
  }

  /** Gives fields new values, and takes them back when the server refuses. */
  async set(change: Values): Promise<void> {
    const old = this.values
    const back = Object.fromEntries(Object.keys(change).map((f) => [f, old[f] ?? null]))
    this.values = { ...old, ...change }
    try {
      await update(this.object, this.id, change, this.etag)
      tell(t('saved'), { undo: async () => (await update(this.object, this.id, back, null), await this.load()) })
    } catch (e) {
      this.values = old
      throw e
    } finally {
      await this.load()
    }
  }
}
