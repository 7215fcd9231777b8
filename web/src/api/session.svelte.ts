import { makeClient, type Answer, type Ask } from './client'
import type { Me } from './types'
import { speak } from '../i18n/format'

/**
 * Who is signed in. `out` shows the sign-in page; `expired` shows the sign-in dialog over the page, which stays as it
 * is, and lets the requests that were turned away wait.
 */
export const session = $state<{ state: 'starting' | 'out' | 'in' | 'expired'; me: Me | null }>({ state: 'starting', me: null })

let waiting: (() => void)[] = []

function renew(): Promise<void> {
  if (session.state !== 'expired') session.state = session.me ? 'expired' : 'out'
  return new Promise((resolve) => waiting.push(resolve))
}

const around = {
  fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  renew,
  newKey: () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join(''),
}

const client = makeClient(around)

/** Asks the API on behalf of who is signed in. */
export function call<T>(method: string, path: string, ask?: Ask): Promise<Answer<T>> {
  return client<T>(method, path, ask)
}

/** Finds out who is signed in. */
export async function start(): Promise<void> {
  const response = await around.fetch('/auth/me', { credentials: 'same-origin' })
  if (response.ok) enter((await response.json()) as Me)
  else {
    await response.body?.cancel()
    session.state = 'out'
  }
}

function enter(me: Me): void {
  speak(me.locale, me.timeZone)
  session.me = me
  session.state = 'in'
}

/** Whether the user has a system permission; the server decides, this only keeps from offering what it would refuse. */
export function may(permission: string): boolean {
  return session.me?.permissions.includes(permission) ?? false
}

/** Signs in by password. A wrong one throws an Error that says so. */
export async function signIn(username: string, password: string): Promise<void> {
  const response = await around.fetch('/auth/login', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const data = (await response.json().catch(() => null)) as (Me & { error_description?: string; message?: string }) | null
  if (!response.ok || !data) throw new Error(data?.error_description ?? data?.message ?? `HTTP ${response.status}`)
  const other = session.me !== null && session.me.id !== data.id
  enter(data)
  if (other) location.assign('/') // another user must not see what the first one had open
  const resume = waiting
  waiting = []
  resume.forEach((go) => go())
}

export async function signOut(): Promise<void> {
  await around.fetch('/auth/logout', { method: 'POST', credentials: 'same-origin' }).catch(() => null)
  location.assign('/')
}
