import { root } from '../api/client'
import { query } from '../api/batch'
import { create, remove, undelete, update } from '../api/records'
import { call } from '../api/session.svelte'
import type { Values } from '../api/types'
import { t } from '../i18n/t'
import { tell, wordsOf } from '../kit/toast.svelte'

/** The id of a row that the server has not answered yet: it is shown, but cannot be changed. */
export const unsaved = 'new'

/** The values that rows have where others are to be put, to put them back. */
export const before = (row: Values, change: Values): Values => Object.fromEntries(Object.keys(change).map((f) => [f, row[f] ?? null]))

/** Changes a record and says why. Headers hold bytes: the reason is sent as those of UTF-8. */
export async function explained(object: string, id: string, change: Values, reason: string): Promise<void> {
  const bytes = Array.from(new TextEncoder().encode(reason.replace(/\s+/g, ' ')), (b) => String.fromCharCode(b)).join('')
  await call('PATCH', `${root}/sobjects/${object}/${id}`, { body: change, headers: { 'X-Change-Reason': bytes } })
}

/**
 * Rows of one object that belong to a record. What is changed shows at once and is taken back when the server refuses;
 * every change can be undone from its toast.
 */
export class Rows {
  list = $state.raw<Values[] | null>(null)
  error = $state('')
  readonly object: string
  /** Told when a change was made: others may show what follows from it. */
  private readonly told: () => void
  private soql = ''

  constructor(object: string, told: () => void = () => undefined) {
    this.object = object
    this.told = told
  }

  async load(soql = this.soql): Promise<void> {
    this.soql = soql
    try {
      const page = await query(soql)
      if (soql !== this.soql) return
      this.list = page.records
      this.error = ''
    } catch (e) {
      this.error = wordsOf(e)
    }
  }

  /** Gives a row new values, and shows what follows from them. Reports whether the server took them. */
  set(row: Values, change: Values, text = t('saved'), shown: Values = {}): Promise<boolean> {
    const id = String(row.Id)
    if (id === unsaved) return Promise.resolve(false)
    const old = before(row, change)
    this.list = this.list?.map((r) => (r.Id === id ? { ...r, ...change, ...shown } : r)) ?? null
    return this.deed(() => update(this.object, id, change, null), text, () => update(this.object, id, old, null))
  }

  /** Adds a row. Until the server has answered it is shown as it was given. */
  add(values: Values, text: string, shown: Values = {}): Promise<boolean> {
    this.list = [...(this.list ?? []), { ...values, ...shown, Id: unsaved }]
    let id = ''
    return this.deed(async () => (id = await create(this.object, values)), text, () => remove(this.object, id))
  }

  drop(row: Values, text: string): Promise<boolean> {
    const id = String(row.Id)
    if (id === unsaved) return Promise.resolve(false)
    this.list = this.list?.filter((r) => r.Id !== id) ?? null
    return this.deed(() => remove(this.object, id), text, () => undelete([id]))
  }

  /** Does something, tells it with a way back, and shows what has become of the rows. */
  async deed(go: () => Promise<unknown>, text: string, back: () => Promise<unknown>): Promise<boolean> {
    let done = true
    try {
      await go()
      tell(text, { undo: async () => (await back(), await this.load(), this.told()) })
    } catch (e) {
      done = false
      tell(wordsOf(e), { bad: true })
    }
    await this.load()
    if (done) this.told()
    return done
  }
}
