import { expect, it } from 'vitest'
import { lacking, partsOf } from './stock'

const required = [{ Product2Id: 'filter', Product2: { Name: 'Filter' }, QuantityRequired: 3 }, { Product2Id: 'belt', Product2: { Name: 'Belt' }, QuantityRequired: 1 }]
const consumed = [{ Product2Id: 'filter', QuantityConsumed: 1 }, { Product2Id: 'fuse', Product2: { Name: 'Fuse' }, QuantityConsumed: 2 }]
const item = (id: string, product: string, location: string, n: number) => ({ Id: id, Product2Id: product, LocationId: location, QuantityOnHand: n, Location: { Name: location, LocationType: 'Van' } })
const items = [item('i1', 'filter', 'warehouse', 40), item('i2', 'filter', 'van7', 1), item('i3', 'other', 'van7', 9)]

it('holds what is needed against what was used and what is at hand', () => {
  const parts = partsOf(required, consumed, items, [{ Product2Id: 'belt', QuantityRequested: 1, Status: 'Submitted' }], new Set(['van7']))
  expect(parts.map((p) => [p.name, p.needed, p.used, p.van, p.elsewhere, p.asked, lacking(p)])).toEqual([
    ['Belt', 1, 0, 0, 0, 1, 0],
    ['Filter', 3, 1, 1, 40, 0, 1],
    ['Fuse', 0, 2, 0, 0, 0, 0],
  ])
  expect(parts[1]!.places.map((p) => p.location)).toEqual(['van7', 'warehouse'])
})

it('counts no request that has arrived', () => {
  expect(partsOf(required, [], [], [{ Product2Id: 'belt', QuantityRequested: 1, Status: 'Received' }], new Set()).find((p) => p.name === 'Belt')!.asked).toBe(0)
})
