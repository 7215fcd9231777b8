import { create, expect, findings, query, signInBy, test } from './house'

const screens: [string, string][] = [
  ['home', '/'],
  ['list', '/o/WorkOrder?f=Priority~in~Critical'],
  ['empty list', '/o/WorkOrder?q=nothing-like-this'],
  ['board', '/o/WorkOrder?as=board'],
  ['form', '/o/WorkOrder/new'],
  ['work order', '/r/WorkOrder/{id}'],
  ['details', '/r/WorkOrder/{id}?tab=details'],
  ['related', '/r/WorkOrder/{id}?tab=related'],
  ['history', '/r/WorkOrder/{id}?tab=history'],
  ['files', '/r/WorkOrder/{id}?tab=files'],
  ['edit', '/r/WorkOrder/{id}/edit'],
  ['absent record', '/r/WorkOrder/0WO0000000000zzGAA'],
  ['absent object', '/o/Nothing'],
  ['objects', '/objects'],
  ['search', '/search?q=meter'],
]

for (const theme of ['light', 'dark', 'contrast']) {
  test(`axe finds nothing, ${theme}`, async ({ page }) => {
    test.setTimeout(180_000)
    await page.addInitScript((t) => localStorage.setItem('truckroll.look', JSON.stringify({ theme: t })), theme)
    await page.goto('/')
    await expect(page.getByLabel('Username')).toBeVisible()
    expect(await findings(page), 'sign in').toEqual([])
    await signInBy(page.request, 'admin')
    const [order] = await query(page, "SELECT WorkOrderId FROM WorkStep WHERE StepType = 'Number' LIMIT 1")
    for (const [name, path] of screens) {
      await page.goto(path.replace('{id}', order!.WorkOrderId))
      await page.waitForLoadState('networkidle')
      await page.waitForTimeout(600)
      expect.soft(await findings(page), name).toEqual([])
    }
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await findings(page), 'palette').toEqual([])
  })
}

test('nothing is wider than a screen of 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await signInBy(page.request, 'admin')
  const id = await create(page, 'WorkOrder', { Subject: 'Averyverylongwordthatdoesnotbreakanywhereandgoesonandonandon' })
  for (const [name, path] of screens) {
    await page.goto(path.replace('{id}', id))
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(320)
  }
})

test('every screen comes to rest: nothing is asked for again and again', async ({ page }) => {
  test.setTimeout(180_000)
  await signInBy(page.request, 'admin')
  await page.goto('/setup')
  const links = page.getByRole('main').getByRole('link')
  await expect(links.nth(15)).toBeVisible()
  const sections = await links.evaluateAll((all) => all.map((l) => l.getAttribute('href')!))
  const [order] = await query(page, 'SELECT Id FROM WorkOrder LIMIT 1')
  for (const path of [...sections, ...screens.map(([, p]) => p.replace('{id}', order!.Id)), '/system', '/data', '/workbench', '/account', '/setup/objects/WorkOrder', '/setup/statuses/WorkOrder', '/setup/layouts/WorkOrder']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    const asked: string[] = []
    const note = (r: { url: () => string }) => asked.push(r.url())
    page.on('request', note)
    await page.waitForTimeout(700)
    page.off('request', note)
    expect.soft(asked, path).toEqual([])
  }
})
