import { describe, expect, it } from 'vitest'
import { ObjectInfo } from '../../api/metadata'
import type { Described, Field } from '../../api/types'
import { conditionOf, queryOf, readState, writeFilter } from './state'

const field = (name: string, type: string, more: Partial<Field> = {}) => ({ name, label: name, type, filterable: true, sortable: true, picklistValues: [], referenceTo: [], nameField: false, ...more }) as unknown as Field
const info = new ObjectInfo({
  name: 'Job',
  fields: [field('Id', 'id'), field('Name', 'string', { nameField: true }), field('Status', 'picklist'), field('Due', 'datetime'), field('Size', 'double'), field('AccountId', 'reference'), field('Text', 'textarea', { filterable: false, sortable: false })],
  childRelationships: [],
} as unknown as Described)
const base = { condition: '', scope: 'everything', order: '' }
const state = (q: string) => readState(new URLSearchParams(q))

describe('a list', () => {
  it('is its address', () => {
    const s = state('view=AllJob&cols=Name,Status&sort=-Due&q=x&f=Status~in~New;Done&f=Name~contains~a~b&as=board')
    expect(s).toEqual({ view: 'AllJob', columns: ['Name', 'Status'], sort: { field: 'Due', down: true }, search: 'x', as: 'board', filters: [{ field: 'Status', op: 'in', value: 'New;Done' }, { field: 'Name', op: 'contains', value: 'a~b' }] })
    expect(s.filters.map(writeFilter)).toEqual(['Status~in~New;Done', 'Name~contains~a~b'])
  })

  it('is a query', () => {
    expect(queryOf(info, base, state(''), ['Name', 'AccountId'], new Map([['AccountId', 'Account.Name']]))).toBe('SELECT Id, Name, AccountId, Account.Name FROM Job ORDER BY Id DESC')
    expect(queryOf(info, { condition: 'Size > 1 OR Size < 0', scope: 'mine', order: 'Due' }, state("q=o'x&f=Status~eq~New&sort=-Due"), ['Name'], new Map())).toBe(
      "SELECT Id, Name FROM Job USING SCOPE mine WHERE (Size > 1 OR Size < 0) AND Status = 'New' AND (Name LIKE '%o\\'x%') ORDER BY Due DESC NULLS LAST",
    )
  })

  it('lets no address write the query', () => {
    const bad = (f: string) => state(`f=${encodeURIComponent(f)}`).filters.map((x) => conditionOf(info, x))
    expect(bad("Name~eq~x' OR Name != '")).toEqual(["Name = 'x\\' OR Name != \\''"])
    expect(bad("Status~in~a') OR (Name != '")).toEqual(["Status IN ('a\\') OR (Name != \\'')"])
    expect(bad('Size~gt~1 OR Size < 2')).toEqual([''])
    expect(bad('Size~gt~(SELECT Id FROM User)')).toEqual([''])
    expect(bad('Due~ge~LAST_N_DAYS:7')).toEqual(['Due >= LAST_N_DAYS:7'])
    expect(bad('Due~ge~2026-05-01T00:00:00.000Z')).toEqual(['Due >= 2026-05-01T00:00:00.000Z'])
    expect(bad('Nope~eq~1')).toEqual([''])
    expect(bad('Text~contains~1')).toEqual([''])
    expect(bad('Name~or~1')).toEqual([''])
    expect(queryOf(info, base, state('sort=Name;DELETE'), ['Name'], new Map())).toBe('SELECT Id, Name FROM Job ORDER BY Id DESC')
  })

  it('finds values that begin so', () => {
    expect(conditionOf(info, { field: 'Name', op: 'starts', value: 'a' })).toBe("Name LIKE 'a%'")
  })
})
