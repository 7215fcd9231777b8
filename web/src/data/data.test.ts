import { expect, it } from 'vitest'
import type { Field } from '../api/types'
import { checkRow, problemOf } from './check'
import { rejectsOf } from './dry'
import { doubled, guess, missing, remember, remembered } from './mapping'

const field = (name: string, type = 'string', more: Partial<Field> = {}) =>
  ({ name, label: name, type, length: 0, createable: true, updateable: true, nillable: true, defaultedOnCreate: false, restrictedPicklist: false, picklistValues: [], ...more }) as unknown as Field

it('maps columns by name and by label, each field once', () => {
  const fields = [field('Name', 'string', { nillable: false }), field('Zone__c', 'string', { label: 'Price Zone' })]
  expect(guess(['account name', 'PRICE_ZONE', 'zone', 'other', 'Name'], fields, 'Account')).toEqual(['Name', 'Zone__c', '', '', ''])
  expect(missing(fields, ['Zone__c']).map((f) => f.name)).toEqual(['Name'])
  expect(doubled(['a', '', 'a', '', 'b'])).toEqual(['a'])
})

it('remembers a mapping for the same columns', () => {
  remember('Account', 'insert', ['A', 'B'], ['Name', 'Gone'])
  expect(remembered('Account', 'insert', ['A', 'B'], [field('Name')])).toEqual(['Name', ''])
  expect(remembered('Account', 'insert', ['A'], [field('Name')])).toBeNull()
})

it('checks values by their kind', () => {
  const right: [string, Field][] = [['-3', field('a', 'int')], ['1.5e3', field('a', 'double')], ['TRUE', field('a', 'boolean')], ['2024-02-29', field('a', 'date')], ['2024-02-29T10:00:00Z', field('a', 'datetime')]]
  for (const [text, f] of right) expect(problemOf(text, f), text).toBe('')
  const wrong: [string, Field][] = [['3.1', field('a', 'int')], ['1,5', field('a', 'double')], ['yes', field('a', 'boolean')], ['2023-02-29', field('a', 'date')], ['29.2.2024', field('a', 'datetime')], ['abcd', field('a', 'string', { length: 3 })], ['x', field('a', 'picklist', { restrictedPicklist: true })]]
  for (const [text, f] of wrong) expect(problemOf(text, f), text).not.toBe('')
})

it('says row and column of what is wrong', () => {
  const fields = new Map([['Id', field('Id', 'id')], ['N', field('N', 'int')]])
  const c = checkRow(['', 'x'], 7, ['Key', 'Count'], ['Id', 'N'], fields, 'update')
  expect(c.rejects.map((r) => [r.row, r.column])).toEqual([[7, 'Count'], [7, '']])
  expect(checkRow(['1', '2'], 7, ['Key', 'Count'], ['', 'N'], fields, 'insert')).toEqual({ values: { N: 2 }, rejects: [] })
})

it('takes a row that was only taken back as right', () => {
  const errors = (code: string) => ({ id: null, success: false, errors: [{ statusCode: code, message: 'm', fields: ['N'] }] }) as unknown as Parameters<typeof rejectsOf>[1]
  expect(rejectsOf(1, errors('ALL_OR_NONE_OPERATION_ROLLED_BACK'), (f) => f)).toEqual([])
  expect(rejectsOf(1, errors('REQUIRED_FIELD_MISSING'), () => 'Count')).toEqual([{ row: 1, column: 'Count', message: 'm' }])
})
