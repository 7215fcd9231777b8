import { expect, it } from 'vitest'
import { deadEnds, differenceOf, freely } from './transitions'

it('says what must be done to make one set of transitions into another', () => {
  const a = { ...freely('New', 'Done'), id: '1' }
  const b = { ...freely('New', 'Off'), id: '2' }
  const d = differenceOf([a, b], [{ ...a, reason: true }, freely('', 'New')])
  expect(d.added).toEqual([freely('', 'New')])
  expect(d.changed).toEqual([{ ...a, reason: true }])
  expect(d.removed).toEqual([b])
  expect(differenceOf([a], [{ ...a }])).toEqual({ added: [], changed: [], removed: [] })
})

it('finds statuses that records never come to, or never leave', () => {
  const statuses = [{ value: 'New', first: true, last: false }, { value: 'Waiting', first: false, last: false }, { value: 'Done', first: false, last: true }, { value: 'Lost', first: false, last: false }]
  const all = [freely('New', 'Waiting'), freely('New', 'Done')]
  expect(deadEnds(statuses, all)).toEqual({ unreached: ['Lost'], stuck: ['Waiting', 'Lost'] })
  expect(deadEnds(statuses, [...all, freely('', 'Done')]).stuck).toEqual([])
  expect(deadEnds(statuses, []).unreached).toEqual([])
})
