import { ApiError, root } from '../api/client'
import { nameFields } from '../api/metadata'
import { query } from '../api/records'
import { call, session } from '../api/session.svelte'
import { like, quote } from '../api/soql'
import type { Brief, Values } from '../api/types'
import { lookOf } from '../record/look'
import { recordHref } from '../route/url'

export interface Hit {
  href: string
  name: string
  /** What says more of it than its name, if anything. */
  about: string
  /** What it is called in a word: its subject when its name is a number. */
  title: string
  object: string
  id: string
}

type Row = Values & { attributes: { type: string } }

/** The field that says more of a record than its name. */
const more = (object: string) => lookOf(object).about ?? lookOf(object).apart

/** Searches the objects that people look for, each with the few fields by which its records are known. */
export async function search(text: string, among: Brief[], each: number): Promise<Hit[]> {
  const found = among.filter((o) => o.searchable)
  const names = await nameFields(found.map((o) => o.name))
  const ask = (full: boolean) => {
    const sobjects = found.flatMap((o) => (names.has(o.name) ? [{ name: o.name, fields: ['Id', names.get(o.name), full && more(o.name)].filter(Boolean), limit: each }] : []))
    return call<{ searchRecords: Row[] }>('POST', `${root}/parameterizedSearch`, { body: { q: beginnings(text), sobjects, overallLimit: 200 }, reads: true })
  }
  // Who may not read one of the fields that say more finds records by their names all the same.
  const { data } = await ask(true).catch((e) => (e instanceof ApiError && e.status === 400 ? ask(false) : Promise.reject(e)))
  return data.searchRecords.map((r) => hit(r, names))
}

/** The saved lists that are called so. */
export async function savedLists(text: string): Promise<Hit[]> {
  const mine = quote(session.me?.id ?? '')
  const page = await query(`SELECT Id, Name, SobjectType FROM ListView WHERE Name LIKE ${like(text)} AND (OwnerId = null OR OwnerId = ${mine}) ORDER BY Name LIMIT 4`)
  return page.records.map((r) => ({ href: `/o/${r.SobjectType}?view=${r.Id}`, name: String(r.Name), about: '', title: String(r.Name), object: String(r.SobjectType), id: String(r.Id) }))
}

/** Every word as the beginning of one: people type only as much as they must. */
const beginnings = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((w) => `${w}*`).join(' ') || text

/** The records that the user looked at last. */
export async function recent(limit: number): Promise<Hit[]> {
  const { data } = await call<Row[]>('GET', `${root}/recent?limit=${limit}`)
  const names = await nameFields([...new Set(data.map((r) => r.attributes.type))])
  await Promise.all([...names.keys()].map((object) => addAbout(object, data.filter((r) => r.attributes.type === object)).catch(() => undefined)))
  return data.map((r) => hit(r, names))
}

/** Fills in what says more of the records of an object than their names. */
async function addAbout(object: string, rows: Row[]): Promise<void> {
  const about = more(object)
  if (!about) return
  const page = await query(`SELECT Id, ${about} FROM ${object} WHERE Id IN (${rows.map((r) => quote(String(r.Id))).join(', ')})`)
  const by = new Map(page.records.map((r) => [r.Id, r[about]]))
  for (const r of rows) r[about] = by.get(r.Id) ?? null
}

function hit(r: Row, names: Map<string, string>): Hit {
  const object = r.attributes.type
  const field = more(object)
  const name = String(r[names.get(object) ?? 'Name'] ?? r.Id)
  const about = field && r[field] ? String(r[field]) : ''
  return { href: recordHref(object, String(r.Id)), name, about, title: (lookOf(object).about && about) || name, object, id: String(r.Id) }
}
