import { call } from '../api/session.svelte'

const root = '/services/system'

export const read = <T>(path = ''): Promise<T> => call<T>('GET', root + path).then((a) => a.data)
export const act = (method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> => call(method, root + path, body === undefined ? {} : { body })

export interface Overview {
  version: string
  go: string
  revision: string
  database: string
  started: string
  checks: { name: string; state: 'well' | 'warn' | 'ill'; text: string }[]
  liveConnections: number
  sessions: number
  users: number
  limits: { name: string; most: number; left: number }[]
  mail: { server: string; from: string } | null
  singleSign: string
  address: string
}

export interface Storage {
  database: number
  files: number
  fileCount: number
  backups: number
  auditEntries: number
  free: number
  disk: number
  objects: { object: string; label: string; rows: number }[]
}

export interface Job {
  id: string
  kind: string
  state: 'ready' | 'running' | 'parked' | 'cancelled' | 'done'
  attempt: number
  created: string
  due: string
  ended: string | null
  error: string
  done: number
  total: number
  note: string
}

export interface Backup {
  name: string
  size: number
  made: string
}

interface Named {
  object: string
  id: string
  name: string
}

export interface DemoState {
  records: number
  busy: Job | null
  failed: Job | null
  left: { object: string; label: string; n: number; example: Named; by: Named }[]
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes as people write them, in steps of 1000; '' for what is not known. */
export function size(bytes: number, format: (n: number, digits: number) => string): string {
  if (bytes < 0) return ''
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const n = bytes / 1000 ** step
  return `${format(n, n < 10 && step > 0 ? 1 : 0)} ${units[step]}`
}

/** Asks again every few seconds while there is something to wait for; the answer ends it. */
export function every(ms: number, again: () => Promise<boolean>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  async function turn() {
    const go = document.hidden || (await again().catch(() => true))
    if (!stopped && go) timer = setTimeout(turn, ms)
  }
  timer = setTimeout(turn, ms)
  return () => ((stopped = true), clearTimeout(timer))
}
