import { beforeEach, describe, expect, it } from 'vitest'
import { ago, date, dateTime, dayBounds, fromLocalInput, instant, money, number, percent, speak, timeOfDay, toLocalInput } from './format'

beforeEach(() => speak('en_US', 'America/New_York'))
const plain = (s: string) => s.replace(/[\u202f\u00a0]/g, ' ')

describe('formats', () => {
  it('reads instants of the API', () => {
    expect(instant('2026-09-25T13:45:00.000+0000').toISOString()).toBe('2026-09-25T13:45:00.000Z')
  })

  it('follows the locale and the zone', () => {
    expect(plain(dateTime('2026-09-25T13:45:00.000+0000'))).toBe('Sep 25, 2026, 9:45 AM')
    speak('de_DE', 'Europe/Berlin')
    expect(plain(dateTime('2026-09-25T13:45:00.000+0000'))).toBe('25.09.2026, 15:45')
    expect(plain(money(1234.5, 'EUR'))).toBe('1.234,50 €')
    expect(number(0.5)).toBe('0,5')
  })

  it('shows a day as that day everywhere', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
      speak('en_US', zone)
      expect(date('2026-03-01')).toBe('Mar 1, 2026')
      expect(plain(timeOfDay('08:30:00.000Z'))).toBe('8:30 AM')
    }
  })

  it('keeps what it had when the zone is unknown', () => {
    speak('en_US', 'Mars/Phobos')
    expect(plain(dateTime('2026-09-25T13:45:00.000+0000'))).toBe('Sep 25, 2026, 9:45 AM')
    expect(money(3, '')).toBe('3')
    expect(percent(12.5)).toBe('12.5%')
  })

  it('says how long ago', () => {
    const now = Date.parse('2026-09-25T12:00:00Z')
    expect(ago('2026-09-25T11:57:00Z', now)).toBe('3 minutes ago')
    expect(ago('2026-09-26T13:00:00Z', now)).toBe('tomorrow')
  })
})

describe('inputs by the clock of a zone', () => {
  it('go there and back all year', () => {
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']) {
      for (let at = Date.parse('2026-01-01T00:30Z'); at < Date.parse('2027-01-01T00:00Z'); at += 5 * 5_400_000) {
        const text = toLocalInput(new Date(at).toISOString(), zone)
        const back = fromLocalInput(text, zone)
        expect(toLocalInput(back, zone), `${zone} ${text}`).toBe(text)
      }
    }
  })

  it('take the hour after a gap and the first of a repeated one', () => {
    expect(fromLocalInput('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
    expect(fromLocalInput('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
  })

  it('bound a day of 23 hours', () => {
    speak('en_US', 'America/New_York')
    const [start, end] = dayBounds(0, Date.parse('2026-03-08T15:00Z'))
    expect([start, end]).toEqual(['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'])
  })
})
