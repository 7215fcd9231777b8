import { describe, expect, it } from 'vitest'
import { changesOf, merge } from './merge'

const fields = ['a', 'b', 'c']

describe('merge', () => {
  it('takes what only one of two changed', () => {
    const m = merge({ a: 1, b: 2, c: 3 }, { a: 9 }, { a: 1, b: 8, c: 3 }, fields)
    expect(m).toEqual({ changes: { a: 9 }, conflicts: [], theirs: ['b'] })
  })

  it('asks about what both changed', () => {
    const m = merge({ a: 1 }, { a: 9 }, { a: 8 }, fields)
    expect(m.changes).toEqual({})
    expect(m.conflicts).toEqual([{ field: 'a', base: 1, mine: 9, theirs: 8 }])
  })

  it('has nothing to do when both did the same', () => {
    expect(merge({ a: 1 }, { a: 9 }, { a: 9 }, fields)).toEqual({ changes: {}, conflicts: [], theirs: ['a'] })
  })

  it('loses no change, whatever happened', () => {
    const values = [null, 0, 1, 'x']
    for (const base of values) for (const mine of values) for (const theirs of values) {
      const m = merge({ a: base }, { a: mine }, { a: theirs }, fields)
      const kept = 'a' in m.changes ? m.changes.a === mine : m.conflicts.length === 1 || mine === theirs
      expect(kept, `${base} ${mine} ${theirs}`).toBe(true)
      // theirs is overwritten only where they had not touched it
      if ('a' in m.changes) expect(theirs).toBe(base)
    }
  })

  it('counts nothing and null as one', () => {
    expect(changesOf({ a: undefined, b: null, c: 1 }, { a: null, b: null, c: 2 })).toEqual({ c: 2 })
  })
})
