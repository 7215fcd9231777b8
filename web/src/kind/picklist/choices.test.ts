import { expect, it } from 'vitest'
import type { Choice, Field } from '../../api/types'
import { choicesFor, ofType } from './choices'

const choice = (value: string, validFor: string | null = null, active = true): Choice => ({ value, label: value, validFor, active, defaultValue: false })
const controller = { name: 'Type', type: 'picklist', picklistValues: [choice('Gas'), choice('Water')] } as unknown as Field
const field = { name: 'Fault', controllerName: 'Type', picklistValues: [choice('Leak', btoa('\xc0')), choice('Smell', btoa('\x80')), choice('Rust', btoa('\x40')), choice('Old', btoa('\xc0'), false)] } as unknown as Field

it('offers what goes with the controlling value', () => {
  expect(choicesFor(field, { Type: 'Gas' }, controller).map((c) => c.value)).toEqual(['Leak', 'Smell'])
  expect(choicesFor(field, { Type: 'Water' }, controller).map((c) => c.value)).toEqual(['Leak', 'Rust'])
  expect(choicesFor(field, {}, controller)).toEqual([])
  expect(choicesFor(field, {}, undefined).map((c) => c.value)).toEqual(['Leak', 'Smell', 'Rust'])
})

it('keeps to the choices of a record type', () => {
  const all = [{ value: 'a' }, { value: 'b' }] as Choice[]
  expect(ofType(all, undefined)).toEqual(all)
  expect(ofType(all, ['b'])).toEqual([{ value: 'b' }])
})
