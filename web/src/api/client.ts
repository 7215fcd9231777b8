import type { Problem } from './types'

/** The version of the API that the console is written for. */
export const version = 'v67.0'

export const root = `/services/data/${version}`

/** ApiError is an answer that says no. */
export class ApiError extends Error {
  readonly status: number
  readonly problems: Problem[]

  constructor(status: number, problems: Problem[]) {
    super(problems.map((p) => p.message).join(' ') || `HTTP ${status}`)
    this.status = status
    this.problems = problems
  }

  get code(): string {
    return this.problems[0]?.errorCode ?? ''
  }
}

/** Offline is thrown when the server could not be reached, also not by trying again. */
export class Offline extends Error {}

export interface Ask {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** A POST that changes nothing: it may be sent again as it is, and the server need not remember it. */
  reads?: boolean
  /** The answer is a file: its data is a Blob. */
  blob?: boolean
}

export interface Answer<T> {
  status: number
  data: T
  etag: string | null
}

/** What a client needs of its surroundings; tests give their own. */
export interface Surroundings {
  fetch: typeof fetch
  sleep: (ms: number) => Promise<void>
  /** Lets the user sign in again; resolves when they have. */
  renew: () => Promise<void>
  newKey: () => string
  /** Is told when the server does not answer, and when it does again. */
  reach?: (answers: boolean) => void
}

const passing = new Set([429, 502, 503, 504])
/** As often is asked again, for half a minute in all: a server that starts anew is back by then. */
const mostTries = 12
const longestWait = 3000

/**
 * Makes a function that asks the API. A request that changes something carries a key by which the server recognises a
 * repetition, so that trying again after a lost answer never does it twice.
 */
export function makeClient(around: Surroundings) {
  async function send(method: string, path: string, ask: Ask, key: string): Promise<Response> {
    for (let n = 1; ; n++) {
      let wait = Math.min(250 * 2 ** n, longestWait)
      try {
        const response = await around.fetch(path, request(method, ask, key))
        around.reach?.(response.status < 502)
        if (!passing.has(response.status) || n === mostTries) return response
        wait = Math.min(Number(response.headers.get('Retry-After')) * 1000 || wait, 10_000)
      } catch (e) {
        if (ask.signal?.aborted) throw e
        around.reach?.(false)
        if (n === mostTries) throw new Offline(String(e))
      }
      await around.sleep(wait)
    }
  }

  return async function call<T>(method: string, path: string, ask: Ask = {}): Promise<Answer<T>> {
    const key = method === 'GET' || ask.reads ? '' : around.newKey()
    let response = await send(method, path, ask, key)
    while (response.status === 401) {
      await around.renew()
      response = await send(method, path, ask, key)
    }
    const data = ask.blob && response.ok ? await response.blob() : await bodyOf(response)
    if (!response.ok) throw new ApiError(response.status, problemsOf(data))
    return { status: response.status, data: data as T, etag: response.headers.get('ETag') }
  }
}

function request(method: string, ask: Ask, key: string): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json', ...ask.headers }
  if (key) headers['Idempotency-Key'] = key
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: ask.signal ?? null }
  if (ask.body instanceof FormData || ask.body instanceof Blob) init.body = ask.body
  else if (ask.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(ask.body)
  }
  return init
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Reads the errors of an answer: a list of problems, one result of an action, or something that is neither. */
function problemsOf(data: unknown): Problem[] {
  if (Array.isArray(data)) {
    return data.flatMap((d) => (Array.isArray(d?.errors) ? d.errors.map(ofRow) : typeof d?.message === 'string' ? [d] : []))
  }
  const d = data as { error_description?: string; error?: string; message?: string } | null
  const message = d?.error_description ?? d?.message ?? d?.error
  return message ? [{ message, errorCode: d?.error ?? '' }] : []
}

/** An error of one record among several has its code under another name. */
export function ofRow(e: { message: string; statusCode?: string; errorCode?: string; fields?: string[] }): Problem {
  return { message: e.message, errorCode: e.errorCode ?? e.statusCode ?? '', fields: e.fields }
}

/** Sorts problems into those that belong to a field of the form and those that belong to the form as a whole. */
export function byField(problems: Problem[], known: (name: string) => boolean): { fields: Record<string, string>; rest: string[] } {
  const fields: Record<string, string> = {}
  const rest: string[] = []
  for (const p of problems) {
    const names = (p.fields ?? []).filter(known)
    if (names.length === 0) rest.push(p.message)
    for (const name of names) fields[name] = fields[name] ? `${fields[name]} ${p.message}` : p.message
  }
  return { fields, rest }
}
