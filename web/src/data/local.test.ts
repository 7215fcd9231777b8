import { expect, it } from 'vitest'
import type { Field } from '../api/types'
import { textOf } from './file'
import { readerOf, readings } from './local'
import type { Target } from './target'

const target = (type: string): Target => ({ name: 'A', label: 'A', field: { name: 'A', label: 'A', type } as Field, parent: null })
const read = (type: string, locale: string, ...texts: string[]) => texts.map(readerOf(target(type), texts, locale)!)

it('reads days as the column shows, and where it does not, as the locale writes them', () => {
  expect(read('date', 'en-US', '31.12.2026', '1.2.2026', '2026-03-04', '')).toEqual(['2026-12-31', '2026-02-01', '2026-03-04', ''])
  expect(read('date', 'en-US', '12/31/2026', '1/2/2026')).toEqual(['2026-12-31', '2026-01-02'])
  expect(read('date', 'en-US', '31/12/2026', '1/2/2026')).toEqual(['2026-12-31', '2026-02-01'])
  expect(read('date', 'en-GB', '1/2/2026')).toEqual(['2026-02-01'])
  expect(read('date', 'en-US', '1/2/2026')).toEqual(['2026-01-02'])
  expect(read('date', 'en-US', 'soon', '1.2.2026 10:00')).toEqual(['soon', '1.2.2026 10:00'])
})

it('reads moments', () => {
  expect(read('datetime', 'de', '31.12.2026 14:30', '31.12.2026, 14:30:05', '31.12.2026')).toEqual(['2026-12-31T14:30:00', '2026-12-31T14:30:05', '2026-12-31'])
  expect(read('datetime', 'en-US', '12/31/2026 2:05 PM', '12/31/2026 12:05 AM')).toEqual(['2026-12-31T14:05:00', '2026-12-31T00:05:00'])
})

it('reads numbers with commas as the column shows', () => {
  expect(read('double', 'en-US', '1.234,56', '1,5', '2.000', '-7', '1e3')).toEqual(['1234.56', '1.5', '2000', '-7', '1e3'])
  expect(read('double', 'de', '1,234.56', '1,234', '1.5')).toEqual(['1234.56', '1234', '1.5'])
  expect(read('double', 'de', '1,234')).toEqual(['1.234'])
  expect(read('double', 'en-US', '1,234')).toEqual(['1234'])
  expect(read('double', 'de', '1.234', '2.345')).toEqual(['1.234', '2.345'])
  expect(read('double', 'en-US', '1,5', '2.5')).toEqual(['1,5', '2.5'])
  expect(read('int', 'en-US', '1 234', '007', 'x')).toEqual(['1234', '007', 'x'])
})

it('leaves texts and parents as they are', () => {
  expect(readerOf(target('string'), ['1,5'], 'de')).toBeNull()
  expect(readerOf({ ...target('date'), parent: { object: 'B', label: 'B', by: 'Name', unique: false } }, [], 'de')).toBeNull()
  expect(read('boolean', 'en', 'Yes', 'n', 'true', 'x')).toEqual(['true', 'false', 'true', 'x'])
})

it('shows how the first cell is read that is written otherwise', () => {
  const rows = [['2026-01-02', 'a'], ['31.12.2026', 'b']]
  expect(readings(['Due', 'Name'], [readerOf(target('date'), rows.map((r) => r[0]!), 'de'), null], rows)).toEqual([{ column: 'Due', from: '31.12.2026', to: '2026-12-31' }])
})

it('reads files as they were written', async () => {
  const utf16 = (text: string, little: boolean, mark: boolean) => {
    const bytes = new DataView(new ArrayBuffer(text.length * 2))
    for (let i = 0; i < text.length; i++) bytes.setUint16(i * 2, text.charCodeAt(i), little)
    return new Blob([...(mark ? [new Uint8Array(little ? [0xff, 0xfe] : [0xfe, 0xff])] : []), bytes.buffer])
  }
  const latin = new Blob([Uint8Array.from([...'Name\nGr'].map((c) => c.charCodeAt(0)).concat(0xf6, 0xdf, 0x65))]) // the journey asks the browser for what Latin 1 lacks
  expect(await textOf(latin)).toBe('Name\nGröße')
  expect(await textOf(new Blob(['\ufeffName\nGröße €']))).toBe('Name\nGröße €')
  for (const [little, mark] of [[true, true], [false, true], [true, false]] as const) expect(await textOf(utf16('Name\tGröße\n', little, mark))).toBe('Name\tGröße\n')
})
