import en from './en'

export type Key = keyof typeof en

/** Other languages lay their texts over the English ones. */
let texts: Partial<Record<Key, string>> = en

export function useTexts(more: Partial<Record<Key, string>>): void {
  texts = { ...en, ...more }
}

const plural = new Intl.PluralRules('en')

/**
 * The text of a key. {name} stands for a parameter; with n, "one item|{n} items" picks by number.
 */
export function t(key: Key, params: Record<string, string | number> = {}): string {
  const text = texts[key] ?? en[key] ?? key
  const forms = text.split('|')
  const form = forms.length > 1 && typeof params.n === 'number' && plural.select(params.n) !== 'one' ? forms[1]! : forms[0]!
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}
