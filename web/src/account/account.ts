import { knock, Refusal } from '../api/door'
import { renew } from '../api/session.svelte'

/** What the server tells users of their own account. */
export interface Account {
  username: string
  firstName: string
  lastName: string
  email: string
  timeZone: string
  locale: string
  password: boolean
  passwordChanged: string | null
  secondFactorRequired: boolean
  totp: { since: string; recoveryCodesLeft: number } | null
  passkeys: Passkey[]
  passkeysUnavailable: string
  sessions: Sitting[]
  apps: { client: string; name: string; created: string }[]
}

export interface Passkey {
  id: string
  name: string
  created: string
  used: string | null
}

/** A browser in which the user is signed in. */
export interface Sitting {
  id: string
  how: string
  agent: string
  address: string
  created: string
  seen: string
  current: boolean
}

/** What an app needs to know to make codes. */
export interface Enrolment {
  secret: string
  uri: string
  qr: string
}

/**
 * Asks about the account of who is signed in. When the session has ended, or the deed takes a fresh sign-in, the user
 * signs in again and the deed is tried once more.
 */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  for (;;) {
    try {
      return await knock<T>(method, `/auth${path}`, method === 'GET' ? undefined : (body ?? {}))
    } catch (e) {
      if (!(e instanceof Refusal) || (e.status !== 401 && e.code !== 'proof_needed')) throw e
      await renew(e.code === 'proof_needed' ? 'proving' : 'expired')
    }
  }
}
