import { nameFields } from '../../api/metadata'
import { query } from '../../api/records'
import { like } from '../../api/soql'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'

export interface Found {
  id: string
  name: string
  /** What tells it from others of the same name. */
  more: string
}

/** What else people know users and groups by, and which of them can be chosen. */
const known: Record<string, { fields: string; where: string; more: (r: Values) => string }> = {
  User: { fields: 'Name, Username, Profile.Name', where: 'IsActive = true', more: (r) => [r.Username, (r.Profile as Values | null)?.Name].filter(Boolean).join(' · ') },
  Group: { fields: 'Name, Type', where: '', more: (r) => t(`people.kind.${r.Type as 'Queue'}`) },
  PermissionSet: { fields: 'Label, Description', where: 'IsOwnedByProfile = false', more: (r) => String(r.Description ?? '') },
}

/** Finds records of some objects by a part of their name. */
export async function find(objects: string[], text: string, signal: AbortSignal): Promise<Found[]> {
  const names = await nameFields(objects)
  const lists = await Promise.all([...names].map(async ([object, field]) => {
    const k = known[object]
    const where = [k?.where, text && `${field} LIKE ${like(text)}`].filter(Boolean).join(' AND ')
    const page = await query(`SELECT Id, ${k?.fields ?? field} FROM ${object}${where ? ` WHERE ${where}` : ''} ORDER BY ${field} LIMIT 8`, undefined, signal)
    return page.records.map((r) => ({ id: String(r.Id), name: String(r[field] ?? r.Id), more: k?.more(r) ?? '' }))
  }))
  return lists.flat()
}
