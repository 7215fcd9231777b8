import type { Page } from '@playwright/test'
import { create, expect, findings, query, signInBy, test } from './house'

const rows = 10_000

/** A table of accounts of which every hundredth row is wrong, in one of four ways. */
function table(mark: string, parent: string): string {
  const lines = ['Account Name,Number of staff,Opened,Belongs to']
  for (let n = 1; n <= rows; n++) {
    const bad = n % 100 === 0 ? (n / 100) % 4 : -1
    lines.push([bad === 0 ? '' : `${mark} ${n}`, bad === 1 ? 'many' : String(n % 50), bad === 2 ? '2026-02-30' : '2026-02-03', bad === 3 ? 'Nobody at all' : n % 500 === 1 ? parent : ''].join(','))
  }
  return lines.join('\r\n')
}

const upload = (page: Page, name: string, content: string | Buffer, mimeType = 'text/csv') => page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.from(content) })
const count = async (page: Page, mark: string) => Number((await query(page, `SELECT COUNT(Id) n FROM Account WHERE Name LIKE '${mark}%'`))[0]!.n)

async function text(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  const chunks: Buffer[] = []
  for await (const c of await file.createReadStream()) chunks.push(c as Buffer)
  return Buffer.concat(chunks).toString()
}

test('10,000 rows with 1 % bad ones are tried, imported, and taken back', async ({ page }) => {
  test.setTimeout(240_000)
  await signInBy(page.request, 'admin')
  await create(page, 'Account', { Name: 'Parent of imports' })
  await page.goto('/data?object=Account')
  await upload(page, 'accounts.csv', table('Bulky', 'Parent of imports'))
  await expect(page.getByText('10,000 rows, 4 columns')).toBeVisible()
  await expect(page.getByLabel('Field for Account Name')).toHaveValue('Name')
  await page.getByLabel('Field for Number of staff').selectOption('NumberOfEmployees')
  await page.getByLabel('Field for Opened').selectOption({ label: 'Leave out' })
  await page.getByLabel('Field for Belongs to').selectOption('Parent.Name')
  expect(await findings(page)).toEqual([])

  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect(page.getByText('75 of 10,000 rows have problems')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('“many” is no whole number')
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('is called “Nobody at all”')
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('Account Name')
  expect(await count(page, 'Bulky')).toBe(0)
  const rejects = (await text(page, 'Rejected rows with reasons')).trim().split('\r\n')
  expect(rejects).toHaveLength(76)
  expect(rejects[0]).toBe('Row,Column,Problem,Account Name,Number of staff,Opened,Belongs to')
  expect(rejects[1]).toMatch(/^100,Number of staff,“many” is no whole number,Bulky 100,many/)

  await page.getByRole('button', { name: 'Import 10,000 rows into Accounts' }).click()
  await expect(page.getByText('9,925 rows succeeded, 75 were refused, 0 were not reached.')).toBeVisible({ timeout: 120_000 })
  expect(await count(page, 'Bulky')).toBe(9925)
  expect((await query(page, "SELECT Parent.Name FROM Account WHERE Name = 'Bulky 1'"))[0]!.Parent.Name).toBe('Parent of imports')

  const [changed] = await query(page, "SELECT Id FROM Account WHERE Name = 'Bulky 7'")
  await page.request.patch(`/services/data/v67.0/sobjects/Account/${changed!.Id}`, { data: { Phone: '555' } })
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await expect(page.getByText('9,924 rows were taken back.')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByRole('region', { name: 'Rows that were left' })).toContainText('changed since')
  expect(await count(page, 'Bulky')).toBe(1)
})

test('what an import changed comes back from the history', async ({ page }) => {
  await signInBy(page.request, 'admin')
  const ids = await Promise.all(['Before one', 'Before two'].map((Name) => create(page, 'Account', { Name, Phone: '1' })))
  await page.goto('/data?object=Account')
  await page.getByLabel('What to do').selectOption('update')
  await upload(page, 'changes.csv', `Id,Phone\n${ids[0]},2\n${ids[1]},3\n`)
  await page.getByRole('button', { name: 'Import 2 rows into Accounts' }).click()
  await expect(page.getByText('2 rows succeeded')).toBeVisible()
  const phones = async () => (await query(page, `SELECT Phone FROM Account WHERE Id IN ('${ids.join("','")}') ORDER BY Name`)).map((r) => r.Phone)
  expect(await phones()).toEqual(['2', '3'])
  await page.goto('/data?object=Account&tab=history')
  const row = page.locator('tbody tr').filter({ hasText: 'changes.csv' })
  await expect(row).toContainText('2 done, 0 refused')
  expect(await findings(page)).toEqual([])
  await row.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toContainText('Taken back: 2 rows, 0 left')
  expect(await phones()).toEqual(['1', '1'])
})

test('a sheet of a workbook is chosen, mapped as before, and exported again', async ({ page }) => {
  await signInBy(page.request, 'admin')
  await create(page, 'Account', { Name: 'From a sheet', Phone: '+49 1' })
  const soql = encodeURIComponent("SELECT Name, Phone FROM Account WHERE Name = 'From a sheet'")
  const book = await (await page.request.get(`/services/data/v67.0/query/file?as=xlsx&q=${soql}`)).body()
  await page.goto('/data?object=Account')
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await upload(page, 'accounts.xlsx', book, xlsx)
  await expect(page.getByText('1 row, 2 columns')).toBeVisible()
  await expect(page.getByRole('region', { name: 'The first 20 rows' })).toContainText('+49 1')
  await page.getByLabel('Field for Phone').selectOption('Fax')
  await page.getByRole('button', { name: 'Import 1 row into Accounts' }).click()
  await expect(page.getByText('1 row succeeded')).toBeVisible()
  expect(await query(page, "SELECT Id FROM Account WHERE Name = 'From a sheet' AND Fax = '+49 1'")).toHaveLength(1)
  await page.reload()
  await upload(page, 'accounts.xlsx', book, xlsx)
  await expect(page.getByLabel('Field for Phone')).toHaveValue('Fax')
  await upload(page, 'broken.xlsx', 'no workbook', xlsx)
  await expect(page.getByText('The file is no Excel workbook')).toBeVisible()

  await page.goto('/data?object=Account&tab=export')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export to Excel' }).click()])
  expect(file.suggestedFilename()).toBe('Accounts.xlsx')
  expect(await text(page, 'Export CSV')).toContain('Id,')
})
