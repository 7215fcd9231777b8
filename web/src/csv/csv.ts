/** The problem of a text that is no table: where, and what is wrong there. */
export class CsvError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Writes one line of a table by RFC 4180. */
export const writeRow = (cells: string[]): string => cells.map(cell).join(',') + '\r\n'

const cell = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const writeCsv = (columns: string[], rows: string[][]): string => [columns, ...rows].map(writeRow).join('')

/** The delimiter that a table's first line is written with: the one that occurs most outside quotes. */
export function delimiterOf(text: string): string {
  const line = text.slice(0, 65_536).replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/, 1)[0] ?? ''
  const count = (d: string) => line.split(d).length
  return [',', ';', '\t', '|'].reduce((best, d) => (count(d) > count(best) ? d : best))
}

/**
 * Reads a table by RFC 4180, also with another delimiter; empty lines are left out, a byte order mark is skipped.
 * @throws CsvError when a quote is never closed, or more than white space follows it
 */
export function readCsv(text: string, delimiter = delimiterOf(text)): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let line = 1
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const end = () => {
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  while (i < text.length) {
    const [value, next, lines] = text[i] === '"' ? quoted(text, i, line) : plain(text, i, delimiter)
    row.push(value)
    line += lines
    i = next
    if (text[i] === delimiter) {
      i++
      if (i === text.length || text[i] === '\r' || text[i] === '\n') row.push('')
      else continue
    } else if (i < text.length && text[i] !== '\r' && text[i] !== '\n') throw new CsvError(line, `“${text[i]}” follows a closing quote; quotes inside a value are written twice`)
    if (text[i] === '\r') i++
    if (text[i] === '\n') i++
    line++
    end()
  }
  if (row.length > 0) end()
  return rows
}

type Read = [value: string, next: number, lines: number]

function plain(text: string, from: number, delimiter: string): Read {
  let i = from
  while (i < text.length && text[i] !== delimiter && text[i] !== '\r' && text[i] !== '\n') i++
  return [text.slice(from, i), i, 0]
}

function quoted(text: string, from: number, line: number): Read {
  let i = from + 1
  for (;;) {
    i = text.indexOf('"', i)
    if (i < 0) throw new CsvError(line, 'A quote is opened here and never closed')
    if (text[i + 1] !== '"') break
    i += 2
  }
  const value = text.slice(from + 1, i).replaceAll('""', '"')
  return [value, i + 1, value.split('\n').length - 1]
}

/** Gives a text to the user as a file. */
export const download = (name: string, text: string, type = 'text/csv;charset=utf-8') => save(name, new Blob([text], { type }))

/** Gives a content to the user as a file. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const a = Object.assign(document.createElement('a'), { href: url, download: name })
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
