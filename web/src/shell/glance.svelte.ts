import { keyFields } from '../api/metadata'
import { query } from '../api/records'
import type { Values } from '../api/types'
import { wordsOf } from '../kit/toast.svelte'
import { lookOf } from '../record/look'

/** A few records that matter now. */
export interface Spec {
  title: string
  object: string
  where: string
  order: string
  /** Fields to read beside the object's key field, its status and its customer. */
  fields: string[]
  when: (r: Values) => string
  who?: (r: Values) => string
  /** The list of all of them. */
  list: string
  empty: string
  bad?: boolean
}

const shown = 6

export class Glance {
  readonly spec: Spec
  name = $state('Id')
  readonly about: string | undefined
  rows = $state.raw<Values[] | null>(null)
  total = $state<number | null>(null)
  error = $state('')

  constructor(spec: Spec) {
    this.spec = spec
    this.about = lookOf(spec.object).about
    void this.load()
  }

  /** Asks for one row more than is shown, and counts only when there is one. */
  private async load(): Promise<void> {
    const { object, where, order, fields } = this.spec
    try {
      this.name = (await keyFields(object))[0] ?? 'Id'
      const all = new Set(['Id', this.name, 'Status', 'Account.Name', ...(this.about ? [this.about] : []), ...fields])
      const { records } = await query(`SELECT ${[...all].join(', ')} FROM ${object} WHERE ${where} ORDER BY ${order} LIMIT ${shown + 1}`)
      this.rows = records.slice(0, shown)
      this.total = records.length <= shown ? records.length : (await query(`SELECT COUNT() FROM ${object} WHERE ${where}`)).totalSize
    } catch (e) {
      this.error = wordsOf(e)
    }
  }
}
