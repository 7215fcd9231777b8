import { beforeEach, expect, test, vi } from 'vitest'

const asked: [string, string, unknown][] = []
let onServer: Record<string, unknown> = {}
let unreachable = false
let slow = Promise.resolve() // what a PUT waits for before it is answered
const session = vi.hoisted(() => ({ me: { id: '1' } as { id: string; viewedBy?: object } | null }))
vi.mock('../api/session.svelte', () => ({
  session,
  call: async (method: string, path: string, ask?: { body: unknown }) => {
    if (unreachable) throw new Error('the server does not answer')
    asked.push([method, path.split('/').at(-1)!, ask?.body])
    if (method === 'PUT') await slow
    return { data: onServer }
  },
}))
const { fetchKept, keep, kept, onKept } = await import('./kept')

beforeEach(() => {
  localStorage.clear()
  asked.length = 0
  onServer = {}
  session.me = { id: '1' }
})

test('the server has the last word, and is given what it has not', async () => {
  localStorage.setItem('truckroll.widths', '{"Account":{"Name":90}}')
  localStorage.setItem('truckroll.favourites', '[1]')
  onServer = { favourites: [2] }
  const renewed: unknown[] = []
  onKept('favourites', () => renewed.push(kept('favourites', [])))
  await fetchKept()
  expect(renewed).toEqual([[2]])
  expect(asked).toEqual([['GET', 'preferences', undefined], ['PUT', 'widths', { Account: { Name: 90 } }]])
})

test('what another person left in the browser is forgotten, and never sent', async () => {
  await fetchKept()
  localStorage.setItem('truckroll.favourites', '[1]')
  session.me = { id: '2' }
  await fetchKept()
  expect(kept('favourites', [])).toEqual([])
  expect(asked.filter(([method]) => method === 'PUT')).toEqual([])
})

test('what another person left is forgotten even if the server does not answer', async () => {
  await fetchKept()
  localStorage.setItem('truckroll.favourites', '[1]')
  session.me = { id: '2' }
  unreachable = true
  await fetchKept().catch(() => undefined)
  unreachable = false
  expect(kept('favourites', [])).toEqual([])
})

test('what was changed before a reload is sent after it, not overwritten', async () => {
  await fetchKept()
  keep('mappings', { a: ['Fax'] })
  onServer = { mappings: { a: ['Phone'] } }
  await fetchKept()
  expect(kept('mappings', {})).toEqual({ a: ['Fax'] })
  expect(asked.at(-1)).toEqual(['PUT', 'mappings', { a: ['Fax'] }])
  await vi.waitFor(() => expect(localStorage.getItem('truckroll.unsent')).toBe('[]'))
  await fetchKept()
  expect(kept('mappings', {})).toEqual({ a: ['Phone'] })
})

test('the last value arrives last, however long the one before takes', async () => {
  await fetchKept()
  let go = () => {}
  slow = new Promise((resolve) => (go = () => resolve()))
  vi.useFakeTimers()
  keep('pinned', { Account: 'a' })
  await vi.advanceTimersByTimeAsync(1000)
  keep('pinned', { Account: 'b' })
  await vi.advanceTimersByTimeAsync(1000)
  vi.useRealTimers()
  const sent = () => asked.filter(([method]) => method === 'PUT').map(([, , body]) => body)
  expect(sent()).toEqual([{ Account: 'a' }])
  go()
  slow = Promise.resolve()
  await vi.waitFor(() => expect(sent()).toEqual([{ Account: 'a' }, { Account: 'b' }]))
})

test('many changes are sent once; none while seeing as another user', async () => {
  vi.useFakeTimers()
  keep('pinned', { Account: 'a' })
  keep('pinned', { Account: 'b' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toEqual([['PUT', 'pinned', { Account: 'b' }]])
  session.me = { id: '1', viewedBy: {} }
  keep('pinned', { Account: 'c' })
  await vi.advanceTimersByTimeAsync(1000)
  await fetchKept()
  expect(asked).toHaveLength(1)
  vi.useRealTimers()
})
