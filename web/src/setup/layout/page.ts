// A page layout as the Metadata API writes it, and what can be done to it. Nothing here changes what it is given.

export type Behavior = 'Edit' | 'Required' | 'Readonly'
export type Style = 'OneColumn' | 'TwoColumnsLeftToRight' | 'TwoColumnsTopToBottom'

export interface Item {
  field?: string
  behavior?: Behavior
  emptySpace?: boolean
}

export interface Section {
  label: string
  detailHeading: boolean
  style: Style
  layoutColumns: { layoutItems: Item[] }[]
}

export interface Related {
  relatedList: string
  fields: string[]
  sortField?: string
  sortOrder?: 'Asc' | 'Desc'
}

export interface Page {
  layoutSections: Section[]
  relatedLists: Related[]
}

/** Where an item stands. */
export interface Spot {
  section: number
  column: number
  index: number
}

const clone = (p: Page): Page => structuredClone(p)
const clamp = (n: number, most: number) => Math.max(0, Math.min(n, most))

/** Where a field stands; null is nowhere. */
export function spotOf(p: Page, field: string): Spot | null {
  for (const [section, s] of p.layoutSections.entries())
    for (const [column, c] of s.layoutColumns.entries()) {
      const index = c.layoutItems.findIndex((i) => i.field === field)
      if (index >= 0) return { section, column, index }
    }
  return null
}

export const fieldsOf = (p: Page): string[] => p.layoutSections.flatMap((s) => s.layoutColumns.flatMap((c) => c.layoutItems.flatMap((i) => i.field ?? [])))

/** Puts a field at a spot, wherever it was before. */
export function put(p: Page, field: string, to: Spot): Page {
  const from = spotOf(p, field)
  const next = clone(p)
  const item: Item = from ? next.layoutSections[from.section]!.layoutColumns[from.column]!.layoutItems.splice(from.index, 1)[0]! : { field, behavior: 'Edit' }
  const items = next.layoutSections[to.section]!.layoutColumns[to.column]!.layoutItems
  const same = from && from.section === to.section && from.column === to.column && from.index < to.index
  items.splice(clamp(same ? to.index - 1 : to.index, items.length), 0, item)
  return next
}

/** Puts a field at the end of the shortest column of a section. */
export function add(p: Page, field: string, section: number): Page {
  const columns = p.layoutSections[section]!.layoutColumns
  const column = columns.reduce((best, c, i) => (c.layoutItems.length < columns[best]!.layoutItems.length ? i : best), 0)
  return put(p, field, { section, column, index: columns[column]!.layoutItems.length })
}

export function takeOut(p: Page, field: string): Page {
  const at = spotOf(p, field)
  const next = clone(p)
  if (at) next.layoutSections[at.section]!.layoutColumns[at.column]!.layoutItems.splice(at.index, 1)
  return next
}

export type Way = 'up' | 'down' | 'left' | 'right'

/** Moves a field by one place; over the edge of a section it goes to the next one. */
export function move(p: Page, field: string, way: Way): Page {
  const at = spotOf(p, field)
  if (!at) return p
  const columns = p.layoutSections[at.section]!.layoutColumns
  if (way === 'left' || way === 'right') {
    const column = at.column + (way === 'left' ? -1 : 1)
    return columns[column] ? put(p, field, { ...at, column }) : p
  }
  const last = columns[at.column]!.layoutItems.length - 1
  if (way === 'up' && at.index > 0) return put(p, field, { ...at, index: at.index - 1 })
  if (way === 'down' && at.index < last) return put(p, field, { ...at, index: at.index + 2 })
  const section = at.section + (way === 'up' ? -1 : 1)
  const beside = p.layoutSections[section]
  if (!beside) return p
  const column = Math.min(at.column, beside.layoutColumns.length - 1)
  return put(p, field, { section, column, index: way === 'up' ? beside.layoutColumns[column]!.layoutItems.length : 0 })
}

export function behave(p: Page, field: string, behavior: Behavior): Page {
  const at = spotOf(p, field)
  const next = clone(p)
  if (at) next.layoutSections[at.section]!.layoutColumns[at.column]!.layoutItems[at.index]!.behavior = behavior
  return next
}

export function addSection(p: Page, label: string): Page {
  const next = clone(p)
  next.layoutSections.push({ label, detailHeading: true, style: 'TwoColumnsLeftToRight', layoutColumns: [{ layoutItems: [] }, { layoutItems: [] }] })
  return next
}

export function changeSection(p: Page, n: number, change: Partial<Pick<Section, 'label' | 'detailHeading'>>): Page {
  const next = clone(p)
  Object.assign(next.layoutSections[n]!, change)
  return next
}

/** Gives a section another style. Its fields stay in their order: row by row. */
export function styled(p: Page, n: number, style: Style): Page {
  const next = clone(p)
  const s = next.layoutSections[n]!
  const items = rowsOf(s).flat().filter((i): i is Item => i !== null)
  const columns = style === 'OneColumn' ? 1 : 2
  s.style = style
  s.layoutColumns = Array.from({ length: columns }, (_, c) => ({ layoutItems: items.filter((_, i) => i % columns === c) }))
  return next
}

export function moveSection(p: Page, n: number, by: number): Page {
  if (!p.layoutSections[n + by]) return p
  const next = clone(p)
  const [s] = next.layoutSections.splice(n, 1)
  next.layoutSections.splice(n + by, 0, s!)
  return next
}

/** Takes a section out. Its fields go back to those that are not on the page. */
export function dropSection(p: Page, n: number): Page {
  const next = clone(p)
  next.layoutSections.splice(n, 1)
  return next
}

export function withRelated(p: Page, lists: Related[]): Page {
  return { ...clone(p), relatedLists: lists }
}

/** The items of a section row by row; null where a column has no more. */
export function rowsOf(s: Section): (Item | null)[][] {
  const most = Math.max(0, ...s.layoutColumns.map((c) => c.layoutItems.length))
  return Array.from({ length: most }, (_, i) => s.layoutColumns.map((c) => c.layoutItems[i] ?? null))
}
