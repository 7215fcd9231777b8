import { expect, it } from 'vitest'
import { blank, metadataOf, nameFrom } from './define'

it('makes names that programs can use', () => {
  expect(nameFrom('Price Zone (old)')).toBe('Price_Zone_old')
  expect(nameFrom('2nd visit')).toBe('X2nd_visit')
  expect(nameFrom('Größe')).toMatch(/^[A-Za-z]\w*$/)
  expect(nameFrom('x'.repeat(60))).toHaveLength(40)
  expect(nameFrom(' ')).toBe('')
})

it('writes the metadata of each kind', () => {
  expect(metadataOf({ ...blank(), label: ' Zone ', required: true }, 'Account')).toEqual({ label: 'Zone', type: 'Text', length: 80, required: true })
  const choices = metadataOf({ ...blank(), label: 'Zone', type: 'Picklist', choices: 'North\n\n South\nNorth' }, 'Account').valueSet
  expect(choices).toMatchObject({ valueSetDefinition: { value: [{ fullName: 'North' }, { fullName: 'South' }] } })
  expect(metadataOf({ ...blank(), label: 'Site', name: 'Site', type: 'Lookup', to: 'Location' }, 'Visit__c')).toMatchObject({ referenceTo: 'Location', relationshipName: 'Visit_Site' })
})
