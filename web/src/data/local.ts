import type { Target } from './target'

/** Turns a cell as people write it into what the server takes; what is not understood comes back as it was. */
export type Reader = (text: string) => string

/** A column's cells that are not as the server takes them, by the first of them. */
export interface Reading {
  column: string
  from: string
  to: string
}

/** The reader of a column, chosen by all that is written in it; null when the kind needs none. */
export function readerOf(target: Target | undefined, texts: Iterable<string>, locale: string): Reader | null {
  if (!target || target.parent) return null
  switch (target.field.type) {
    case 'date': return dates(texts, locale, false)
    case 'datetime': return dates(texts, locale, true)
    case 'int': case 'long': case 'double': case 'currency': case 'percent': return numbers(texts, locale)
    case 'boolean': return (text) => (/^(yes|y|on)$/i.test(text) ? 'true' : /^(no|n|off)$/i.test(text) ? 'false' : text)
  }
  return null
}

/** The first cell of each column that is read as something else, to be shown before anything is imported. */
export function readings(headers: string[], readers: (Reader | null)[], rows: string[][]): Reading[] {
  return readers.flatMap((read, i) => {
    const from = read ? rows.find((r) => read(r[i] ?? '') !== (r[i] ?? ''))?.[i] : undefined
    return from === undefined ? [] : [{ column: headers[i] ?? '', from, to: readers[i]!(from) }]
  })
}

const written = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([ap])m)?)?$/i

/** Days with dots have the day first; of others the column decides, and where it does not, the locale. */
function dates(texts: Iterable<string>, locale: string, moment: boolean): Reader {
  let [first, second] = [0, 0]
  for (const text of texts) {
    const m = written.exec(text.trim())
    if (m && m[2] !== '.') [first, second] = [Math.max(first, Number(m[1])), Math.max(second, Number(m[3]))]
  }
  const dayFirst = first > 12 === second > 12 ? localDayFirst(locale) : first > 12
  return (text) => {
    const [, a = '', sign, b = '', year = '', hour, minute = '', second = '00', half] = written.exec(text.trim()) ?? []
    if (!sign || (hour !== undefined && !moment)) return text
    const [day, month] = dayFirst || sign === '.' ? [a, b] : [b, a]
    const at = hour === undefined ? '' : `T${two(String((Number(hour) % (half ? 12 : 24)) + (half?.toLowerCase() === 'p' ? 12 : 0)))}:${minute}:${second}`
    return `${year}-${two(month)}-${two(day)}${at}`
  }
}

const two = (text: string) => text.padStart(2, '0')

function localDayFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(0)).map((p) => p.type)
  return parts.indexOf('day') < parts.indexOf('month')
}

const commas = /^([+-]?)(\d{1,3}(?:[. '’\u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?$/
const points = /^([+-]?)(\d{1,3}(?:[, '’\u00a0\u202f]\d{3})+|\d+)(?:\.(\d+))?$/

/** A comma is a decimal sign or groups thousands, as the column shows; where it shows neither, the locale decides. */
function numbers(texts: Iterable<string>, locale: string): Reader {
  let [comma, point] = [false, false]
  for (const raw of texts) {
    const text = raw.trim()
    comma ||= commas.test(text) && (/\..*,/.test(text) || /^[+-]?\d+,(\d{1,2}|\d{4,})$/.test(text))
    point ||= points.test(text) && (/,.*\./.test(text) || /,\d{3},/.test(text) || /^[+-]?\d+\.(\d{1,2}|\d{4,})$/.test(text))
  }
  const form = (comma === point ? !comma && new Intl.NumberFormat(locale).format(0.5).includes(',') : comma) ? commas : points
  return (raw) => {
    const text = raw.trim()
    if (!text.includes(',') && !(comma && text.includes('.')) && !/\d[ '’\u00a0\u202f]\d/.test(text)) return raw // as exports write numbers
    const m = form.exec(text)
    return m ? m[1]! + m[2]!.replace(/\D/g, '') + (m[3] === undefined ? '' : `.${m[3]}`) : raw
  }
}
