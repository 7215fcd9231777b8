import { expect, it } from 'vitest'
import { GrantsModel, withRight, type FieldLine, type ObjectLine, type Rights } from './grants.svelte'
import { aboutPermission, dangerous, objectRights, permissionLabel, rightLabel } from './words'

const none = Object.fromEntries(objectRights.map((r) => [r, false])) as Rights

it('gives what a right needs along, and takes what needs it', () => {
  expect(withRight(none, 'modifyAll', true)).toEqual({ ...none, modifyAll: true, viewAll: true, edit: true, read: true })
  const all = objectRights.reduce((r, right) => withRight(r, right, true), none)
  expect(withRight(all, 'read', false)).toEqual({ ...none, readFields: true, editFields: true })
  expect(withRight(all, 'readFields', false).editFields).toBe(false)
})

it('keeps as changes only what differs from what is saved', () => {
  const m = new GrantsModel('x')
  const order = { ...none, name: 'WorkOrder', label: 'Work Order', setup: false, custom: false, readOnly: false } as ObjectLine
  const subject: FieldLine = { object: 'WorkOrder', name: 'Subject', label: 'Subject', type: 'string', read: true, edit: false, said: false, readOnly: false }
  const total: FieldLine = { ...subject, name: 'Total', readOnly: true }
  m.set([order], 'edit', true)
  expect(m.rights(order).read).toBe(true)
  m.setFields([subject, total], 'edit', true)
  m.give('ViewSetup', true)
  expect([m.count, m.field(subject).edit, m.field(total).edit]).toEqual([3, true, false])
  m.set([order], 'read', false)
  m.setFields([subject], 'edit', false)
  expect(m.count).toBe(1)
  m.discard()
  expect(m.count).toBe(0)
})

it('has words for what it knows and for what it does not', () => {
  expect(permissionLabel('ManageUsers')).toBe('Manage users')
  expect(permissionLabel('FlyToMoon')).toBe('Fly to moon')
  expect([aboutPermission('FlyToMoon'), dangerous('FlyToMoon'), dangerous('ModifyAllData')]).toEqual(['', false, true])
  expect(rightLabel('ViewAll')).toBe('View all')
})
