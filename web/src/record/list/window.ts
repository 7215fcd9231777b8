/** Which rows of a long table are drawn: those in sight and a few around them. */
export interface Span {
  from: number
  to: number // behind the last
}

/** Rows beyond the edges that are drawn so that scrolling finds them there. */
const margin = 12

/**
 * The rows to draw of n that are each high, in a viewport of the given height that is scrolled down by top. A span
 * begins with an even row, so that it does not change with every row that goes by.
 */
export function spanOf(n: number, top: number, height: number, row: number): Span {
  if (row <= 0) return { from: 0, to: n }
  const first = Math.floor(top / row) - margin
  const from = Math.max(0, Math.min(first - (first % 4), n))
  const to = Math.min(n, Math.ceil((top + height) / row) + margin)
  return { from: Math.min(from, Math.max(0, n - 1)), to: Math.max(to, Math.min(n, from + 1)) }
}
