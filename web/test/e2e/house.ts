// What the journeys share: users, sign-in, and the watch over what must never happen on any page.
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { startCopy } from './server.mjs'

interface User {
  username: string
  password: string
}

export const api = '/services/data/v67.0'

export function user(name: string): User {
  return (JSON.parse(process.env.E2E_USERS!) as User[]).find((u) => u.username.startsWith(name + '@'))!
}

export async function signInBy(request: APIRequestContext, name: string): Promise<void> {
  const r = await request.post('/auth/login', { data: user(name) })
  expect(r.ok()).toBe(true)
}

/**
 * The journeys' test: any violation of the policy and any uncaught error of a page fails it. A worker has a company of
 * its own; after a failure a new worker, and so a new company, goes on: what is tried again finds nothing left behind.
 */
export const test = base.extend<{ watch: string[] }, { company: void }>({
  company: [
    async ({}, use) => {
      const stop = await startCopy()
      await use()
      await stop()
    },
    { scope: 'worker', auto: true, timeout: 120_000 },
  ],
  baseURL: async ({}, use) => use(process.env.E2E_URL!),
  watch: [
    async ({ page }, use) => {
      const seen: string[] = []
      page.on('pageerror', (e) => seen.push(`error: ${e.message}`))
      page.on('console', (m) => /Content Security Policy/.test(m.text()) && seen.push(m.text()))
      page.on('dialog', (d) => (seen.push(`dialog: ${d.message()}`), void d.dismiss()))
      await use(seen)
      expect(seen).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** Answers a query on behalf of who is signed in on the page. */
export async function query(page: Page, soql: string): Promise<Record<string, any>[]> {
  const r = await page.request.get(`${api}/query?q=${encodeURIComponent(soql)}`)
  expect(r.ok(), await r.text()).toBe(true)
  return (await r.json()).records
}

export async function create(page: Page, object: string, values: object): Promise<string> {
  const r = await page.request.post(`${api}/sobjects/${object}`, { data: values })
  expect(r.ok(), await r.text()).toBe(true)
  return (await r.json()).id
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on a page by WCAG 2.2 AA, once nothing fades in or out any more. It is put in beside the page's policy, which would not run it. */
export async function findings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe })
  const { result } = await session.send('Runtime.evaluate', {
    expression: `Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))).then(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).then((r) => JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).slice(0, 3).join(' | '))))`,
    awaitPromise: true,
    returnByValue: true,
  })
  return JSON.parse(result.value as string) as string[]
}
