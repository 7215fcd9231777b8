// Users, rights, sharing, API clients and letters, as an administrator keeps them; and what a technician is refused.
import type { Locator, Page } from '@playwright/test'
import { api, create, expect, findings, query, signInBy, test } from './house'

/** Chooses a record by its name in a field that searches. */
async function pick(within: Page | Locator, label: string, name: string): Promise<void> {
  const box = within.getByRole('combobox', { name: label })
  await box.click()
  await box.fill(name)
  await within.getByRole('option', { name }).first().click()
}

const newcomer = 'nora.new@demo.example'
const password = 'a long walk to the harbour'

test('an administrator makes a user with a permission set, shares a record, sees as them and sees why', async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000)
  await signInBy(page.request, 'admin')

  await page.goto('/setup/profiles?tab=sets&new=1')
  await page.getByLabel('Name').fill('Account notes')
  await page.getByRole('button', { name: 'Make', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Account notes' })).toBeVisible()
  await page.getByLabel('Run reports', { exact: false }).check()
  await page.getByRole('tab', { name: 'Objects' }).click()
  await page.getByLabel('Find an object').fill('expense')
  // By the keyboard alone: Read of the first row, right to Create, and Space.
  const first = page.getByRole('gridcell').first().getByRole('checkbox')
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(first).toBeChecked() // what a right needs comes with it
  await page.getByRole('button', { name: 'Review and save' }).click()
  const review = page.getByRole('dialog')
  await expect(review.getByText('Run reports')).toBeVisible()
  await expect(review.getByRole('listitem')).toHaveCount(3)
  await review.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('not saved yet')).toBeHidden()

  await page.goto('/setup/users?new=1')
  await page.getByLabel('First name').fill('Nora')
  await page.getByLabel('Last name').fill('New')
  await page.getByLabel('E-mail', { exact: true }).fill(newcomer)
  await expect(page.getByLabel('User name')).toHaveValue(newcomer)
  await page.getByLabel('Profile').selectOption({ label: 'Field Technician' })
  await page.getByRole('button', { name: 'Make user' }).click()
  const link = await page.getByLabel('Link', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByLabel('Find by name or e-mail').fill('Nora')
  await page.getByRole('link', { name: 'Nora New' }).click()
  await page.getByRole('tab', { name: 'Member of' }).click()
  await pick(page, 'Give a permission set', 'Account notes')
  await expect(page.getByRole('link', { name: 'Account notes' })).toBeVisible()
  await page.getByRole('tab', { name: 'What they may' }).click()
  await expect(page.getByText('Run reports')).toBeVisible()
  const userPage = page.url().replace(/\?.*/, '')

  // The user chooses a password by the link, and sees nothing of the customer yet.
  const id = await create(page, 'Account', { Name: 'Harbour of Nora' })
  const other = await (await browser.newContext({ baseURL: baseURL! })).newPage()
  await other.goto(link)
  const chosen = other.locator('input[type=password]').first()
  await expect(chosen).toBeVisible()
  for (const field of await other.locator('input[type=password]').all()) await field.fill(password)
  await other.locator('form button.btn-main').click()
  await expect(chosen).toBeHidden()
  expect((await other.request.post('/auth/login', { data: { username: newcomer, password } })).status()).toBe(200)
  const sees = async () => (await query(other, `SELECT Id FROM Account WHERE Id = '${id}'`)).length
  expect(await sees()).toBe(0)

  await page.goto(`/r/Account/${id}`)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Who can see it, and why' }).click()
  await pick(page.getByRole('dialog'), 'Can this user see it?', 'Nora New')
  await expect(page.getByText('Nora New does not see it')).toBeVisible()
  await expect(page.getByText('The default is “Private”', { exact: false })).toBeVisible()
  expect(await findings(page), 'why not').toEqual([])
  await page.getByRole('button', { name: 'Close' }).last().click()

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Share', exact: true }).click()
  await pick(page.getByRole('dialog'), 'Share with', 'Nora New')
  await expect(page.getByLabel('Nora New: May')).toHaveValue('Read')
  expect(await findings(page), 'share').toEqual([])
  expect(await sees()).toBe(1)
  await page.getByRole('button', { name: 'Who can see it, and why' }).click()
  const row = page.getByRole('row', { name: /Nora New/ })
  await expect(row.getByText('Shared by hand with', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).last().click()

  await page.goto(userPage)
  await page.getByRole('button', { name: 'See as this user' }).click()
  await page.getByLabel('Why').fill('Ticket 12')
  await page.getByRole('dialog').getByRole('button', { name: 'See as this user' }).click()
  const bar = page.getByRole('region', { name: 'See as this user' })
  await expect(bar).toContainText('You see as Nora New, Ada Admin.')
  expect(await findings(page), 'seeing as').toEqual([])
  await page.goto(`/r/Account/${id}`)
  await expect(page.getByRole('heading', { name: 'Harbour of Nora' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit' })).toBeHidden()
  const refused = await page.request.post(`${api}/sobjects/Expense`, { data: { Title: 'x' } })
  expect([refused.status(), (await refused.json())[0].errorCode]).toEqual([403, 'INSUFFICIENT_ACCESS'])
  await bar.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('heading', { name: 'Nora New' })).toBeVisible()
  await expect(bar).toBeHidden()
  expect(await query(page, `SELECT Reason FROM ViewAsSession WHERE User.Name = 'Nora New' AND By.Name = 'Ada Admin'`)).toMatchObject([{ Reason: 'Ticket 12' }])

  // Frozen, the user is out at once; undo lets them in again.
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Freeze user' }).click()
  await expect(page.getByText('Frozen')).toBeVisible()
  expect((await other.request.get(`${api}/limits`)).status()).toBe(401)
})

test('the last administrator cannot be locked out', async ({ page }) => {
  await signInBy(page.request, 'admin')
  const [profile] = await query(page, "SELECT Id FROM Profile WHERE Name = 'System Administrator'")
  await page.goto(`/setup/profiles/${profile!.Id}`)
  await page.getByLabel('Manage users', { exact: false }).uncheck()
  await page.getByRole('button', { name: 'Review and save' }).click()
  await expect(page.getByRole('alert')).toContainText('nobody would be left who can manage users and permissions')
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
})

test('an API client is made, used and revoked', async ({ page }) => {
  await signInBy(page.request, 'admin')
  await page.goto('/setup/apps?new=1')
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill('Nightly export')
  await form.getByLabel('Users sign in with a browser').uncheck()
  await form.getByLabel('Works by itself').check()
  await form.getByRole('button', { name: 'Make', exact: true }).click()
  await expect(form.getByText('needs a user as whom it works', { exact: false })).toBeVisible()
  await pick(form, 'Works as', 'Mark Manager')
  await form.getByRole('button', { name: 'Make', exact: true }).click()
  const client_id = await page.getByLabel('Client ID').inputValue()
  const client_secret = await page.getByLabel('Secret').inputValue()
  await page.getByRole('button', { name: 'I have kept it' }).click()

  const r = await page.request.post('/services/oauth2/token', { form: { grant_type: 'client_credentials', client_id, client_secret } })
  expect(r.ok(), await r.text()).toBe(true)
  const headers = { Authorization: `Bearer ${(await r.json()).access_token}` }
  const asked = await fetch(`${process.env.E2E_URL}${api}/chatter/users/me`, { headers })
  expect(await asked.json()).toMatchObject({ name: 'Mark Manager' })

  await page.getByRole('link', { name: 'Nightly export' }).click()
  await expect(page.getByRole('row', { name: /Mark Manager/ })).toBeVisible()
  expect(await findings(page), 'API client').toEqual([])
  await page.getByRole('button', { name: 'Revoke all' }).click()
  await expect(page.getByRole('row', { name: /Mark Manager/ })).toBeHidden()
  expect((await fetch(`${process.env.E2E_URL}${api}/limits`, { headers })).status).toBe(401)
})

test('roles are made and moved by keyboard, a sharing rule is tried before it holds', async ({ page }) => {
  await signInBy(page.request, 'admin')
  await page.goto('/setup/roles')
  for (const name of ['Head of service', 'North']) {
    await page.getByRole('button', { name: 'New role' }).first().click()
    await page.getByLabel('Name').fill(name)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('treeitem', { name: new RegExp(name) })).toBeVisible()
  }
  await page.getByRole('treeitem', { name: /North/ }).focus()
  await page.keyboard.press('Control+x')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Control+v')
  await expect(page.getByRole('treeitem', { name: /North/ })).toHaveAttribute('aria-level', '2')
  expect(await findings(page), 'roles').toEqual([])

  const group = await create(page, 'Group', { Name: 'Front desk', Type: 'Regular' })
  const [someone] = await query(page, "SELECT Id FROM User WHERE Name = 'Agnes Agent'")
  await create(page, 'GroupMember', { GroupId: group, UserOrGroupId: someone!.Id })
  await page.goto('/setup/sharing?tab=rules')
  await page.getByRole('button', { name: 'New sharing rule' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill('Critical work')
  await form.getByLabel('Condition').fill("Urgency = 'Critical'")
  await pick(form, 'Share with', 'Front desk')
  await form.getByRole('button', { name: 'Preview' }).click()
  await expect(form.getByRole('alert')).toBeVisible() // there is no such field
  await form.getByLabel('Condition').fill("Priority = 'Critical'")
  await form.getByRole('button', { name: 'Preview' }).click()
  await expect(form.getByText(/It opens \d+ records?/)).toBeVisible()
  expect(await findings(page), 'sharing rule').toEqual([])
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText("Priority = 'Critical'", { exact: false })).toBeVisible()
})

test('a letter is written with merge fields, and shows how it reads', async ({ page }) => {
  await signInBy(page.request, 'admin')
  const id = await create(page, 'WorkOrder', { Subject: 'Pump <b>leaks</b> & hums' })
  await page.goto('/setup/templates/new')
  await page.getByLabel('Name').fill('Your repair')
  await page.getByLabel('Subject').fill('About ')
  await page.getByLabel('Subject').press('End')
  await page.getByRole('combobox', { name: 'Merge field' }).last().selectOption({ label: 'Subject' })
  await expect(page.getByLabel('Subject')).toHaveValue('About {!WorkOrder.Subject}')
  await page.getByLabel('HTML', { exact: true }).fill('<p>Dear customer,</p><p><i>{!WorkOrder.Subject}</i></p><script>document.title = "ran"</script>')
  const [order] = await query(page, `SELECT WorkOrderNumber FROM WorkOrder WHERE Id = '${id}'`)
  await pick(page, 'Fill it with', order!.WorkOrderNumber)
  await expect(page.getByText('About Pump <b>leaks</b> & hums')).toBeVisible()
  await expect(page.locator('section i')).toHaveText('Pump <b>leaks</b> & hums')
  await page.getByLabel('HTML', { exact: true }).fill('{!WorkOrder.Subjct}')
  await page.getByRole('button', { name: 'Make', exact: true }).click()
  await expect(page.getByRole('alert').first()).toContainText('line 1, column 1: {!WorkOrder.Subjct} leads nowhere')
  await page.getByLabel('HTML', { exact: true }).fill('<p>{!WorkOrder.Subject}</p>')
  await page.getByRole('button', { name: 'Make', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Your repair' })).toBeVisible()
  expect(await findings(page), 'letter').toEqual([])
})

test('a technician is refused the set-up, on every page and at every address', async ({ page }) => {
  await signInBy(page.request, 'admin')
  const [someone] = await query(page, "SELECT Id FROM User WHERE Username LIKE 'manager@%'")
  const [profile] = await query(page, "SELECT Id FROM Profile WHERE Name = 'Field Technician'")
  const [account] = await query(page, 'SELECT Id FROM Account LIMIT 1')
  await page.request.post('/auth/logout')
  await signInBy(page.request, 'technician')
  for (const slug of ['users', 'profiles', 'roles', 'groups', 'sharing', 'apps', 'templates', 'company', `users/${someone!.Id}`]) {
    await page.goto(`/setup/${slug}`)
    await expect(page.locator('main')).toContainText(/not here|no right|not for you|may not|does not exist|permission/i)
    await expect(page.getByRole('button', { name: /^New/ }).locator('visible=true').filter({ hasText: /user|profile|role|group|client/ })).toHaveCount(0)
  }
  const ask = async (method: string, path: string, data?: object) => (await page.request.fetch(path, { method, data: data ?? {}, headers: { 'Content-Type': 'application/json' } })).status()
  for (const [method, path, body] of [
    ['GET', `${api}/access/users/${someone!.Id}`], ['GET', `${api}/access/sets/${profile!.Id}`], ['GET', `${api}/access/sets/${profile!.Id}/fields`], ['PATCH', `${api}/access/sets/${profile!.Id}`, { permissions: { ModifyAllData: true } }],
    ['POST', `${api}/access/sets`, { name: 'x' }], ['GET', `${api}/access/sharing`], ['POST', `${api}/access/sharing/preview`, { object: 'Account' }], ['POST', `${api}/emailTemplates/render`, {}], ['POST', `${api}/emailTemplates/send`, {}],
    ['GET', '/auth/apps'], ['POST', '/auth/apps', { name: 'x', flows: ['device'] }], ['GET', `/auth/users/${someone!.Id}`], ['POST', `/auth/users/${someone!.Id}/reset-link`], ['DELETE', `/auth/users/${someone!.Id}/sessions`],
    ['POST', '/auth/view-as', { user: someone!.Id }],
  ] as [string, string, object?][]) {
    expect.soft(await ask(method, path, body), `${method} ${path}`).toBe(403)
  }
  expect([403, 404]).toContain(await ask('GET', `${api}/access/records/${account!.Id}`))
  for (const [object, values] of Object.entries({ User: { LastName: 'x' }, Profile: { Name: 'x' }, PermissionSet: { Name: 'x', Label: 'x' }, UserRole: { Name: 'x' }, Group: { Name: 'x', Type: 'Regular' }, SharingRule: { Label: 'x' }, SharingDefault: { SobjectType: 'Account' }, EmailTemplate: { Name: 'x', Subject: 'x', Body: 'x' }, ConnectedApplication: { Name: 'x' } })) {
    expect.soft([400, 403, 404], object).toContain(await ask('POST', `${api}/sobjects/${object}`, values))
  }
})

test('axe finds nothing where people are kept, light and dark', async ({ page }) => {
  test.setTimeout(180_000)
  await signInBy(page.request, 'admin')
  const [someone] = await query(page, "SELECT Id FROM User WHERE Name = 'Dora Dispatcher'")
  const [profile] = await query(page, "SELECT Id FROM Profile WHERE Name = 'Dispatcher'")
  for (const path of ['/setup/users', '/setup/users?new=1', `/setup/users/${someone!.Id}`, `/setup/users/${someone!.Id}?tab=may`, `/setup/users/${someone!.Id}?tab=in`, `/setup/users/${someone!.Id}?tab=signIn`, '/setup/profiles', `/setup/profiles/${profile!.Id}`,
    `/setup/profiles/${profile!.Id}?tab=objects`, `/setup/profiles/${profile!.Id}?tab=fields`, `/setup/profiles/${profile!.Id}?tab=who`, '/setup/groups', '/setup/groups?new=1', '/setup/sharing', '/setup/sharing?tab=scopes', '/setup/apps?new=1', '/setup/company', '/setup/templates', '/setup/templates/new']) {
    await page.goto(path)
    await expect(page.locator('main h1')).toBeVisible()
    await expect(page.locator('.skeleton')).toHaveCount(0)
    for (const theme of ['light', 'dark']) {
      await page.evaluate((x) => (document.documentElement.dataset.theme = x), theme)
      expect.soft(await findings(page), `${path}, ${theme}`).toEqual([])
    }
  }
})

test('the set-up of people fits a screen of 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await signInBy(page.request, 'admin')
  const [profile] = await query(page, "SELECT Id FROM Profile WHERE Name = 'Dispatcher'")
  for (const path of ['/setup/users', '/setup/profiles', `/setup/profiles/${profile!.Id}?tab=objects`, `/setup/profiles/${profile!.Id}?tab=fields`, '/setup/roles', '/setup/groups', '/setup/sharing', '/setup/apps', '/setup/company', '/setup/templates/new']) {
    await page.goto(path)
    await expect(page.locator('main h1')).toBeVisible()
    await expect(page.locator('.skeleton')).toHaveCount(0)
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
  }
})
