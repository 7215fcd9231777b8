import { query } from '../../api/batch'
import { quote } from '../../api/soql'
import type { Part } from '../../api/together'
import type { Values } from '../../api/types'
import { number, toLocalInput } from '../../i18n/format'
import { t } from '../../i18n/t'

export const entryFields = 'Id, Type, Subject, Status, StartTime, EndTime, DurationInMinutes, TimeSheetId, TimeSheet.ServiceResourceId, TimeSheet.ServiceResource.Name'

export const workerOf = (e: Values) => String(((e.TimeSheet as Values | null)?.ServiceResource as { Name?: string } | null)?.Name ?? '')
export const workerIdOf = (e: Values) => String((e.TimeSheet as Values | null)?.ServiceResourceId ?? '')

/** Whether an entry runs: it has begun and not ended. */
export const runs = (e: Values) => Boolean(e.StartTime) && !e.EndTime

const ms = (text: unknown) => Date.parse(String(text).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))

/** Minutes of an entry; of one that runs, until now. */
export const minutesOf = (e: Values, now: number) => (runs(e) ? Math.max(0, Math.floor((now - ms(e.StartTime)) / 60_000)) : Number(e.DurationInMinutes ?? 0))

/** Minutes by type. */
export function totals(entries: Values[], now: number): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const e of entries) sum[String(e.Type ?? 'Direct')] = (sum[String(e.Type ?? 'Direct')] ?? 0) + minutesOf(e, now)
  return sum
}

/** Minutes as people say them: 1 h 25 min. */
export function spent(minutes: number): string {
  const h = Math.floor(minutes / 60)
  const m = Math.round(minutes % 60)
  if (!h) return t('time.min', { m })
  return m ? t('time.hmin', { h: number(h), m }) : t('time.h', { h: number(h) })
}

/**
 * The parts that enter time of somebody, in their open sheet of that day, or in one that is made for the day. The last
 * part makes the entry.
 */
export async function entering(resource: string, entry: Values): Promise<Part[]> {
  const day = toLocalInput(String(entry.StartTime)).slice(0, 10)
  const page = await query(`SELECT Id FROM TimeSheet WHERE ServiceResourceId = ${quote(resource)} AND StartDate <= ${day} AND EndDate >= ${day} AND Status IN ('New', 'Recalled') ORDER BY StartDate DESC LIMIT 1`)
  const sheet = page.records[0]?.Id
  if (sheet) return [{ object: 'TimeSheetEntry', create: { TimeSheetId: sheet, ...entry } }]
  return [
    { ref: 'sheet', object: 'TimeSheet', create: { ServiceResourceId: resource, StartDate: day, EndDate: day } },
    { object: 'TimeSheetEntry', create: { TimeSheetId: '@{sheet.id}', ...entry } },
  ]
}

/** Those who may have worked on an order: who is assigned to its visits, and the user. */
export async function workers(order: string, user: string): Promise<{ id: string; name: string }[]> {
  const [crew, me] = await Promise.all([
    query(`SELECT ServiceResourceId, ServiceResource.Name FROM AssignedResource WHERE ServiceAppointment.ParentRecordId = ${quote(order)} OR ServiceAppointment.ParentRecordId IN (SELECT Id FROM WorkOrderLineItem WHERE WorkOrderId = ${quote(order)})`),
    query(`SELECT Id, Name FROM ServiceResource WHERE RelatedRecordId = ${quote(user)} AND ResourceType = 'T'`),
  ])
  const all = new Map(me.records.map((r) => [String(r.Id), String(r.Name)]))
  for (const r of crew.records) all.set(String(r.ServiceResourceId), String((r.ServiceResource as { Name?: string } | null)?.Name ?? ''))
  return [...all].map(([id, name]) => ({ id, name }))
}
