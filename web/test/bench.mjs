// Measures the console on a demo company: what the first load weighs, and the main thread's processor time until a list
// and a record are shown. TRUCKROLL names a built server; without it one is built.
import { chromium } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import setup from './e2e/server.mjs'

const stop = await setup()
const base = process.env.E2E_URL
const admin = JSON.parse(process.env.E2E_USERS).find((u) => u.username.startsWith('admin@'))
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const figure = (name, value, unit) => console.log(`figure ${name} ${value} ${unit}`)
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]

try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: base })
  await context.request.post('/auth/login', { data: admin })
  const dist = new URL('../../server/page/dist/', import.meta.url)
  const page = await context.newPage()
  const files = new Set()
  page.on('request', (r) => /\/_a\//.test(r.url()) && files.add(r.url().split('/assets/')[1]))
  await page.goto('/', { waitUntil: 'networkidle' })
  const bytes = [...files].map((f) => gzipSync(readFileSync(new URL(`assets/${f}`, dist)), { level: 9 }).length)
  figure('first-load', Math.round(bytes.reduce((a, b) => a + b, 0) / 102.4) / 10, 'KB-gzip')

  await measure('list-of-200', '/o/WorkOrder', (p) => p.waitForFunction(() => document.querySelectorAll('tbody tr').length === 200))
  const { records } = await (await context.request.get('/services/data/v67.0/query?q=' + encodeURIComponent("SELECT WorkOrderId FROM WorkStep WHERE StepType = 'Number' LIMIT 1"))).json()
  await measure('work-order-page', `/r/WorkOrder/${records[0].WorkOrderId}`, (p) => p.waitForSelector('input[type=checkbox]'))

  async function measure(name, path, shown) {
    const cpu = []
    const wall = []
    for (let n = 0; n < 5; n++) {
      const p = await context.newPage()
      const session = await context.newCDPSession(p)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      const start = Date.now()
      await p.goto(path)
      await shown(p)
      wall.push(Date.now() - start)
      const { metrics } = await session.send('Performance.getMetrics')
      cpu.push(metrics.find((m) => m.name === 'TaskDuration').value * 1000)
      await p.close()
    }
    figure(`${name}-cpu`, Math.round(median(cpu)), 'ms')
    figure(`${name}-wall`, median(wall), 'ms')
  }
} finally {
  await browser.close()
  stop()
}
