import { root } from '../api/client'
import { query } from '../api/batch'
import { quote } from '../api/soql'
import { call } from '../api/session.svelte'

/** Where the content of a version of a file is read. */
export const contentHref = (version: unknown) => `${root}/sobjects/ContentVersion/${String(version)}/VersionData`

/** Keeps a file with a record and returns its document. */
export async function upload(file: Blob, name: string, recordId: string): Promise<string> {
  const body = new FormData()
  body.append('entity_content', new Blob([JSON.stringify({ Title: name.replace(/\.[^.]+$/, ''), PathOnClient: name, FirstPublishLocationId: recordId })], { type: 'application/json' }))
  body.append('VersionData', file, name)
  const { data } = await call<{ id: string }>('POST', `${root}/sobjects/ContentVersion`, { body })
  const page = await query(`SELECT ContentDocumentId FROM ContentVersion WHERE Id = ${quote(data.id)}`)
  return String(page.records[0]?.ContentDocumentId ?? '')
}
