import { describe, expect, it } from 'vitest'
import { ObjectInfo } from '../api/metadata'
import type { Described, Field } from '../api/types'
import { groupsOf, missingOf } from './form/fields'
import { placesOf, read } from './layout'
import { happenings, sortsIn, type Entry } from './page/timeline'

const field = (name: string, more: Partial<Field> = {}) => ({
  name, label: name, type: 'string', createable: true, updateable: true, nillable: true, nameField: false, calculated: false, autoNumber: false, filterable: true, sortable: true,
  length: 80, precision: 0, scale: 0, referenceTo: [], relationshipName: null, compoundFieldName: null, controllerName: null, dependentPicklist: false, restrictedPicklist: false,
  picklistValues: [], defaultValue: null, defaultedOnCreate: false, inlineHelpText: null, ...more,
}) as Field
const info = new ObjectInfo({
  name: 'Site', fields: [
    field('Name', { nillable: false, nameField: true }), field('Code'), field('Sum', { createable: false, updateable: false, calculated: true }),
    field('Place', { type: 'address', createable: false, updateable: false }), field('PlaceCity', { compoundFieldName: 'Place' }), field('Must', { nillable: false }),
  ],
} as unknown as Described)

const item = (value: string, more: object = {}) => ({ required: false, editableForNew: true, editableForUpdate: true, placeholder: false, layoutComponents: [{ type: 'Field', value }], ...more })
const section = (...rows: object[][]) => ({ heading: 'A', useHeading: true, columns: 2, layoutRows: rows.map((layoutItems) => ({ layoutItems })) })
const address = item('Place', { layoutComponents: [{ type: 'Address', value: 'Place', components: [{ type: 'Field', value: 'PlaceCity' }] }] })
const empty = item('', { layoutComponents: [], placeholder: true })
const layout = (id: string, ...names: string[]) => ({
  id, detailLayoutSections: [section(...names.map((n) => [n === 'Place' ? address : item(n), empty]))], editLayoutSections: [section(...names.map((n) => [n === 'Place' ? address : item(n, { required: n === 'Code' })]))],
  highlightsPanelLayoutSection: section([item('Code'), item('Gone')]), relatedLists: [{ name: 'Sites', label: 'Sites', sobject: 'Site', field: 'ParentId', columns: [{ fieldApiName: 'Name' }], sort: [{ ascending: false, column: 'Name' }] }],
})
const mapping = (recordTypeId: string, layoutId: string, master = false) => ({ recordTypeId, layoutId, master, name: recordTypeId })
const laid = read(info, { layouts: [layout('L1', 'Code'), layout('L0', 'Name', 'Code', 'Sum', 'Place')] as never, recordTypeMappings: [mapping('T1', 'L1'), mapping('012000000000000AAA', 'L0', true)] })

describe('layouts', () => {
  it('has a page for each kind of record', () => {
    expect(placesOf(laid.page('T1').detail).map((p) => p.field.name)).toEqual(['Code'])
    expect(placesOf(laid.page(null).detail).map((p) => p.field.name)).toEqual(['Name', 'Code', 'Sum', 'Place'])
    expect(laid.page('unknown').id).toBe('L0')
    expect(laid.page(null).head.map((f) => f.name)).toEqual(['Code'])
    expect(laid.page(null).related[0]).toMatchObject({ object: 'Site', field: 'ParentId', columns: ['Name'], order: 'Name DESC NULLS LAST' })
  })

  it('asks for the parts of an address, and never lets more be changed than rights allow', () => {
    const places = placesOf(laid.page(null).edit)
    expect(places.map((p) => p.field.name)).toEqual(['Name', 'Code', 'Sum', 'PlaceCity'])
    expect(places.map((p) => p.onNew)).toEqual([true, true, false, true])
  })

  it('makes forms: what must be filled in and is not laid out comes first, what has no value yet is left out', () => {
    const groups = groupsOf(info, laid.page(null), true, {})
    expect(groups.map((g) => g.lines.map((l) => l.field.name))).toEqual([['Must'], ['Name', 'Code', 'PlaceCity']])
    expect(missingOf(groups, { Name: ' ', Must: 'x' })).toEqual(['Code'])
    const edit = groupsOf(info, laid.page(null), false, { Sum: 3 })
    expect(edit[0]!.lines.map((l) => `${l.field.name} ${l.open}`)).toEqual(['Name true', 'Code true', 'Sum false', 'PlaceCity true'])
  })
})

const entry = (at: string, text: string, more: Partial<Entry> = {}): Entry => ({ at, userId: '1', user: 'Ann', objectName: 'Site', recordId: 'a', recordName: 'A', text, changes: [], ...more })
const change = (fieldName: string, newValue: string) => ({ field: fieldName, label: fieldName, oldValue: '', newValue })

describe('timeline', () => {
  const entries = [
    entry('2026-01-02T10:00:00.000+0000', 'Ann changed Code from nothing to 1; …', { changes: [change('Code', '1'), change('Sum', '2')] }),
    entry('2026-01-01T10:00:01.000+0000', 'Ann changed Sum from nothing to 2', { changes: [change('Sum', '2')] }),
    entry('2026-01-01T10:00:00.500+0000', 'Ann created this note', { objectName: 'Note', recordId: 'n', recordName: 'Hello', changes: [change('Title', 'Hello'), change('Body', 'World')] }),
    entry('2026-01-01T10:00:00.000+0000', 'Ann created this site'),
    entry('2026-01-01T09:00:00.000+0000', 'Bob created this task', { user: 'Bob', objectName: 'Task' }),
  ]

  it('tells what one person did at once together, without what follows from it', () => {
    const all = happenings(entries, info, '')
    expect(all.map((h) => `${h.user} ${h.items.map((i) => i.deed || 'changed').join(' ')}`)).toEqual(['Ann changed', 'Ann created created', 'Bob created'])
    expect(all[0]!.items[0]!.changes.map((c) => c.field)).toEqual(['Code'])
    expect(all[1]!.items.map((i) => i.entry.objectName)).toEqual(['Site', 'Note'])
  })

  it('is narrowed to notes, files or activities', () => {
    expect(sortsIn(entries)).toEqual(['changes', 'notes', 'activities'])
    expect(happenings(entries, info, 'notes').flatMap((h) => h.items.map((i) => `${i.title}: ${i.body}`))).toEqual(['Hello: World'])
  })
})
