import { makeClient, type Answer, type Ask } from './client'
import { post } from './door'
import type { Me } from './types'
import { speak } from '../i18n/format'

/**
 * Who is signed in. `out` shows the sign-in page; `expired` shows the sign-in dialog over the page, which stays as it
 * is, and lets the requests that were turned away wait. `proving` does the same for what takes a fresh sign-in.
 */
export const session = $state<{ state: 'starting' | 'out' | 'in' | 'expired' | 'proving'; me: Me | null }>({ state: 'starting', me: null })

/** Whether the server answers. While it does not, requests are sent again and again, and a bar says so. */
export const line = $state({ answers: true })

let waiting: { go: () => void; stop: (e: Error) => void }[] = []

/** Lets the user sign in again; resolves when they have. */
export function renew(as: 'expired' | 'proving' = 'expired'): Promise<void> {
  if (session.state !== 'expired') session.state = session.me ? as : 'out'
  return new Promise((go, stop) => waiting.push({ go, stop }))
}

/** Given up is thrown when the user does not want to sign in again. */
export class GivenUp extends Error {}

/** The user does not want to sign in again, and what waited for it is given up. */
export function giveUp(): void {
  const stopped = waiting
  waiting = []
  session.state = 'in'
  stopped.forEach((w) => w.stop(new GivenUp()))
}

const around = {
  fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  renew: () => renew(),
  reach: (answers: boolean) => {
    if (line.answers !== answers) line.answers = answers
  },
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

/** What must follow the right password: a code of an app, a passkey instead, or an app to be set up first. */
export interface Next {
  next: 'code' | 'passkey' | 'enrol'
  ticket?: string
}

/** Takes a step of a sign-in. Null says that it was the last one; what was refused throws a Refusal. */
export async function step(path: string, body: unknown): Promise<Next | null> {
  const data = await post<Me | Next>(path, body)
  if ('next' in data) return data
  entered(data)
  return null
}

/** Someone has signed in: what waited goes on. */
export function entered(me: Me): void {
  const other = session.me !== null && session.me.id !== me.id
  enter(me)
  if (other) location.assign('/') // another user must not see what the first one had open
  const resume = waiting
  waiting = []
  resume.forEach((w) => w.go())
}

/** Takes over what has changed about who is signed in. */
export function changed(me: Me): void {
  enter(me)
}

export async function signOut(): Promise<void> {
  await around.fetch('/auth/logout', { method: 'POST', credentials: 'same-origin' }).catch(() => null)
  location.assign('/')
}
