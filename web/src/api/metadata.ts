import { root } from './client'
import { call } from './session.svelte'
import type { Brief, Described, Field, Layout, ListView, ListViewDescribe } from './types'

/** ObjectInfo is an object with its fields at hand by name. */
export class ObjectInfo {
  readonly described: Described
  readonly fields: Map<string, Field>
  readonly nameField: Field | undefined

  constructor(described: Described) {
    this.described = described
    this.fields = new Map(described.fields.map((f) => [f.name, f]))
    this.nameField = described.fields.find((f) => f.nameField)
  }

  get name(): string {
    return this.described.name
  }

  field(name: string): Field | undefined {
    return this.fields.get(name)
  }

  /** The text by which people know a record. */
  title(values: Record<string, unknown>): string {
    const name = this.nameField && values[this.nameField.name]
    return name ? String(name) : String(values.Id ?? '')
  }
}

/** Remembers what was asked for as long as the page is open; a failure is forgotten, so that it can be asked again. */
function remember<T>(ask: (key: string) => Promise<T>): ((key: string) => Promise<T>) & { forget: () => void } {
  const known = new Map<string, Promise<T>>()
  const remembered = (key: string) => {
    let p = known.get(key)
    if (!p) {
      p = ask(key)
      known.set(key, p)
      p.catch(() => known.delete(key))
    }
    return p
  }
  return Object.assign(remembered, { forget: () => known.clear() })
}

const get = async <T>(path: string) => (await call<T>('GET', root + path)).data

const briefs = remember(async () => new Map((await get<{ sobjects: Brief[] }>('/sobjects')).sobjects.map((b) => [b.name, b])))

/** All objects that the user may know of, by name. */
export const objects = () => briefs('')

export const describe = remember(async (object) => new ObjectInfo(await get<Described>(`/sobjects/${object}/describe`)))
export const layout = remember(async (object) => (await get<{ layouts: Layout[] }>(`/sobjects/${object}/describe/layouts`)).layouts[0]!)
export const listViews = async (object: string) => (await get<{ listviews: ListView[] }>(`/sobjects/${object}/listviews`)).listviews
export const listView = (object: string, id: string) => get<ListViewDescribe>(`/sobjects/${object}/listviews/${id}/describe`)

interface Compact {
  compactLayouts: { fieldItems: { layoutComponents: { value: string; details: Field }[] }[] }[]
}

/** The fields by which people recognise a record of an object. */
export const keyFields = remember(async (object) => {
  const c = await get<Compact>(`/sobjects/${object}/describe/compactLayouts`)
  return c.compactLayouts[0]!.fieldItems.flatMap((i) => i.layoutComponents.map((p) => p.value))
})

const namesKnown = new Map<string, string>()

/** The name fields of several objects by object, asked for in one go. Objects without one, or out of reach, are left out. */
export async function nameFields(names: string[]): Promise<Map<string, string>> {
  const all = await objects()
  const missing = names.filter((n) => all.has(n) && !namesKnown.has(n))
  if (missing.length > 0) {
    const answer = await get<Record<string, Compact>>(`/compactLayouts?q=${missing.join(',')}`)
    for (const name of missing) {
      const parts = answer[name]?.compactLayouts[0]?.fieldItems.flatMap((i) => i.layoutComponents) ?? []
      namesKnown.set(name, parts.find((p) => p.details.nameField)?.value ?? '')
    }
  }
  return new Map(names.flatMap((n) => (namesKnown.get(n) ? [[n, namesKnown.get(n)!] as const] : [])))
}

/** The object that an id is of. */
export async function objectOf(id: string): Promise<Brief | undefined> {
  const prefix = id.slice(0, 3)
  return [...(await objects()).values()].find((b) => b.keyPrefix === prefix)
}

/** The paths at which the names of a record's parents are found, by reference field: AccountId → Account.Name. */
export async function parentPaths(info: ObjectInfo, only?: (f: Field) => boolean): Promise<Map<string, string>> {
  const fields = info.described.fields.filter((f) => f.type === 'reference' && f.relationshipName && (!only || only(f)))
  const names = await nameFields([...new Set(fields.filter((f) => f.referenceTo.length === 1).map((f) => f.referenceTo[0]!))])
  const paths = new Map<string, string>()
  for (const f of fields) {
    const last = f.referenceTo.length > 1 ? 'Name' : names.get(f.referenceTo[0]!)
    if (last) paths.set(f.name, `${f.relationshipName}.${last}`)
  }
  return paths
}

/** The value at a path of a row: Account.Name. */
export function at(row: Record<string, unknown>, path: string): unknown {
  return path.split('.').reduce<unknown>((v, part) => (v as Record<string, unknown> | null)?.[part], row)
}

/** The choices of picklists that go with each record type of an object: record type → field → values. */
export const typeChoices = remember(async (object) => {
  const { recordTypeMappings } = await get<{ recordTypeMappings: { recordTypeId: string; picklistsForRecordType: { picklistName: string; picklistValues: { value: string }[] }[] }[] }>(`/sobjects/${object}/describe/layouts`)
  return new Map(recordTypeMappings.map((m) => [m.recordTypeId, new Map(m.picklistsForRecordType.map((p) => [p.picklistName, p.picklistValues.map((v) => v.value)]))]))
})

const watchers = new Set<() => void>()

/** Forgets all that was remembered, since an administrator changed it; whoever shows it is told. */
export function forgetMetadata(): void {
  for (const f of [briefs, describe, layout, keyFields, typeChoices]) f.forget()
  namesKnown.clear()
  watchers.forEach((f) => f())
}

/** Calls f whenever the metadata has changed. Returns what ends that. */
export function onMetadata(f: () => void): () => void {
  watchers.add(f)
  return () => watchers.delete(f)
}
