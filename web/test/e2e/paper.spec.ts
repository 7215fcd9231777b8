// What is printed: nothing to press, nothing cut off on A4 or Letter, light in any theme, and where and when it was printed.
import type { Page } from '@playwright/test'
import { expect, query, signInBy, test } from './house'

const sheets = { A4: 793 - 2 * 45, Letter: 816 - 2 * 45 } // the width between the margins, in CSS pixels

const screens = ['/o/WorkOrder', '/o/WorkOrder?as=board', '/r/WorkOrder/{order}', '/r/WorkOrder/{order}?tab=details', '/r/WorkOrder/{order}?tab=history', '/r/Account/{account}?tab=related', '/r/ServiceReport/{report}']

/** What stands out of the sheet to the right, or would be cut by its box. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLElement>('main *:not(.sr-only, .sr-only *)')].filter((e) => e.checkVisibility() && e.getClientRects().length)
    return seen.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120)).slice(0, 3)
  })

/** What is longer than two thirds of a sheet and may not break, so that it can leave most of one blank before it. */
const unbroken = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main *')].filter((e) => e.offsetHeight > 650 && getComputedStyle(e).breakInside === 'avoid').map((e) => e.outerHTML.slice(0, 120)))

for (const [sheet, width] of Object.entries(sheets)) {
  test(`${sheet} takes a whole page in print`, async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('truckroll.look', JSON.stringify({ theme: 'dark' })))
    await signInBy(page.request, 'admin')
    const [order] = await query(page, "SELECT Id, AccountId FROM WorkOrder WHERE Status = 'Completed' LIMIT 1")
    const [report] = await query(page, 'SELECT Id FROM ServiceReport LIMIT 1')
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width, height: 1000 })
    for (const screen of screens) {
      await page.goto(screen.replace('{order}', order!.Id).replace('{account}', order!.AccountId).replace('{report}', report!.Id))
      await expect(page.locator('h1')).not.toHaveText('Loading…')
      await page.waitForLoadState('networkidle')
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
      await expect(page.getByText(/^Printed .* by Ada Admin · http/)).toBeVisible()
      expect(await outside(page), screen).toEqual([])
      expect(await unbroken(page), screen).toEqual([])
      expect(await page.locator('.btn:visible, nav:visible, [role=tab]:visible').evaluateAll((all) => all.map((e) => e.outerHTML.slice(0, 120))), screen).toEqual([])
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), screen).toBe('light')
    }
  })
}
