import { query } from '../../api/batch'
import { quote } from '../../api/soql'
import type { Values } from '../../api/types'
import { clock, fromLocalInput } from '../../i18n/format'
import { overlap } from './visit'

/** Somebody who could make a visit. */
export interface Candidate {
  id: string
  name: string
  /** Belongs to the territory of the visit. */
  near: boolean
  /** Names of the skills that the work asks for and they lack. */
  lacks: string[]
  /** When they are taken on the day of the visit. */
  busy: { start: string; end: string; of: string }[]
}

const name = (r: Values, of: string) => String((r[of] as { Name?: string; MasterLabel?: string } | null)?.Name ?? (r[of] as { MasterLabel?: string } | null)?.MasterLabel ?? '')
const list = (ids: string[]) => ids.map(quote).join(', ')

/** Everybody who could go, those of the territory first. */
export async function candidates(territory: unknown, parents: string[]): Promise<Candidate[]> {
  const [all, members, needs] = await Promise.all([
    query("SELECT Id, Name FROM ServiceResource WHERE IsActive = true AND ResourceType = 'T' ORDER BY Name LIMIT 2000"),
    territory ? query(`SELECT ServiceResourceId FROM ServiceTerritoryMember WHERE ServiceTerritoryId = ${quote(String(territory))} AND (EffectiveEndDate = null OR EffectiveEndDate >= TODAY)`) : null,
    parents.length ? query(`SELECT SkillId, SkillLevel, Skill.MasterLabel FROM SkillRequirement WHERE RelatedRecordId IN (${list(parents)})`) : null,
  ])
  const near = new Set(members?.records.map((m) => m.ServiceResourceId))
  const people = all.records.map((r): Candidate => ({ id: String(r.Id), name: String(r.Name), near: near.has(r.Id), lacks: [], busy: [] }))
  if (needs?.records.length) await findLacks(people, needs.records)
  return people.sort((a, b) => Number(b.near) - Number(a.near) || a.lacks.length - b.lacks.length || a.name.localeCompare(b.name))
}

async function findLacks(people: Candidate[], needs: Values[]): Promise<void> {
  const have = await query(`SELECT ServiceResourceId, SkillId, SkillLevel FROM ServiceResourceSkill WHERE SkillId IN (${list(needs.map((n) => String(n.SkillId)))}) AND (EffectiveEndDate = null OR EffectiveEndDate >= TODAY) LIMIT 2000`)
  for (const p of people) {
    const mine = have.records.filter((h) => h.ServiceResourceId === p.id)
    p.lacks = needs.filter((n) => !mine.some((h) => h.SkillId === n.SkillId && Number(h.SkillLevel ?? 0) >= Number(n.SkillLevel ?? 0))).map((n) => name(n, 'Skill'))
  }
}

/** Notes when people are taken on a day, other than by the visit that is planned. */
export async function findBusy(people: Candidate[], day: string, except: string): Promise<Candidate[]> {
  const start = fromLocalInput(`${day}T00:00`)
  const end = new Date(Date.parse(start) + 24 * 3_600_000).toISOString()
  const taken = await query(`SELECT ServiceResourceId, ServiceAppointment.SchedStartTime, ServiceAppointment.SchedEndTime, ServiceAppointment.AppointmentNumber FROM AssignedResource WHERE ServiceAppointment.SchedStartTime < ${end} AND ServiceAppointment.SchedEndTime > ${start}${except ? ` AND ServiceAppointmentId != ${quote(except)}` : ''} LIMIT 2000`)
  return people.map((p) => ({
    ...p,
    busy: taken.records.filter((r) => r.ServiceResourceId === p.id).map((r) => r.ServiceAppointment as Values).map((a) => ({ start: String(a.SchedStartTime), end: String(a.SchedEndTime), of: String(a.AppointmentNumber) })),
  }))
}

/** The visit that is in the way of a span of time, in words. */
export function conflict(p: Candidate, span: { start: string; end: string }): string {
  const b = p.busy.find((x) => overlap(x, span))
  return b ? `${b.of}, ${clock(b.start)} – ${clock(b.end)}` : ''
}
