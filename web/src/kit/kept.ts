// What people arrange for themselves: at once in this browser, and on the server, where it waits for them wherever they
// sign in. How the console looks is not among it: that belongs to the screen.
import { root } from '../api/client'
import { call, session } from '../api/session.svelte'

const names = ['favourites', 'pinned', 'widths', 'mappings'] as const
type Name = (typeof names)[number]

const local = (name: Name) => `truckroll.${name}`
const owner = 'truckroll.owner' // whose they are in this browser
const unsent = 'truckroll.unsent' // names that the server has yet to be told, also after a reload

/** What takes over values that came from the server, by name. */
const renewals = new Map<Name, () => void>()
const due = new Map<Name, ReturnType<typeof setTimeout>>()
const under = new Map<Name, Promise<void>>() // what is being sent

/** Reads what is kept under a name in this browser, or what it is at first. */
export function kept<T>(name: Name, first: T): T {
  try {
    return (JSON.parse(localStorage.getItem(local(name)) ?? 'null') as T | null) ?? first
  } catch {
    return first
  }
}

/** Keeps a value here, and soon on the server. */
export function keep(name: Name, value: unknown): void {
  localStorage.setItem(local(name), JSON.stringify(value))
  if (!session.me || session.me.viewedBy) return
  mark(name, true)
  clearTimeout(due.get(name))
  due.set(name, setTimeout(() => send(name), 600))
}

/** Says what to do when a value came from elsewhere. */
export function onKept(name: Name, renew: () => void): void {
  renewals.set(name, renew)
}

/** Fetches what the user keeps. What this browser has of them and the server has not, it is given; what it has of another, goes. */
export async function fetchKept(): Promise<void> {
  const me = session.me
  if (!me || me.viewedBy) return
  const before = localStorage.getItem(owner)
  if (before !== null && before !== me.id) forget() // whether the server answers or not
  localStorage.setItem(owner, me.id)
  const mine = (await call<Record<string, unknown>>('GET', `${root}/preferences`)).data
  for (const name of names) {
    if (waiting().includes(name)) send(name)
    else if (name in mine) localStorage.setItem(local(name), JSON.stringify(mine[name]))
    else if (localStorage.getItem(local(name))) send(name)
    renewals.get(name)?.()
  }
}

/** Takes what another person arranged out of this browser. */
function forget(): void {
  localStorage.removeItem(unsent)
  for (const name of names) {
    clearTimeout(due.get(name))
    due.delete(name)
    localStorage.removeItem(local(name))
    renewals.get(name)?.()
  }
}

/** Sends what is kept by then once nothing of the same name is under way, so that the last value arrives last. */
function send(name: Name): void {
  due.delete(name)
  const me = session.me?.id
  const next = (under.get(name) ?? Promise.resolve()).then(async () => {
    if (session.me?.id !== me) return // another has signed in meanwhile
    const value = localStorage.getItem(local(name))
    await call('PUT', `${root}/preferences/${name}`, { body: kept<unknown>(name, null) })
    if (value === localStorage.getItem(local(name))) mark(name, false)
  })
  under.set(name, next.catch(() => {})) // it stays in this browser, and is sent once more with the next sign-in
}

function waiting(): string[] {
  return JSON.parse(localStorage.getItem(unsent) ?? '[]') as string[]
}

function mark(name: Name, waits: boolean): void {
  const others = waiting().filter((n) => n !== name)
  localStorage.setItem(unsent, JSON.stringify(waits ? [...others, name] : others))
}
