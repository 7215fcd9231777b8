import type { ObjectInfo } from '../../api/metadata'
import type { Field, Values } from '../../api/types'
import { kindOf } from '../../kind/kind'
import { t } from '../../i18n/t'
import { lookOf } from '../look'

export interface Group {
  heading: string
  fields: Field[]
  /** Shown only on demand. */
  folded: boolean
}

/** A field that nobody can fill in usefully: the record type where there are none, a choice of nothing. */
function idle(f: Field): boolean {
  return f.referenceTo.includes('RecordType') || (f.name === 'CurrencyIsoCode' && f.picklistValues.length === 0) || f.picklistValues.length === 0 && f.type === 'picklist' && f.restrictedPicklist
}

/** The fields of a form in groups: those of the object's look, what must be filled in, addresses, and the rest folded. */
export function groupsOf(info: ObjectInfo, creating: boolean): Group[] {
  const can = (f: Field | undefined): f is Field => Boolean(f && (creating ? f.createable : f.updateable) && kindOf(f).Edit && !idle(f))
  const taken = new Set<string>()
  const take = (fields: (Field | undefined)[]) => fields.filter((f): f is Field => can(f) && !taken.has(f.name)).map((f) => (taken.add(f.name), f))
  const groups: Group[] = []
  const look = lookOf(info.name).groups
  for (const g of look ?? []) groups.push({ heading: g.heading(), fields: take(g.fields.map((n) => info.field(n))), folded: false })
  const all = info.described.fields
  const required = take(all.filter((f) => !f.nillable && !f.defaultedOnCreate && f.type !== 'boolean'))
  if (required.length) groups.unshift({ heading: look ? t('form.required') : t('form.details'), fields: required, folded: false })
  const parts = take(all.filter((f) => f.compoundFieldName && info.field(f.compoundFieldName)?.type === 'address'))
  const rest = take(all)
  const many = Boolean(look) && rest.length > 0
  if (rest.length) groups.push({ heading: many ? t('form.more') : t('form.details'), fields: rest, folded: many })
  if (parts.length) groups.push({ heading: t('form.address'), fields: parts, folded: Boolean(look) })
  return joined(groups.filter((g) => g.fields.length > 0))
}

/** Groups of the same heading become one. */
function joined(groups: Group[]): Group[] {
  const by = new Map<string, Group>()
  for (const g of groups) {
    const same = by.get(g.heading)
    if (same) same.fields.push(...g.fields)
    else by.set(g.heading, g)
  }
  return [...by.values()]
}

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
