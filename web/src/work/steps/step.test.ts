import { expect, it } from 'vitest'
import { answerField, asked, bounds, progress } from './step'

const step = (id: string, more = {}) => ({ Id: id, StepType: 'PassFail', StatusCategory: 'New', Minimum: null, Maximum: null, ...more })

it('knows where an answer stands', () => {
  expect(answerField(step('1'))).toBe('AnswerPass')
  expect(answerField(step('1', { StepType: 'MeterReading' }))).toBe('AnswerNumber')
  expect(answerField(step('1', { StepType: null }))).toBeUndefined()
})

it('asks a step only after the answer that it waits for', () => {
  const repair = step('2', { ShowIfStepId: '1', ShowIfAnswer: 'Fail' })
  expect(asked(repair, [step('1', { AnswerPass: 'Pass' }), repair])).toBe(false)
  expect(asked(repair, [step('1', { AnswerPass: 'Fail' }), repair])).toBe(true)
  expect(progress([step('1', { AnswerPass: 'Pass', StatusCategory: 'Completed' }), repair])).toEqual({ done: 1, of: 1 })
})

it('says the bounds of a number', () => {
  expect(bounds(step('1', { Minimum: 18, Unit: '°C' }))).toBe('18 – … °C')
  expect(bounds(step('1', { Unit: 'm³' }))).toBe('m³')
})
