import { create, expect, signInBy, test, user } from './house'

test('what a person arranges follows them to another browser, and not to another person', async ({ page, browser }) => {
  const name = `Favourite ${Date.now()}`
  await signInBy(page.request, 'admin')
  const id = await create(page, 'WorkOrder', { Subject: name })
  await page.goto(`/r/WorkOrder/${id}`)
  await page.getByRole('button', { name: 'Favourite', exact: false }).first().click()
  const shown = page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name })
  await expect(shown).toBeVisible()
  await expect.poll(async () => (await (await page.request.get('/services/data/v67.0/preferences')).json()).favourites).toContainEqual({ href: `/r/WorkOrder/${id}`, label: name })

  // Another browser has it; taken away there, it goes here too.
  const elsewhere = await browser.newContext({ baseURL: process.env.E2E_URL })
  const other = await elsewhere.newPage()
  await signInBy(other.request, 'admin')
  await other.goto('/')
  await other.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name }).click()
  await expect(other.getByRole('heading', { name, level: 1 })).toBeVisible()
  await other.getByRole('button', { name: 'Favourite', exact: false }).first().click()
  await expect.poll(async () => (await (await other.request.get('/services/data/v67.0/preferences')).json()).favourites).toEqual([])
  await page.reload()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  await expect(shown).toHaveCount(0)

  // Who signs in after them in the same browser begins with their own.
  await page.getByRole('button', { name: 'Favourite', exact: false }).first().click()
  await expect(shown).toBeVisible()
  await page.context().clearCookies()
  await page.request.post('/auth/login', { data: user('manager') })
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Home' }).first()).toBeVisible()
  await expect(shown).toHaveCount(0)
  await elsewhere.close()
})
