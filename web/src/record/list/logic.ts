/** How filters are joined: all of them, or as a sentence of their numbers says. */
export type Logic = { op: 'and' | 'or'; of: Logic[] } | { op: 'not'; of: Logic } | number

/** What is wrong with a sentence, and at which character. */
export class LogicError extends Error {
  readonly at: number
  readonly kind: 'number' | 'end' | 'mixed' | 'word'

  constructor(kind: LogicError['kind'], at: number) {
    super(kind)
    this.kind = kind
    this.at = at
  }
}

interface Token {
  text: string
  at: number
}

const tokens = (text: string): Token[] => [...text.matchAll(/\(|\)|[^\s()]+/g)].map((m) => ({ text: m[0].toUpperCase(), at: m.index }))

/**
 * Reads a sentence such as "1 AND (2 OR NOT 3)" about n filters. AND and OR side by side need parentheses, so that
 * nobody has to know which binds more.
 * @throws LogicError
 */
export function readLogic(text: string, n: number): Logic {
  const all = tokens(text)
  let i = 0
  const peek = () => all[i]?.text ?? ''
  const at = () => all[i]?.at ?? text.length

  function term(): Logic {
    if (peek() === 'NOT') {
      i++
      return { op: 'not', of: term() }
    }
    if (peek() === '(') {
      i++
      const inner = sentence()
      if (peek() !== ')') throw new LogicError('end', at())
      i++
      return inner
    }
    if (!/^\d+$/.test(peek())) throw new LogicError(i < all.length ? 'word' : 'end', at())
    const number = Number(peek())
    if (number < 1 || number > n) throw new LogicError('number', at())
    i++
    return number
  }

  function sentence(): Logic {
    const of = [term()]
    const word = peek()
    while (peek() === 'AND' || peek() === 'OR') {
      if (peek() !== word) throw new LogicError('mixed', at())
      i++
      of.push(term())
    }
    return of.length === 1 ? of[0]! : { op: word === 'OR' ? 'or' : 'and', of }
  }

  const whole = sentence()
  if (i < all.length) throw new LogicError('word', at())
  return whole
}

/** The condition that a sentence makes of its filters' conditions; one that is not finished counts as absent. */
export function joined(logic: Logic, conditions: string[]): string {
  if (typeof logic === 'number') return conditions[logic - 1] ?? ''
  if (logic.op === 'not') {
    const inner = joined(logic.of, conditions)
    return inner && `(NOT ${inner})`
  }
  const parts = logic.of.map((l) => joined(l, conditions)).filter(Boolean)
  return parts.length > 1 ? `(${parts.join(logic.op === 'or' ? ' OR ' : ' AND ')})` : (parts[0] ?? '')
}

/** The sentence after a filter was taken away: its number goes, those behind it move up. Unreadable ones are dropped. */
export function without(text: string, gone: number, n: number): string {
  const drop = (l: Logic): Logic | null => {
    if (typeof l === 'number') return l === gone ? null : l > gone ? l - 1 : l
    if (l.op === 'not') {
      const of = drop(l.of)
      return of === null ? null : { op: 'not', of }
    }
    const of = l.of.map(drop).filter((x) => x !== null)
    return of.length === 0 ? null : of.length === 1 ? of[0]! : { op: l.op, of }
  }
  try {
    const left = drop(readLogic(text, n))
    return left === null ? '' : written(left)
  } catch {
    return ''
  }
}

function written(l: Logic, inner = false): string {
  if (typeof l === 'number') return String(l)
  if (l.op === 'not') return `NOT ${written(l.of, true)}`
  const text = l.of.map((x) => written(x, true)).join(l.op === 'or' ? ' OR ' : ' AND ')
  return inner ? `(${text})` : text
}
