import { GivenUp } from '../api/session.svelte'
import { Refusal } from '../api/door'
import { t, type Key } from '../i18n/t'

/** What the console says to the refusals of the door, by their code. Others speak for themselves. */
const words: Record<string, Key> = {
  invalid_grant: 'signIn.wrong',
  inactive_user: 'signIn.inactive',
  login_rate_exceeded: 'signIn.tooOften',
  temporarily_unavailable: 'signIn.crowded',
  wrong_code: 'signIn.wrongCode',
  offline: 'failure.offline',
  'sso-absent': 'sso.absent',
  'sso-denied': 'sso.denied',
  'sso-unknown': 'sso.unknown',
  'sso-inactive': 'signIn.inactive',
  'sso-expired': 'sso.expired',
  'sso-failed': 'sso.failed',
}

/** What to tell of a refusal that is known by its code; null when it is not known. */
export function saying(code: string): string | null {
  return words[code] ? t(words[code]) : null
}

/** What to tell of something that was refused; '' when the user gave up by themself. */
export function explain(e: unknown): string {
  if (e instanceof GivenUp) return ''
  if (e instanceof Refusal) return saying(e.code) ?? e.message
  return e instanceof Error ? e.message : String(e)
}

/** Whether a refusal is about a field. */
export const about = (e: unknown, field: string): boolean => e instanceof Refusal && e.fields.some((f) => f.toLowerCase() === field.toLowerCase())
