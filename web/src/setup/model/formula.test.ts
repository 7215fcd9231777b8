import { expect, it } from 'vitest'
import { ObjectInfo } from '../../api/metadata'
import { offersAt, unitsAt } from './formula'

const info = (name: string, fields: object[]) => new ObjectInfo({ name, fields: fields.map((f) => ({ relationshipName: null, referenceTo: [], ...f })) } as never)
const order = info('WorkOrder', [{ name: 'Status', label: 'Status' }, { name: 'AccountId', label: 'Customer', relationshipName: 'Account', referenceTo: ['Account'] }])
const account = info('Account', [{ name: 'Staff', label: 'Employees' }])
const fns = [{ name: 'ISPICKVAL', signature: 'ISPICKVAL(field, text)', help: '' }]
const at = async (text: string) => (await offersAt(text, text.length, order, async (o) => (o === 'Account' ? account : order), fns)).offers.map((o) => o.text)

it('offers fields, parents and functions by what was typed', async () => {
  expect(await at('sta')).toEqual(['Status'])
  expect(await at('NOT(IsP')).toEqual(['ISPICKVAL('])
  expect(await at('1 + cust')).toEqual(['AccountId'])
  expect(await at('Account.')).toEqual(['Staff'])
  expect(await at('Account.emp')).toEqual(['Staff'])
  expect(await at('Nothing.x')).toEqual([])
})

it('offers nothing within texts and comments', async () => {
  expect(await at('"Sta')).toEqual([])
  expect(await at('"a\\" Sta')).toEqual([])
  expect(await at('/* Sta')).toEqual([])
  expect(await at('"a" & Sta')).toEqual(['Status'])
})

it('finds a place behind characters of two units', () => {
  expect(unitsAt('😀x', 1)).toBe(2)
})
