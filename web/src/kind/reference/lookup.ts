import { root } from '../../api/client'
import { at, nameFields, objects } from '../../api/metadata'
import { query } from '../../api/records'
import { call } from '../../api/session.svelte'
import { like, quote } from '../../api/soql'
import type { Brief, Values } from '../../api/types'

export interface Found {
  id: string
  name: string
  object: string
  /** What tells it from others of the same name. */
  more: string
  recent: boolean
}

type Row = Values & { attributes: { type: string } }

/** The objects that a reference may lead to, within the user's reach. */
export async function targets(objectNames: string[]): Promise<Brief[]> {
  const all = await objects()
  return objectNames.flatMap((n) => all.get(n) ?? []).slice(0, 6)
}

/** Finds records by name: those looked at last, or those whose name holds the text, then what the full text search finds. */
export async function lookUp(objectNames: string[], text: string, signal?: AbortSignal): Promise<Found[]> {
  const names = await nameFields((await targets(objectNames)).map((b) => b.name))
  const [past, ...found] = await Promise.all([text ? [] : recent(names), ...[...names].map(([object, field]) => byName(object, field, text, signal))])
  const list = [...past, ...found.flat().filter((f) => !past.some((p) => p.id === f.id))]
  if (text.length > 1 && list.length === 0) list.push(...(await byText(names, text)))
  return list.slice(0, 12)
}

async function byName(object: string, field: string, text: string, signal?: AbortSignal): Promise<Found[]> {
  const more = await moreFields(object, field)
  const queue = object === 'Group' ? "Type = 'Queue'" : object === 'User' ? 'IsActive = true' : ''
  const where = [queue, text && `${field} LIKE ${like(text)}`].filter(Boolean).join(' AND ')
  const page = await query(`SELECT Id, ${[field, ...more].join(', ')} FROM ${object}${where ? ` WHERE ${where}` : ''} ORDER BY ${field} LIMIT 10`, undefined, signal)
  return page.records.map((r) => found(r, object, field, more, false))
}

const found = (r: Values, object: string, field: string, more: string[], recent: boolean): Found => ({
  id: String(r.Id), name: String(r[field] ?? r.Id), object, recent, more: more.map((f) => at(r, f)).filter((v) => typeof v === 'string' && v).join(' · '),
})

const columns = new Map<string, Promise<string[]>>()

/** The columns of an object's look-ups beside the name: two that are texts, and names of parents. */
function moreFields(object: string, field: string): Promise<string[]> {
  let p = columns.get(object)
  if (!p) {
    p = readColumns(object, field)
    columns.set(object, p)
    p.catch(() => columns.delete(object))
  }
  return p
}

async function readColumns(object: string, field: string): Promise<string[]> {
  const { data } = await call<{ searchColumns: { name: string }[] }[]>('GET', `${root}/search/layout?q=${object}&for=Lookup`)
  return (data[0]?.searchColumns ?? []).map((c) => c.name).filter((n) => n !== field && n !== 'Id' && !/Id$|^Is[A-Z]/.test(n)).slice(0, 2)
}

/** The records of these objects that the user looked at last. */
async function recent(names: Map<string, string>): Promise<Found[]> {
  const { data } = await call<Row[]>('GET', `${root}/recent?limit=100`)
  const mine = data.filter((r) => names.has(r.attributes.type)).slice(0, 5)
  const lists = await Promise.all([...names].map(async ([object, field]) => {
    const ids = mine.filter((r) => r.attributes.type === object).map((r) => quote(String(r.Id)))
    if (ids.length === 0) return []
    const more = await moreFields(object, field)
    const page = await query(`SELECT Id, ${[field, ...more].join(', ')} FROM ${object} WHERE Id IN (${ids.join(', ')})`)
    return page.records.map((r) => found(r, object, field, more, true))
  }))
  const by = new Map(lists.flat().map((f) => [f.id, f]))
  return mine.flatMap((r) => by.get(String(r.Id)) ?? [])
}

async function byText(names: Map<string, string>, text: string): Promise<Found[]> {
  const sobjects = [...names].map(([name, field]) => ({ name, fields: ['Id', field], limit: 6 }))
  const { data } = await call<{ searchRecords: Row[] }>('POST', `${root}/parameterizedSearch`, { body: { q: text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() + '*', sobjects, overallLimit: 12 }, reads: true })
  return data.searchRecords.map((r) => found(r, r.attributes.type, names.get(r.attributes.type) ?? 'Id', [], false))
}
