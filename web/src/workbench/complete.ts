import type { ObjectInfo } from '../api/metadata'
import type { Brief } from '../api/types'

/** What may stand at the caret. */
export interface Offer {
  text: string
  about: string
  kind: 'object' | 'field' | 'parent' | 'children' | 'value' | 'word'
}

/** Where the offers go: the text from start to the caret is replaced. */
export interface Completion {
  start: number
  offers: Offer[]
}

/** What completion asks of the metadata. */
export interface Known {
  objects: () => Promise<Map<string, Brief>>
  describe: (object: string) => Promise<ObjectInfo>
}

const words = ['SELECT', 'FROM', 'WHERE', 'AND', 'OR', 'NOT', 'IN', 'LIKE', 'INCLUDES', 'EXCLUDES', 'ORDER BY', 'GROUP BY', 'HAVING', 'LIMIT', 'OFFSET', 'ASC', 'DESC', 'NULLS LAST', 'NULL', 'TRUE', 'FALSE', 'COUNT()', 'COUNT(', 'SUM(', 'AVG(', 'MIN(', 'MAX(', 'FORMAT(', 'TODAY', 'YESTERDAY', 'TOMORROW', 'THIS_WEEK', 'THIS_MONTH', 'LAST_N_DAYS:', 'NEXT_N_DAYS:', 'ALL ROWS', 'WITH SECURITY_ENFORCED']
const most = 50

/** What could be written at the caret of a query, best first. */
export async function complete(soql: string, caret: number, known: Known): Promise<Completion> {
  const none = { start: caret, offers: [] }
  const inside = literalAt(soql, caret)
  const part = partAt(soql, inside ? inside.start : caret)
  const before = soql.slice(part.start, inside ? inside.start : caret)
  if (inside) return { start: inside.start + 1, offers: await valuesOf(before, part, soql.slice(inside.start + 1, caret), known) }
  const word = /[\w.]*$/.exec(before)![0]
  const from = /\bFROM\s+$/i.test(before.slice(0, before.length - word.length))
  const path = word.split('.')
  const typed = path.pop()!
  const start = caret - typed.length
  if (from) return { start, offers: rank(typed, part.outer ? await childrenOf(part.outer, known) : await objectsOf(known)) }
  const object = await objectAt(part, known)
  if (!object) return typed ? { start, offers: rank(typed, keywords) } : none
  const at = await follow(object, path, known)
  if (!at) return none
  return { start, offers: rank(typed, [...fieldsOf(at), ...(path.length === 0 ? keywords : [])]) }
}

const keywords: Offer[] = words.map((text) => ({ text, about: '', kind: 'word' }))

interface Part {
  start: number
  /** What stands after FROM. */
  from: string
  /** What stands after FROM of the query around this one; empty when this is the outermost, or one of a condition. */
  outer: string
}

/** The innermost query around the caret. */
function partAt(soql: string, caret: number): Part {
  const open: { at: number; query: boolean }[] = [{ at: 0, query: true }]
  for (const m of soql.slice(0, caret).matchAll(/'(?:\\.|[^'\\])*'|[()]/g)) {
    if (m[0] === '(') open.push({ at: m.index + 1, query: /^\s*SELECT\b/i.test(soql.slice(m.index + 1)) })
    else if (m[0] === ')' && open.length > 1) open.pop()
  }
  const queries = open.filter((o) => o.query)
  const start = queries.at(-1)!.at
  const outer = queries.at(-2)?.at
  const child = outer !== undefined && !/\bIN\s*\($/i.test(soql.slice(outer, start))
  return { start, from: fromOf(soql.slice(start)), outer: child ? fromOf(soql.slice(outer)) : '' }
}

/** What a query's own FROM names: not that of a query inside it. */
function fromOf(text: string): string {
  let depth = 0
  for (const m of text.matchAll(/'(?:\\.|[^'\\])*'|[()]|\bFROM\s+(\w+)/gi)) {
    if (m[0] === '(') depth++
    else if (m[0] === ')') {
      if (--depth < 0) return ''
    } else if (m[1] && depth === 0) return m[1]
  }
  return ''
}

