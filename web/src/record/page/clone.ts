import { root } from '../../api/client'
import { describe, type ObjectInfo } from '../../api/metadata'
import { query, read } from '../../api/records'
import { call } from '../../api/session.svelte'
import { quote } from '../../api/soql'
import type { Field, Values } from '../../api/types'

/** What belongs to a record and can be copied along with it. */
export interface Copyable {
  object: string
  label: string
  /** The relationship, and the child's field that leads to the record. */
  name: string
  field: string
  count: number
}

/** The most records that are copied in one go, the first included. */
export const mostCopied = 200

/** Things that are about one record alone are not copied. */
const own = new Set(['Notes', 'Attachments', 'ContentDocumentLinks', 'Shares', 'Histories', 'Tasks', 'Events', 'Emails', 'ServiceReports', 'DigitalSignatures'])

/** The lists that a copy may take along: details of the record, as far as there are any. */
export async function copyables(info: ObjectInfo, id: string): Promise<Copyable[]> {
  const lists = info.described.childRelationships.filter((c) => c.cascadeDelete && c.relationshipName && !own.has(c.relationshipName) && c.childSObject !== info.name)
  const all = await Promise.all(
    lists.map(async (c) => {
      const child = await describe(c.childSObject).catch(() => null)
      if (!child?.described.createable) return null
      const page = await query(`SELECT COUNT() FROM ${c.childSObject} WHERE ${c.field} = ${quote(id)}`).catch(() => null)
      return { object: c.childSObject, label: child.described.labelPlural, name: c.relationshipName!, field: c.field, count: page?.totalSize ?? 0 }
    }),
  )
  return all.filter((c): c is Copyable => c !== null && c.count > 0)
}

/** A copy begins anew: what a record is by itself (its status, its owner, what is unique to it) stays behind. */
function copies(f: Field): boolean {
  return f.createable && !f.autoNumber && !f.calculated && !(f as Field & { unique?: boolean }).unique && f.name !== 'OwnerId' && f.name !== 'Status' && f.type !== 'base64'
}

export function copyOf(info: ObjectInfo, values: Values, except = ''): Values {
  return Object.fromEntries(info.described.fields.filter((f) => copies(f) && f.name !== except && values[f.name] !== null && values[f.name] !== undefined).map((f) => [f.name, values[f.name]]))
}

/** Copies a record with the lists given, all or nothing, and returns the new record's id. */
export async function cloneWith(info: ObjectInfo, id: string, lists: Copyable[]): Promise<string> {
  const { values } = await read(info.name, id)
  const record: Values = { attributes: { type: info.name, referenceId: 'copy' }, ...copyOf(info, values) }
  for (const c of lists) {
    const child = await describe(c.object)
    const fields = child.described.fields.filter((f) => copies(f) && f.name !== c.field).map((f) => f.name)
    const page = await query(`SELECT Id${fields.map((f) => `, ${f}`).join('')} FROM ${c.object} WHERE ${c.field} = ${quote(id)} LIMIT ${mostCopied}`)
    record[c.name] = { records: page.records.map((r, i) => ({ attributes: { type: c.object, referenceId: `${c.name}${i}` }, ...copyOf(child, r, c.field) })) }
  }
  const { data } = await call<{ results: { referenceId: string; id: string }[] }>('POST', `${root}/composite/tree/${info.name}`, { body: { records: [record] } })
  return data.results.find((r) => r.referenceId === 'copy')!.id
}
