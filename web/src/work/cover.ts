import type { Values } from '../api/types'
import { date, number } from '../i18n/format'
import { t } from '../i18n/t'

/** What a warranty covers on a day: the percentage of parts and of labour, 0 where it does not. */
export interface Cover {
  valid: boolean
  parts: number
  labour: number
  text: string
}

/** A part of a warranty may end before the whole. */
function within(w: Values, what: 'Parts' | 'Labor', day: string): number {
  const end = String(w[`${what}CoveredEndDate`] ?? w.EndDate ?? '9999')
  return String(w.StartDate ?? '') <= day && day <= end ? Number(w[`${what}Covered`] ?? 0) : 0
}

export function coverOf(w: Values, day: string): Cover {
  const parts = within(w, 'Parts', day)
  const labour = within(w, 'Labor', day)
  const said = (what: 'parts' | 'labour', share: number, end: unknown) => (share ? t(what === 'parts' ? 'cover.parts' : 'cover.labour', { share: number(share), end: end ? date(String(end)) : t('cover.ever') }) : '')
  const text = [said('parts', parts, w.PartsCoveredEndDate ?? w.EndDate), said('labour', labour, w.LaborCoveredEndDate ?? w.EndDate)].filter(Boolean).join(' · ')
  const valid = parts > 0 || labour > 0
  return { valid, parts, labour, text: valid ? text : w.EndDate ? t('cover.ended', { when: date(String(w.EndDate)) }) : t('cover.nothing') }
}

export type Pace = 'done' | 'late' | 'risk' | 'fine'

const ms = (text: unknown) => Date.parse(String(text).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))

/** How a milestone stands: done in time or not, overdue, with less than a quarter of its time left, or fine. */
export function paceOf(m: Values, now: number): Pace {
  if (m.CompletionDate) return m.TargetDate && ms(m.CompletionDate) > ms(m.TargetDate) ? 'late' : 'done'
  if (!m.TargetDate) return 'fine'
  const left = ms(m.TargetDate) - now
  if (left < 0) return 'late'
  const whole = m.StartDate ? ms(m.TargetDate) - ms(m.StartDate) : 0
  return left < whole / 4 || left < 3_600_000 ? 'risk' : 'fine'
}

/** Time until an instant, or since it, in its two largest units: 2 d 4 h. */
export function timeLeft(until: unknown, now: number): string {
  const minutes = Math.floor(Math.abs(ms(until) - now) / 60_000)
  const d = Math.floor(minutes / 1440)
  const h = Math.floor((minutes % 1440) / 60)
  if (d) return t('sla.days', { d, h })
  return h ? t('time.hmin', { h, m: minutes % 60 }) : t('time.min', { m: minutes })
}
