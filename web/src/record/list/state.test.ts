import { describe, expect, it } from 'vitest'
import { ObjectInfo } from '../../api/metadata'
import type { Described, Field } from '../../api/types'
import { conditionOf, orderOf, queryOf } from './soql'
import { over, readState, writeFilter, written } from './state'

const field = (name: string, type: string, more: Partial<Field> = {}) => ({ name, label: name, type, filterable: true, sortable: true, picklistValues: [], referenceTo: [], nameField: false, ...more }) as unknown as Field
const info = new ObjectInfo({
  name: 'Job',
  fields: [field('Id', 'id'), field('Name', 'string', { nameField: true }), field('Status', 'picklist'), field('Tags', 'multipicklist'), field('Due', 'datetime'), field('Size', 'double'), field('AccountId', 'reference'), field('Text', 'textarea', { filterable: false, sortable: false })],
  childRelationships: [],
} as unknown as Described)
const base = { condition: '', scope: 'everything', order: '' }
const state = (q: string) => readState(new URLSearchParams(q))

describe('a list', () => {
  it('is its address', () => {
    const s = state('view=AllJob&cols=Name,Status&sort=-Due,Name&q=x&f=Status~in~New;Done&f=Name~contains~a~b&logic=1 OR 2&scope=mine&as=board&by=Status&sum=Size')
    expect(s).toEqual({
      view: 'AllJob', columns: ['Name', 'Status'], sorts: [{ field: 'Due', down: true }, { field: 'Name', down: false }], search: 'x', as: 'board', by: 'Status', sum: 'Size', scope: 'mine', logic: '1 OR 2',
      filters: [{ field: 'Status', op: 'in', value: 'New;Done' }, { field: 'Name', op: 'contains', value: 'a~b' }],
    })
    expect(s.filters!.map(writeFilter)).toEqual(['Status~in~New;Done', 'Name~contains~a~b'])
  })

  it('is a query', () => {
    expect(queryOf(info, base, state(''), ['Name', 'AccountId'], new Map([['AccountId', 'Account.Name']]))).toBe('SELECT Id, Name, AccountId, Account.Name FROM Job ORDER BY Id DESC')
    expect(queryOf(info, { condition: 'Size > 1 OR Size < 0', scope: 'mine', order: 'Due' }, state("q=o'x&f=Status~eq~New&sort=-Due"), ['Name'], new Map())).toBe(
      "SELECT Id, Name FROM Job USING SCOPE mine WHERE (Size > 1 OR Size < 0) AND Status = 'New' AND (Name LIKE '%o\\'x%') ORDER BY Due DESC NULLS LAST",
    )
    expect(queryOf(info, base, state('f=Status~eq~New&f=Size~gt~1&f=Size~lt~9&logic=1 AND (2 OR 3)&scope=mine&sort=Name,-Due'), ['Name'], new Map())).toBe(
      "SELECT Id, Name FROM Job USING SCOPE mine WHERE (Status = 'New' AND (Size > 1 OR Size < 9)) ORDER BY Name ASC NULLS LAST, Due DESC NULLS LAST",
    )
  })

  it('takes all filters when the sentence about them can not be read', () => {
    expect(queryOf(info, base, state('f=Size~gt~1&f=Size~lt~9&logic=1 OR'), ['Name'], new Map())).toContain('WHERE Size > 1 AND Size < 9 ORDER')
  })

  it('lets no address write the query', () => {
    const bad = (f: string) => state(`f=${encodeURIComponent(f)}`).filters!.map((x) => conditionOf(info, x))
    expect(bad("Name~eq~x' OR Name != '")).toEqual(["Name = 'x\\' OR Name != \\''"])
    expect(bad("Status~in~a') OR (Name != '")).toEqual(["Status IN ('a\\') OR (Name != \\'')"])
    expect(bad('Size~gt~1 OR Size < 2')).toEqual([''])
    expect(bad('Size~gt~(SELECT Id FROM User)')).toEqual([''])
    expect(bad('Due~ge~LAST_N_DAYS:7')).toEqual(['Due >= LAST_N_DAYS:7'])
    expect(bad('Due~ge~2026-05-01T00:00:00.000Z')).toEqual(['Due >= 2026-05-01T00:00:00.000Z'])
    expect(bad('Nope~eq~1')).toEqual([''])
    expect(bad('Text~contains~1')).toEqual([''])
    expect(bad('Name~or~1')).toEqual([''])
    expect(orderOf(info, state('sort=Name;DELETE,-Due'))).toBe('Due DESC NULLS LAST')
    expect(queryOf(info, base, state('scope=team WHERE'), ['Name'], new Map())).toBe('SELECT Id, Name FROM Job ORDER BY Id DESC')
  })

  it('compares in every way', () => {
    const say = (op: string, name = 'Name', value = 'a') => conditionOf(info, { field: name, op: op as 'eq', value })
    expect(say('starts')).toBe("Name LIKE 'a%'")
    expect(say('lacks')).toBe("(NOT Name LIKE '%a%')")
    expect(say('nin', 'Status', 'a;b')).toBe("Status NOT IN ('a', 'b')")
    expect(say('has', 'Tags', 'a;b')).toBe("Tags INCLUDES ('a', 'b')")
    expect(say('filled', 'Due', '')).toBe('Due != null')
  })
})

describe('a saved list', () => {
  const saved = written(state('f=Status~eq~New&f=Size~gt~1&logic=1 OR 2&sort=-Due&as=board&by=Status'))

  it('is what it was saved as', () => {
    expect(over(saved, new URLSearchParams('view=x'))).toEqual({ ...state('view=x&f=Status~eq~New&f=Size~gt~1&logic=1 OR 2&sort=-Due&as=board&by=Status') })
  })

  it('gives way to the address', () => {
    const s = over(saved, new URLSearchParams('view=x&f=Name~eq~a&as=table'))
    expect([s.filters, s.logic, s.sorts, s.as]).toEqual([[{ field: 'Name', op: 'eq', value: 'a' }], '', [{ field: 'Due', down: true }], 'table'])
    expect(over(saved, new URLSearchParams('f=-')).filters).toEqual([])
  })
})
