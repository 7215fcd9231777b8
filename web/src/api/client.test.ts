import { describe, expect, it, vi } from 'vitest'
import { ApiError, byField, makeClient, Offline, type Surroundings } from './client'

type Sent = { path: string; init: RequestInit }

function client(answers: (Response | Error)[], renew = async () => {}) {
  const sent: Sent[] = []
  const waits: number[] = []
  let n = 0
  const around: Surroundings = {
    fetch: (async (path: string, init: RequestInit) => {
      sent.push({ path, init })
      const a = answers.shift()!
      if (a instanceof Error) throw a
      return a
    }) as typeof fetch,
    sleep: async (ms) => void waits.push(ms),
    renew,
    newKey: () => `key ${++n}`,
  }
  return { call: makeClient(around), sent, waits }
}

const json = (status: number, data: unknown, headers = {}) => new Response(JSON.stringify(data), { status, headers })
const keyOf = (s: Sent) => (s.init.headers as Record<string, string>)['Idempotency-Key']

describe('the client', () => {
  it('tells the body and the version', async () => {
    const { call } = client([json(200, { Id: '1' }, { ETag: '"v3"' })])
    expect(await call('GET', '/x')).toEqual({ status: 200, data: { Id: '1' }, etag: '"v3"' })
  })

  it('sends a change again under the same key when its answer is lost', async () => {
    const { call, sent, waits } = client([new Error('broken pipe'), json(503, []), json(201, { id: '1' })])
    expect((await call('POST', '/x', { body: {} })).status).toBe(201)
    expect(sent.map(keyOf)).toEqual(['key 1', 'key 1', 'key 1'])
    expect(waits).toHaveLength(2)
  })

  it('gives another change another key, and questions none', async () => {
    const { call, sent } = client([json(200, {}), json(200, {}), json(200, {}), json(200, {})])
    await call('PATCH', '/x', { body: {} })
    await call('PATCH', '/x', { body: {} })
    await call('GET', '/x')
    await call('POST', '/x', { body: {}, reads: true })
    expect(sent.map(keyOf)).toEqual(['key 1', 'key 2', undefined, undefined])
  })

  it('waits as long as the server asks for', async () => {
    const { call, waits } = client([json(429, [], { 'Retry-After': '3' }), json(200, {})])
    await call('GET', '/x')
    expect(waits).toEqual([3000])
  })

  it('gives up when the server stays away', async () => {
    const { call } = client(Array.from({ length: 12 }, () => new Error('refused')))
    await expect(call('GET', '/x')).rejects.toBeInstanceOf(Offline)
  })

  it('tells when the server does not answer, and when it does again', async () => {
    const told: boolean[] = []
    const answers: (Response | Error)[] = [new Error('refused'), json(503, []), json(200, {})]
    const fetch = (async () => {
      const a = answers.shift()!
      if (a instanceof Error) throw a
      return a
    }) as typeof globalThis.fetch
    await makeClient({ fetch, sleep: async () => {}, renew: async () => {}, newKey: () => 'k', reach: (on) => told.push(on) })('GET', '/x')
    expect(told).toEqual([false, false, true])
  })

  it('does not repeat what was refused', async () => {
    const { call, sent } = client([json(400, [{ message: 'Status: no', errorCode: 'BAD', fields: ['Status'] }])])
    const error = await call('PATCH', '/x', { body: {} }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ApiError)
    expect((error as ApiError).code).toBe('BAD')
    expect(sent).toHaveLength(1)
  })

  it('signs in again and goes on with the same request', async () => {
    const renew = vi.fn(async () => {})
    const { call, sent } = client([json(401, []), json(201, { id: '1' })], renew)
    await call('POST', '/x', { body: { Subject: 'typed' } })
    expect(renew).toHaveBeenCalledOnce()
    expect(sent[1]!.init.body).toBe(sent[0]!.init.body)
    expect(keyOf(sent[1]!)).toBe(keyOf(sent[0]!))
  })
})

it('problems go to their fields, and those of no field to the form', () => {
  const problems = [
    { message: 'a', errorCode: '', fields: ['Status'] },
    { message: 'b', errorCode: '', fields: ['Status', 'Hidden'] },
    { message: 'c', errorCode: '', fields: ['Hidden'] },
    { message: 'd', errorCode: '' },
  ]
  expect(byField(problems, (f) => f === 'Status')).toEqual({ fields: { Status: 'a b' }, rest: ['c', 'd'] })
})
