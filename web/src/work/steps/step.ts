import type { Values } from '../../api/types'
import { date, number } from '../../i18n/format'
import { t } from '../../i18n/t'

/** What the checklist reads of a step. */
export const stepFields =
  'Id, Name, Description, Status, StatusCategory, ExecutionOrder, StepType, Unit, Minimum, Maximum, Options, IsMandatory, AnswerPass, AnswerNumber, AnswerChoice, AnswerText, AnswerChecked, AnswerDate, AnswerDocumentId, AnswerDocument.LatestPublishedVersionId, IsOutOfLimits, NotApplicableReason, ShowIfStepId, ShowIfAnswer, EndTime, LastModifiedBy.Name, WorkOrderLineItemId, WorkPlanId, WorkPlan.Name'

/** The field that holds a step's answer, by what the step asks for. */
const answers: Record<string, string> = {
  PassFail: 'AnswerPass',
  Number: 'AnswerNumber',
  MeterReading: 'AnswerNumber',
  Choice: 'AnswerChoice',
  Text: 'AnswerText',
  Barcode: 'AnswerText',
  Checkbox: 'AnswerChecked',
  Date: 'AnswerDate',
  Photo: 'AnswerDocumentId',
  Signature: 'AnswerDocumentId',
}

export const answerField = (step: Values): string | undefined => answers[String(step.StepType)]

/** The answer as text, as the deciding step of another compares it. */
export function answerText(step: Values): string {
  const value = step[answerField(step) ?? '']
  if (value === null || value === undefined) return ''
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
}

/** The answer as people read it; a file has none. */
export function shownAnswer(step: Values): string {
  const field = answerField(step)
  const text = answerText(step)
  if (!text || !field || field === 'AnswerDocumentId' || field === 'AnswerChecked') return ''
  if (field === 'AnswerDate') return date(text)
  if (field === 'AnswerNumber') return `${number(Number(text), 6)}${step.Unit ? ` ${step.Unit}` : ''}`
  if (field === 'AnswerPass') return t(text === 'Pass' ? 'steps.pass' : 'steps.fail')
  return text
}

/** What a completed step decides: one that is only ticked off says Yes. */
const decision = (step: Values) => (step.StepType ? answerText(step) : 'Yes')

/** Whether a step is asked at all: the step that decides about it may say no. */
export function asked(step: Values, all: Values[]): boolean {
  const decider = step.ShowIfStepId ? all.find((s) => s.Id === step.ShowIfStepId) : undefined
  return !decider || (asked(decider, all) && decider.StatusCategory === 'Completed' && decision(decider).toLowerCase() === String(step.ShowIfAnswer ?? '').trim().toLowerCase())
}

export const finished = (step: Values) => step.StatusCategory === 'Completed' || step.StatusCategory === 'NotApplicable'

const state = (name: string) => ({ Status: name, StatusCategory: name.replaceAll(' ', '') })

/** What changes when a step gets an answer: it completes the step, and taking it away opens the step again. */
export function answering(step: Values, value: unknown): Values {
  const field = answerField(step)
  if (!field) return {}
  const none = value === null || value === '' || value === false
  return { [field]: none && field !== 'AnswerChecked' ? null : value, Status: none ? 'New' : 'Completed' }
}

/** What changes when a step is checked off or opened by its box. An answer that belongs to it goes with it. */
export function toggling(step: Values): Values {
  if (step.StepType === 'Checkbox') return answering(step, !finished(step))
  return finished(step) ? { Status: 'New', ...(step.NotApplicableReason ? { NotApplicableReason: null } : {}) } : { Status: 'Completed' }
}

export const skipping = (reason: string): Values => ({ Status: 'Not Applicable', NotApplicableReason: reason })

/** A change with what the server will make of it, to show it at once. */
export const shownAs = (change: Values): Values => (typeof change.Status === 'string' ? { ...change, ...state(change.Status) } : change)

/** How far a checklist is: steps that are done, of those that are asked. */
export function progress(all: Values[]): { done: number; of: number } {
  const list = all.filter((s) => asked(s, all))
  return { done: list.filter(finished).length, of: list.length }
}

/** The mandatory steps that still keep work from being completed. */
export const open = (all: Values[]) => plansOf(all).flatMap((p) => p.steps.filter((s) => s.IsMandatory && !finished(s) && asked(s, p.steps)))

export interface Plan {
  id: string
  name: string
  steps: Values[]
}

/** Steps by the plans that they belong to, in their order. */
export function plansOf(steps: Values[]): Plan[] {
  const by = new Map<string, Plan>()
  for (const s of steps) {
    const id = String(s.WorkPlanId)
    const plan = by.get(id) ?? { id, name: String((s.WorkPlan as { Name?: string } | null)?.Name ?? ''), steps: [] }
    plan.steps.push(s)
    by.set(id, plan)
  }
  return [...by.values()]
}

/** The bounds of a number as text: 18 – 27 °C. */
export function bounds(step: Values): string {
  const unit = step.Unit ? ` ${step.Unit}` : ''
  if (step.Minimum === null && step.Maximum === null) return unit.trim()
  return `${step.Minimum ?? '…'} – ${step.Maximum ?? '…'}${unit}`
}

/** The lines of a choice. */
export const optionsOf = (step: Values) => String(step.Options ?? '').split('\n').map((o) => o.trim()).filter(Boolean)
