import { currentLocale } from '../i18n/format'

/** The time zones that this browser knows, and one that is in use already. */
export function zones(inUse = ''): string[] {
  const all = new Set(Intl.supportedValuesOf('timeZone'))
  all.add('UTC')
  if (inUse) all.add(inUse)
  return [...all].sort()
}

/** The time zone of this machine. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

const tags = 'en_US en_GB en_CA en_AU en_IE en_NZ en_ZA en_IN de_DE de_AT de_CH fr_FR fr_BE fr_CA fr_CH es_ES es_MX es_AR es_CL es_CO it_IT it_CH nl_NL nl_BE pt_PT pt_BR da_DK sv_SE nb_NO fi_FI is_IS pl_PL cs_CZ sk_SK hu_HU ro_RO bg_BG el_GR hr_HR sl_SI et_EE lv_LV lt_LT tr_TR uk_UA he_IL ar_AE hi_IN ja_JP ko_KR zh_CN zh_TW th_TH vi_VN id_ID ms_MY'.split(' ')

/** A locale, and how it writes: Deutsch (Österreich). */
export function locales(inUse = ''): { tag: string; label: string }[] {
  const all = inUse && !tags.includes(inUse) ? [...tags, inUse] : tags
  return all.map((tag) => ({ tag, label: localeName(tag) })).sort((a, b) => a.label.localeCompare(b.label))
}

function localeName(tag: string): string {
  try {
    return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(tag.replace(/_/g, '-')) ?? tag
  } catch {
    return tag
  }
}

/** The locale of this browser, among those that are offered. */
export function localeHere(): string {
  const here = navigator.language.replace('-', '_')
  return tags.find((t) => t === here) ?? tags.find((t) => t.startsWith(here.slice(0, 2))) ?? 'en_US'
}

/** How a locale writes a day, a time and a number. */
export function sample(tag: string, zone: string, at = new Date()): string {
  try {
    const l = tag.replace(/_/g, '-')
    return `${new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at)} · ${new Intl.NumberFormat(l).format(1234567.89)}`
  } catch {
    return ''
  }
}

/** Currencies by their letters, with their names. */
export function currencies(): { code: string; label: string }[] {
  const names = new Intl.DisplayNames(currentLocale(), { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ code, label: `${code} – ${names.of(code) ?? code}` }))
}

const euro = new Set('AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '))
const money: Record<string, string> = { US: 'USD', GB: 'GBP', CA: 'CAD', AU: 'AUD', NZ: 'NZD', CH: 'CHF', NO: 'NOK', SE: 'SEK', DK: 'DKK', PL: 'PLN', CZ: 'CZK', HU: 'HUF', RO: 'RON', TR: 'TRY', BR: 'BRL', MX: 'MXN', IN: 'INR', JP: 'JPY', CN: 'CNY', KR: 'KRW', ZA: 'ZAR', IL: 'ILS', IS: 'ISK', AE: 'AED' }

/** The currency of the country of a locale. */
export function currencyOf(tag: string): string {
  const country = tag.split('_').pop() ?? ''
  return euro.has(country) ? 'EUR' : (money[country] ?? 'USD')
}
