import { expect, it } from 'vitest'
import { answersOf, moved, tooEarly, type Entry } from './steps'

it('moves one of a list, and never out of it', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 2, 9)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})

it('finds steps that stand before the one which decides about them', () => {
  const entry = (id: string, ShowIfStepId: string | null = null): Entry => ({ id, step: `s${id}`, values: { ShowIfStepId } })
  expect([...tooEarly([entry('1', 's2'), entry('2'), entry('3', 's2')])]).toEqual(['1'])
  expect([...tooEarly([entry('1', 'elsewhere')])]).toEqual([])
})

it('knows by which answers a step decides', () => {
  expect(answersOf({ StepType: 'Choice', Options: 'Leak\n\n Controls ' })).toEqual(['Leak', 'Controls'])
  expect(answersOf({ StepType: 'PassFail' })).toEqual(['Pass', 'Fail'])
  expect(answersOf({ StepType: null })).toEqual(['Yes'])
  expect(answersOf({ StepType: 'Number' })).toBeNull()
})
