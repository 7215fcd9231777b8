import { expect, it } from 'vitest'
import type { Field } from '../api/types'
import { checkRow, meant, problemOf } from './check'
import { faults } from './job'
import { doubled, guess, missing, remember, remembered } from './mapping'
import type { Target } from './target'

const field = (name: string, type = 'string', more: Partial<Field> = {}) =>
  ({ name, label: name, type, length: 0, createable: true, updateable: true, nillable: true, defaultedOnCreate: false, restrictedPicklist: false, picklistValues: [], ...more }) as unknown as Field
const target = (f: Field): Target => ({ name: f.name, label: f.label, field: f, parent: null })
const account = field('AccountId', 'reference', { label: 'Account' })
const byName: Target = { name: 'Account.Name', label: 'Account › Name', field: account, parent: { object: 'Account', label: 'Account', by: 'Name', unique: false } }
const byCode: Target = { name: 'Account.Code__c', label: 'Account › Code', field: account, parent: { object: 'Account', label: 'Account', by: 'Code__c', unique: true } }

it('maps columns by name and by label, each field once', () => {
  const targets = [field('Name', 'string', { nillable: false }), field('Zone__c', 'string', { label: 'Price Zone' })].map(target)
  expect(guess(['site name', 'PRICE_ZONE', 'zone', 'other', 'Name'], targets, 'Site')).toEqual(['', 'Zone__c', '', '', 'Name'])
  expect(guess(['Site Name', 'zone'], targets, 'Site')).toEqual(['Name', 'Zone__c'])
  expect(missing(targets, ['Zone__c']).map((f) => f.name)).toEqual(['Name'])
})

it('maps parents by their external ids and names', () => {
  const targets = [target(field('Name')), target(account), byCode, byName]
  expect(guess(['Account.Code__c', 'Account Name', 'Name'], targets, 'Job')).toEqual(['Account.Code__c', '', 'Name'])
  expect(guess(['Account Name'], targets, 'Job')).toEqual(['Account.Name'])
  expect(guess(['account_account'], targets, 'Job')).toEqual(['Account.Name'])
  expect(doubled(targets, ['AccountId', 'Account.Name', '', 'Name'])).toEqual(['AccountId'])
})

it('remembers a mapping for the same columns', () => {
  remember('Account', 'insert', ['A', 'B'], ['Name', 'Gone'])
  expect(remembered('Account', 'insert', ['A', 'B'], [target(field('Name'))])).toEqual(['Name', ''])
  expect(remembered('Account', 'insert', ['A'], [target(field('Name'))])).toBeNull()
})

it('checks values by their kind', () => {
  const right: [string, Field][] = [['-3', field('a', 'int')], ['1.5e3', field('a', 'double')], ['TRUE', field('a', 'boolean')], ['2024-02-29', field('a', 'date')], ['2024-02-29T10:00:00Z', field('a', 'datetime')]]
  for (const [text, f] of right) expect(problemOf(text, f), text).toBe('')
  const wrong: [string, Field][] = [['3.1', field('a', 'int')], ['1,5', field('a', 'double')], ['yes', field('a', 'boolean')], ['2023-02-29', field('a', 'date')], ['29.2.2024', field('a', 'datetime')], ['abcd', field('a', 'string', { length: 3 })], ['x', field('a', 'picklist', { restrictedPicklist: true })]]
  for (const [text, f] of wrong) expect(problemOf(text, f), text).not.toBe('')
})

it('says row and column of what is wrong', () => {
  const targets = new Map(['Id', 'N'].map((n) => [n, target(field(n, n === 'N' ? 'int' : 'id'))]))
  expect(checkRow(['', 'x'], 7, ['Key', 'Count'], ['Id', 'N'], targets, 'update').map((r) => [r.row, r.column])).toEqual([[7, 'Count'], [7, '']])
  expect(checkRow(['1', '#N/A'], 7, ['Key', 'Count'], ['', 'N'], targets, 'insert')).toEqual([])
})

it('takes away the apostrophe that exports put before formulas', () => {
  expect(["'=1+1", "'tis", '-5', "'-5"].map(meant)).toEqual(['=1+1', "'tis", '-5', '-5'])
})

it('reads what the server has against a row', () => {
  expect(faults('DUPLICATE_VALUE:the value k1: is taken:Code --;REQUIRED_FIELD_MISSING:Required fields are missing: [A, B]:A,B --')).toEqual([
    { column: 'Code', message: 'the value k1: is taken' },
    { column: 'A,B', message: 'Required fields are missing: [A, B]' },
  ])
  expect(faults('NOT_FOUND:gone: --')).toEqual([{ column: '', message: 'gone' }])
  expect(faults('odd')).toEqual([{ column: '', message: 'odd' }])
})
