// Builds the server and starts it on a demo company of its own, for all journeys.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const repository = new URL('../../..', import.meta.url).pathname

export default async function setup() {
  const dir = mkdtempSync(join(tmpdir(), 'truckroll-e2e-'))
  const program = process.env.TRUCKROLL ?? join(dir, 'truckroll')
  if (!process.env.TRUCKROLL) execFileSync('go', ['build', '-o', program, './cmd/truckroll'], { cwd: repository, stdio: 'inherit' })
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(program, ['demo', '--data', join(dir, 'data'), '--addr', address, '--work-orders', '300'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  server.stderr.on('data', (d) => (log += d.toString()))
  writeFileSync(join(dir, 'pid'), String(server.pid)) // a journey that starts the server anew writes its own
  const stop = () => {
    process.kill(Number(readFileSync(join(dir, 'pid'), 'utf8')))
    rmSync(dir, { recursive: true, force: true })
  }
  const credentials = join(dir, 'data', 'credentials.json')
  for (let n = 0; !(existsSync(credentials) && (await answers(address))); n++) {
    if (n > 600 || server.exitCode !== null) {
      stop()
      throw new Error(`the server did not start:\n${log}`)
    }
    await sleep(100)
  }
  Object.assign(process.env, { E2E_DIR: dir, E2E_PROGRAM: program })
  process.env.E2E_URL = `http://${address}`
  process.env.E2E_USERS = JSON.stringify(JSON.parse(readFileSync(credentials, 'utf8')).users)
  return stop
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
