import { root } from '../../api/client'
import { call } from '../../api/session.svelte'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'

/** A step of a checklist: its place, and what it asks for. */
export interface Entry {
  /** Of the record that places the step. */
  id: string
  step: string
  values: Values
}

/** The kinds of answers that a step may ask for, as people call them. '' is a step that is only ticked off. */
export const kindsOf = (): { value: string; label: string }[] => [
  { value: '', label: t('kind.tick') },
  { value: 'Checkbox', label: t('kind.confirm') },
  { value: 'PassFail', label: t('kind.passFail') },
  { value: 'Number', label: t('kind.number') },
  { value: 'MeterReading', label: t('kind.meter') },
  { value: 'Choice', label: t('kind.choice') },
  { value: 'Text', label: t('kind.text') },
  { value: 'Date', label: t('kind.date') },
  { value: 'Barcode', label: t('kind.barcode') },
  { value: 'Photo', label: t('kind.photo') },
  { value: 'Signature', label: t('kind.signature') },
]

export const stepFields = ['Name', 'Description', 'StepType', 'Unit', 'Minimum', 'Maximum', 'Options', 'IsMandatory', 'ShowIfStepId', 'ShowIfAnswer']

/** The answers by which a step can decide about others. */
export function answersOf(step: Values): string[] | null {
  switch (step.StepType) {
    case 'PassFail':
      return ['Pass', 'Fail']
    case 'Choice':
      return String(step.Options ?? '').split('\n').map((o) => o.trim()).filter(Boolean)
    case 'Number':
    case 'MeterReading':
    case 'Text':
    case 'Barcode':
    case 'Date':
      return null // any text
    default:
      return ['Yes']
  }
}

/** A list with one of its members put elsewhere. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const next = [...list]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, one)
  return next
}

/** The steps that ask before the one which decides about them: they would never be asked. */
export function tooEarly(entries: Entry[]): Set<string> {
  const place = new Map(entries.map((e, i) => [e.step, i]))
  return new Set(entries.filter((e, i) => e.values.ShowIfStepId && (place.get(String(e.values.ShowIfStepId)) ?? -1) > i).map((e) => e.id))
}

/** Keeps the order of the steps of a checklist, all at once. */
export async function order(entries: Entry[]): Promise<void> {
  const records = entries.map((e, i) => ({ attributes: { type: 'WorkPlanTemplateEntry' }, Id: e.id, ExecutionOrder: i + 1 }))
  const { data } = await call<{ success: boolean; errors: { message: string }[] }[]>('PATCH', `${root}/composite/sobjects`, { body: { allOrNone: true, records } })
  const failed = data.find((r) => !r.success)
  if (failed) throw new Error(failed.errors.map((e) => e.message).join(' '))
}
