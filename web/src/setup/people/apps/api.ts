import { call } from '../../../api/session.svelte'

export interface App {
  id: string
  clientId: string
  name: string
  description: string
  contact: string
  active: boolean
  public: boolean
  flows: string[]
  scopes: string[]
  redirects: string[]
  runAs: { id: string; name: string } | null
  certificate: string
  pkce: boolean
  rotate: boolean
  minutes: number
  days: number
  tokens: number
  users: number
  used: string | null
}

export interface Token {
  id: string
  kind: string
  user: { id: string; name: string }
  scope: string
  created: string
  used: string
  expires: string
}

export const readApps = async () => (await call<{ apps: App[]; flows: string[]; scopes: string[] }>('GET', '/auth/apps')).data
export const makeApp = async (body: object) => (await call<{ clientId: string; secret?: string }>('POST', '/auth/apps', { body })).data
export const changeApp = (id: string, body: object) => call('PATCH', `/auth/apps/${id}`, { body })
export const removeApp = (id: string) => call('DELETE', `/auth/apps/${id}`)
export const newSecret = async (id: string) => (await call<{ secret: string }>('POST', `/auth/apps/${id}/secret`, { body: {} })).data.secret
export const readTokens = async (id: string) => (await call<{ tokens: Token[] }>('GET', `/auth/apps/${id}/tokens`)).data.tokens
export const endTokens = (id: string, token?: string) => call('DELETE', `/auth/apps/${id}/tokens${token ? `/${token}` : ''}`)

/** The problems of a form, by its inputs, from the names that the record has for them. */
export const inputs: Record<string, string> = { Name: 'name', name: 'name', GrantTypes: 'flows', flows: 'flows', CallbackUrls: 'redirects', RunAsUserId: 'runAs', Certificate: 'certificate', ContactEmail: 'contact' }
