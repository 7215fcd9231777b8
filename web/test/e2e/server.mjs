// Builds the server and fills a demo company; every worker of the journeys begins with a copy of it.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const repository = new URL('../../..', import.meta.url).pathname

/** Leaves the program in E2E_PROGRAM and the company in E2E_COMPANY, and answers what removes them. */
export default async function setup() {
  const dir = mkdtempSync(join(tmpdir(), 'truckroll-e2e-'))
  const program = process.env.TRUCKROLL ?? join(dir, 'truckroll')
  if (!process.env.TRUCKROLL) execFileSync('go', ['build', '-o', program, './cmd/truckroll'], { cwd: repository, stdio: 'inherit' })
  Object.assign(process.env, { E2E_PROGRAM: program, E2E_COMPANY: join(dir, 'company') })
  const server = await serve(dir, join(dir, 'company'))
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill()
  await ended
  return () => rmSync(dir, { recursive: true, force: true })
}

/** Starts a server on a copy of the company. Leaves its address, users and directory in E2E_URL, E2E_USERS and E2E_DIR, and answers what stops it. */
export async function startCopy() {
  const dir = mkdtempSync(join(tmpdir(), 'truckroll-e2e-'))
  const data = join(dir, 'data')
  cpSync(process.env.E2E_COMPANY, data, { recursive: true })
  const { pid, address } = await serve(dir, data)
  writeFileSync(join(dir, 'pid'), String(pid)) // a journey that starts the server anew writes its own
  const { users } = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'))
  Object.assign(process.env, { E2E_DIR: dir, E2E_URL: `http://${address}`, E2E_USERS: JSON.stringify(users) })
  return async () => {
    process.kill(Number(readFileSync(join(dir, 'pid'), 'utf8')))
    while (await answers(address)) await sleep(20)
    rmSync(dir, { recursive: true, force: true })
  }
}

async function serve(dir, data) {
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(process.env.E2E_PROGRAM, ['demo', '--data', data, '--addr', address, '--work-orders', '300'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  server.stderr.on('data', (d) => (log += d.toString()))
  for (let n = 0; !(existsSync(join(data, 'credentials.json')) && (await answers(address))); n++) {
    if (n > 1200 || server.exitCode !== null) {
      server.kill()
      rmSync(dir, { recursive: true, force: true })
      throw new Error(`the server did not start:\n${log}`)
    }
    await sleep(100)
  }
  return Object.assign(server, { address })
}

async function answers(address) {
  return fetch(`http://${address}/readyz`).then((r) => r.ok, () => false)
}

async function freePort() {
  const s = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => s.once('listening', resolve))
  const { port } = s.address()
  await new Promise((resolve) => s.close(resolve))
  return port
}
