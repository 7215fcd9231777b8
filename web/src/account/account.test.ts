import { afterEach, expect, it, vi } from 'vitest'
import { giveUp, GivenUp, session, step } from '../api/session.svelte'
import type { Me } from '../api/types'
import { ask } from './account'
import { about, explain } from './refusal'

const me: Me = { id: '005', username: 'ada@test.example', name: 'Ada', email: '', language: 'en_US', locale: 'en_US', timeZone: 'UTC', organization: { id: '00D', name: 'Test' }, permissions: [] }

/** Answers requests in order and notes them. */
function server(...answers: [number, unknown][]): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`)
    const [status, body] = answers.shift()!
    return new Response(JSON.stringify(body), { status })
  })
  return asked
}

const turn = () => new Promise((resolve) => setTimeout(resolve))
afterEach(() => vi.unstubAllGlobals())

it('lets the user prove who they are, and does the deed once more', async () => {
  session.me = me
  session.state = 'in'
  const asked = server([403, { error: 'proof_needed' }], [200, me], [200, { secret: 'x' }])
  const deed = ask('POST', '/totp')
  await vi.waitFor(() => expect(session.state).toBe('proving'))
  expect(await step('/auth/login', {})).toBe(null)
  expect(await deed).toEqual({ secret: 'x' })
  expect(session.state).toBe('in')
  expect(asked).toEqual(['POST /auth/totp', 'POST /auth/login', 'POST /auth/totp'])
})

it('gives the deed up with the user', async () => {
  session.state = 'in'
  server([403, { error: 'proof_needed' }])
  const deed = ask('DELETE', '/account/totp').catch((e: unknown) => e)
  await vi.waitFor(() => expect(session.state).toBe('proving'))
  giveUp()
  const e = await deed
  expect(e).toBeInstanceOf(GivenUp)
  expect(explain(e)).toBe('')
  await turn()
  expect(session.state).toBe('in')
})

it('tells the next step, and what is wrong where', async () => {
  server([202, { next: 'code', ticket: 't' }], [400, { error: 'INVALID_NEW_PASSWORD', error_description: 'too short', fields: ['Password'] }], [429, { error: 'login_rate_exceeded' }])
  expect(await step('/auth/login', {})).toEqual({ next: 'code', ticket: 't' })
  const e = await ask('POST', '/account/password').catch((x: unknown) => x)
  expect([explain(e), about(e, 'password'), about(e, 'current')]).toEqual(['too short', true, false])
  expect(explain(await ask('POST', '/x').catch((x: unknown) => x))).toContain('Too many wrong tries')
})
