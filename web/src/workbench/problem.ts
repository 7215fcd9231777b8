import { ApiError } from '../api/client'

/** What is wrong with a query and where: row and column count from 1; 0 is unknown. */
export interface Mark {
  message: string
  code: string
  row: number
  column: number
  /** How many characters are at fault. */
  length: number
}

/** Reads the place out of the server's answer. */
export function markOf(e: unknown, soql: string): Mark {
  const whole = e instanceof Error ? e.message : String(e)
  const code = e instanceof ApiError ? e.code : ''
  const at = /ERROR at Row:(\d+):Column:(\d+)\s*/.exec(whole)
  if (!at) return { message: whole.trim(), code, row: 0, column: 0, length: 0 }
  const row = Number(at[1])
  const column = Number(at[2])
  const rest = soql.split('\n')[row - 1]?.slice(column - 1) ?? ''
  return { message: whole.slice(at.index + at[0].length).trim(), code, row, column, length: Math.max(1, /^[\w.]+/.exec(rest)?.[0].length ?? 1) }
}

/** Where a row and column stand in a text. */
export function offsetOf(text: string, row: number, column: number): number {
  const before = text.split('\n').slice(0, row - 1)
  return Math.min(text.length, before.reduce((n, l) => n + l.length + 1, 0) + column - 1)
}
