import { root } from '../../../api/client'
import { call } from '../../../api/session.svelte'

export const models = ['Private', 'Read', 'ReadWrite', 'FullAccess', 'ControlledByParent'] as const
export type Model = (typeof models)[number]

/** What decides about the records of an object for everyone alike. */
export interface Shared {
  name: string
  label: string
  setup: boolean
  custom: boolean
  internal: Model
  external: Model
  roles: boolean
  owned: boolean
  master: string
  said: string | null
  scopes: { name: string; level: string; external: boolean }[]
}

export const readSharing = async () => (await call<{ objects: Shared[] }>('GET', `${root}/access/sharing`)).data.objects.sort((a, b) => a.label.localeCompare(b.label))

export interface RuleAsk {
  object: string
  kind: 'Owner' | 'Criteria'
  from: string
  criteria: string
  to: string
  level: string
}

export interface Preview {
  records: number
  people: number
  compared: { id: string; name: string; new: number }[]
}

export const preview = async (ask: RuleAsk) => (await call<Preview>('POST', `${root}/access/sharing/preview`, { body: ask, reads: true })).data
