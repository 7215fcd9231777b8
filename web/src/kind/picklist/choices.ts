import type { ObjectInfo } from '../../api/metadata'
import type { Choice, Field, Values } from '../../api/types'

/**
 * The choices of a picklist that may be taken, given what its controlling field holds. The bits of validFor, in base64
 * with the highest first, say for which values of the controlling field a choice is there.
 */
export function choicesFor(field: Field, values: Values, controller: Field | undefined): Choice[] {
  const active = field.picklistValues.filter((c) => c.active)
  if (!controller) return active
  const index = controller.type === 'boolean' ? Number(values[controller.name] === true) : controller.picklistValues.findIndex((c) => c.value === values[controller.name])
  return active.filter((c) => c.validFor !== null && index >= 0 && bit(c.validFor, index))
}

function bit(base64: string, n: number): boolean {
  const bytes = atob(base64)
  return n >> 3 < bytes.length && (bytes.charCodeAt(n >> 3) & (0x80 >> (n & 7))) !== 0
}

/** Those of some choices that go with a record type: all, when it says nothing of the field. */
export const ofType = (choices: Choice[], allowed: string[] | undefined) => (allowed ? choices.filter((c) => allowed.includes(c.value)) : choices)

/** The dependent fields whose value does not go with the controlling one any more. */
export function orphans(info: ObjectInfo, values: Values, changed: string): string[] {
  return info.described.fields
    .filter((f) => f.controllerName === changed && values[f.name] && !choicesFor(f, values, info.field(changed)).some((c) => c.value === values[f.name]))
    .map((f) => f.name)
}

export function labelOf(field: Field, value: string): string {
  return field.picklistValues.find((c) => c.value === value)?.label ?? value
}

/** The colour that an administrator gave a value. */
export const colorOf = (field: Field, value: string) => field.picklistValues.find((c) => c.value === value)?.color
