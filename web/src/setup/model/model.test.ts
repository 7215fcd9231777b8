import { expect, it } from 'vitest'
import { draftOf, metadataOf } from './field'
import { nameFrom } from './tooling'
import { blankValue, goneFrom, inWords, mistakes, moved, pasted, setOf } from './values'

it('makes names that programs can use', () => {
  expect(nameFrom('Price Zone (old)')).toBe('Price_Zone_old')
  expect(nameFrom('2nd visit')).toBe('X2nd_visit')
  expect(nameFrom('Größe')).toMatch(/^[A-Za-z]\w*$/)
  expect(nameFrom('x'.repeat(60))).toHaveLength(40)
  expect(nameFrom(' ')).toBe('')
})

it('writes the metadata of each kind', () => {
  const text = draftOf('Text')
  text.meta.label = ' Zone '
  text.meta.required = true
  expect(metadataOf(text, 'Account')).toMatchObject({ label: 'Zone', type: 'Text', length: 80, required: true })
  const choice = { ...draftOf('Picklist', text), values: [blankValue('North'), blankValue(' South ')] }
  expect(metadataOf(choice, 'Account').valueSet).toMatchObject({ restricted: true, valueSetDefinition: { value: [{ valueName: 'North' }, { valueName: 'South', label: 'South' }] } })
  const site = { ...draftOf('Lookup'), name: 'Site' }
  expect(metadataOf(site, 'Visit__c')).toMatchObject({ referenceTo: 'Account', relationshipName: 'Visit_Site', relationshipLabel: 'Visit__c' })
  expect(metadataOf({ ...site, meta: { ...site.meta, relationshipName: 'Visits' } }, 'Visit__c').relationshipName).toBe('Visits')
  expect(draftOf('Formula').meta.type).toBe('Text')
})

it('finds what is wrong with values', () => {
  const found = mistakes([blankValue('New', 'New'), blankValue('new', 'New'), blankValue(''), blankValue('a;b', 'New'), blankValue('Late')], ['New'])
  expect([...found]).toEqual([[1, 'twice'], [2, 'empty'], [3, 'semicolon'], [4, 'category']])
  expect(mistakes([{ ...blankValue('x'), isActive: false }], []).get(-1)).toBe('none')
})

it('moves, pastes and keeps what belongs to values', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b'])
  expect(pasted('North\n\n south \nNorth', [blankValue('South')]).map((v) => v.valueName)).toEqual(['North'])
  const before = { restricted: false, controllingField: 'Zone__c', valueSetDefinition: { sorted: true, value: [] }, valueSettings: [{ controllingFieldValue: ['x'], valueName: 'a' }, { controllingFieldValue: ['x'], valueName: 'b' }] }
  expect(setOf([blankValue('a')], before)).toMatchObject({ restricted: false, controllingField: 'Zone__c', valueSettings: [{ valueName: 'a' }] })
  expect(goneFrom([blankValue('a'), blankValue('b')], [blankValue('b')]).map((v) => v.valueName)).toEqual(['a'])
})

it('categories are read as words', () => {
  expect(['New', 'InProgress', 'CannotComplete'].map(inWords)).toEqual(['New', 'In Progress', 'Cannot Complete'])
})
