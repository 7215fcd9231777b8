import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkIn, startFresh, totp, type Fresh } from './fresh'
import { create, expect, findings, query, signInBy, test, user } from './house'

const olga = { username: 'olga@harbor.example', password: 'correct horse battery' }

/** The journeys on a new server, one after the other. */
const first = test.extend<object, { fresh: Fresh }>({
  fresh: [
    async ({}, use) => {
      const fresh = await startFresh()
      await use(fresh)
      await fresh.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ fresh }, use) => use(fresh.url),
})
first.describe.configure({ mode: 'serial' })


async function signIn(page: Page, password = olga.password) {
  await page.getByLabel('Username').fill(olga.username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}

async function clean(page: Page, what: string) {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((x) => (document.documentElement.dataset.theme = x), theme)
    expect.soft(await findings(page), `${what}, ${theme}`).toEqual([])
  }
}

first('the first run takes the code of the log, and says what is wrong where it is', async ({ page, fresh }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Welcome to Truckroll' })).toBeVisible()
  await clean(page, 'first run')
  await page.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC')
  await page.getByRole('button', { name: 'Set up Truckroll' }).click()
  await expect(page.getByLabel('Set-up code')).toHaveAttribute('aria-invalid', 'true')

  await page.goto('about:blank')
  await page.goto(`/#setup=${fresh.code}`)
  await page.getByLabel('Name', { exact: true }).fill('Harbor Heating')
  await page.getByLabel('Time zone').selectOption('Europe/Oslo')
  await page.getByLabel('Currency').selectOption('NOK')
  await page.getByLabel('First name').fill('Olga')
  await page.getByLabel('Last name').fill('Nordmann')
  await page.getByLabel('E-mail').fill(olga.username)
  await page.getByLabel('Password', { exact: true }).fill('password1')
  await page.getByRole('button', { name: 'Set up Truckroll' }).click()
  await expect(page.getByText('among the first that anyone would guess')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(olga.password)
  await page.getByRole('button', { name: 'Set up Truckroll' }).click()
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  const [home] = await query(page, 'SELECT Name, TimeZoneSidKey, DefaultCurrencyIsoCode FROM Organization')
  expect(home).toMatchObject({ Name: 'Harbor Heating', TimeZoneSidKey: 'Europe/Oslo', DefaultCurrencyIsoCode: 'NOK' })
  await signOut(page)
})

first('a wrong password says so, and a forgotten one is replaced by a link in an e-mail', async ({ page, browser, fresh }) => {
  await page.goto('/')
  await signIn(page, 'wrong')
  await expect(page.getByRole('alert')).toHaveText('The username or the password is not right.')
  await clean(page, 'sign in')
  const other = await (await browser.newContext()).newPage()
  await other.goto(fresh.url)
  await signIn(other)
  await expect(other.getByRole('heading', { name: /Olga$/ })).toBeVisible()

  await page.getByRole('button', { name: 'Forgot your password?' }).click()
  await clean(page, 'forgotten password')
  await page.getByLabel('Username or e-mail').fill(olga.username)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByText('an e-mail with a link is on its way')).toBeVisible()
  await expect.poll(() => fresh.mail.length).toBe(1)
  const link = linkIn(fresh.mail)
  await page.goto('about:blank')
  await page.goto(link)
  await clean(page, 'new password')
  await page.getByLabel('New password').fill(olga.password + ' 2')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password was changed')).toBeVisible()
  olga.password += ' 2'
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByRole('alert')).toContainText('used already')
  await page.getByRole('button', { name: 'Go to sign in' }).click()
  await signIn(page)
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  expect((await other.request.get(`${fresh.url}/auth/me`)).status()).toBe(401)
  await other.context().close()
})

first('an authenticator app is set up, asked for, replaced by a recovery code, and removed', async ({ page, fresh }) => {
  await page.goto('/')
  await signIn(page)
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  await page.goto('/account')
  await clean(page, 'account')
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
  await page.getByText('Can’t scan it?').click()
  const secret = (await page.locator('code').innerText()).replace(/\s/g, '')
  await clean(page, 'setting up an app')
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await expect(page.getByRole('alert')).toContainText('not right')
  await page.getByLabel('Code', { exact: true }).fill(totp(secret))
  const shown = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(shown).toHaveCount(10)
  const codes = await shown.allInnerTexts()
  await expect(page.getByRole('button', { name: 'Done' })).toBeDisabled()
  await page.getByLabel('I have kept these codes').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible()

  await signOut(page)
  await signIn(page)
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused()
  await clean(page, 'code')
  await page.getByLabel('Code', { exact: true }).fill(totp(secret, 1))
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  await signOut(page)
  await signIn(page)
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(codes[0]!.toLowerCase())
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Not set up.')).toBeVisible()
})

first('a passkey is added, signs in without a password, and is removed', async ({ page, fresh }) => {
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  await page.goto('/')
  await signIn(page)
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Office laptop')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Office laptop')).toBeVisible()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toContainText('has a passkey for your account already')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Rename Office laptop' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Laptop')
  await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await expect(page.getByText('Laptop', { exact: true })).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText(/Last used/)).toBeVisible()
  await page.getByRole('button', { name: 'Remove Laptop' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('You have no passkeys yet.')).toBeVisible()
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('alert')).toContainText('not known here')
})

