import { root } from '../../api/client'
import { describe, type ObjectInfo } from '../../api/metadata'
import { create, query, remove } from '../../api/records'
import { call } from '../../api/session.svelte'
import { quote } from '../../api/soql'
import type { Values } from '../../api/types'
import { forgetLayouts } from '../../record/layout'
import type { Page } from './page'

const tooling = `${root}/tooling/sobjects`

/** A layout that is kept; one without an id is the program's own. */
export interface Kept {
  id: string
  name: string
}

/** To whom a layout is given: "" is everybody, or every kind of record. */
export interface Given {
  id: string
  layout: string
  profile: string
  type: string
}

/** What there is of an object: its layouts, who has which, profiles and kinds of record. */
export interface Laid {
  layouts: Kept[]
  given: Given[]
  profiles: Kept[]
  types: Kept[]
}

const named = (rows: Values[]): Kept[] => rows.map((r) => ({ id: String(r.Id), name: String(r.Name) }))

export async function laidOf(object: string): Promise<Laid> {
  const of = `WHERE TableEnumOrId = ${quote(object)}`
  const [layouts, given, profiles, types] = await Promise.all([
    query(`SELECT Id, Name FROM Layout ${of} ORDER BY Name`),
    query(`SELECT Id, LayoutId, ProfileId, RecordTypeId FROM ProfileLayout ${of}`),
    query('SELECT Id, Name FROM Profile ORDER BY Name'),
    query(`SELECT Id, Name FROM RecordType WHERE SobjectType = ${quote(object)} AND IsActive = true ORDER BY Name`),
  ])
  return {
    layouts: named(layouts.records),
    given: given.records.map((r) => ({ id: String(r.Id), layout: String(r.LayoutId), profile: String(r.ProfileId ?? ''), type: String(r.RecordTypeId ?? '') })),
    profiles: named(profiles.records),
    types: named(types.records),
  }
}

/** How a layout is: by its id, or the program's own by the object's name. */
export async function readPage(key: string): Promise<Page> {
  return (await call<{ Metadata: Page }>('GET', `${tooling}/Layout/${key}`)).data.Metadata
}

/** Saves a layout and returns its id. The first of an object is for everybody. */
export async function savePage(object: string, kept: Kept, page: Page, first: boolean): Promise<string> {
  const body = { FullName: `${object}-${kept.name}`, Metadata: page }
  if (kept.id) await call('PATCH', `${tooling}/Layout/${kept.id}`, { body })
  const id = kept.id || (await call<{ id: string }>('POST', `${tooling}/Layout`, { body })).data.id
  if (!kept.id && first) await create('ProfileLayout', { LayoutId: id })
  forgetLayouts()
  return id
}

export async function dropPage(id: string): Promise<void> {
  await call('DELETE', `${tooling}/Layout/${id}`)
  forgetLayouts()
}

/** Gives a layout to a profile and a kind of record; "" takes what they have away. */
export async function give(known: Given | undefined, layout: string, profile: string, type: string): Promise<void> {
  if (known) await remove('ProfileLayout', known.id)
  if (layout) await create('ProfileLayout', { LayoutId: layout, ProfileId: profile || null, RecordTypeId: type || null })
  forgetLayouts()
}

/** The fields that can be laid out: parts stand within their address, and what the house alone needs stands nowhere. */
export const placeable = (info: ObjectInfo) => info.described.fields.filter((f) => !f.compoundFieldName && f.type !== 'id' && f.type !== 'base64' && f.name !== 'IsDeleted' && f.name !== 'SystemModstamp')

/** The lists of what belongs to an object that can be shown. */
export async function lists(info: ObjectInfo): Promise<{ name: string; object: string; label: string }[]> {
  const own = new Set(['Shares', 'Histories', 'ContentDocumentLinks', 'Notes', 'Attachments'])
  const all = info.described.childRelationships.filter((c) => c.relationshipName && !own.has(c.relationshipName))
  const told = await Promise.all(all.map(async (c) => ({ name: c.relationshipName!, object: c.childSObject, label: (await describe(c.childSObject)).described.labelPlural })))
  return told.sort((a, b) => a.label.localeCompare(b.label))
}

/** Fields in a row that are kept as a record of their own. */
export interface Row {
  id: string
  fields: string[]
}

const split = (text: unknown) => String(text ?? '').split(',').map((f) => f.trim()).filter(Boolean)

export async function readHeader(object: string): Promise<Row> {
  const page = await query(`SELECT Id, Fields FROM CompactLayout WHERE TableEnumOrId = ${quote(object)} AND RecordTypeId = null`)
  const r = page.records[0]
  return r ? { id: String(r.Id), fields: split(r.Fields) } : { id: '', fields: [] }
}

export async function saveHeader(object: string, row: Row): Promise<string> {
  const id = await saveRow('CompactLayout', row, { TableEnumOrId: object, DeveloperName: `${object.replace(/__c$/, '')}_header`, MasterLabel: 'Header' })
  forgetLayouts()
  return id
}

export type ColumnsFor = 'ListView' | 'SearchResult' | 'Lookup'

export async function readColumns(object: string): Promise<Record<ColumnsFor, Row>> {
  const page = await query(`SELECT Id, LayoutType, Fields FROM SearchLayout WHERE TableEnumOrId = ${quote(object)}`)
  const of = (kind: ColumnsFor): Row => {
    const r = page.records.find((x) => x.LayoutType === kind)
    return r ? { id: String(r.Id), fields: split(r.Fields) } : { id: '', fields: [] }
  }
  return { ListView: of('ListView'), SearchResult: of('SearchResult'), Lookup: of('Lookup') }
}

/** What is shown where nobody chose columns. */
export async function usualColumns(object: string, kind: ColumnsFor): Promise<string[]> {
  const { data } = await call<{ searchColumns: { name: string }[] }[]>('GET', `${root}/search/layout?q=${object}&for=${kind}`)
  return data[0]!.searchColumns.map((c) => c.name)
}

export async function saveColumns(object: string, kind: ColumnsFor, row: Row): Promise<string> {
  const id = await saveRow('SearchLayout', row, { TableEnumOrId: object, LayoutType: kind })
  forgetLayouts()
  return id
}

/** Saves fields in a row; none are the program's own again. Returns the record's id. */
async function saveRow(object: string, row: Row, first: Values): Promise<string> {
  const Fields = row.fields.join(',')
  if (!Fields) {
    if (row.id) await remove(object, row.id)
    return ''
  }
  if (!row.id) return create(object, { ...first, Fields })
  await call('PATCH', `${root}/sobjects/${object}/${row.id}`, { body: { Fields } })
  return row.id
}
