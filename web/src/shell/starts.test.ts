import { expect, test } from 'vitest'
import type { Brief } from '../api/types'
import { starts } from './starts'

const makes = (...names: string[]) => new Map(names.map((name) => [name, { name, createable: true } as Brief]))
const hrefs = (objects: Map<string, Brief>, ...permissions: string[]) => starts(objects, (p) => permissions.includes(p)).map((s) => s.href)

test('an administrator begins with the company and ends with a work order', () => {
  const found = hrefs(makes('Account', 'WorkOrder', 'WorkType'), 'CustomizeApplication', 'ManageUsers', 'RunReports', 'ViewSetup')
  expect(found).toEqual(['/setup/company', '/setup/users', '/data', '/setup/work-types', '/o/Account/new', '/o/WorkOrder/new'])
})

test('an agent is offered what the agent may make, and who may make nothing is offered nothing', () => {
  expect(hrefs(makes('Account', 'WorkOrder'))).toEqual(['/o/Account/new', '/o/WorkOrder/new'])
  expect(hrefs(new Map([['WorkOrder', { name: 'WorkOrder', createable: false } as Brief]]))).toEqual([])
})
