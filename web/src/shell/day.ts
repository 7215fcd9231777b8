// What matters now on the home page, by what the user does in the business.
import { ago, clock, dayBounds, shortDateTime } from '../i18n/format'
import { t } from '../i18n/t'
import type { Values } from '../api/types'
import { href } from '../route/url'
import type { Spec } from './glance.svelte'

/** What the page depends on. */
export interface Who {
  id: string
  /** The service resource that the user is; empty for those who do no work in the field. */
  resource: string
  objects: Set<string>
}

const over = ['Completed', 'Canceled', 'CannotComplete']
const waiting = ['None', 'Scheduled', 'Dispatched']
const words = (values: string[]) => values.map((v) => `'${v}'`).join(', ')
const hour = 3_600_000
/** How long before its due date a visit that has not begun is at risk. */
const soon = 2 * hour
/** How long before its end a service level is at risk. */
const slaSoon = 24 * hour

const visits = (query: Record<string, string | string[] | undefined>) => href('/o/ServiceAppointment', query)
const at = (r: Values, field: string, say: (text: string) => string) => (r[field] ? say(String(r[field])) : '')

function people(r: Values): string {
  const crew = (r.ServiceResources as { records: { ServiceResource: { Name: string } | null }[] } | null)?.records ?? []
  return crew.map((a) => a.ServiceResource?.Name ?? '').filter(Boolean).join(', ')
}

/** The panels of the home page, the most pressing first. */
export function dayOf(who: Who, now = Date.now()): Spec[] {
  const list: Spec[] = []
  if (who.objects.has('ServiceAppointment')) list.push(...visitsOf(who, now))
  if (who.objects.has('WorkOrder')) list.push(...ordersOf(who, now))
  return list
}

function visitsOf(who: Who, now: number): Spec[] {
  const [start, end] = dayBounds(0, now)
  const iso = (ms: number) => new Date(ms).toISOString()
  const mine = who.resource ? ` AND Id IN (SELECT ServiceAppointmentId FROM AssignedResource WHERE ServiceResourceId = '${who.resource}')` : ''
  const crew = !who.resource && who.objects.has('AssignedResource') ? ['(SELECT ServiceResource.Name FROM ServiceResources LIMIT 3)'] : []
  const dueToday = `DueDate >= ${iso(now)} AND DueDate < ${end} AND StatusCategory = 'None'`
  const dueSoon = `DueDate >= ${iso(now)} AND DueDate < ${iso(now + soon)} AND StatusCategory IN (${words(waiting)})`
  const visit = { object: 'ServiceAppointment' }
  return [
    {
      ...visit, title: who.resource ? t('home.mineDay') : t('home.today'), where: `SchedStartTime >= ${start} AND SchedStartTime < ${end}${mine}`, order: 'SchedStartTime', fields: ['SchedStartTime', ...crew], who: people,
      when: (r) => at(r, 'SchedStartTime', clock), list: visits({ f: 'SchedStartTime~eq~TODAY', sort: 'SchedStartTime' }), empty: who.resource ? t('home.mineDayNone') : t('home.todayNone'),
    },
    ...(who.resource ? [{
      ...visit, title: t('home.next'), where: `SchedStartTime >= ${end} AND StatusCategory IN (${words(waiting)})${mine}`, order: 'SchedStartTime', fields: ['SchedStartTime'],
      when: (r: Values) => at(r, 'SchedStartTime', shortDateTime), list: visits({ f: [`SchedStartTime~ge~${end}`, `StatusCategory~in~${waiting.join(';')}`], sort: 'SchedStartTime' }), empty: t('home.nextNone'),
    }] : []),
    {
      ...visit, title: t('home.late'), where: `DueDate < ${iso(now)} AND StatusCategory NOT IN (${words(over)})${mine}`, order: 'DueDate', fields: ['DueDate', ...crew], who: people, bad: true,
      when: (r) => at(r, 'DueDate', ago), list: visits({ f: [`DueDate~lt~${iso(now)}`, `StatusCategory~nin~${over.join(';')}`], sort: 'DueDate' }), empty: t('home.lateNone'),
    },
    {
      ...visit, title: t('home.risk'), where: `((${dueToday}) OR (${dueSoon}))${mine}`, order: 'DueDate', fields: ['DueDate', 'StatusCategory', ...crew], who: people, bad: true,
      when: (r) => (r.StatusCategory === 'None' ? t('home.riskOpen') : at(r, 'DueDate', ago)),
      list: visits({ f: [`DueDate~ge~${iso(now)}`, `DueDate~lt~${end}`, 'StatusCategory~in~None', `DueDate~lt~${iso(now + soon)}`, `StatusCategory~in~${waiting.join(';')}`], logic: '1 AND ((2 AND 3) OR (4 AND 5))', sort: 'DueDate' }), empty: t('home.riskNone'),
    },
  ]
}

function ordersOf(who: Who, now: number): Spec[] {
  const iso = (ms: number) => new Date(ms).toISOString()
  const closed = ['Completed', 'Closed', 'Canceled', 'CannotComplete']
  const open = `StatusCategory NOT IN (${words(closed)})`
  const openFilter = `StatusCategory~nin~${closed.join(';')}`
  const order = { object: 'WorkOrder' }
  const orders = (query: Record<string, string | string[] | undefined>) => href('/o/WorkOrder', query)
  return [
    {
      ...order, title: t('home.sla'), where: `SlaExitDate >= ${iso(now)} AND SlaExitDate < ${iso(now + slaSoon)} AND ${open}`, order: 'SlaExitDate', fields: ['SlaExitDate'], bad: true,
      when: (r) => at(r, 'SlaExitDate', ago), list: orders({ f: [`SlaExitDate~ge~${iso(now)}`, `SlaExitDate~lt~${iso(now + slaSoon)}`, openFilter], sort: 'SlaExitDate' }), empty: t('home.slaNone'),
    },
    {
      ...order, title: t('home.mine'), where: `OwnerId = '${who.id}' AND ${open}`, order: 'Priority DESC, StartDate NULLS LAST', fields: ['StartDate', 'Priority'],
      when: (r) => at(r, 'StartDate', shortDateTime), list: orders({ view: 'MyWorkOrder', f: openFilter, sort: '-Priority,StartDate' }), empty: t('home.mineNone'),
    },
    ...(who.resource ? [] : [{
      ...order, title: t('home.urgent'), where: `Priority IN ('Critical', 'High') AND ${open}`, order: 'StartDate NULLS LAST', fields: ['StartDate'],
      when: (r: Values) => at(r, 'StartDate', shortDateTime), list: orders({ f: ['Priority~in~Critical;High', openFilter], sort: 'StartDate' }), empty: t('home.urgentNone'),
    }]),
  ]
}
