import type { ObjectInfo } from '../../api/metadata'

/** What the timeline action tells of one change in the audit log. */
export interface Entry {
  at: string
  userId: string
  user: string
  objectName: string
  recordId: string
  recordName: string
  text: string
  changes: Change[]
}

export interface Change {
  field: string
  label: string
  oldValue: string
  newValue: string
}

/** The kinds that a timeline can be narrowed to. */
export const sorts = ['changes', 'notes', 'files', 'activities'] as const
export type Sort = (typeof sorts)[number]

const sortOfObject: Record<string, Sort> = { Note: 'notes', ContentDocumentLink: 'files', Attachment: 'files', Task: 'activities', Event: 'activities', EmailMessage: 'activities', CaseComment: 'notes' }

/** Things that were done at once by one user: they are shown together. */
export interface Happening {
  key: string
  at: string
  user: string
  items: Item[]
}

export interface Item {
  entry: Entry
  sort: Sort
  /** It was made, deleted or brought back; of a change this is "". */
  deed: 'created' | 'deleted' | 'restored' | ''
  changes: Change[]
  /** It follows from other changes alone. */
  derived: boolean
  /** The text of a note, or the name of a file. */
  title: string
  body: string
}

const deeds: [RegExp, Item['deed']][] = [[/ created this /, 'created'], [/ deleted (for good )?this /, 'deleted'], [/ brought back this /, 'restored']]

/** What a field became by an entry. */
const now = (e: Entry, field: string) => e.changes.find((c) => c.field === field)?.newValue ?? ''

/**
 * An entry for people: what follows from other fields is left out where there is something else to say, and of what was
 * made only that it was.
 */
export function itemOf(e: Entry, own: ObjectInfo): Item {
  const deed = deeds.find(([re]) => re.test(e.text) && e.text.startsWith(e.user))?.[1] ?? ''
  const written = e.objectName === own.name ? e.changes.filter((c) => own.field(c.field)?.updateable) : e.changes
  const changes = written.length ? written : e.changes
  const sort = sortOfObject[e.objectName] ?? 'changes'
  return { entry: e, sort, deed, changes, derived: !deed && written.length === 0, title: now(e, 'Title') || now(e, 'Subject') || e.recordName, body: now(e, 'Body') || now(e, 'CommentBody') }
}

/** Entries as happenings: the newest first, what one user did within two seconds together. */
export function happenings(entries: Entry[], own: ObjectInfo, only: Sort | ''): Happening[] {
  const out: Happening[] = []
  for (const e of entries) {
    const item = itemOf(e, own)
    if (only && item.sort !== only) continue
    const last = out.at(-1)
    if (last && last.user === e.user && Math.abs(time(last.at) - time(e.at)) < 2000) last.items.push(item)
    else out.push({ key: `${e.at} ${e.recordId} ${out.length}`, at: e.at, user: e.user, items: [item] })
  }
  for (const h of out) {
    if (h.items.some((i) => !i.derived)) h.items = h.items.filter((i) => !i.derived)
    h.items.sort((a, b) => Number(b.entry.objectName === own.name) - Number(a.entry.objectName === own.name))
  }
  return out
}

const time = (at: string) => Date.parse(at.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))

/** Which kinds there are among entries. */
export const sortsIn = (entries: Entry[]): Sort[] => sorts.filter((s) => entries.some((e) => (sortOfObject[e.objectName] ?? 'changes') === s))
