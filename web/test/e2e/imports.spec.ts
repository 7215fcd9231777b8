import type { Page } from '@playwright/test'
import { create, expect, findings, query, signInBy, test } from './house'

const upload = (page: Page, name: string, content: Buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: content })

test('a file of a German spreadsheet is read as it was meant', async ({ page }) => {
  const mark = `Müller ${Date.now()}`
  await signInBy(page.request, 'admin')
  await create(page, 'Account', { Name: mark })
  await page.goto('/data?object=Asset')
  const table = `Asset Name;Install Date;Price;Quantity;Customer\r\n"${mark}\r\nNord €";31.12.2026;1.234,56;7;${mark}\r\n\r\n=1+1 ${mark};1.2.2026;0,5;007;${mark}\r\n`
  await upload(page, 'anlagen.csv', Buffer.concat([...table].map((c) => (c === '€' ? Buffer.from([0x80]) : Buffer.from(c, 'latin1')))))
  await expect(page.getByText('2 rows, 5 columns')).toBeVisible()
  for (const [column, field] of [['Asset Name', 'Name'], ['Install Date', 'InstallDate'], ['Price', 'Price'], ['Quantity', 'Quantity'], ['Customer', 'Account.Name']]) await page.getByLabel(`Field for ${column}`).selectOption(field!)
  await expect(page.getByText('Install Date: “31.12.2026” is read as 2026-12-31')).toBeVisible()
  await expect(page.getByText('Price: “1.234,56” is read as 1234.56')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: 'Import 2 rows into Assets' }).click()
  await expect(page.getByText('2 rows succeeded')).toBeVisible()
  const assets = await query(page, `SELECT Name, InstallDate, Price, Quantity FROM Asset WHERE Account.Name = '${mark}' ORDER BY InstallDate`)
  expect(assets.map((a) => [a.Name.replace('\r', ''), a.InstallDate, a.Price, a.Quantity])).toEqual([
    [`=1+1 ${mark}`, '2026-02-01', 0.5, 7],
    [`${mark}\nNord €`, '2026-12-31', 1234.56, 7],
  ])
})

test('a value that must be unique is found twice in a file, however far apart', async ({ page }) => {
  const code = `Imp${Date.now()}`
  await signInBy(page.request, 'admin')
  await create(page, 'CustomField', { TableEnumOrId: 'Account', DeveloperName: code, Label: code, Type: 'Text', Length: 20, IsUnique: true })
  await page.goto('/data?object=Account')
  const lines = Array.from({ length: 4500 }, (_, i) => `${i === 1 ? '' : `${code} ${i}`},${i === 4400 ? 'C7' : `c${i}`}`)
  await upload(page, 'codes.csv', Buffer.from(['Account Name', `${code}`].join(',') + '\n' + lines.join('\n')))
  await page.getByLabel('Field for Account Name').selectOption('Name')
  await page.getByLabel(`Field for ${code}`).selectOption(`${code}__c`)
  await page.getByRole('button', { name: 'Dry run' }).click()
  const problem = page.getByRole('region', { name: 'Problems' }).locator('tbody tr').filter({ hasText: '4,401' })
  await expect(problem).toContainText('The value is also in row 8; every record needs a value of its own', { timeout: 60_000 })
  await expect(problem).toContainText(code)
})

test('an import whose progress could not be asked for is not begun again', async ({ page }) => {
  const mark = `Lost ${Date.now()}`
  await signInBy(page.request, 'admin')
  await page.goto('/data?object=Account')
  await upload(page, 'lost.csv', Buffer.from(`Account Name\n${mark} one\n${mark} two\n`))
  await page.getByLabel('Field for Account Name').selectOption('Name')
  const progress = /\/jobs\/ingest\/[0-9A-Za-z]+$/
  await page.route(progress, (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '[{"errorCode":"UNKNOWN","message":"out of reach"}]' }))
  await page.getByRole('button', { name: 'Import 2 rows into Accounts' }).click()
  await expect(page.getByText('it need not be begun again')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 2 rows into Accounts' })).toBeDisabled()
  expect(await findings(page)).toEqual([])
  await page.unroute(progress)
  await page.getByRole('button', { name: 'Show how far it is' }).click()
  await expect(page.getByText('2 rows succeeded')).toBeVisible()
  expect(await query(page, `SELECT Id FROM Account WHERE Name LIKE '${mark}%'`)).toHaveLength(2)
})
