/** Quotes a text for a query. */
export function quote(text: string): string {
  return `'${text.replace(/[\\'"\n\r\t\b\f]/g, (c) => escapes[c] ?? c)}'`
}

const escapes: Record<string, string> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' }

/** Quotes a text for LIKE, where % and _ stand for themselves. */
export function like(text: string): string {
  return quote(`%${text}%`).replace(/(?<!^')[_%](?!'$)/g, (c) => `\\${c}`)
}
