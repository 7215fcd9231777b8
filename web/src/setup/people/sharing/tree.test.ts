import { expect, it } from 'vitest'
import { linesOf, within, type Role } from './tree'

const role = (id: string, parent: string | null): Role => ({ id, name: id.toUpperCase(), parent, users: 0 })
const roles = [role('b', 'a'), role('a', null), role('c', 'b'), role('d', 'a'), role('z', 'gone')]

it('lays the roles out from the top, by name', () => {
  expect(linesOf(roles, new Set()).map((n) => `${n.depth}${n.id}${n.below}`)).toEqual(['0a2', '1b1', '2c0', '1d0', '0z0'])
  expect(linesOf(roles, new Set(['b'])).map((n) => n.id)).toEqual(['a', 'b', 'd', 'z'])
})

it('knows who stands below whom, and survives a circle', () => {
  expect([within(roles, 'c', 'a'), within(roles, 'a', 'c'), within(roles, 'a', 'a')]).toEqual([true, false, true])
  expect(within([role('x', 'y'), role('y', 'x')], 'x', 'a')).toBe(false)
})
