// The choices of a picklist that the program declares are made to depend on a checkbox of the administrator's own.
import { api, expect, findings, signInBy, test } from './house'

test.beforeEach(async ({ page }) => signInBy(page.request, 'admin'))

test('the choices of a standard picklist depend on a checkbox', async ({ page }) => {
  const name = `Sure${Date.now()}`
  const made = await page.request.post(`${api}/tooling/sobjects/CustomField`, { data: { FullName: `Account.${name}__c`, Metadata: { type: 'Checkbox', label: name, defaultValue: 'false' } } })
  expect(made.status(), await made.text()).toBe(201)

  await page.goto('/setup/objects/Account?field=Rating&part=depends')
  await page.getByLabel('Depends on the field').selectOption({ label: name })
  await page.getByLabel('Hot under No', { exact: true }).uncheck()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.reload()
  await expect(page.getByLabel('Depends on the field')).toHaveValue(`${name}__c`)
  await expect(page.getByLabel('Hot under No', { exact: true })).not.toBeChecked()
  await expect(page.getByLabel('Hot under Yes', { exact: true })).toBeChecked()

  // Forms learn it from describe: bit 0 is the box without its tick, bit 1 with it.
  const rating = async () => (await (await page.request.get(`${api}/sobjects/Account/describe`)).json()).fields.find((f: { name: string }) => f.name === 'Rating')
  expect(await rating()).toMatchObject({ controllerName: `${name}__c`, picklistValues: [{ value: 'Hot', validFor: 'QA==' }, { validFor: 'wA==' }, { validFor: 'wA==' }] })

  // All choices again, for whoever comes next.
  await page.getByLabel('Depends on the field').selectOption('')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await rating()).controllerName).toBeNull()
})
