import { root } from '../../api/client'
import { forgetMetadata } from '../../api/metadata'
import { act } from '../../api/records'
import { call } from '../../api/session.svelte'
import type { Page, Values } from '../../api/types'

/** What can be defined through metadata. */
export type Kind = 'CustomField' | 'CustomObject' | 'ValidationRule' | 'StandardValueSet'

export interface Definition<M> {
  id: string
  fullName: string
  metadata: M
}

const tooling = `${root}/tooling`
const address = (kind: Kind, key: string) => `${tooling}/sobjects/${kind}/${encodeURIComponent(key)}`

/** Asks about definitions in the query language. */
export async function ask<T = Values>(soql: string): Promise<T[]> {
  let page = (await call<Page>('GET', `${tooling}/query?q=${encodeURIComponent(soql)}`)).data
  const rows = page.records as T[]
  while (page.nextRecordsUrl) {
    page = (await call<Page>('GET', page.nextRecordsUrl)).data
    rows.push(...(page.records as T[]))
  }
  return rows
}

/** Reads a definition by its full name (WorkOrder.Zone__c) or id. */
export async function readDefinition<M>(kind: Kind, key: string): Promise<Definition<M>> {
  const { data } = await call<{ Id?: string; FullName: string; Metadata: M }>('GET', address(kind, key))
  return { id: data.Id ?? '', fullName: data.FullName, metadata: data.Metadata }
}

export async function define(kind: Kind, fullName: string, metadata: object): Promise<string> {
  const { data } = await call<{ id: string }>('POST', `${tooling}/sobjects/${kind}`, { body: { FullName: fullName, Metadata: metadata } })
  forgetMetadata()
  return data.id
}

/** Changes what metadata says of a definition; the rest stays. */
export async function redefine(kind: Kind, key: string, metadata: object): Promise<void> {
  await call('PATCH', address(kind, key), { body: { Metadata: metadata } })
  forgetMetadata()
}

export async function dropDefinition(kind: Kind, key: string): Promise<void> {
  await call('DELETE', address(kind, key))
  forgetMetadata()
}

/** Brings a definition back from the recycle bin. */
export async function bringBack(id: string): Promise<void> {
  await act('undelete', [{ recordId: id }])
  forgetMetadata()
}

export interface Use {
  kind: 'formula' | 'default' | 'rollUp' | 'dependentPicklist' | 'reference' | 'validationRule' | 'setting'
  object: string
  name: string
  label: string
  id?: string
  firm: boolean
}

/** What depends on a field, or on an object. */
export const uses = async (object: string, field?: string) => (await call<{ uses: Use[] }>('GET', `${tooling}/uses/${object}${field ? `/${field}` : ''}`)).data.uses

/** A name that programs use, made from a label: Price Zone (old) → Price_Zone_old. */
export function nameFrom(label: string): string {
  const plain = label.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return (/^[A-Za-z]/.test(plain) || !plain ? plain : `X${plain}`).slice(0, 40).replace(/_+$/, '')
}

export interface Replaced {
  changed: number
  refused: { id: string; name: string; message: string }[]
}

/** Gives all records that have one value of a picklist another. told hears of each portion and may stop it by false. */
export async function replaceValue(object: string, field: string, from: string, to: string, told: (r: Replaced) => boolean): Promise<Replaced> {
  const sum: Replaced = { changed: 0, refused: [] }
  for (let after = ''; ; ) {
    const { data } = await call<Replaced & { next: string }>('POST', `${tooling}/picklists/${object}/${field}/replace`, { body: { from, to, after } })
    sum.changed += data.changed
    sum.refused.push(...data.refused)
    after = data.next
    if (!told(sum) || !after) return sum
  }
}
