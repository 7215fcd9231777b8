import { expect, it } from 'vitest'
import { ApiError } from '../api/client'
import { markOf, offsetOf } from './problem'
import { gridOf, hrefOf, textOf } from './table'

const a = (type: string) => ({ type })

it('makes columns of paths', () => {
  const rows = [
    { attributes: a('Case'), Id: '5', Account: null, Lines: null },
    { attributes: a('Case'), Id: '6', Account: { attributes: a('Account'), Name: 'Acme', Id: '1' }, Lines: { totalSize: 1, done: true, records: [{ attributes: a('Line'), No: 1 }] } },
  ]
  expect(gridOf(rows).columns).toEqual(['Id', 'Lines', 'Account.Name', 'Account.Id'])
  expect(textOf(rows[1]!.Lines)).toBe('[{"No":1}]')
  expect(textOf(null)).toBe('')
  expect(hrefOf(rows[1]!, 'Account.Id')).toBe('/r/Account/1')
  expect(hrefOf(rows[0]!, 'Account.Id')).toBeNull()
})

it('keeps a parent that no row has', () => {
  expect(gridOf([{ Id: '5', Account: null }]).columns).toEqual(['Id', 'Account'])
})

it('finds the place of a mistake', () => {
  const soql = 'SELECT Id\n FORM WorkOrder'
  const e = new ApiError(400, [{ errorCode: 'MALFORMED_QUERY', message: "\n FORM WorkOrder\n      ^\nERROR at Row:2:Column:7\nunexpected token: 'WorkOrder'" }])
  const mark = markOf(e, soql)
  expect(mark).toEqual({ code: 'MALFORMED_QUERY', message: "unexpected token: 'WorkOrder'", row: 2, column: 7, length: 9 })
  expect(soql.slice(offsetOf(soql, mark.row, mark.column))).toBe('WorkOrder')
  expect(markOf(new Error('lost'), soql).row).toBe(0)
})
