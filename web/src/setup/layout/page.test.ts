import { describe, expect, it } from 'vitest'
import { add, addSection, behave, dropSection, fieldsOf, move, moveSection, put, rowsOf, spotOf, styled, takeOut, type Page } from './page'

const section = (label: string, ...columns: string[]) => ({ label, detailHeading: true, style: columns.length > 1 ? 'TwoColumnsLeftToRight' as const : 'OneColumn' as const, layoutColumns: columns.map((c) => ({ layoutItems: [...c].map((field) => ({ field, behavior: 'Edit' as const })) })) })
const page: Page = { layoutSections: [section('A', 'ac', 'bd'), section('B', 'ef')], relatedLists: [] }
const text = (p: Page) => p.layoutSections.map((s) => s.layoutColumns.map((c) => c.layoutItems.map((i) => i.field).join('')).join('|')).join(' ')

describe('a page layout', () => {
  it('takes fields where they are put', () => {
    expect(text(put(page, 'a', { section: 1, column: 0, index: 1 }))).toBe('c|bd eaf')
    expect(text(put(page, 'a', { section: 0, column: 0, index: 2 }))).toBe('ca|bd ef')
    expect(text(put(page, 'x', { section: 0, column: 1, index: 99 }))).toBe('ac|bdx ef')
    expect(text(add(takeOut(page, 'd'), 'x', 0))).toBe('ac|bx ef')
    expect(text(page)).toBe('ac|bd ef')
  })

  it('moves fields by keys, over the edges of sections', () => {
    expect(text(move(page, 'a', 'down'))).toBe('ca|bd ef')
    expect(text(move(page, 'c', 'up'))).toBe('ca|bd ef')
    expect(text(move(page, 'a', 'right'))).toBe('c|abd ef')
    expect(text(move(page, 'd', 'down'))).toBe('ac|b def')
    expect(text(move(page, 'e', 'up'))).toBe('ace|bd f')
    expect(text(move(page, 'a', 'up'))).toBe('ac|bd ef')
    expect(text(move(page, 'f', 'down'))).toBe('ac|bd ef')
  })

  it('keeps the order of fields when a section gets another style', () => {
    const one = styled(page, 0, 'OneColumn')
    expect(text(one)).toBe('abcd ef')
    expect(text(styled(one, 0, 'TwoColumnsTopToBottom'))).toBe('ac|bd ef')
    expect(rowsOf(page.layoutSections[0]!).map((r) => r.map((i) => i?.field).join(''))).toEqual(['ab', 'cd'])
  })

  it('loses no field by any move, and doubles none', () => {
    let p = page
    const ways = ['up', 'down', 'left', 'right'] as const
    for (let n = 0; n < 400; n++) {
      p = move(p, 'abcdef'[(n * 7) % 6]!, ways[(n * 13 + (n >> 3)) % 4]!)
      expect([...fieldsOf(p)].sort().join('')).toBe('abcdef')
    }
  })

  it('has sections that come, move and go', () => {
    expect(text(moveSection(page, 1, -1))).toBe('ef ac|bd')
    expect(text(moveSection(page, 1, 1))).toBe('ac|bd ef')
    expect(text(dropSection(page, 0))).toBe('ef')
    expect(addSection(page, 'C').layoutSections[2]!.layoutColumns).toHaveLength(2)
    expect(behave(page, 'a', 'Required').layoutSections[0]!.layoutColumns[0]!.layoutItems[0]!.behavior).toBe('Required')
    expect(spotOf(page, 'x')).toBeNull()
  })
})
