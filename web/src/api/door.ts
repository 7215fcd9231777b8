// What is asked about signing in, of those who have not yet.

/** Refusal is an answer of the door that says no. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  /** What was sent that the refusal is about. */
  readonly fields: string[]

  constructor(status: number, code: string, message: string, fields: string[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.fields = fields
  }
}

interface Body {
  error?: string
  error_description?: string
  fields?: string[]
}

/** Asks the door. It is asked once: a sign-in is not repeated behind the user's back. */
export async function knock<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => null)
  if (!response) throw new Refusal(0, 'offline', '')
  const data = (await response.json().catch(() => null)) as (T & Body) | null
  if (!response.ok) throw new Refusal(response.status, data?.error ?? '', data?.error_description ?? `HTTP ${response.status}`, data?.fields)
  return data as T
}

export const post = <T>(path: string, body: unknown = {}): Promise<T> => knock<T>('POST', path, body)
