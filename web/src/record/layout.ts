import { root } from '../api/client'
import { onMetadata, type ObjectInfo } from '../api/metadata'
import { call } from '../api/session.svelte'
import type { Field } from '../api/types'

/** A field as a layout shows it. */
export interface Placed {
  field: Field
  required: boolean
  /** What the layout lets people fill in, within their rights. */
  onNew: boolean
  onUpdate: boolean
}

/** A place of a section: a field, or room that is left empty. */
export type Place = Placed | null

export interface LaidSection {
  heading: string
  shown: boolean
  columns: number
  rows: Place[][]
}

export interface LaidList {
  name: string
  label: string
  object: string
  /** The field of the child that leads to the record. */
  field: string
  columns: string[]
  order: string
}

/** The layout of a record page for the user. */
export interface LaidPage {
  id: string
  detail: LaidSection[]
  edit: LaidSection[]
  head: Field[]
  related: LaidList[]
}

export interface RecordType {
  id: string
  name: string
  master: boolean
}

/** Everything that is laid out for an object: a page for each record type. */
export interface Laid {
  types: RecordType[]
  page: (recordTypeId: unknown) => LaidPage
}

interface Part {
  type: string
  value: string
  components?: Part[]
}
interface Item {
  required: boolean
  editableForNew: boolean
  editableForUpdate: boolean
  placeholder: boolean
  layoutComponents: Part[]
}
interface Section {
  heading: string
  useHeading: boolean
  columns: number
  layoutRows: { layoutItems: Item[] }[]
}
interface Described {
  layouts: {
    id: string
    detailLayoutSections: Section[]
    editLayoutSections: Section[]
    highlightsPanelLayoutSection: Section | null
    relatedLists: { name: string; label: string; sobject: string; field: string; columns: { fieldApiName: string }[]; sort: { ascending: boolean; column: string }[] }[]
  }[]
  recordTypeMappings: { recordTypeId: string; layoutId: string; master: boolean; name: string }[]
}

const known = new Map<string, Promise<Described>>()
const columns = new Map<string, Promise<string[]>>()

/** Forgets the layouts, since an administrator changed them. */
export function forgetLayouts(): void {
  known.clear()
  columns.clear()
}

onMetadata(forgetLayouts)

/** The layouts of an object as they apply to the user. */
export async function laidOut(info: ObjectInfo): Promise<Laid> {
  let p = known.get(info.name)
  if (!p) {
    p = call<Described>('GET', `${root}/sobjects/${info.name}/describe/layouts`).then((a) => a.data)
    known.set(info.name, p)
    p.catch(() => known.delete(info.name))
  }
  return read(info, await p)
}

export function read(info: ObjectInfo, d: Described): Laid {
  const pages = new Map(d.layouts.map((l) => [l.id, l]))
  const of = new Map(d.recordTypeMappings.map((m) => [m.master ? '' : m.recordTypeId, m.layoutId]))
  return {
    types: d.recordTypeMappings.map((m) => ({ id: m.recordTypeId, name: m.name, master: m.master })),
    page: (type) => pageOf(info, pages.get(of.get(String(type ?? '')) ?? of.get('') ?? '') ?? d.layouts[0]!),
  }
}

function pageOf(info: ObjectInfo, l: Described['layouts'][0]): LaidPage {
  return {
    id: l.id,
    detail: l.detailLayoutSections.map((s) => sectionOf(info, s, false)),
    edit: l.editLayoutSections.map((s) => sectionOf(info, s, true)),
    head: l.highlightsPanelLayoutSection?.layoutRows.flatMap((r) => r.layoutItems.flatMap((i) => i.layoutComponents.flatMap((c) => info.field(c.value) ?? []))) ?? [],
    related: l.relatedLists.map((r) => ({
      name: r.name, label: r.label, object: r.sobject, field: r.field, columns: r.columns.map((c) => c.fieldApiName),
      order: r.sort.map((s) => `${s.column} ${s.ascending ? 'ASC NULLS LAST' : 'DESC NULLS LAST'}`).join(', '),
    })),
  }
}

function sectionOf(info: ObjectInfo, s: Section, edit: boolean): LaidSection {
  const rows = s.layoutRows.flatMap((r) => {
    const row: Place[] = []
    const below: Place[] = []
    for (const item of r.layoutItems) {
      const part = item.layoutComponents[0]
      if (edit && part?.components) below.push(...part.components.flatMap((c) => placed(info, c, item)))
      else row.push((part && placed(info, part, item)[0]) ?? null)
    }
    const out = row.some(Boolean) ? [row] : []
    for (let i = 0; i < below.length; i += s.columns) out.push(below.slice(i, i + s.columns))
    return out
  })
  return { heading: s.heading, shown: s.useHeading, columns: s.columns, rows }
}

function placed(info: ObjectInfo, part: Part, item: Item): Placed[] {
  const field = info.field(part.value)
  if (!field) return []
  return [{ field, required: item.required, onNew: item.editableForNew && field.createable, onUpdate: item.editableForUpdate && field.updateable }]
}

/** The fields of sections, in order. */
export const placesOf = (sections: LaidSection[]): Placed[] => sections.flatMap((s) => s.rows.flat()).filter((p): p is Placed => p !== null)

/** The columns of an object's lists where nobody chose others, or of what a search finds of it. */
export function columnsFor(object: string, kind: 'ListView' | 'SearchResult' = 'ListView'): Promise<string[]> {
  const key = `${object} ${kind}`
  let p = columns.get(key)
  if (!p) {
    p = call<{ searchColumns: { name: string }[] }[]>('GET', `${root}/search/layout?q=${object}&for=${kind}`).then((a) => a.data[0]!.searchColumns.map((c) => c.name))
    columns.set(key, p)
    p.catch(() => columns.delete(key))
  }
  return p
}
