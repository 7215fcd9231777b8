import type { ObjectInfo } from '../../api/metadata'
import type { Field, Values } from '../../api/types'
import { t } from '../../i18n/t'
import { kindOf } from '../../kind/kind'
import { placesOf, type LaidPage, type Placed } from '../layout'

/** A field of a form. What is not open is shown and can't be changed. */
export interface Line {
  field: Field
  required: boolean
  open: boolean
}

export interface Group {
  heading: string
  columns: number
  lines: Line[]
  /** Shown only on demand. */
  folded: boolean
}

/** How many groups stand open from the start, whatever they hold. */
const openFirst = 5

/** A field that nobody can fill in usefully: a choice of nothing, or the record type, which is asked for by itself. */
function idle(f: Field): boolean {
  return f.referenceTo.includes('RecordType') || (f.type === 'picklist' && f.picklistValues.length === 0 && (f.restrictedPicklist || f.name === 'CurrencyIsoCode'))
}

const must = (f: Field, creating: boolean) => !f.nillable && f.type !== 'boolean' && !(creating && f.defaultedOnCreate)

/**
 * The groups of a form by a layout. What must be filled in and is not laid out is asked for first; of a new record what
 * can't be filled in is left out, since it has no value yet.
 */
export function groupsOf(info: ObjectInfo, page: LaidPage, creating: boolean, values: Values): Group[] {
  const line = (p: Placed): Line => {
    const open = (creating ? p.onNew : p.onUpdate) && kindOf(p.field).Edit !== null
    return { field: p.field, open, required: open && p.field.type !== 'boolean' && (p.required ? !(creating && p.field.defaultedOnCreate) : false) }
  }
  const there = (l: Line) => !idle(l.field) && (l.open || (!creating && kindOf(l.field).Edit !== null && !isEmpty(values[l.field.name])))
  const groups = page.edit.map((s) => ({ heading: s.heading, columns: s.columns, lines: s.rows.flat().filter((p): p is Placed => p !== null).map(line).filter(there), folded: false })).filter((g) => g.lines.some((l) => l.open))
  const laid = new Set(placesOf(page.edit).map((p) => p.field.name))
  const missing = info.described.fields.filter((f) => (creating ? f.createable : f.updateable) && must(f, creating) && !laid.has(f.name) && !idle(f) && kindOf(f).Edit)
  if (creating && missing.length) groups.unshift({ heading: t('form.required'), columns: 2, lines: missing.map((field) => ({ field, required: true, open: true })), folded: false })
  return groups.map((g, i) => ({ ...g, folded: i >= openFirst && !g.lines.some((l) => l.required || !isEmpty(values[l.field.name])) }))
}

const isEmpty = (v: unknown) => v === null || v === undefined || v === '' || v === false

/** What must be filled in and is not. */
export function missingOf(groups: Group[], values: Values): string[] {
  return groups.flatMap((g) => g.lines).filter((l) => l.required && isBlank(values[l.field.name])).map((l) => l.field.name)
}

const isBlank = (v: unknown) => v === null || v === undefined || (typeof v === 'string' && v.trim() === '')

/** What a new record begins with: the defaults of its fields, and what the address says. */
export function startValues(info: ObjectInfo, query: URLSearchParams): Values {
  const values: Values = {}
  for (const f of info.described.fields) {
    if (!f.createable) continue
    const picked = f.picklistValues.find((c) => c.defaultValue && c.active)?.value
    const start = query.get(f.name) ?? picked ?? f.defaultValue
    if (start !== null && start !== undefined && start !== '') values[f.name] = f.type === 'boolean' ? start === true || start === 'true' : start
  }
  return values
}
