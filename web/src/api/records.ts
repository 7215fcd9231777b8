import { root, ofRow, ApiError, type Answer } from './client'
import { at, parentPaths, type ObjectInfo } from './metadata'
import { call } from './session.svelte'
import { quote } from './soql'
import type { Page, Problem, Values } from './types'

/** A record as it was read. */
export interface Read {
  values: Values
  /** The version for If-Match; null for objects that have none. */
  etag: string | null
}

const address = (object: string, id: string) => `${root}/sobjects/${object}/${id}`

/** Reads a record and notes that the user looked at it. */
export async function read(object: string, id: string): Promise<Read> {
  const a = await call<Values>('GET', address(object, id), { headers: { 'Sforce-Mru': 'updateMru=true' } })
  return { values: a.data, etag: a.etag }
}

/** The version of a record now, without looking at it as a user does. */
export async function versionOf(object: string, id: string): Promise<string | null> {
  return (await call<Values>('GET', `${address(object, id)}?fields=SystemModstamp`)).etag
}

/** The names of the records that a record refers to, by field. */
export async function parentNames(info: ObjectInfo, id: string): Promise<Record<string, string>> {
  const paths = await parentPaths(info)
  if (paths.size === 0) return {}
  const page = await query(`SELECT ${[...new Set(paths.values())].join(', ')} FROM ${info.name} WHERE Id = ${quote(id)}`)
  return namesIn(page.records[0] ?? {}, paths)
}

export function namesIn(row: Values, paths: Map<string, string>): Record<string, string> {
  const names: Record<string, string> = {}
  for (const [field, path] of paths) {
    const name = at(row, path)
    if (name) names[field] = String(name)
  }
  return names
}

export async function create(object: string, values: Values): Promise<string> {
  return (await call<{ id: string }>('POST', `${root}/sobjects/${object}`, { body: values })).data.id
}

/** Changes a record if it still has the version that was read. Returns the new version. */
export async function update(object: string, id: string, values: Values, etag: string | null): Promise<string | null> {
  return (await call('PATCH', address(object, id), { body: values, headers: etag ? { 'If-Match': etag } : {} })).etag
}

export async function remove(object: string, id: string): Promise<void> {
  await call('DELETE', address(object, id))
}

export interface RowResult {
  id: string | null
  success: boolean
  errors: Problem[]
}

const most = 200 // records in one request

async function rows(ids: string[], send: (part: string[]) => Promise<Answer<{ id: string; success: boolean; errors: [] }[]>>): Promise<RowResult[]> {
  const out: RowResult[] = []
  for (let i = 0; i < ids.length; i += most) {
    const part = ids.slice(i, i + most)
    const { data } = await send(part)
    out.push(...data.map((r, k) => ({ id: r.id ?? part[k]!, success: r.success, errors: r.errors.map(ofRow) })))
  }
  return out
}

/** Gives the same values to many records. Each stands or falls by itself. */
export function updateMany(object: string, ids: string[], values: Values): Promise<RowResult[]> {
  const record = (id: string) => ({ attributes: { type: object }, Id: id, ...values })
  return rows(ids, (part) => call('PATCH', `${root}/composite/sobjects`, { body: { allOrNone: false, records: part.map(record) } }))
}

export function removeMany(ids: string[]): Promise<RowResult[]> {
  return rows(ids, (part) => call('DELETE', `${root}/composite/sobjects?ids=${part.join(',')}&allOrNone=false`))
}

/** Brings deleted records back, with what was deleted along with them. */
export async function undelete(ids: string[]): Promise<void> {
  await act('undelete', ids.map((id) => ({ recordId: id })))
}

interface ActionResult {
  isSuccess: boolean
  errors: { message: string; statusCode: string; fields?: string[] }[] | null
  outputValues: Values
}

/** Asks a question: an action that changes nothing. */
export const inquire = (name: string, input: Values): Promise<Values> => act(name, [input], true).then((out) => out[0] ?? {})

/** Asks for an action, once for each input. The first refusal is thrown. */
export async function act(name: string, inputs: Values[], reads = false): Promise<Values[]> {
  const { data } = await call<ActionResult[]>('POST', `${root}/actions/standard/${name}`, { body: { inputs }, reads })
  const failed = data.find((r) => !r.isSuccess)
  if (failed) throw new ApiError(400, (failed.errors ?? []).map(ofRow))
  return data.map((r) => r.outputValues)
}

let known: Promise<Set<string>> | null = null

/** The names of the actions that the user may ask for. */
export function actions(): Promise<Set<string>> {
  known ??= call<{ actions: { name: string }[] }>('GET', `${root}/actions/standard`).then((a) => new Set(a.data.actions.map((x) => x.name)))
  known.catch(() => (known = null))
  return known
}

/** The first page of a query's answer. Uncounted, an answer of several pages has a totalSize of -1 and comes sooner. */
export async function query(soql: string, size?: number, signal?: AbortSignal, counted = true): Promise<Page> {
  const options = [size && `batchSize=${size}`, !counted && 'total=false'].filter(Boolean).join(', ')
  const headers: Record<string, string> = options ? { 'Sforce-Query-Options': options } : {}
  const ask = signal ? { headers, signal } : { headers }
  return (await call<Page>('GET', `${root}/query?q=${encodeURIComponent(soql)}`, ask)).data
}

/** The page after one. */
export async function more(page: Page): Promise<Page> {
  return (await call<Page>('GET', page.nextRecordsUrl!)).data
}
