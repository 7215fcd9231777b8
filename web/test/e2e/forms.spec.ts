import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { api, create, expect, query, signInBy, test, user } from './house'

test('the session ends in the middle of a form: one signs in over it and goes on', async ({ page, context }) => {
  await signInBy(page.request, 'agent')
  const id = await create(page, 'WorkOrder', { Subject: 'Before the end' })
  await page.goto(`/r/WorkOrder/${id}/edit`)
  await page.getByLabel('Subject').fill('After the end')
  await page.getByLabel('Description').fill('Typed before the session ended')
  await context.clearCookies()
  await page.getByRole('combobox', { name: 'Account' }).fill('a')
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await dialog.getByRole('textbox', { name: 'Password' }).fill(user('agent').password)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Account' }).click()
  await page.getByRole('listbox', { name: 'Account' }).getByRole('option').first().click()
  await expect(page.getByLabel('Subject')).toHaveValue('After the end')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'After the end', level: 1 })).toBeVisible()
  const [row] = await query(page, `SELECT Description, AccountId FROM WorkOrder WHERE Id = '${id}'`)
  expect(row).toMatchObject({ Description: 'Typed before the session ended' })
  expect(row!.AccountId).toBeTruthy()
})

test('a draft outlives a reload and is for its user alone', async ({ page }) => {
  await signInBy(page.request, 'agent')
  await page.goto('/o/Case/new')
  await page.getByLabel('Subject').fill('Half a case')
  await page.reload()
  await expect(page.getByText(/is back\. It is not saved yet/)).toBeVisible()
  await expect(page.getByLabel('Subject')).toHaveValue('Half a case')
  await signInBy(page.request, 'manager')
  await page.goto('/o/Case/new')
  await expect(page.getByLabel('Subject')).toHaveValue('')
  await signInBy(page.request, 'agent')
  await page.goto('/o/Case/new')
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByLabel('Subject')).toHaveValue('')
  await page.reload()
  await expect(page.getByLabel('Subject')).toHaveValue('')
})

test('what is wrong is told at its field and above; a look-up offers what was looked at, and makes what is missing', async ({ page }) => {
  await signInBy(page.request, 'agent')
  await page.goto('/o/Contact/new')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel(/^Last Name/)).toBeFocused()
  await expect(page.getByRole('alert')).toContainText('Last Name: This must be filled in')
  await page.getByLabel(/^Last Name/).fill('Newcomer')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByLabel('Email', { exact: true }).fill('no address')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toContainText('Email')
  await page.getByRole('alert').getByRole('button', { name: /Email/ }).click()
  await expect(page.getByLabel('Email', { exact: true })).toBeFocused()
  await page.getByLabel('Email', { exact: true }).fill('new@comer.example')

  const account = page.getByRole('combobox', { name: 'Account' })
  await account.fill('Brand new company')
  await page.getByRole('listbox', { name: 'Account' }).getByRole('option', { name: 'New Account' }).click()
  const dialog = page.getByRole('dialog', { name: 'New Account' })
  await expect(dialog.getByLabel(/^Name/)).toHaveValue('Brand new company')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(account).toHaveValue('Brand new company')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Newcomer', level: 1 })).toBeVisible()

  await page.getByRole('link', { name: 'Brand new company' }).first().click()
  await expect(page.getByRole('heading', { name: 'Brand new company', level: 1 })).toBeVisible()
  await page.goto('/o/Case/new')
  await page.getByRole('combobox', { name: 'Account' }).click()
  await expect(page.getByRole('listbox', { name: 'Account' })).toContainText('Looked at last')
  await expect(page.getByRole('listbox', { name: 'Account' }).getByRole('option').first()).toContainText('Brand new company')
})

/** A server of this test's own, which it stops and starts again. */
class Server {
  readonly dir = mkdtempSync(join(tmpdir(), 'truckroll-restart-'))
  address = ''
  private process: ChildProcess | undefined

  async start(): Promise<void> {
    if (!this.address) this.address = `127.0.0.1:${await freePort()}`
    this.process = spawn(process.env.E2E_PROGRAM!, ['demo', '--data', join(this.dir, 'data'), '--addr', this.address, '--work-orders', '20'], { stdio: 'ignore' })
    await expect.poll(() => fetch(`http://${this.address}/readyz`).then((r) => r.ok, () => false), { timeout: 45_000 }).toBe(true)
    await expect.poll(() => existsSync(join(this.dir, 'data', 'credentials.json'))).toBe(true)
  }

  async stop(): Promise<void> {
    const over = new Promise((resolve) => this.process!.once('exit', resolve))
    this.process!.kill()
    await over
  }

  get users(): { username: string; password: string }[] {
    return JSON.parse(readFileSync(join(this.dir, 'data', 'credentials.json'), 'utf8')).users
  }
}

test('the server restarts in the middle of a form: nothing typed is lost, and it is saved once', async ({ browser }) => {
  test.setTimeout(150_000)
  const server = new Server()
  try {
    await server.start()
    const context = await browser.newContext({ baseURL: `http://${server.address}` })
    const page = await context.newPage()
    await page.request.post('/auth/login', { data: server.users.find((u) => u.username.startsWith('admin@')) })
    await page.goto('/o/WorkOrder/new')
    await page.getByLabel('Subject').fill('Through the restart')
    await server.stop()
    await page.getByLabel('Description').fill('Typed while the server was away')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText(/The server does not answer/).first()).toBeVisible()
    await expect(page.getByLabel('Subject')).toHaveValue('Through the restart')
    await server.start()
    const again = page.getByRole('button', { name: 'Save', exact: true }) // what waited goes on by itself, unless it waited too long
    await expect(page.getByRole('heading', { name: 'Through the restart', level: 1 }).or(page.getByRole('alert'))).toBeVisible({ timeout: 45_000 })
    if (await page.getByRole('alert').count()) await again.click()
    await expect(page.getByRole('heading', { name: 'Through the restart', level: 1 })).toBeVisible()
    const r = await page.request.get(`${api}/query?q=${encodeURIComponent("SELECT Description FROM WorkOrder WHERE Subject = 'Through the restart'")}`)
    expect((await r.json()).records.map((x: { Description: string }) => x.Description)).toEqual(['Typed while the server was away'])
    await context.close()
  } finally {
    await server.stop().catch(() => undefined)
    rmSync(server.dir, { recursive: true, force: true })
  }
})

async function freePort(): Promise<number> {
  const s = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => s.once('listening', resolve))
  const { port } = s.address() as AddressInfo
  await new Promise((resolve) => s.close(resolve))
  return port
}
