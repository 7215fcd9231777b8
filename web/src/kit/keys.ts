/** A key and what it does. Two keys after each other are written with a space: "g w". */
export interface Shortcut {
  keys: string
  about: string
  run: () => void
}

/**
 * A map of keys. Pages add theirs while they are shown; the last one added wins. Keys are not taken from someone who
 * types, except with Ctrl or Command; and not even then those by which text is edited.
 */
export class KeyMap {
  private all: Shortcut[] = []
  private pending = ''
  private at = 0

  add(shortcuts: Shortcut[]): () => void {
    this.all.push(...shortcuts)
    return () => {
      this.all = this.all.filter((s) => !shortcuts.includes(s))
    }
  }

  list(): Shortcut[] {
    return [...new Map(this.all.map((s) => [s.keys, s])).values()]
  }

  press(e: KeyboardEvent, now = Date.now()): void {
    const key = nameOf(e)
    if (e.defaultPrevented || (typing(e.target) && (!key.startsWith('mod+') || theirs.has(key))) || covered(e.target)) return
    const first = now - this.at < 1200 ? this.pending : ''
    const two = first ? `${first} ${key}` : ''
    const hit = this.find(two) ?? this.find(key)
    this.pending = !hit && this.all.some((s) => s.keys.startsWith(key + ' ')) ? key : ''
    this.at = now
    if (!hit) return
    e.preventDefault()
    hit.run()
  }

  private find(keys: string): Shortcut | undefined {
    return keys ? this.all.findLast((s) => s.keys === keys) : undefined
  }
}

/** What text fields do by themselves, such as to undo what was typed, is left to them. */
const theirs = new Set(['mod+z', 'mod+y', 'mod+a', 'mod+c', 'mod+v', 'mod+x'])

function nameOf(e: KeyboardEvent): string {
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key
  return (e.ctrlKey || e.metaKey ? 'mod+' : '') + (e.altKey ? 'alt+' : '') + key
}

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu] *, [role=listbox] *')
}

/** Keys of the page do nothing while a dialog lies over it. */
function covered(target: EventTarget | null): boolean {
  const open = document.querySelector('dialog[open]')
  return open !== null && target instanceof Node && (open.contains(target) || target === document.body)
}

export const keys = new KeyMap()
