import { api, create, expect, findings, query, signInBy, test } from './house'
import type { Page } from '@playwright/test'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** A work order of a kind of work, for a customer, with its checklist and parts, and somebody on the way. */
async function order(page: Page, type: string): Promise<string> {
  const [was] = await query(page, `SELECT AccountId, ContactId, AssetId, LocationId, ServiceTerritoryId, WorkTypeId, Pricebook2Id FROM WorkOrder WHERE WorkType.Name = '${type}' AND ContactId != null LIMIT 1`)
  const { attributes: _, ...same } = was!
  const id = await create(page, 'WorkOrder', { ...same, Subject: 'Journey', Duration: 90, DurationType: 'Minutes' })
  const [visit] = await query(page, `SELECT Id FROM ServiceAppointment WHERE ParentRecordId = '${id}'`)
  expect(visit, 'the work type makes an appointment').toBeTruthy()
  await page.goto(`/r/WorkOrder/${id}`)
  return id
}

test('a manager plans a visit, has the work done and completes it', async ({ page }) => {
  await signInBy(page.request, 'manager')
  const id = await order(page, 'HVAC Preventive Maintenance')
  const panel = (name: string) => page.getByRole('region', { name, exact: true })

  // Plan: the person whom the form offers first is free and has the skill.
  await panel('Appointments').getByRole('button', { name: 'Schedule' }).click()
  const plan = page.getByRole('dialog')
  await plan.getByRole('checkbox').nth(1).check()
  await plan.getByRole('button', { name: 'Schedule' }).click()
  await expect(page.getByText('The appointment is planned')).toBeVisible()
  await panel('Appointments').getByRole('button', { name: 'Dispatch' }).click()
  await panel('Appointments').getByRole('button', { name: 'Start', exact: true }).click()
  await expect.poll(async () => (await query(page, `SELECT StatusCategory, ActualStartTime FROM ServiceAppointment WHERE ParentRecordId = '${id}'`))[0]).toMatchObject({ StatusCategory: 'InProgress', ActualStartTime: expect.any(String) })

  // Completing is refused while mandatory steps are open, and leads to them.
  const path = page.getByRole('list', { name: 'Status' })
  await path.getByRole('button', { name: 'Completed' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change to Completed' })
  await expect(dialog.getByRole('alert')).toContainText('4 mandatory steps are still open')
  await dialog.getByRole('button', { name: 'Completed' }).click()
  await expect(dialog.getByText(/mandatory steps are open/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Photograph the cleaned coil' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('checkbox', { name: 'Photograph the cleaned coil is done' }).or(page.getByLabel('Answer to Photograph the cleaned coil'))).not.toHaveCount(0)

  // The checklist: a photo, figures with limits, and a step that does not apply.
  const steps = panel('Checklist')
  await steps.getByLabel('Answer to Photograph the cleaned coil').setInputFiles({ name: 'coil.png', mimeType: 'image/png', buffer: png })
  await expect(steps.getByRole('img', { name: 'Answer to Photograph the cleaned coil' })).toBeVisible()
  await steps.getByRole('checkbox', { name: 'Lock out and tag out the unit is done' }).check()
  await steps.getByLabel('Answer to Difference of supply and return temperature').fill('30')
  await page.keyboard.press('Tab')
  await expect(steps.getByText('Out of limits')).toBeVisible()
  await steps.getByLabel('Answer to Record the refrigerant pressure').fill('120,5')
  await page.keyboard.press('Tab')
  await steps.getByRole('button', { name: 'Does not apply…: Replace the air filter' }).click()
  await steps.getByLabel('Why does it not apply? Replace the air filter').fill('Washable filter')
  await steps.getByRole('button', { name: 'Not applicable', exact: true }).click()
  await expect(steps.getByText('Not applicable: Washable filter')).toBeVisible()
  await expect(steps.getByText('5 of 6')).toBeVisible()

  // A part from the van leaves its stock, and comes back when that is undone.
  const stock = async () => Number((await query(page, `SELECT SUM(QuantityOnHand) n FROM ProductItem WHERE Product2.Name = 'Air Filter 20x25'`))[0]!.n)
  const before = await stock()
  await panel('Parts').getByRole('button', { name: 'Use Air Filter 20x25' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use', exact: true }).click()
  await expect(page.getByText(/Air Filter 20x25 taken from/)).toBeVisible()
  expect(await stock()).toBe(before - 1)
  await panel('Parts').getByRole('button', { name: 'Air Filter 20x25: not used after all' }).click()
  await expect.poll(stock).toBe(before)
  await page.getByText('Air Filter 20x25 is back in stock').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(stock).toBe(before - 1)

  // Time: a clock that runs and is stopped, and time that is added.
  await panel('Time').getByRole('button', { name: /^Start the clock for/ }).first().click()
  await panel('Time').getByRole('button', { name: /^Stop the clock of/ }).click()
  await expect(page.getByText(/^The clock of .* was stopped/)).toBeVisible()

  // A line, edited where it stands.
  await panel('Lines').getByRole('button', { name: 'Add a line' }).click()
  await panel('Lines').getByLabel('Subject', { exact: true }).fill('Cleaning agent')
  await panel('Lines').getByRole('button', { name: 'Add', exact: true }).click()
  const price = panel('Lines').getByLabel('Unit Price: Cleaning agent')
  await price.fill('12.50')
  await price.press('Enter')
  await expect(panel('Price')).toContainText('$12.50')

  // Now it can be completed, with its line.
  await path.getByRole('button', { name: 'Completed' }).click()
  await dialog.getByLabel('What was done').fill('Cleaned and measured.')
  await dialog.getByRole('button', { name: 'Completed' }).click()
  await expect(page.getByText('Status is now Completed')).toBeVisible()
  await expect(steps.getByText('The work is finished')).toBeVisible()
  expect((await query(page, `SELECT Status, PostWorkSummary FROM WorkOrder WHERE Id = '${id}'`))[0]).toMatchObject({ Status: 'Completed', PostWorkSummary: 'Cleaned and measured.' })
  expect((await query(page, `SELECT Status FROM WorkOrderLineItem WHERE WorkOrderId = '${id}'`)).map((l) => l.Status)).toEqual(['Completed'])

  // The report is signed by name and kept as PDF.
  await panel('Service reports').getByRole('button', { name: 'Sign and make PDF…' }).click()
  const sign = page.getByRole('dialog', { name: 'Sign the service report' })
  await sign.getByRole('button', { name: 'Sign with typed name' }).click()
  await sign.getByRole('button', { name: 'Sign', exact: true }).click()
  const pdf = panel('Service reports').getByRole('link', { name: 'PDF' })
  await expect(pdf).toBeVisible({ timeout: 15_000 })
  const file = await page.request.get((await pdf.getAttribute('href'))!)
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await expect(panel('Service reports').getByText(/^Signed by/)).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('follow-up work is made in one click, and is gone again in another', async ({ page }) => {
  await signInBy(page.request, 'manager')
  const id = await order(page, 'HVAC Repair')
  await page.getByRole('button', { name: 'Follow-up work' }).click()
  await expect(page.getByRole('heading', { name: 'Follow-up: Journey', level: 1 })).toBeVisible()
  const [made] = await query(page, `SELECT Id, AccountId, AssetId FROM WorkOrder WHERE ParentWorkOrderId = '${id}'`)
  expect(made!.AccountId).toBeTruthy()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { name: 'Journey', level: 1, exact: true })).toBeVisible()
  expect(await query(page, `SELECT Id FROM WorkOrder WHERE ParentWorkOrderId = '${id}'`)).toHaveLength(0)
})

test('a visit that cannot be completed says why', async ({ page }) => {
  await signInBy(page.request, 'manager')
  const work = await order(page, 'Meter Investigation')
  const [visit] = await query(page, `SELECT Id FROM ServiceAppointment WHERE ParentRecordId = '${work}'`)
  const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
  for (const Status of ['Scheduled', 'Dispatched', 'In Progress']) {
    const sent = await page.request.patch(`${api}/sobjects/ServiceAppointment/${visit!.Id}`, { data: { SchedStartTime: hour(-1), SchedEndTime: hour(1), Status } })
    expect(sent.ok(), await sent.text()).toBe(true)
  }
  await page.goto(`/r/ServiceAppointment/${visit!.Id}`)
  await page.getByRole('button', { name: 'Cannot Complete', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Change to Cannot Complete' })
  await dialog.getByLabel(/^Cannot Complete Reason/).fill('Nobody at home')
  await dialog.getByRole('button', { name: 'Cannot Complete' }).click()
  await expect.poll(async () => (await query(page, `SELECT StatusCategory, CannotCompleteReason FROM ServiceAppointment WHERE Id = '${visit!.Id}'`))[0]).toMatchObject({ StatusCategory: 'CannotComplete', CannotCompleteReason: 'Nobody at home' })
})

test('an analyst makes a work type with a checklist, and it is used', async ({ page }) => {
  await signInBy(page.request, 'admin')
  await page.goto('/setup/work-types')
  await page.getByRole('button', { name: 'New work type' }).click()
  const dialog = page.getByRole('dialog', { name: 'New work type' })
  await dialog.getByLabel(/^Name/).fill('Boiler check')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Boiler check', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'New checklist' }).click()
  await expect(page.getByRole('heading', { name: 'Boiler check checklist', level: 1 })).toBeVisible()

  for (const name of ['Close the gas tap', 'Pressure', 'Find the leak', 'Tightness test']) {
    await page.getByLabel('Name of a further step').fill(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `Move ${name}` })).toBeVisible()
  }
  const set = async (name: string, kind: string) => {
    const item = page.getByRole('button', { name: new RegExp(`^${name}`) })
    if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click()
    await page.getByLabel('Kind of answer').selectOption({ label: kind })
    await expect(item).toContainText(kind)
  }
  await set('Pressure', 'Number')
  for (const [label, value] of [['Unit', 'bar'], ['At least', '1'], ['At most', '2.5']] as const) {
    await page.getByLabel(label, { exact: true }).fill(value)
    await page.keyboard.press('Tab')
  }
  await page.getByLabel(/^Mandatory/).check()
  await expect(page.getByRole('button', { name: /^Pressure/ })).toContainText('1 – 2.5 bar')
  await set('Tightness test', 'Pass or fail')

  // By the keyboard alone, the test goes before what depends on it.
  await page.getByRole('button', { name: 'Move Tightness test' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('status').filter({ hasText: 'Tightness test is step 3 of 4' })).toHaveCount(1)
  await page.getByRole('button', { name: /^Find the leak/ }).click()
  await page.getByLabel('Is asked', { exact: true }).selectOption({ label: 'Tightness test' })
  await page.getByLabel('with the answer').selectOption('Fail')
  await expect(page.getByRole('button', { name: /^Find the leak/ })).toContainText('only if Tightness test: Fail')
  expect(await findings(page)).toEqual([])

  const [type] = await query(page, "SELECT Id FROM WorkType WHERE Name = 'Boiler check'")
  const id = await create(page, 'WorkOrder', { Subject: 'First boiler', WorkTypeId: type!.Id })
  await page.goto(`/r/WorkOrder/${id}`)
  const steps = page.getByRole('region', { name: 'Checklist', exact: true })
  await expect(steps.getByRole('listitem')).toHaveCount(3)
  await steps.getByRole('group', { name: 'Answer to Tightness test' }).getByRole('button', { name: 'Fail' }).click()
  await expect(steps.getByRole('listitem')).toHaveCount(4)
  await expect(steps.getByText('Find the leak')).toBeVisible()
})

test('a maintenance plan makes its work now, and takes it back', async ({ page }) => {
  await signInBy(page.request, 'manager')
  const [plan] = await query(page, 'SELECT Id, NextSuggestedMaintenanceDate FROM MaintenancePlan WHERE Id IN (SELECT MaintenancePlanId FROM MaintenanceAsset) LIMIT 1')
  const orders = async () => (await query(page, `SELECT Id FROM WorkOrder WHERE MaintenancePlanId = '${plan!.Id}'`)).length
  await page.goto(`/setup/maintenance/${plan!.Id}`)
  await expect(page.getByRole('heading', { name: 'Next dates' })).toBeVisible()
  await page.getByRole('button', { name: 'Generate work now' }).click()
  await expect(page.getByText(/work orders? (was|were) made/)).toBeVisible()
  expect(await orders()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(orders).toBe(0)
  await expect.poll(async () => (await query(page, `SELECT NextSuggestedMaintenanceDate FROM MaintenancePlan WHERE Id = '${plan!.Id}'`))[0]!.NextSuggestedMaintenanceDate).toBe(plan!.NextSuggestedMaintenanceDate)
  expect(await findings(page)).toEqual([])
})
