// Single sign-on: through a provider of the journey's own, on a server that is told of it.
import type { Page } from '@playwright/test'
import { startFresh, type Fresh } from './fresh'
import { create, expect, findings, query, test } from './house'
import { startProvider, type Provider } from './provider'

const olga = { organization: 'Harbor Heating', timeZone: 'Europe/Oslo', currency: 'NOK', locale: 'en-GB', firstName: 'Olga', lastName: 'Nordmann', email: 'olga@harbor.example', password: 'correct horse battery' }

const sso = test.extend<object, { provider: Provider; fresh: Fresh }>({
  provider: [
    async ({}, use) => {
      const provider = await startProvider({
        Olga: { sub: '1', email: olga.email, email_verified: true },
        'Olga, unverified': { sub: '2', email: olga.email, email_verified: false },
        Stranger: { sub: '3', email: 'stranger@harbor.example', email_verified: true },
      })
      await use(provider)
      await provider.stop()
    },
    { scope: 'worker' },
  ],
  fresh: [
    async ({ provider }, use) => {
      const fresh = await startFresh(provider.flags)
      const made = await fetch(`${fresh.url}/auth/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...olga, code: fresh.code }) })
      expect(made.ok, await made.text()).toBe(true)
      await use(fresh)
      await fresh.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ fresh }, use) => use(fresh.url),
})

async function through(page: Page, person: string) {
  await page.getByRole('link', { name: 'Sign in with Harbor ID' }).click()
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible()
  await page.getByRole('link', { name: person, exact: true }).click()
}

// Before Olga has come through the provider: from then on another subject of her address is refused for that alone.
for (const [person, words] of [
  ['Stranger', 'there is no user for you here yet. Ask your administrator.'],
  ['Olga, unverified', 'there is no user for you here yet. Ask your administrator.'],
  ['Nobody', 'Your company’s sign-in did not let you in.'],
] as const) {
  sso(`${person} is told what to do, and is not let in`, async ({ page }) => {
    await page.goto('/')
    await through(page, person)
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
    expect((await page.request.get('/auth/me')).status()).toBe(401)
    for (const theme of ['light', 'dark']) {
      await page.evaluate((x) => (document.documentElement.dataset.theme = x), theme)
      expect(await findings(page), theme).toEqual([])
    }
    await expect(page.getByLabel('Username')).toBeVisible()
  })
}

sso('whom the provider knows comes to where they wanted to go', async ({ page }) => {
  const signIn = () => page.request.post('/auth/login', { data: { username: olga.email, password: olga.password } })
  expect((await signIn()).ok()).toBe(true)
  const id = await create(page, 'Account', { Name: `Single ${Date.now()}` })
  const [account] = await query(page, `SELECT Name FROM Account WHERE Id = '${id}'`)
  await page.context().clearCookies()

  await page.goto(`/r/Account/${id}?tab=history`)
  await through(page, 'Olga')
  await expect(page.getByRole('heading', { name: account!.Name })).toBeVisible()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(`/r/Account/${id}?tab=history`)
  const [user] = await query(page, `SELECT FederationIdentifier FROM User WHERE Username = '${olga.email}'`)
  expect(user!.FederationIdentifier).toMatch(/^http:\/\/127\.0\.0\.1:\d+ 1$/)
})

sso('the answer of the provider is worth nothing to another browser', async ({ page, browser, fresh }) => {
  await page.goto('/')
  let callback = ''
  await page.route('**/chosen?*', async (r) => {
    callback = (await r.fetch({ maxRedirects: 0 })).headers().location!
    await r.fulfill({ body: 'The way back is cut off.' })
  })
  await through(page, 'Olga')
  await expect(page.getByText('The way back is cut off.')).toBeVisible()
  const other = await browser.newPage({ baseURL: fresh.url })
  await other.goto(callback)
  await expect(other.getByRole('alert').filter({ hasText: 'This took too long, or was done already.' })).toBeVisible()
  expect((await other.request.get('/auth/me')).status()).toBe(401)
  await other.close()

  await page.goto(callback)
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
})
