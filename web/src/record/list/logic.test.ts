import { expect, it } from 'vitest'
import { joined, LogicError, readLogic, without } from './logic'

const say = (text: string, conditions = ['a', 'b', 'c']) => joined(readLogic(text, conditions.length), conditions)

it('joins conditions as the sentence says', () => {
  expect(say('1 AND (2 OR 3)')).toBe('(a AND (b OR c))')
  expect(say('not 1 or 2')).toBe('((NOT a) OR b)')
  expect(say('((2))')).toBe('b')
  expect(say('1 AND (2 OR 3)', ['a', '', 'c'])).toBe('(a AND c)')
  expect(say('1 AND NOT 2', ['', ''])).toBe('')
})

it('says where a sentence is wrong', () => {
  const wrong = (text: string) => {
    try {
      readLogic(text, 3)
    } catch (e) {
      return e instanceof LogicError ? [e.kind, e.at] : e
    }
    return 'right'
  }
  expect(wrong('1 AND 2 OR 3')).toEqual(['mixed', 8])
  expect(wrong('1 AND 4')).toEqual(['number', 6])
  expect(wrong('1 AND')).toEqual(['end', 5])
  expect(wrong('(1 OR 2')).toEqual(['end', 7])
  expect(wrong('1 2')).toEqual(['word', 2])
  expect(wrong("1 OR Name = 'x'")).toEqual(['word', 5])
  expect(wrong('')).toEqual(['end', 0])
})

it('follows a filter that is taken away', () => {
  expect(without('1 AND (2 OR 3)', 2, 3)).toBe('1 AND 2')
  expect(without('1 AND NOT (2 OR 3)', 1, 3)).toBe('NOT (1 OR 2)')
  expect(without('nonsense', 1, 3)).toBe('')
})
