import { expect, it } from 'vitest'
import { ObjectInfo } from '../api/metadata'
import type { Brief, Described, Field } from '../api/types'
import { complete, type Known } from './complete'

const field = (name: string, more: Partial<Field> = {}) => ({ name, label: name, type: 'string', relationshipName: null, referenceTo: [], picklistValues: [], ...more }) as unknown as Field
const made: Record<string, ObjectInfo> = {
  Account: new ObjectInfo({ name: 'Account', label: 'Account', fields: [field('Id'), field('Name'), field('OwnerId', { relationshipName: 'Owner', referenceTo: ['User'] })], childRelationships: [{ childSObject: 'Contact', relationshipName: 'Contacts' }] } as unknown as Described),
  Contact: new ObjectInfo({
    name: 'Contact',
    label: 'Contact',
    fields: [field('LastName'), field('Level', { picklistValues: [{ value: 'Gold', label: 'Gold' }, { value: "Owner's", label: "Owner's" }] as Field['picklistValues'] }), field('AccountId', { relationshipName: 'Account', referenceTo: ['Account'] })],
    childRelationships: [],
  } as unknown as Described),
}
const known: Known = {
  objects: () => Promise.resolve(new Map(Object.values(made).map((o) => [o.name, o.described as Brief]))),
  describe: (o) => Promise.resolve(made[o]!),
}
/** The offers at the bar of a query. */
async function at(text: string): Promise<string[]> {
  const caret = text.indexOf('|')
  return (await complete(text.replace('|', ''), caret, known)).offers.map((o) => o.text)
}

it('offers objects after FROM, fields elsewhere', async () => {
  expect(await at('SELECT Id FROM Acc|')).toEqual(['Account'])
  expect(await at('SELECT Na| FROM account')).toEqual(['Name'])
  expect(await at('SELECT Id FROM Contact WHERE Last|')).toEqual(['LastName', 'LAST_N_DAYS:'])
})

it('follows parents', async () => {
  expect(await at('SELECT Account.| FROM Contact')).toEqual(['Id', 'Name', 'OwnerId', 'Owner.'])
  expect(await at('SELECT Account.Nobody.| FROM Contact')).toEqual([])
})

it('knows the query that the caret is in', async () => {
  expect(await at('SELECT Id, (SELECT Id FROM C|) FROM Account')).toEqual(['Contacts'])
  expect(await at('SELECT Id, (SELECT La| FROM Contacts) FROM Account')).toEqual(['LastName', 'LAST_N_DAYS:'])
  expect(await at("SELECT Id, (SELECT Id FROM Contacts WHERE LastName IN ('(')), Na| FROM Account")).toEqual(['Name'])
  expect(await at('SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Con|)')).toEqual(['Contact'])
})

it('offers the choices of a picklist between quotes', async () => {
  expect(await at("SELECT Id FROM Contact WHERE Level = '|")).toEqual(['Gold', "Owner\\'s"])
  expect(await at("SELECT Id FROM Contact WHERE Level IN ('Gold', 'ow|')")).toEqual(["Owner\\'s"])
  expect(await at("SELECT Id FROM Contact WHERE LastName = 'a|'")).toEqual([])
})
