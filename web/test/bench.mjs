// Measures the console against the targets that it has, in processor time of the main thread: wall clock time says more
// about the machine. One line each: figure NAME VALUE UNIT target OP VALUE ok|short.
//
// TRUCKROLL names a built server; without it one is built. BENCH_DATA names the data directory of a server that holds a
// million work orders, as `go run ./test/bench` makes it, for the list; without it the list is of the demo company.
import { chromium } from '@playwright/test'
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import setup, { startCopy } from './e2e/server.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const dist = new URL('../../server/page/dist/', import.meta.url)
const api = '/services/data/v67.0'
const times = 5
const screens = ['/', '/o/WorkOrder', '/o/WorkOrder?as=board', '/o/WorkOrder?q=nothing-like-this', '/o/WorkOrder/new', '/r/WorkOrder/{id}', '/r/WorkOrder/{id}/edit', '/objects', '/search?q=meter', '/data', '/data?tab=export', '/data?tab=history', '/workbench', '/setup', '/system']
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
const figure = (name, value, unit, most) => console.log(`figure ${name} ${Math.round(value * 10) / 10} ${unit} target <= ${most} ${value <= most ? 'ok' : 'short'}`)

const remove = await setup()
const stop = await startCopy()
const admin = JSON.parse(process.env.E2E_USERS).find((u) => u.username.startsWith('admin@'))
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
let large = null
try {
  const context = await signedIn(process.env.E2E_URL, admin)
  await firstLoad(context)
  await list(context)
  await records(context)
  await typing(context)
  await findings(context)
} finally {
  await browser.close()
  large?.kill()
  await stop()
  remove()
}

async function signedIn(baseURL, user) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL })
  const r = await context.request.post('/auth/login', { data: user })
  if (!r.ok()) throw new Error(`sign in: ${await r.text()}`)
  return context
}

/** Milliseconds of the main thread that a page takes until it shows what is waited for. */
async function cpu(context, path, shown) {
  const all = []
  for (let n = 0; n < times; n++) {
    const p = await context.newPage()
    const session = await context.newCDPSession(p)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await p.goto(path)
    await shown(p)
    all.push(await taskTime(session))
    await p.close()
  }
  return median(all)
}

async function taskTime(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find((m) => m.name === 'TaskDuration').value * 1000
}

async function firstLoad(context) {
  const page = await context.newPage()
  const files = new Set()
  page.on('request', (r) => /\/_a\//.test(r.url()) && files.add(r.url().split('/assets/')[1]))
  await page.goto('/', { waitUntil: 'networkidle' })
  const bytes = [...files].map((f) => gzipSync(readFileSync(new URL(`assets/${f}`, dist)), { level: 9 }).length)
  figure('first-load', bytes.reduce((a, b) => a + b, 0) / 1024, 'KB-gzip', 150)
  await page.close()
  figure('interactive', await cpu(context, '/', (p) => p.waitForSelector('main h1')), 'ms-cpu', 1000)
}

async function list(demo) {
  const context = process.env.BENCH_DATA ? await million(process.env.BENCH_DATA) : demo
  const { totalSize } = await (await context.request.get(`${api}/query?q=SELECT+COUNT()+FROM+WorkOrder`)).json()
  if (!process.env.BENCH_DATA) console.log(`the list is of ${totalSize} work orders; BENCH_DATA names a data directory of more`)
  figure(`list-of-200-over-${totalSize}`, await cpu(context, '/o/WorkOrder', (p) => p.waitForSelector('tbody tr[data-row="0"] a')), 'ms-cpu', 300)
}

/** A server on a data directory that is there, and somebody who may use it. */
async function million(data) {
  const port = await new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => (resolve(s.address().port), s.close()))
  })
  const base = `http://127.0.0.1:${port}`
  const password = 'a password for one run of the bench'
  const program = process.env.E2E_PROGRAM
  const user = `console-${Date.now()}@bench.example`
  execFileSync(program, ['user', 'add', user, '--data', data, '--password-stdin', '--profile', 'System Administrator'], { input: password + '\n', stdio: ['pipe', 'ignore', 'inherit'] })
  large = spawn(program, ['serve', '--data', data, '--addr', `127.0.0.1:${port}`], { stdio: 'ignore' })
  for (let n = 0; !(await fetch(`${base}/readyz`).then((r) => r.ok, () => false)); n++) {
    if (n > 600 || large.exitCode !== null) throw new Error(`no server started on ${data}`)
    await sleep(200)
  }
  return signedIn(base, { username: user, password })
}

async function records(context) {
  const q = encodeURIComponent("SELECT WorkOrderId FROM WorkStep WHERE StepType = 'Number' LIMIT 1")
  const { records: found } = await (await context.request.get(`${api}/query?q=${q}`)).json()
  figure('work-order-page', await cpu(context, `/r/WorkOrder/${found[0].WorkOrderId}`, (p) => p.waitForSelector('main h1')), 'ms-cpu', 300)
}

/** Typing in a form that has at least 80 fields; what the object lacks of them is added to it. */
async function typing(context) {
  const wanted = 80
  const page = await context.newPage()
  const fields = async () => {
    await page.goto('/o/Account/new')
    await page.waitForSelector('form input')
    await page.waitForLoadState('networkidle')
    return page.locator('form :is(input, select, textarea)').count()
  }
  for (let n = await fields(), i = 0; n < wanted; n++, i++) {
    const data = { FullName: `Account.Bench_${i}__c`, Metadata: { type: 'Text', label: `Bench ${i}`, length: 80 } }
    const r = await context.request.post(`${api}/tooling/sobjects/CustomField`, { data })
    if (!r.ok()) throw new Error(await r.text())
  }
  const count = await fields()
  const text = 'The quick brown fox jumps over the lazy dog, twice.'
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.locator('form input').first().focus()
  await page.keyboard.type('warm')
  const before = await taskTime(session)
  await page.keyboard.type(text)
  figure(`typing-in-${count}-fields`, ((await taskTime(session)) - before) / text.length, 'ms-cpu-a-key', 8)
  await page.close()
}

async function findings(context) {
  const { records: found } = await (await context.request.get(`${api}/query?q=SELECT+Id+FROM+WorkOrder+LIMIT+1`)).json()
  let n = 0
  for (const theme of ['light', 'dark']) {
    const page = await context.newPage()
    await page.addInitScript((t) => localStorage.setItem('truckroll.look', JSON.stringify({ theme: t })), theme)
    for (const path of screens) {
      await page.goto(path.replace('{id}', found[0].Id), { waitUntil: 'networkidle' })
      await page.waitForTimeout(500)
      const session = await context.newCDPSession(page)
      await session.send('Runtime.evaluate', { expression: axe })
      const expression = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => JSON.stringify(r.violations.map((v) => v.id + ' ' + v.nodes[0].html.slice(0, 120))))"
      const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      for (const v of JSON.parse(result.value)) console.log(`finding ${theme} ${path}: ${v}`), n++
    }
    await page.close()
  }
  figure(`axe-findings-on-${screens.length}-screens-light-and-dark`, n, 'findings', 0)
}
