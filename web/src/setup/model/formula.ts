import { root } from '../../api/client'
import type { ObjectInfo } from '../../api/metadata'
import { call } from '../../api/session.svelte'
import type { Values } from '../../api/types'

/** What a formula is for: that decides what it must give. */
export interface Purpose {
  object: string
  use: 'validation' | 'field' | 'default'
  type?: string
  formulaTreatBlanksAs?: string
}

export interface Trial {
  valid: boolean
  error: { message: string; row: number; column: number; offset: number } | null
  type?: string
  result: unknown
  blank: boolean
  fields: { path: string; type: string; own: boolean }[]
  steps: { text: string; depth: number; type: string; value: string; blank: boolean; computed: boolean }[]
  record: { id: string; name: string } | null
}

/** Reads a formula and computes it for a record, or for a new one, without saving anything. */
export const tryFormula = async (purpose: Purpose, formula: string, record = '', values: Values = {}, signal?: AbortSignal) =>
  (await call<Trial>('POST', `${root}/tooling/formulas/try`, { body: { ...purpose, formula, record, values }, reads: true, ...(signal ? { signal } : {}) })).data

export interface Fn {
  name: string
  signature: string
  help: string
}

let known: Promise<Fn[]> | null = null

/** The functions of formulas. */
export function functions(): Promise<Fn[]> {
  known ??= call<{ functions: Fn[] }>('GET', `${root}/tooling/formulas/functions`).then((a) => a.data.functions)
  known.catch(() => (known = null))
  return known
}

export interface Offer {
  text: string
  about: string
  /** A function is put in with its parenthesis, a parent with its dot. */
  kind: 'field' | 'parent' | 'function'
}

/** What could stand at the caret of a formula: fields, parents and functions whose name holds what was typed. */
export async function offersAt(text: string, caret: number, info: ObjectInfo, describe: (object: string) => Promise<ObjectInfo>, fns: Fn[]): Promise<{ start: number; offers: Offer[] }> {
  const word = /(?:\$?[A-Za-z][\w.]*|)$/.exec(text.slice(0, caret))![0]
  const path = word.split('.')
  const typed = path.pop()!
  const start = caret - typed.length
  if (inText(text.slice(0, caret))) return { start, offers: [] }
  let at: ObjectInfo | undefined = info
  for (const step of path) {
    const to: string | undefined = step.toLowerCase() === '$user' ? 'User' : at.described.fields.find((f) => f.relationshipName?.toLowerCase() === step.toLowerCase())?.referenceTo[0]
    at = to ? await describe(to) : undefined
    if (!at) return { start, offers: [] }
  }
  const fields = at.described.fields.flatMap((f): Offer[] => {
    const own: Offer = { text: f.name, about: f.label, kind: 'field' }
    return f.relationshipName && f.referenceTo.length === 1 ? [own, { text: `${f.relationshipName}.`, about: f.referenceTo[0]!, kind: 'parent' }] : [own]
  })
  const rest: Offer[] = path.length > 0 ? [] : [{ text: '$User.', about: 'User', kind: 'parent' }, ...fns.map((f): Offer => ({ text: `${f.name}(`, about: f.signature, kind: 'function' }))]
  return { start, offers: rank(typed, [...fields, ...rest]) }
}

/** Whether the end of a text lies within quotes or a comment. */
function inText(before: string): boolean {
  let open = ''
  for (let i = 0; i < before.length; i++) {
    const c = before[i]!
    if (open === '*') { if (c === '*' && before[i + 1] === '/') open = '' }
    else if (open) { if (c === '\\') i++; else if (c === open) open = '' }
    else if (c === '"' || c === "'") open = c
    else if (c === '/' && before[i + 1] === '*') open = '*'
  }
  return open !== ''
}

function rank(typed: string, offers: Offer[]): Offer[] {
  const low = typed.toLowerCase()
  const place = (o: Offer) => {
    const at = o.text.toLowerCase().indexOf(low)
    return at === 0 ? 0 : at > 0 ? 1 : o.about.toLowerCase().includes(low) ? 2 : 3
  }
  return offers.map((o) => ({ o, n: place(o) })).filter((x) => x.n < 3).sort((a, b) => a.n - b.n).slice(0, 40).map((x) => x.o)
}

/** The place of a mistake in a text, which counts by code units; the server counts characters. */
export const unitsAt = (text: string, characters: number) => [...text].slice(0, characters).join('').length
