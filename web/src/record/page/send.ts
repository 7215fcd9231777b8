import { root } from '../../api/client'
import { call } from '../../api/session.svelte'

/** Sends a file to a record. told is called with how much of it is sent, from 0 to 1. */
export async function sendFile(file: File, recordId: string, told: (part: number) => void): Promise<void> {
  const body = () => {
    const form = new FormData()
    form.append('entity_content', new Blob([JSON.stringify({ Title: file.name.replace(/\.[^.]+$/, '').slice(0, 255) || file.name, PathOnClient: file.name, FirstPublishLocationId: recordId })], { type: 'application/json' }))
    form.append('VersionData', file, file.name)
    return form
  }
  const status = await new Promise<number>((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = (e) => e.lengthComputable && told(e.loaded / e.total)
    request.onloadend = () => resolve(request.status)
    request.open('POST', `${root}/sobjects/ContentVersion`)
    request.setRequestHeader('Accept', 'application/json')
    request.send(body())
  })
  // What was turned away, or got lost, is sent once more in the way that waits for a sign-in and tells what is wrong.
  if (status !== 201) await call('POST', `${root}/sobjects/ContentVersion`, { body: body() })
}

/** A file of a record. */
export interface Doc {
  Id: string
  Title: string
  FileExtension: string | null
  ContentSize: number
  LatestPublishedVersionId: string
  CreatedDate: string
}

export const addressOf = (d: Doc) => `${root}/sobjects/ContentVersion/${d.LatestPublishedVersionId}/VersionData`
export const nameOf = (d: Doc) => d.Title + (d.FileExtension ? `.${d.FileExtension}` : '')

export type Sight = 'picture' | 'pdf' | 'text' | ''

/** How a file can be shown here; "" is not at all. */
export function sightOf(d: Doc): Sight {
  const end = (d.FileExtension ?? '').toLowerCase()
  if (/^(png|jpe?g|gif|webp|avif|bmp)$/.test(end)) return 'picture'
  if (end === 'pdf') return 'pdf'
  return /^(txt|md|csv|json|log|xml|ya?ml|html?|css|js|ts|ini|sql)$/.test(end) ? 'text' : ''
}
