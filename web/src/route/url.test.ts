import { expect, it } from 'vitest'
import { href, match } from './url'

it('matches paths', () => {
  expect(match('/r/:object/:id', '/r/WorkOrder/0WO1')?.params).toEqual({ object: 'WorkOrder', id: '0WO1' })
  expect(match('/r/:object/:id', '/r/WorkOrder')).toBeNull()
  expect(match('/r/:object', '/r/WorkOrder/0WO1')).toBeNull()
  expect(match('/', '/')?.params).toEqual({})
  expect(match('/setup/*', '/setup/fields/Account')?.params.rest).toBe('fields/Account')
  expect(match('/o/:object', '/o/%E0%A4%A')?.params.object).toBe('%E0%A4%A')
})

it('writes addresses', () => {
  expect(href('/o/Case', { f: ['a~eq~1', 'b~eq~x y'], sort: undefined })).toBe('/o/Case?f=a%7Eeq%7E1&f=b%7Eeq%7Ex+y')
  expect(href('/o/Case', {})).toBe('/o/Case')
})