first('an account is changed, and its other sessions are ended', async ({ page, browser, fresh }) => {
  const phone = await browser.newContext({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1' })
  expect((await phone.request.post(`${fresh.url}/auth/login`, { data: olga })).ok()).toBe(true)
  await page.goto('/')
  await signIn(page)
  await expect(page.getByRole('heading', { name: /Olga$/ })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText('Safari on iPhone')).toBeVisible()
  await page.getByRole('button', { name: 'End the session of Safari on iPhone' }).click()
  await expect(page.getByText('Safari on iPhone')).toBeHidden()
  expect((await phone.request.get(`${fresh.url}/auth/me`)).status()).toBe(401)
  await page.getByLabel('First name').fill('Ola')
  await page.getByLabel('Language and formats').selectOption('de_DE')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Account of Ola Nordmann' })).toBeVisible()
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByLabel('Current password').fill('wrong')
  await page.getByLabel('New password').fill(olga.password + '!')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('This is not your current password.')).toBeVisible()
  await phone.close()
})

first('the demo company is filled in, and removed but for what real work hangs on', async ({ page, fresh }) => {
  first.setTimeout(120_000)
  await page.goto('/')
  await signIn(page)
  await expect(page.getByRole('heading', { name: /Ola$/ })).toBeVisible()
  await page.goto(`/system?tab=demo`)
  await page.getByLabel('How much').selectOption('100')
  await page.getByRole('button', { name: 'Fill in the demo company' }).click()
  await expect(page.getByText('Filling in the demo company…')).toBeVisible()
  await expect(page.getByText(/The demo company is here/)).toBeVisible({ timeout: 60_000 })
  await clean(page, 'demo company')
  const before = (await query(page, 'SELECT Id FROM WorkOrder')).length
  expect(before).toBe(100)
  const [customer] = await query(page, 'SELECT Id, Name FROM Account LIMIT 1')
  await create(page, 'WorkOrder', { Subject: 'Real work', AccountId: customer!.Id })
  await page.getByRole('button', { name: 'Remove the demo data' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the demo data' }).click()
  await expect(page.getByText(/left, because/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('link', { name: customer!.Name })).toBeVisible()
  await clean(page, 'what is left of the demo')
  const left = await query(page, 'SELECT Subject FROM WorkOrder')
  expect(left.map((w) => w.Subject)).toEqual(['Real work'])
})

first('an organisation asks for second factors, and sign-in leads through setting one up', async ({ page }) => {
  await page.goto('/')
  await signIn(page)
  await expect(page.getByRole('heading', { name: /Ola$/ })).toBeVisible()
  await page.goto('/setup/sign-in')
  await page.getByLabel('Everybody needs a second factor').check()
  await expect(page.getByText('Saved')).toBeVisible()
  await signOut(page)
  await signIn(page)
  await expect(page.getByText('Your organisation asks for a second factor.')).toBeVisible()
  await clean(page, 'second factor at sign-in')
  await page.getByText('Can’t scan it?').click()
  const secret = (await page.locator('code').innerText()).replace(/\s/g, '')
  await page.getByLabel('Code', { exact: true }).fill(totp(secret))
  await page.getByLabel('I have kept these codes').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { name: /Ola$/ })).toBeVisible()
})

test('an app that sends people here to sign in gets them back, however they sign in', async ({ page }) => {
  const { client_id } = JSON.parse(readFileSync(join(process.env.E2E_DIR!, 'data', 'credentials.json'), 'utf8'))
  const q = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: 'http://localhost:1717/OauthRedirect', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' })
  await page.goto(`/services/oauth2/authorize?${q}`)
  await clean(page, 'sign-in for an app')
  await page.getByRole('link', { name: /in another way/ }).click()
  const admin = user('admin')
  await page.getByLabel('Username').fill(admin.username)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('wants to act for')).toBeVisible()
})

test('administrators see how the server is, and others do not', async ({ page }) => {
  await signInBy(page.request, 'admin')
  for (const tab of ['health', 'jobs', 'storage', 'backups', 'demo']) {
    await page.goto(`/system?tab=${tab}`)
    await expect(page.getByRole('tab', { selected: true })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await clean(page, `system, ${tab}`)
  }
  await page.goto('/system?tab=backups')
  await page.getByRole('button', { name: 'Back up now' }).click()
  const link = page.getByRole('link', { name: /^Download truckroll-/ })
  await expect(link).toBeVisible()
  const copy = await page.request.get((await link.getAttribute('href'))!)
  expect((await copy.body()).subarray(0, 15).toString()).toBe('SQLite format 3')
  await page.goto('/system?tab=jobs')
  await expect(page.getByText('Back up the database').first()).toBeVisible()

  await signInBy(page.request, 'technician')
  await page.goto('/system')
  await expect(page.getByRole('tab')).toHaveCount(0)
  expect((await page.request.get('/services/system')).status()).toBe(403)
  await page.goto('/account')
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
})

test('pages about the account and the server fit a screen of 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/')
  for (const path of ['/', '/reset#none', '/account', '/system', '/system?tab=jobs', '/system?tab=storage', '/system?tab=backups', '/system?tab=demo', '/setup/sign-in']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
    if (path === '/reset#none') await signInBy(page.request, 'admin')
  }
  await clean(page, 'sign-in in set-up')
})

test('without mail a forgotten password says whom to ask, and at a bare address no passkey is offered', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByLabel('Username')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Forgot your password?' }).click()
  await expect(page.getByText('Ask your administrator')).toBeVisible()
  await page.getByRole('button', { name: 'Back to sign in' }).click()
  await expect(page.getByLabel('Username')).toBeVisible()
})
