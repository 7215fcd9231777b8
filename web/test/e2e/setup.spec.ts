// The analyst's journey: a field, a status, what may follow it, and a rule, used on a work order; an object of one's own.
import { create, expect, findings, query, signInBy, test } from './house'

test.beforeEach(async ({ page }) => signInBy(page.request, 'admin'))

test('a field, a status with what may follow, and a rule are used on a work order', async ({ page }) => {
  // Settings are found by other words than their title.
  await page.goto('/setup')
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('picklist help')
  await page.getByRole('main').getByRole('link', { name: /Objects and fields/ }).click()
  await page.getByRole('searchbox', { name: 'Find an object' }).fill('work order')
  await page.getByRole('link', { name: 'Work Order', exact: true }).click()

  // A field of several choices, made by keys alone.
  await page.getByRole('button', { name: 'New field' }).click()
  await page.getByRole('button', { name: /^One choice/ }).press('Enter')
  await page.getByLabel('Label', { exact: true }).fill('Access')
  await expect(page.getByLabel('Name for programs')).toHaveValue('Access')
  for (const choice of ['Key', 'Caretaker', 'Free']) {
    await page.getByLabel('New choice').fill(choice)
    await page.getByLabel('New choice').press('Enter')
  }
  await page.getByRole('button', { name: 'Move Free: arrow keys' }).press('Home')
  await expect(page.getByLabel('Choice', { exact: true }).first()).toHaveValue('Free')
  await page.getByRole('button', { name: 'Make field' }).click()
  await expect(page.getByText('Access is there at once')).toBeVisible()

  // The technicians see it, and may not set it.
  await page.route('**/sobjects/FieldPermissions**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400)) // a slow line: changes are kept in their order
    await route.continue()
  })
  await page.getByLabel('Field Technician edits it').uncheck()
  await page.getByLabel('Field Technician sees it').uncheck()
  await page.getByLabel('Field Technician sees it').check()
  await expect(page.getByText('Field Technician: kept')).toHaveCount(3)
  expect(await query(page, `SELECT PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Field = 'WorkOrder.Access__c'`)).toMatchObject([{ PermissionsRead: true, PermissionsEdit: false }])

  // A status with its category.
  await page.goto('/setup/statuses/WorkOrder')
  await page.getByLabel('New choice').fill('Waiting for Parts')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByLabel('Category of Waiting for Parts').selectOption('OnHold')
  await page.getByLabel('Colour of Waiting for Parts').selectOption('purple')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  // What may follow: out of everything, no way from waiting to closed, and a reason for calling it off.
  await page.getByRole('tab', { name: /What may follow/ }).click()
  await page.getByRole('button', { name: 'Limit what may follow' }).click()
  await page.getByRole('button', { name: 'Waiting for Parts → Closed', exact: true }).click()
  const off = page.getByRole('button', { name: 'Waiting for Parts → Canceled', exact: true })
  await off.focus()
  await off.press('Enter')
  await page.getByLabel('Ask for a reason').check()
  await page.getByRole('button', { name: 'Take over' }).click()
  await expect(page.getByRole('button', { name: 'Waiting for Parts → Canceled, reason' })).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The new ways hold from now on')).toBeVisible()
  expect(await query(page, `SELECT Id FROM StatusTransition WHERE SobjectType = 'WorkOrder' AND FromStatus = 'Waiting for Parts' AND ToStatus = 'Closed'`)).toEqual([])
  await page.getByRole('tab', { name: 'Picture' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Waiting for Parts → Canceled' })).toBeAttached()

  // A rule, tried before it holds.
  const order = await create(page, 'WorkOrder', { Subject: 'Journey of the analyst', Access__c: 'Free' })
  await page.goto('/setup/objects/WorkOrder?tab=rules')
  await page.getByRole('button', { name: 'New validation rule' }).first().click()
  await page.getByLabel('Name of the rule').fill('Waiting needs access')
  const condition = page.getByLabel('Refuse the record when this is true')
  await condition.fill('ISPICKVAL(Status, "Waiting for Parts") && ISBLANK(TEXT(Acess__c))')
  await expect(page.getByText(/Line 1, place 56: .*no field Acess__c/)).toBeVisible()
  await condition.fill('ISPICKVAL(Status, "Waiting for Parts") && ISBLANK(TEXT(')
  await condition.press('End')
  await condition.pressSequentially('acces')
  await page.getByRole('option', { name: /^Access__c/ }).click()
  await condition.pressSequentially('))')
  await expect(page.getByText('The formula can be read.')).toBeVisible()
  const tester = page.getByRole('region', { name: 'Try it' })
  const number = String((await query(page, `SELECT WorkOrderNumber FROM WorkOrder WHERE Id = '${order}'`))[0]!.WorkOrderNumber)
  await page.route(new RegExp(`/sobjects/WorkOrder/${order}`), async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700)) // a slow line: nothing can be changed before the record is there
    await route.continue()
  })
  await tester.getByRole('combobox', { name: 'On a record' }).fill(number)
  await tester.getByRole('listbox', { name: 'On a record' }).getByRole('option', { name: number }).click()
  await expect(tester.getByText('The record would be accepted')).toBeVisible()
  await tester.getByLabel(/^Access/).selectOption('')
  await tester.getByLabel(/^Status/).selectOption('Waiting for Parts')
  await expect(tester.getByText('The record would be refused')).toBeVisible()
  await expect(tester.getByRole('listitem').filter({ hasText: 'ISBLANK(TEXT(Access__c))' }).first()).toContainText('true')
  await page.getByLabel('Message', { exact: true }).fill('Say how we get in before it waits.')
  await page.getByLabel('Show the message at').selectOption('Access__c')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The rule holds from now on')).toBeVisible()

  // All of it holds for everyone who saves a work order.
  const change = (values: object, headers = {}) => page.request.patch(`/services/data/v67.0/sobjects/WorkOrder/${order}`, { data: values, headers })
  expect(await (await change({ Status: 'Waiting for Parts', Access__c: null })).json()).toMatchObject([{ message: 'Say how we get in before it waits.', fields: ['Access__c'] }])
  expect((await change({ Status: 'Waiting for Parts', Access__c: 'Key' })).status()).toBe(204)
  expect(await query(page, `SELECT StatusCategory FROM WorkOrder WHERE Id = '${order}'`)).toMatchObject([{ StatusCategory: 'OnHold' }])
  expect((await change({ Status: 'Closed' })).status()).toBe(400)
  expect(await (await change({ Status: 'Canceled' })).json()).toMatchObject([{ errorCode: 'REASON_REQUIRED', fields: ['Status'] }])
  expect((await change({ Status: 'Canceled' }, { 'X-Change-Reason': 'the part is not made any more' })).status()).toBe(204)

  // And in the form, where the rule's message stands at its field.
  await page.goto(`/o/WorkOrder/new`)
  await page.getByLabel('Subject').fill('Waits for a valve')
  await page.getByLabel('Status', { exact: true }).selectOption('Waiting for Parts')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const access = page.getByLabel('Access', { exact: true })
  await expect(access).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('Say how we get in before it waits.').first()).toBeVisible()
  await access.selectOption('Caretaker')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Waits for a valve', level: 1 })).toBeVisible()

  // Every change is told.
  await page.goto('/setup/changes')
  const told = page.getByRole('main')
  await expect(told).toContainText('Made Validation Rule WorkOrder.Waiting_needs_access')
  await expect(told).toContainText(/Made Status Transition \d+ times/)
  await page.getByLabel('Kind').selectOption('CustomField')
  await expect(told).toContainText('Made Custom Field WorkOrder.Access')
  await expect(told).not.toContainText('Validation Rule WorkOrder')
  await page.getByLabel('Kind').selectOption('StandardDefinition')
  await expect(told).toContainText('Made Standard Definition WorkOrder.Status')
})

