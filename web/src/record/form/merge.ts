import type { Values } from '../../api/types'

export interface Conflict {
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}

export interface Merged {
  /** My changes that can be saved over theirs. */
  changes: Values
  /** Fields that both changed, to different values. */
  conflicts: Conflict[]
  /** Fields that they changed. */
  theirs: string[]
}

/** Values are alike when they are written alike; nothing is like nothing. */
export const alike = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** What a form changed of a record. */
export function changesOf(base: Values, now: Values): Values {
  return Object.fromEntries(Object.entries(now).filter(([f, v]) => !alike(v, base[f])))
}

/**
 * Puts my changes and somebody else's together, field by field, given the record as both of us knew it. What only one
 * of us changed is taken; what both changed alike is no change any more; the rest is for the user to decide.
 */
export function merge(base: Values, mine: Values, current: Values, fields: string[]): Merged {
  const out: Merged = { changes: {}, conflicts: [], theirs: fields.filter((f) => !alike(base[f], current[f])) }
  for (const [field, value] of Object.entries(mine)) {
    if (alike(value, current[field])) continue
    if (alike(base[field], current[field])) out.changes[field] = value
    else out.conflicts.push({ field, base: base[field] ?? null, mine: value, theirs: current[field] ?? null })
  }
  return out
}
