import type { Values } from '../../api/types'

/** What somebody typed and has not saved: it outlives a reload, a sign-in and a crash of the browser. */
export interface Draft {
  changes: Values
  names: Record<string, string>
  etag: string | null
  at: string
}

const prefix = 'truckroll.draft.'
const keptFor = 14 * 86_400_000

/** Drafts of one user in this browser. */
export class Drafts {
  private readonly user: string
  private readonly storage: Storage

  constructor(user: string, storage: Storage = localStorage) {
    this.user = user
    this.storage = storage
  }

  private key(object: string, id: string): string {
    return `${prefix}${this.user}.${object}.${id || 'new'}`
  }

  load(object: string, id: string, now = Date.now()): Draft | null {
    try {
      const draft = JSON.parse(this.storage.getItem(this.key(object, id)) ?? 'null') as Draft | null
      return draft && now - Date.parse(draft.at) < keptFor ? draft : null
    } catch {
      return null
    }
  }

  save(object: string, id: string, draft: Draft): void {
    try {
      if (Object.keys(draft.changes).length === 0) this.storage.removeItem(this.key(object, id))
      else this.storage.setItem(this.key(object, id), JSON.stringify(draft))
    } catch {
      // the storage is full or off: the form still holds what was typed
    }
  }

  drop(object: string, id: string): void {
    this.storage.removeItem(this.key(object, id))
  }
}
