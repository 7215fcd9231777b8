// A small OpenID provider for the journeys about single sign-on. Its page asks who one is; it signs what it says of them,
// and gives its token only to whom holds the client's secret, the code, which is good once, and the verifier of the challenge.
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Provider {
  flags: string[] // by which a server is told of it
  stop: () => Promise<void>
}

type Claims = Record<string, string | boolean>

/** People are what it says of those who may sign in, by the name of their button. */
export async function startProvider(people: Record<string, Claims>): Promise<Provider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { person: string; asked: URLSearchParams }>()
  const secret = randomUUID()
  let issuer = ''

  const pages: Record<string, (q: URLSearchParams, r: IncomingMessage) => Promise<object | string | URL | null>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/keys': async () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }),
    '/authorize': async (q) => {
      const choice = (name: string) => `<p><a href="/chosen?${new URLSearchParams([...q, ['person', name]]).toString().replaceAll('&', '&amp;')}">${name}</a></p>`
      return `<!doctype html><title>Harbor ID</title><h1>Who are you?</h1>${[...Object.keys(people), 'Nobody'].map(choice).join('')}`
    },
    '/chosen': async (q) => {
      const back = new URL(q.get('redirect_uri')!)
      back.searchParams.set('state', q.get('state')!)
      const person = q.get('person')!
      if (!people[person]) return back.searchParams.set('error', 'access_denied'), back
      const code = randomUUID()
      codes.set(code, { person, asked: q })
      return back.searchParams.set('code', code), back
    },
    '/token': async (_, r) => {
      const given = new URLSearchParams(await bodyOf(r))
      const known = codes.get(given.get('code')!)
      codes.delete(given.get('code')!)
      const challenge = createHash('sha256').update(given.get('code_verifier') ?? '').digest('base64url')
      const client = `Basic ${Buffer.from(`truckroll:${secret}`).toString('base64')}`
      if (!known || r.headers.authorization !== client || challenge !== known.asked.get('code_challenge') || given.get('redirect_uri') !== known.asked.get('redirect_uri')) return null
      const now = Math.floor(Date.now() / 1000)
      const claims = { iss: issuer, aud: 'truckroll', iat: now, exp: now + 60, nonce: known.asked.get('nonce'), ...people[known.person] }
      const text = [{ alg: 'RS256', kid: 'k' }, claims].map((x) => Buffer.from(JSON.stringify(x)).toString('base64url')).join('.')
      return { access_token: 'unused', token_type: 'Bearer', id_token: `${text}.${createSign('sha256').update(text).sign(privateKey, 'base64url')}` }
    },
  }

  const server = createServer(async (r, w) => {
    const at = new URL(r.url!, issuer)
    answer(w, (await pages[at.pathname]?.(at.searchParams, r)) ?? null)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const flags = ['--oidc-issuer', issuer, '--oidc-client-id', 'truckroll', '--oidc-client-secret', secret, '--oidc-name', 'Harbor ID']
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { flags, stop }
}

/** A text is a page, an address is where to go, nothing is a refusal. */
function answer(w: ServerResponse, x: object | string | URL | null) {
  if (x instanceof URL) w.writeHead(303, { Location: x.href }).end()
  else if (typeof x === 'string') w.writeHead(200, { 'Content-Type': 'text/html' }).end(x)
  else w.writeHead(x ? 200 : 400, { 'Content-Type': 'application/json' }).end(JSON.stringify(x ?? { error: 'invalid_grant' }))
}

async function bodyOf(r: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of r) text += chunk
  return text
}
