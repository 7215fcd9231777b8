import { root } from '../api/client'
import { session } from '../api/session.svelte'

/** Somebody else who has the record open. */
export interface Looker {
  id: string
  name: string
  doing: 'viewing' | 'editing'
}

/** What was done to the record. */
export interface Told {
  change: string
  changedFields: string[]
  user?: string
}

const tab = crypto.randomUUID?.() ?? String(Math.random())
const beat = 25_000
const again = 15_000

/**
 * What happens at a record while it is open: who else looks at it, and what they change. A page that is hidden lets
 * its stream go, since a browser has few connections to a server; its seat at the record it keeps.
 */
export class LiveRecord {
  people = $state.raw<Looker[]>([])
  private source: EventSource | null = null
  private timers: ReturnType<typeof setInterval>[] = []
  private readonly id: string
  private readonly doing: () => 'viewing' | 'editing'
  private readonly heard: (told: Told | null) => void

  /** heard is told of each change, and null when something may have been missed. */
  constructor(id: string, doing: () => 'viewing' | 'editing', heard: (told: Told | null) => void) {
    this.id = id
    this.doing = doing
    this.heard = heard
  }

  /** Begins, and returns what ends it. */
  start(): () => void {
    const seen = () => (document.hidden ? this.close() : this.open(true))
    const gone = () => this.leave()
    this.say()
    this.open(false)
    this.timers = [setInterval(() => this.say(), beat), setInterval(() => !document.hidden && this.source?.readyState === EventSource.CLOSED && this.open(true), again)]
    document.addEventListener('visibilitychange', seen)
    addEventListener('pagehide', gone)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('pagehide', gone)
      this.timers.forEach(clearInterval)
      this.close()
      this.leave()
    }
  }

  /** Tells what this page does at the record. It is no harm when that gets lost. */
  say(doing: string = this.doing()): void {
    if (session.state !== 'in') return
    const init: RequestInit = { method: 'POST', credentials: 'same-origin', keepalive: doing === 'left', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ tab, doing }) }
    fetch(`${root}/presence/${this.id}`, init)
      .then((r) => (r.ok ? r.json() : null))
      .then((a: { people: Looker[] } | null) => a && doing !== 'left' && (this.people = a.people))
      .catch(() => undefined)
  }

  private leave(): void {
    this.say('left')
  }

  private open(late: boolean): void {
    this.close()
    if (document.hidden) return
    if (late) this.heard(null)
    const s = new EventSource(`${root}/events?record=${this.id}`)
    s.addEventListener('presence', (e) => (this.people = (JSON.parse(e.data) as { people: Looker[] }).people))
    s.addEventListener('change', (e) => this.heard(JSON.parse(e.data) as Told))
    this.source = s
  }

  private close(): void {
    this.source?.close()
    this.source = null
  }
}
