import { expect, it } from 'vitest'
import { rowsOf, shown, strokes, valuesChanged } from './changes'

const set = (...names: string[]) => JSON.stringify({ valueSetDefinition: { value: names.map((n) => ({ valueName: n, label: n })) } })

it('words what was done to the values of a picklist', () => {
  expect(valuesChanged(set('a', 'b'), set('b', 'c'))).toBe('Added: c; removed: a')
  expect(valuesChanged(set('a', 'b'), set('b', 'a'))).toBe('order changed')
  expect(valuesChanged(set('a'), set('a').replace('"label":"a"', '"label":"A"'))).toBe('changed: A')
  expect(valuesChanged(null, set('a'))).toBe('Added: a')
  expect(valuesChanged('x', 'y')).toBeNull()
  expect(valuesChanged('{broken', 'y')).toBeNull()
})

it('shows values as people read them', () => {
  expect(shown(null)).toBe('–')
  expect(shown(true)).toBe('Yes')
  expect(shown('00e000000000001AAA', 'Technician')).toBe('Technician')
  expect(shown(12)).toBe('12')
})

it('keeps together what was done at one stroke', () => {
  const c = (n: number, at: string, object: string) => ({ n, at, object, by: { id: 'a', name: '' }, op: 'insert' }) as never
  expect(strokes([c(5, 'x', 'A'), c(4, 'x', 'A'), c(3, 'x', 'B'), c(2, 'y', 'B'), c(1, 'x', 'A')]).map((s) => s.map((e) => e.n))).toEqual([[5, 4], [3], [2], [1]])
})

it('makes a row of a table for each value', () => {
  const c = { n: 1, at: '2026-11-25T03:00:00Z', by: { id: '', name: '' }, through: 'seed', reason: '', op: 'update', object: 'CustomField', objectLabel: 'Custom Field', record: '00N', name: 'Account.Zone', changes: [{ field: 'Label', label: 'Label', from: 'a', to: 'b' }, { field: 'Length', label: 'Length', from: null, to: 2 }] }
  expect(rowsOf([c]).map((r) => r.slice(1))).toEqual([
    ['seed', 'Changed', 'Custom Field', 'Account.Zone', '00N', 'Label', 'a', 'b', ''],
    ['seed', 'Changed', 'Custom Field', 'Account.Zone', '00N', 'Length', '', '2', ''],
  ])
  expect(rowsOf([{ ...c, changes: [] }])).toHaveLength(1)
})
