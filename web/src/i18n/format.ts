// Dates, times, numbers and money as the user writes them. Instants are kept in UTC and shown in the user's time zone.

let locale = 'en-US'
let zone = 'UTC'
let made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>()

/** Sets the user's locale (en_US or en-US) and IANA time zone. What the browser does not know is left as it was. */
export function speak(userLocale: string, userZone: string): void {
  const tag = userLocale.replace('_', '-')
  try {
    if (Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0) locale = tag
    new Intl.DateTimeFormat(locale, { timeZone: userZone })
    zone = userZone
  } catch {
    // an unknown tag or zone: keep what there was
  }
  made = new Map()
}

export const currentZone = () => zone
export const currentLocale = () => locale

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(key: string, make: () => T): T {
  let f = made.get(key) as T | undefined
  if (!f) made.set(key, (f = make()))
  return f
}

const dateFormat = (options: Intl.DateTimeFormatOptions) => cached('d' + JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options))

/** Reads an instant of the API: 2026-09-25T13:45:00.000+0000. */
export function instant(text: string): Date {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
}

export function dateTime(text: string): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(instant(text))
}

/** An instant without its year when that is this one, for where there is little room. */
export function shortDateTime(text: string): string {
  const d = instant(text)
  const same = d.getUTCFullYear() === new Date().getUTCFullYear()
  return dateFormat({ month: 'short', day: 'numeric', ...(same ? {} : { year: 'numeric' }), hour: 'numeric', minute: '2-digit', timeZone: zone }).format(d)
}

export function clock(text: string): string {
  return dateFormat({ timeStyle: 'short', timeZone: zone }).format(instant(text))
}

/** A day without a time zone: 2026-09-25. */
export function date(text: string): string {
  return dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(text + 'T00:00:00Z'))
}

/** A time of day without a time zone: 08:30:00.000Z. */
export function timeOfDay(text: string): string {
  return dateFormat({ timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`1970-01-01T${text.replace(/Z?$/, 'Z')}`))
}

export function number(value: number, digits?: number): string {
  return cached(`n${digits}`, () => new Intl.NumberFormat(locale, digits === undefined ? {} : { maximumFractionDigits: digits })).format(value)
}

export function percent(value: number, digits = 2): string {
  return cached(`p${digits}`, () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits })).format(value / 100)
}

export function money(value: number, currency: string): string {
  try {
    return cached(`m${currency}`, () => new Intl.NumberFormat(locale, { style: 'currency', currency })).format(value)
  } catch {
    return number(value, 2) // no currency, or none that the browser knows
  }
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]]

/** How long ago, or in how long: 3 minutes ago. From a week on it is the date. */
export function ago(text: string, now = Date.now()): string {
  const ms = instant(text).getTime() - now
  if (Math.abs(ms) > 7 * 86_400_000) return shortDateTime(text)
  const [unit, size] = steps.find(([, size]) => Math.abs(ms) >= size) ?? steps[2]!
  return cached('r', () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(Math.trunc(ms / size), unit)
}

/** Milliseconds by which a zone is ahead of UTC at an instant. */
function offset(at: number, timeZone: string): number {
  const parts = cached(`o${timeZone}`, () => new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })).formatToParts(at)
  const n = (type: string) => Number(parts.find((p) => p.type === type)!.value)
  return Date.UTC(n('year'), n('month') - 1, n('day'), n('hour'), n('minute'), n('second')) - Math.floor(at / 1000) * 1000
}

/** An instant as an input of type datetime-local wants it: 2026-09-25T09:45, by the clock of a zone. */
export function toLocalInput(text: string, timeZone = zone): string {
  const at = instant(text).getTime()
  return new Date(at + offset(at, timeZone)).toISOString().slice(0, 16)
}

/**
 * Reads what an input of type datetime-local gives by the clock of a zone. An hour that the clock skips is the one
 * after it; of an hour that it repeats, it is the first.
 */
export function fromLocalInput(text: string, timeZone = zone): string {
  const wall = Date.parse(text + 'Z')
  const before = offset(wall - 86_400_000, timeZone)
  const after = offset(wall + 86_400_000, timeZone)
  const fits = [before, after].map((o) => wall - o).find((at) => at + offset(at, timeZone) === wall)
  return new Date(fits ?? wall - before).toISOString()
}

/** The instants at which a day begins and ends in the user's zone; 0 is today. */
export function dayBounds(ahead = 0, now = Date.now()): [string, string] {
  const today = new Date(now + offset(now, zone)).toISOString().slice(0, 10)
  const day = (n: number) => new Date(Date.parse(today + 'T00:00Z') + n * 86_400_000).toISOString().slice(0, 10) + 'T00:00'
  return [fromLocalInput(day(ahead)), fromLocalInput(day(ahead + 1))]
}
