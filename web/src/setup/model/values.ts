import type { Color } from '../../api/types'
import type { ValueSet } from './field'

/** One value of a picklist as the Tooling API writes it. */
export interface Value {
  valueName: string
  label: string
  default: boolean
  isActive: boolean
  /** What rules depend on, of a status. */
  groupingString?: string
  color?: Color
}

/** A category as people read it: InProgress is In Progress. */
export const inWords = (category: string) => category.replace(/([a-z])([A-Z])/g, '$1 $2')

export const blankValue = (label = '', groupingString?: string): Value => ({ valueName: label, label, default: false, isActive: true, ...(groupingString ? { groupingString } : {}) })

/** Moves a value to another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  if (to < 0 || to >= list.length || from === to) return list
  const next = list.slice()
  next.splice(to, 0, next.splice(from, 1)[0]!)
  return next
}

/** Values of pasted text, one a line, without those that are there already. */
export function pasted(text: string, known: Value[], category?: string): Value[] {
  const taken = new Set(known.map((v) => v.valueName.toLowerCase()))
  return text
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l && !taken.has(l.toLowerCase()) && taken.add(l.toLowerCase()))
    .map((l) => blankValue(l, category))
}

/** What is wrong with a list of values: a mistake by place, or one about the whole under -1. */
export function mistakes(values: Value[], categories: string[]): Map<number, 'empty' | 'twice' | 'semicolon' | 'category' | 'none'> {
  const found = new Map<number, 'empty' | 'twice' | 'semicolon' | 'category' | 'none'>()
  const seen = new Set<string>()
  values.forEach((v, i) => {
    const name = v.valueName.trim().toLowerCase()
    if (!name) found.set(i, 'empty')
    else if (seen.has(name)) found.set(i, 'twice')
    else if (name.includes(';')) found.set(i, 'semicolon')
    else if (categories.length > 0 && !v.groupingString) found.set(i, 'category')
    seen.add(name)
  })
  if (!values.some((v) => v.isActive)) found.set(-1, 'none')
  return found
}

/** The values as a value set; what it says beside them stays, as far as the values are still there. */
export function setOf(values: Value[], before: ValueSet | null): ValueSet {
  const names = new Set(values.map((v) => v.valueName))
  const settings = before?.valueSettings?.filter((s) => names.has(s.valueName))
  return { restricted: true, ...before, valueSetDefinition: { sorted: false, value: values.map(tidy) }, ...(settings ? { valueSettings: settings } : {}) }
}

export const tidy = (v: Value): Value => ({ ...v, valueName: v.valueName.trim(), label: v.label.trim() || v.valueName.trim() })

/** The values of a list that are not in another. */
export const goneFrom = (before: Value[], after: Value[]) => before.filter((v) => !after.some((w) => w.valueName === v.valueName))
