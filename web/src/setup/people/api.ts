import { root } from '../../api/client'
import { call } from '../../api/session.svelte'

/** A record by its name. */
export interface Link {
  id: string
  object: string
  name: string
  note?: string
}

export interface Reason {
  kind: string
  name: string
  levels: string[]
  via: Link[]
  master?: Link
  of?: Reason[]
}

/** A user, and what they may do with a record. */
export interface Seen {
  id: string
  name: string
  username: string
  profile: string
  role: string
  read: boolean
  edit: boolean
  delete: boolean
  transfer: boolean
  reasons: Reason[]
  closed: Reason[]
}

export interface Given {
  right: string
  from: Link[]
}

export interface Withheld {
  name: string
  label: string
  read: boolean
  edit: boolean
}

const get = async <T>(path: string) => (await call<T>('GET', path)).data

/** Who sees a record, a page of users at a time. */
export const whoSees = (id: string, text: string, offset: number) =>
  get<{ record: Link; users: Seen[]; looked: number; next: number | null }>(`${root}/access/records/${id}?q=${encodeURIComponent(text)}&offset=${offset}`)

/** Whether one user sees a record, and why or what is missing. */
export const whetherSees = (id: string, user: string) =>
  get<{ record: Link; user: Seen; object: { name: string; label: string; rights: Given[]; default: string }; fields: Withheld[] }>(`${root}/access/records/${id}?user=${user}`)

export interface UserRights {
  permissions: Given[]
  objects: { name: string; label: string; setup: boolean; rights: Given[]; withheld: number }[]
  groups: Link[]
  below: Link[]
}
export const userRights = (id: string) => get<UserRights>(`${root}/access/users/${id}`)

/** How a user signs in. */
export interface SignIn {
  active: boolean
  password: boolean
  passwordChanged: string | null
  totp: boolean
  passkeys: number
  sessions: number
  mail: boolean
}
export const signInOf = (id: string) => get<SignIn>(`/auth/users/${id}`)
export const resetLink = async (id: string) => (await call<{ link: string; expires: string }>('POST', `/auth/users/${id}/reset-link`, { body: {} })).data
/** Has the server mail a link to choose a password to the user. */
export const sendLink = (username: string) => call('POST', '/auth/forgot', { body: { username } })
export const dropFactors = (id: string) => call('DELETE', `/auth/users/${id}/factors`)
export const endSessions = (id: string) => call('DELETE', `/auth/users/${id}/sessions`)

/** Sees as another user from now on: the page is loaded anew as theirs. */
export async function viewAs(user: string, reason: string, change: boolean): Promise<void> {
  await call('POST', '/auth/view-as', { body: { user, reason, change } })
  announce()
  location.assign('/')
}

export async function stopViewAs(to = '/'): Promise<void> {
  await call('DELETE', '/auth/view-as')
  announce()
  location.assign(to)
}

/** Tells the other pages of this browser that they show someone else from now on; the shell listens. */
const announce = () => localStorage.setItem('truckroll.viewAs', String(Date.now()))
