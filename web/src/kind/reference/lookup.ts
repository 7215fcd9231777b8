import { root } from '../../api/client'
import { nameFields, objects } from '../../api/metadata'
import { query } from '../../api/records'
import { call } from '../../api/session.svelte'
import { like } from '../../api/soql'
import type { Values } from '../../api/types'

export interface Found {
  id: string
  name: string
  object: string
}

/** Finds records by name: those whose name holds the text first, then what the full text search finds. */
export async function lookUp(objectNames: string[], text: string, signal?: AbortSignal): Promise<Found[]> {
  const all = await objects()
  const names = await nameFields(objectNames.filter((n) => all.has(n)).slice(0, 6))
  const found = await Promise.all([...names].map(([object, field]) => byName(object, field, text, signal)))
  const list = found.flat()
  if (text.length > 1 && list.length === 0) list.push(...(await byText(names, text)))
  return list.slice(0, 12)
}

async function byName(object: string, field: string, text: string, signal?: AbortSignal): Promise<Found[]> {
  const where = text ? ` WHERE ${field} LIKE ${like(text)}` : ''
  const page = await query(`SELECT Id, ${field} FROM ${object}${where} ORDER BY ${field} LIMIT 10`, undefined, signal)
  return page.records.map((r) => ({ id: String(r.Id), name: String(r[field] ?? r.Id), object }))
}

async function byText(names: Map<string, string>, text: string): Promise<Found[]> {
  const sobjects = [...names].map(([name, field]) => ({ name, fields: ['Id', field], limit: 6 }))
  const { data } = await call<{ searchRecords: (Values & { attributes: { type: string } })[] }>('POST', `${root}/parameterizedSearch`, { body: { q: text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() + '*', sobjects, overallLimit: 12 }, reads: true })
  return data.searchRecords.map((r) => ({ id: String(r.Id), name: String(r[names.get(r.attributes.type) ?? 'Id'] ?? r.Id), object: r.attributes.type }))
}
