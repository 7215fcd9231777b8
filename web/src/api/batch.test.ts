import { beforeEach, expect, it, vi } from 'vitest'

const sent = vi.hoisted(() => [] as { method: string; path: string; body?: any }[])
vi.mock('./session.svelte', () => ({
  call: (method: string, path: string, ask: { body?: any } = {}) => {
    sent.push({ method, path, body: ask.body })
    if (method === 'GET') return Promise.resolve({ data: { records: ['alone'] } })
    const results = ask.body.batchRequests.map((r: { url: string }) => (r.url.includes('Bad') ? { statusCode: 400, result: [{ message: 'no such object', errorCode: 'INVALID_TYPE' }] } : { statusCode: 200, result: { records: [decodeURIComponent(r.url.split('q=')[1]!)] } }))
    return Promise.resolve({ data: { results } })
  },
}))
const { query } = await import('./batch')
beforeEach(() => void sent.splice(0))

it('asks at once what is asked for at the same moment, and answers each', async () => {
  const [a, b, c] = await Promise.allSettled([query('SELECT Id FROM Asset'), query('SELECT Id FROM Bad'), query('SELECT Id FROM Case')])
  expect(sent).toHaveLength(1)
  expect(a).toMatchObject({ value: { records: ['SELECT Id FROM Asset'] } })
  expect(b).toMatchObject({ status: 'rejected', reason: { status: 400, message: 'no such object' } })
  expect(c).toMatchObject({ value: { records: ['SELECT Id FROM Case'] } })
})

it('sends a single one as it is, and no more than the API takes in one request', async () => {
  expect(await query('SELECT Id FROM Asset')).toEqual({ records: ['alone'] })
  sent.splice(0)
  await Promise.all(Array.from({ length: 30 }, (_, i) => query(`SELECT Id FROM A${i}`)))
  expect(sent.map((s) => s.body.batchRequests.length)).toEqual([25, 5])
})
