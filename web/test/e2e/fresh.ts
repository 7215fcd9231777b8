// A server without users, and a mail server that keeps what it is told, for the journeys about signing in.
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Fresh {
  url: string // by name, as passkeys need it
  code: string // for the set-up
  mail: string[] // that was sent, whole
  stop: () => Promise<void>
}

/** More are further flags of the server. */
export async function startFresh(more: string[] = []): Promise<Fresh> {
  const dir = mkdtempSync(join(tmpdir(), 'truckroll-fresh-'))
  const mail: string[] = []
  const inbox = await listen(mail)
  const args = ['serve', '--data', join(dir, 'data'), '--addr', '127.0.0.1:0', '--smtp-server', `smtp://127.0.0.1:${inbox.port}`, '--smtp-from', 'Truckroll <service@harbor.example>', ...more]
  const server = spawn(process.env.E2E_PROGRAM!, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  const [url, code] = await new Promise<[string, string]>((resolve, reject) => {
    server.on('exit', () => reject(new Error(`the server did not start:\n${log}`)))
    server.stderr.on('data', (d: Buffer) => {
      log += d.toString()
      const told = /http:\/\/127\.0\.0\.1:(\d+)\/#setup=(\S+)/.exec(log)
      if (told) resolve([`http://localhost:${told[1]}`, told[2]!])
    })
  })
  const stop = async () => {
    inbox.close()
    server.removeAllListeners('exit')
    server.kill()
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(dir, { recursive: true, force: true })
  }
  return { url, code, mail, stop }
}

/** The smallest server that takes mail. */
async function listen(mail: string[]): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => {
    let text = ''
    let data = false
    socket.write('220 inbox\r\n')
    socket.on('data', (chunk) => {
      text += chunk.toString()
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        if (data) {
          if (line === '.') (data = false), socket.write('250 kept\r\n')
          else mail[mail.length - 1] += line + '\n'
        } else if (line === 'DATA') (data = true), mail.push(''), socket.write('354 go on\r\n')
        else if (line === 'QUIT') socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { port: (server.address() as { port: number }).port, close: () => server.close() }
}

/** The code that an authenticator app shows, some steps of 30 seconds from now. */
export function totp(secret: string, ahead = 0): string {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((b) => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = mac[19]! & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The link that the last mail holds. */
export function linkIn(mail: string[]): string {
  return /http:\/\/\S+\/reset#\S+/.exec(mail.at(-1)!.replace(/=\n/g, '').replace(/=3D/g, '='))![0]
}
