import type { Values } from '../api/types'

/** The field that holds a step's answer, by what the step asks for. */
const answers: Record<string, string> = { PassFail: 'AnswerPass', Number: 'AnswerNumber', MeterReading: 'AnswerNumber', Choice: 'AnswerChoice', Text: 'AnswerText', Barcode: 'AnswerText', Checkbox: 'AnswerChecked', Photo: 'AnswerDocumentId', Signature: 'AnswerDocumentId' }

export const answerField = (step: Values): string | undefined => answers[String(step.StepType)]

/** The answer as text, as the deciding step of another compares it. */
export function answerText(step: Values): string {
  const value = step[answerField(step) ?? '']
  if (value === null || value === undefined) return ''
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
}

/** Whether a step is asked at all: the step that decides about it may say no. */
export function asked(step: Values, all: Values[]): boolean {
  const decider = step.ShowIfStepId ? all.find((s) => s.Id === step.ShowIfStepId) : undefined
  return !decider || answerText(decider) === String(step.ShowIfAnswer ?? '')
}

export const finished = (step: Values) => step.StatusCategory === 'Completed' || step.StatusCategory === 'NotApplicable'

/** How far a checklist is: steps that are done, of those that are asked. */
export function progress(all: Values[]): { done: number; of: number } {
  const list = all.filter((s) => asked(s, all))
  return { done: list.filter(finished).length, of: list.length }
}

/** The bounds of a number as text: 18 – 27 °C. */
export function bounds(step: Values): string {
  const unit = step.Unit ? ` ${step.Unit}` : ''
  if (step.Minimum === null && step.Maximum === null) return unit.trim()
  return `${step.Minimum ?? '…'} – ${step.Maximum ?? '…'}${unit}`
}
