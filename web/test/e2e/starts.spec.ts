// A company without work: Home offers the first steps, and the demo company to whoever may fill it in.
import { startFresh } from './fresh'
import { create, expect, findings, test } from './house'

const olga = { organization: 'Harbor Heating', timeZone: 'Europe/Oslo', currency: 'NOK', locale: 'en-GB', firstName: 'Olga', lastName: 'Nordmann', email: 'olga@harbor.example', password: 'correct horse battery' }

test('Home begins with the first steps, and with the day once there is work', async ({ browser }) => {
  const fresh = await startFresh()
  const page = await browser.newPage({ baseURL: fresh.url })
  expect((await page.request.post('/auth/setup', { data: { ...olga, code: fresh.code } })).ok()).toBe(true)
  await page.goto('/')
  const steps = page.getByRole('region', { name: 'First steps' }).getByRole('link')
  await expect(steps).toHaveCount(6)
  await expect(page.getByRole('button', { name: 'Fill in the demo company' })).toBeVisible()
  for (const theme of ['light', 'dark']) {
    await page.evaluate((x) => (document.documentElement.dataset.theme = x), theme)
    expect(await findings(page), theme).toEqual([])
  }
  for (let i = 0; i < 6; i++) {
    await steps.nth(i).click()
    await expect(page.locator('main h1')).toBeVisible()
    await expect(page.getByRole('region', { name: 'First steps' })).toBeHidden()
    await page.goBack()
    await expect(steps).toHaveCount(6)
  }
  await page.getByLabel('How much').selectOption('100')
  await page.getByRole('button', { name: 'Fill in the demo company' }).click()
  await expect(page.getByRole('region', { name: 'Today’s appointments' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'First steps' })).toBeHidden()
  await page.close()
  await fresh.stop()
})

test('one work order is enough for the day to be shown', async ({ browser }) => {
  const fresh = await startFresh()
  const page = await browser.newPage({ baseURL: fresh.url })
  expect((await page.request.post('/auth/setup', { data: { ...olga, code: fresh.code } })).ok()).toBe(true)
  await create(page, 'WorkOrder', { Subject: 'The very first' })
  await page.goto('/')
  await expect(page.getByRole('region', { name: 'Recent' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'First steps' })).toBeHidden()
  await page.close()
  await fresh.stop()
})
