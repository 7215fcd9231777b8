import { expect, it } from 'vitest'
import { answerField, answering, asked, bounds, open, progress, shownAnswer, toggling } from './step'

const step = (id: string, more = {}) => ({ Id: id, StepType: 'PassFail', StatusCategory: 'New', Minimum: null, Maximum: null, WorkPlanId: 'p', ...more })

it('knows where an answer stands', () => {
  expect(answerField(step('1'))).toBe('AnswerPass')
  expect(answerField(step('1', { StepType: 'MeterReading' }))).toBe('AnswerNumber')
  expect(answerField(step('1', { StepType: null }))).toBeUndefined()
})

it('asks a step only after the answer that it waits for', () => {
  const repair = step('2', { ShowIfStepId: '1', ShowIfAnswer: 'fail' })
  const decider = (answer: string, category = 'Completed') => step('1', { AnswerPass: answer, StatusCategory: category })
  expect(asked(repair, [decider('Pass'), repair])).toBe(false)
  expect(asked(repair, [decider('Fail'), repair])).toBe(true)
  expect(asked(repair, [decider('Fail', 'NotApplicable'), repair])).toBe(false)
  expect(asked(repair, [decider('Fail', 'New'), repair])).toBe(false)
  expect(progress([decider('Pass'), repair])).toEqual({ done: 1, of: 1 })
})

it('finds what keeps work from being completed', () => {
  const must = { IsMandatory: true }
  const all = [step('1', { ...must, AnswerPass: 'Pass', StatusCategory: 'Completed' }), step('2', { ...must, ShowIfStepId: '1', ShowIfAnswer: 'Fail' }), step('3', must), step('4')]
  expect(open(all).map((s) => s.Id)).toEqual(['3'])
})

it('completes a step with its answer, and opens it when the answer goes', () => {
  expect(answering(step('1'), 'Pass')).toEqual({ AnswerPass: 'Pass', Status: 'Completed' })
  expect(answering(step('1'), null)).toEqual({ AnswerPass: null, Status: 'New' })
  expect(answering(step('1', { StepType: 'Checkbox' }), false)).toEqual({ AnswerChecked: false, Status: 'New' })
  expect(toggling(step('1', { StepType: null, StatusCategory: 'NotApplicable', NotApplicableReason: 'No roof' }))).toEqual({ Status: 'New', NotApplicableReason: null })
})

it('says the bounds of a number and its answer', () => {
  expect(bounds(step('1', { Minimum: 18, Unit: '°C' }))).toBe('18 – … °C')
  expect(bounds(step('1', { Unit: 'm³' }))).toBe('m³')
  expect(shownAnswer(step('1', { StepType: 'Number', AnswerNumber: 21.5, Unit: '°C' }))).toBe('21.5 °C')
  expect(shownAnswer(step('1', { StepType: 'Photo', AnswerDocumentId: '069' }))).toBe('')
})
