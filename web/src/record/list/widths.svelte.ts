// How wide the columns of lists are: by the kind of their field, until somebody drags them.
import type { ObjectInfo } from '../../api/metadata'
import { keep, kept, onKept } from '../../kit/kept'

const byKind: Record<string, number> = {
  boolean: 96, int: 104, double: 120, currency: 128, percent: 104, date: 128, time: 104, datetime: 164,
  picklist: 148, phone: 148, email: 208, reference: 196, textarea: 280, address: 280, id: 184,
}

export const narrowest = 64
const widest = 800
const usual = 196

type Kept = Record<string, Record<string, number>>

class Widths {
  private all = $state<Kept>(kept('widths', {}))

  /** The width of a column in px. */
  of(info: ObjectInfo, column: string): number {
    const kept = this.all[info.name]?.[column]
    if (kept) return kept
    const field = info.field(column)
    if (field?.nameField) return field.type === 'string' && !field.autoNumber ? 240 : 168
    // A text that is long by its nature gets more room than a code.
    if (field?.type === 'string') return field.length > 100 ? 288 : usual
    return byKind[field?.type ?? ''] ?? usual
  }

  /** Keeps a width; null is the usual one again. */
  set(info: ObjectInfo, column: string, width: number | null): void {
    const of = { ...this.all[info.name] }
    if (width === null) delete of[column]
    else of[column] = Math.round(Math.min(widest, Math.max(narrowest, width)))
    this.all[info.name] = of
    keep('widths', this.all)
  }

  renew(): void {
    this.all = kept('widths', {})
  }
}

export const widths = new Widths()
onKept('widths', () => widths.renew())
