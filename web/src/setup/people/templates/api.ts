import { root } from '../../../api/client'
import { call } from '../../../api/session.svelte'

export interface Draft {
  object: string
  subject: string
  text: string
  html: string
}

export interface Letter {
  subject: string
  text: string
  html: string
  /** The merge fields that came out empty. */
  empty: string[]
  /** Mail can be sent. */
  mail: boolean
}

export const render = async (draft: Draft, record: string | null, signal?: AbortSignal) =>
  (await call<Letter>('POST', `${root}/emailTemplates/render`, { body: { ...draft, ...(record ? { record } : {}) }, reads: true, ...(signal ? { signal } : {}) })).data

export const sendTest = async (draft: Draft, record: string | null) =>
  (await call<{ to: string }>('POST', `${root}/emailTemplates/send`, { body: { ...draft, ...(record ? { record } : {}) } })).data.to
