import type { ObjectInfo } from '../../api/metadata'
import { kindOf } from '../../kind/kind'

/** Where the keyboard is in a table, and which cell is edited. Rows and columns count from 0; -1 is nowhere. */
export class Grid {
  row = $state(-1)
  column = $state(0)
  editing = $state<{ id: string; column: string }>({ id: '', column: '' })

  /** Moves by rows and columns within a table. */
  move(rows: number, columns: number, height: number, width: number): void {
    this.row = clamp(this.row + rows, height)
    this.column = clamp(this.column + columns, width)
  }

  edit(id: string, column: string): void {
    this.editing = { id, column }
  }

  leave(): void {
    this.editing = { id: '', column: '' }
  }
}

const clamp = (n: number, size: number) => Math.max(0, Math.min(size - 1, n))

/** Whether a column's values can be changed where they stand. */
export function editable(info: ObjectInfo, column: string): boolean {
  const field = info.field(column)
  return Boolean(field?.updateable && kindOf(field).Edit && !kindOf(field).wide)
}

/** The column to edit after one, in a direction; undefined at the end. */
export function beside(info: ObjectInfo, columns: string[], column: string, by: number): string | undefined {
  const all = columns.filter((c) => editable(info, c))
  return all[all.indexOf(column) + by]
}
