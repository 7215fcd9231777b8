import { beforeEach, expect, it } from 'vitest'
import { Drafts, type Draft } from './draft'

const draft: Draft = { changes: { Subject: 'typed' }, names: {}, etag: '"v1"', at: '2026-05-01T10:00:00Z' }
const now = Date.parse('2026-05-02T10:00:00Z')
beforeEach(() => localStorage.clear())

it('keeps a draft for its user and record', () => {
  const mine = new Drafts('005A')
  mine.save('Case', '', draft)
  expect(mine.load('Case', '', now)).toEqual(draft)
  expect(mine.load('Case', '500X', now)).toBeNull()
  expect(new Drafts('005B').load('Case', '', now)).toBeNull()
})

it('forgets when nothing is typed any more, when dropped, and after two weeks', () => {
  const mine = new Drafts('005A')
  mine.save('Case', '', draft)
  mine.save('Case', '', { ...draft, changes: {} })
  expect(mine.load('Case', '', now)).toBeNull()
  mine.save('Case', '', draft)
  expect(mine.load('Case', '', now + 20 * 86_400_000)).toBeNull()
  mine.drop('Case', '')
  expect(mine.load('Case', '', now)).toBeNull()
})

it('survives rubbish and a full storage', () => {
  const full = { getItem: () => '{', setItem: () => { throw new Error('full') }, removeItem: () => {} } as unknown as Storage
  const d = new Drafts('005A', full)
  expect(() => d.save('Case', '', draft)).not.toThrow()
  expect(d.load('Case', '')).toBeNull()
})
