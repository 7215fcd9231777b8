// Every dialog is opened as a user would, looked at by axe, and begins with what there is to fill in.
import type { Page } from '@playwright/test'
import { expect, findings, query, signInBy, test } from './house'

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
const entry = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name, exact: typeof name === 'string' }).click()
}
type Step = (page: Page) => Promise<unknown>

const dialogs: [name: string, path: string, ...steps: Step[]][] = [
  ['clone', '/r/WorkOrder/{order}', entry('Clone')],
  ['owner', '/r/WorkOrder/{order}', entry('Change owner')],
  ['share', '/r/WorkOrder/{order}', entry('Share')],
  ['who sees', '/r/WorkOrder/{order}', entry('Who can see it, and why')],
  ['schedule', '/r/WorkOrder/{order}', button(/^(Plan|Schedule|New appointment)/)],
  ['part', '/r/WorkOrder/{order}', button(/^Use/)],
  ['finish', '/r/WorkOrder/{order}', button('Completed')],
  ['report', '/r/WorkOrder/{order}', button('Preview')],
  ['filters', '/o/WorkOrder', button(/^Filter/)],
  ['columns', '/o/WorkOrder', button('Columns')],
  ['sorting', '/o/WorkOrder', button(/^Sort/)],
  ['save list', '/o/WorkOrder?f=Priority~in~Critical', button(/^Save/)],
  ['bulk edit', '/o/WorkOrder', (page) => page.getByRole('checkbox').nth(1).check(), button(/^Edit/)],
  ['help', '/', button('Keyboard shortcuts')],
  ['object', '/setup/objects', button('New object')],
  ['layout for whom', '/setup/layouts/WorkOrder', button(/^Who sees|^Assign/)],
  ['user', '/setup/users', button('New user')],
  ['see as', '/setup/users/{user}', button('See as this user')],
  ['profile', '/setup/profiles', button('New profile')],
  ['permission set', '/setup/profiles?tab=sets', button('New permission set')],
  ['API client', '/setup/apps', button(/^New/)],
  ['role', '/setup/roles', button(/^New|^Add/)],
  ['group', '/setup/groups', button(/^New/)],
  ['sharing rule', '/setup/sharing?tab=rules', button('New sharing rule')],
  ['skill', '/setup/skills', button(/^New/)],
  ['territory', '/setup/territories', button(/^New/)],
  ['hours', '/setup/hours', button(/^New/)],
  ['work type', '/setup/work-types', button(/^New/)],
  ['checklist', '/setup/checklists', button(/^New/)],
  ['maintenance plan', '/setup/maintenance', button(/^New/)],
  ['second factor', '/account', button(/authenticator|set up/i)],
]

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in any dialog, ${theme}`, async ({ page }) => {
    test.setTimeout(300_000)
    page.setDefaultTimeout(20_000)
    await page.addInitScript((t) => localStorage.setItem('truckroll.look', JSON.stringify({ theme: t })), theme)
    await signInBy(page.request, 'admin')
    const [order] = await query(page, "SELECT WorkOrderId FROM WorkStep WHERE StepType = 'Number' AND WorkOrder.StatusCategory = 'New' LIMIT 1")
    const [person] = await query(page, "SELECT Id FROM User WHERE Username LIKE 'tech%' LIMIT 1")
    for (const [name, path, ...steps] of dialogs) {
      await test.step(name, async () => {
        await page.goto(path.replace('{order}', order!.WorkOrderId).replace('{user}', person?.Id ?? ''))
        for (const step of steps) await step(page)
        await expect(page.getByRole('dialog')).toBeVisible()
        expect.soft(await findings(page), name).toEqual([])
        await expect.soft(page.getByRole('dialog').locator('header button'), `${name} begins with its close button`).not.toBeFocused()
      })
    }
  })
}
