import { describe, type ObjectInfo } from '../api/metadata'
import type { Field } from '../api/types'
import type { Operation } from './mapping'

/** What a column of a file can go to: a field, or the parent that a reference leads to, named by one of its fields. */
export interface Target {
  /** As a file for the API heads its column: Name, AccountId, Account.Code__c. */
  name: string
  label: string
  field: Field
  /** The parent and the field that names it; null when the column holds the value itself. */
  parent: { object: string; label: string; by: string; unique: boolean } | null
}

/** Fields whose value is in their parts, or is a file. */
const whole = new Set(['address', 'location', 'base64'])

/** How many kinds of parents are looked at: an object that refers to more is mapped by ids. */
const mostParents = 16

/** Everything that columns can go to. */
export async function targetsOf(info: ObjectInfo, operation: Operation): Promise<Target[]> {
  const fields = info.described.fields.filter((f) => !whole.has(f.type)).filter((f) => (operation === 'insert' ? f.createable : operation === 'update' ? f.updateable : f.createable || f.updateable) || (operation !== 'insert' && f.name === 'Id'))
  const plain: Target[] = fields.map((field) => ({ name: field.name, label: field.label, field, parent: null }))
  const references = fields.filter((f) => f.type === 'reference' && f.relationshipName && f.referenceTo.length === 1).slice(0, mostParents)
  const parents = await Promise.all(references.map((f) => parentTargets(f).catch(() => [])))
  return [...plain, ...parents.flat()].sort((a, b) => a.label.localeCompare(b.label))
}

/** A parent by its external ids, which the server looks up, and by its name, which may be that of several. */
async function parentTargets(field: Field): Promise<Target[]> {
  const object = field.referenceTo[0]!
  const parent = await describe(object)
  const keys = parent.described.fields.filter((f) => f.externalId || (f.unique && f.type === 'string' && !f.calculated))
  const named = parent.nameField && !keys.includes(parent.nameField) ? [parent.nameField] : []
  return [...keys.map((f) => ({ f, unique: true })), ...named.map((f) => ({ f, unique: false }))].map(({ f, unique }) => ({
    name: `${field.relationshipName}.${f.name}`, label: `${field.label} › ${f.label}`, field, parent: { object, label: parent.described.label, by: f.name, unique },
  }))
}
