import { query, removeMany, undelete, update, updateMany, read, type RowResult } from '../../api/records'
import { ApiError } from '../../api/client'
import { quote } from '../../api/soql'
import type { ObjectInfo } from '../../api/metadata'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import { tell } from '../../kit/toast.svelte'

/** Tells how a change of several records went; what was done can be taken back. */
function report(results: RowResult[], done: string, undo: (ids: string[]) => Promise<void>): void {
  const good = results.filter((r) => r.success).map((r) => r.id!)
  const bad = results.filter((r) => !r.success)
  if (good.length > 0) tell(done, { undo: () => undo(good) })
  const words = [...new Set(bad.flatMap((r) => r.errors.map((e) => e.message)))].slice(0, 3).join(' ')
  if (bad.length > 0) tell(t('bulk.refused', { n: bad.length, why: words }), { bad: true })
}

/** Deletes records. Undo brings them back. */
export async function deleteAll(ids: string[], after: () => void): Promise<void> {
  const results = await removeMany(ids)
  report(results, t('bulk.deleted', { n: results.filter((r) => r.success).length }), async (gone) => {
    await undelete(gone)
    after()
  })
  after()
}

/** Gives a field of many records one value. Undo gives each its old one. */
export async function setAll(info: ObjectInfo, ids: string[], field: string, value: unknown, after: () => void): Promise<void> {
  const before = new Map<string, unknown>()
  for (let i = 0; i < ids.length; i += 200) {
    const page = await query(`SELECT Id, ${field} FROM ${info.name} WHERE Id IN (${ids.slice(i, i + 200).map(quote).join(', ')})`)
    for (const r of page.records) before.set(String(r.Id), r[field] ?? null)
  }
  const results = await updateMany(info.name, ids, { [field]: value })
  report(results, t('bulk.changed', { n: results.filter((r) => r.success).length }), async (changed) => {
    for (const old of new Set(changed.map((id) => before.get(id)))) {
      await updateMany(info.name, changed.filter((id) => before.get(id) === old), { [field]: old })
    }
    after()
  })
  after()
}

/**
 * Changes one field of a row where it stands. When somebody changed the field since the list was read, nothing is
 * overwritten: the list shows their value.
 */
export async function setOne(info: ObjectInfo, row: Values, field: string, value: unknown, show: (v: Values) => void): Promise<void> {
  const id = String(row.Id)
  const shown = row[field] ?? null
  show({ [field]: value })
  try {
    const now = await read(info.name, id)
    const theirs = now.values[field] ?? null
    if (theirs !== shown) {
      show({ [field]: theirs })
      return tell(t('inline.changed', { field: info.field(field)?.label ?? field }), { bad: true })
    }
    const etag = await update(info.name, id, { [field]: value }, now.etag)
    tell(t('saved'), {
      undo: async () => {
        await update(info.name, id, { [field]: shown }, etag)
        show({ [field]: shown })
      },
    })
  } catch (e) {
    show({ [field]: shown })
    tell(e instanceof ApiError || e instanceof Error ? e.message : String(e), { bad: true })
  }
}