/** The text in quotes that the caret stands in. */
function literalAt(soql: string, caret: number): { start: number } | null {
  let start = -1
  for (let i = 0; i < caret; i++) {
    if (start >= 0 && soql[i] === '\\') i++
    else if (soql[i] === "'") start = start < 0 ? i : -1
  }
  return start < 0 ? null : { start }
}

/** The object whose fields a query reads; a child relationship's, within a parent's query. */
async function objectAt(part: Part, known: Known): Promise<string> {
  const all = await known.objects()
  if (part.outer) {
    const outer = nameIn(all, part.outer)
    const info = outer && (await known.describe(outer))
    return (info && info.described.childRelationships.find((c) => same(c.relationshipName ?? '', part.from))?.childSObject) || ''
  }
  return nameIn(all, part.from)
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
const nameIn = (all: Map<string, Brief>, name: string) => (all.has(name) ? name : ([...all.keys()].find((n) => same(n, name)) ?? ''))

/** Goes from an object along its parents. */
async function follow(object: string, path: string[], known: Known): Promise<ObjectInfo | null> {
  let info = await known.describe(object)
  for (const step of path) {
    const to = info.described.fields.find((f) => f.relationshipName && same(f.relationshipName, step))?.referenceTo[0]
    if (!to) return null
    info = await known.describe(to)
  }
  return info
}

function fieldsOf(info: ObjectInfo): Offer[] {
  return info.described.fields.flatMap((f) => {
    const field: Offer = { text: f.name, about: `${f.label} · ${f.type}`, kind: 'field' }
    return f.relationshipName ? [field, { text: `${f.relationshipName}.`, about: f.referenceTo.join(', '), kind: 'parent' as const }] : [field]
  })
}

async function objectsOf(known: Known): Promise<Offer[]> {
  return [...(await known.objects()).values()].map((o) => ({ text: o.name, about: o.label, kind: 'object' }))
}

async function childrenOf(outer: string, known: Known): Promise<Offer[]> {
  const name = nameIn(await known.objects(), outer)
  if (!name) return []
  return (await known.describe(name)).described.childRelationships.flatMap((c) => (c.relationshipName ? [{ text: c.relationshipName, about: c.childSObject, kind: 'children' as const }] : []))
}

/** The choices of the field that a text in quotes is compared with. */
async function valuesOf(before: string, part: Part, typed: string, known: Known): Promise<Offer[]> {
  const field = /([\w.]+)\s*(?:=|!=|<>|\bLIKE|(?:NOT\s+)?IN\s*\([^)]*|(?:INCLUDES|EXCLUDES)\s*\([^)]*)\s*$/i.exec(before)?.[1]
  const object = field && (await objectAt(part, known))
  if (!object) return []
  const path = field.split('.')
  const name = path.pop()!
  const info = await follow(object, path, known)
  const choices = info?.described.fields.find((f) => same(f.name, name))?.picklistValues ?? []
  return rank(typed, choices.map((c) => ({ text: c.value.replace(/['\\]/g, '\\$&'), about: c.label === c.value ? '' : c.label, kind: 'value' })))
}

/** The offers that fit what was typed: those that begin with it, then those that contain it. */
function rank(typed: string, offers: Offer[]): Offer[] {
  const low = typed.toLowerCase()
  const place = (o: Offer) => {
    const at = o.text.toLowerCase().indexOf(low)
    return at === 0 ? 0 : at > 0 && o.kind !== 'word' ? 1 : o.about.toLowerCase().includes(low) && o.kind !== 'word' ? 2 : 3
  }
  return offers
    .map((o) => ({ o, n: place(o) }))
    .filter((x) => x.n < 3 && !same(x.o.text, typed))
    .sort((a, b) => a.n - b.n)
    .slice(0, most)
    .map((x) => x.o)
}