test('a choice that records have is given another before it goes', async ({ page }) => {
  const id = await create(page, 'WorkOrder', { Subject: 'To be replaced', Priority: 'Low' })
  const low = Number((await query(page, `SELECT COUNT(Id) n FROM WorkOrder WHERE Priority = 'Low'`))[0]!.n)
  await page.goto('/setup/objects/WorkOrder?field=Priority&part=choices')
  await page.getByRole('button', { name: 'Remove Low' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Records have choices that you removed' })
  await expect(dialog).toContainText(`Low: ${low} record`)
  await dialog.getByRole('combobox').selectOption('Medium')
  await dialog.getByRole('button', { name: 'Replace and save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  expect(await query(page, `SELECT Priority FROM WorkOrder WHERE Id = '${id}'`)).toMatchObject([{ Priority: 'Medium' }])
  await expect(page.getByRole('button', { name: 'Remove Low' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Remove Low' })).toBeVisible()
})

test('an object is made, stands in the navigation, and comes back after it was deleted', async ({ page }) => {
  await page.goto('/setup/objects')
  await page.getByRole('button', { name: 'New object' }).click()
  await page.getByLabel('Label', { exact: true }).fill('Permit')
  await page.getByLabel('What a record is called').selectOption('AutoNumber')
  await page.getByLabel('Format of the number').fill('no digits')
  await page.getByRole('button', { name: 'Make object' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  await page.getByLabel('Format of the number').fill('P-{000}')
  await page.getByRole('button', { name: 'Make object' }).click()
  await expect(page.getByRole('heading', { name: 'Permit', level: 1 })).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Permits' })).toBeVisible()
  await create(page, 'Permit__c', {})
  await page.getByRole('tab', { name: 'About' }).click()
  await page.getByRole('button', { name: 'Delete object' }).click()
  await expect(page.getByRole('dialog')).toContainText('1 record goes out of sight')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Permits' })).toBeVisible()
  expect(await query(page, 'SELECT Name FROM Permit__c')).toMatchObject([{ Name: 'P-001' }])
})

for (const theme of ['light', 'dark'] as const) {
  test(`the screens of the model have nothing that axe finds, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    for (const path of ['/setup', '/setup/objects', '/setup/objects/Account', '/setup/objects/Account?field=new', '/setup/objects/Account?field=new&kind=Formula', '/setup/objects/Account?field=Rating&part=choices', '/setup/objects/WorkOrder?tab=types&type=new', '/setup/objects/Account?rule=new', '/setup/statuses', '/setup/statuses/ServiceAppointment', '/setup/statuses/ServiceAppointment?tab=changes', '/setup/statuses/ServiceAppointment?tab=picture', '/setup/changes']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('.skeleton')).toHaveCount(0)
      expect(await findings(page), path).toEqual([])
    }
  })
}

test('who may not customise sees no way to', async ({ page }) => {
  await signInBy(page.request, 'technician')
  await page.goto('/setup/objects')
  await expect(page.getByRole('button', { name: 'New object' })).toHaveCount(0)
  await signInBy(page.request, 'manager') // may look
  await page.goto('/setup/objects/WorkOrder')
  await expect(page.getByRole('link', { name: 'Subject', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'New field' })).toHaveCount(0)
  await page.goto('/setup/statuses/ServiceAppointment?tab=changes')
  await expect(page.getByRole('button', { name: 'None → Scheduled' })).toBeDisabled()
  await signInBy(page.request, 'technician')
  const r = await page.request.post('/services/data/v67.0/tooling/formulas/try', { data: { object: 'Account', formula: 'TRUE' } })
  expect(r.status()).toBe(403)
})

test('a record type limits the choices of its records, also in the form', async ({ page }) => {
  await page.goto('/setup/objects/WorkOrder?tab=types')
  await page.getByRole('button', { name: 'New record type' }).first().click()
  await page.getByLabel('Name of the record type').fill('Inspection')
  await page.getByLabel('Limit the choices of…').selectOption('Priority')
  const priority = page.getByRole('group', { name: 'Priority' })
  await priority.getByLabel('Critical').uncheck()
  await priority.getByRole('combobox', { name: 'Default' }).selectOption('Low')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  const type = (await query(page, `SELECT Id FROM RecordType WHERE SobjectType = 'WorkOrder' AND Name = 'Inspection'`))[0]!.Id
  const id = await create(page, 'WorkOrder', { Subject: 'Yearly', RecordTypeId: type })
  expect(await query(page, `SELECT Priority FROM WorkOrder WHERE Id = '${id}'`)).toMatchObject([{ Priority: 'Low' }])
  await page.goto(`/r/WorkOrder/${id}/edit`)
  const choices = page.getByLabel('Priority', { exact: true }).getByRole('option')
  await expect(choices.filter({ hasText: 'Low' })).toHaveCount(1)
  await expect(choices.filter({ hasText: 'Critical' })).toHaveCount(0)
})
