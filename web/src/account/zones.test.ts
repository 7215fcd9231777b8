import { expect, it } from 'vitest'
import { currencyOf, locales, sample, zones } from './zones'

it('keeps a zone and a locale that are in use, though it does not offer them', () => {
  expect(zones('Mars/Base')).toContain('Mars/Base')
  expect(zones()).toContain('Europe/Madrid')
  expect(locales('xx_YY').map((l) => l.tag)).toContain('xx_YY')
})

it('shows how a locale writes', () => {
  expect(sample('de_DE', 'Europe/Berlin', new Date('2026-11-25T12:00:00Z'))).toBe('25.11.2026, 13:00 · 1.234.567,89')
  expect(sample('en_US', 'nowhere')).toBe('')
})

it.each([['de_AT', 'EUR'], ['nb_NO', 'NOK'], ['en_US', 'USD'], ['xx', 'USD']])('pays in %s with %s', (tag, code) => expect(currencyOf(tag)).toBe(code))
