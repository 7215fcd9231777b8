import type { ObjectInfo } from '../../api/metadata'
import type { Field, Layout } from '../../api/types'
import { t } from '../../i18n/t'
import { lookOf } from '../look'

export interface Section {
  heading: string
  fields: Field[]
}

const system = new Set(['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'OwnerId', 'RecordTypeId', 'CurrencyIsoCode'])

/**
 * The details of a record in sections. A layout of one section is a catalogue of fields that nobody laid out: it is
 * sorted into the groups of the object's look, the rest, and what the system keeps.
 */
export function sectionsOf(info: ObjectInfo, layout: Layout): Section[] {
  const laid = layout.detailLayoutSections.map((s) => ({
    heading: s.heading,
    fields: s.layoutRows.flatMap((r) => r.layoutItems.flatMap((i) => i.layoutComponents.flatMap((c) => info.field(c.value) ?? []))),
  }))
  if (laid.length !== 1) return laid
  const left = new Map(laid[0]!.fields.map((f) => [f.name, f]))
  const take = (names: string[]) => names.flatMap((n) => (left.has(n) ? [left.get(n)!] : [])).map((f) => (left.delete(f.name), f))
  const groups = (lookOf(info.name).groups ?? []).map((g) => ({ heading: g.heading(), fields: take(g.fields) }))
  const kept = take([...system])
  return [...groups, { heading: groups.length ? t('details.rest') : laid[0]!.heading, fields: [...left.values()] }, { heading: t('details.system'), fields: kept }]
}
