import { expect, it } from 'vitest'
import { CsvError, delimiterOf, readCsv, writeCsv } from './csv'

it('reads what it writes', () => {
  const rows = [['a', 'b c'], ['say "hi"', 'two\r\nlines'], [' edge ', ''], ['', 'x,y']]
  expect(readCsv(writeCsv(['One', 'Two'], rows))).toEqual([['One', 'Two'], ...rows])
})

it('reads tables of other programs', () => {
  expect(readCsv('\ufeffName;City\nMüller;"Köln; Rhein"\n\nMeyer;\n')).toEqual([['Name', 'City'], ['Müller', 'Köln; Rhein'], ['Meyer', '']])
  expect(readCsv('a\tb\r\n1\t2')).toEqual([['a', 'b'], ['1', '2']])
  expect(readCsv('')).toEqual([])
})

it('finds the delimiter outside quotes', () => {
  expect(delimiterOf('"a,b,c";d\n1,2,3,4')).toBe(';')
  expect(delimiterOf('Name')).toBe(',')
})

it('names the line of a broken quote', () => {
  const line = (text: string) => {
    try {
      readCsv(text)
    } catch (e) {
      return (e as CsvError).line
    }
    return 0
  }
  expect(line('a,b\n1,"x\n\n')).toBe(2)
  expect(line('a,b\n"x\ny"z,1\n')).toBe(3)
})
