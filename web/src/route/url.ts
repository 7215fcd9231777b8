/** A route's pattern: /r/:object/:id. A last part of * takes all that follows. */
export interface Match {
  params: Record<string, string>
}

/** Matches a path against a pattern; null when it does not fit. */
export function match(pattern: string, path: string): Match | null {
  const want = parts(pattern)
  const have = parts(path)
  const params: Record<string, string> = {}
  for (const [i, part] of want.entries()) {
    if (part === '*') return { params: { ...params, rest: have.slice(i).join('/') } }
    const got = have[i]
    if (got === undefined) return null
    if (part.startsWith(':')) params[part.slice(1)] = safeDecode(got)
    else if (part !== got) return null
  }
  return have.length === want.length ? { params } : null
}

const parts = (path: string) => path.split('/').filter(Boolean)

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A path with its parameters filled in. */
export function href(path: string, query: Record<string, string | string[] | undefined> = {}): string {
  const q = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const v of Array.isArray(value) ? value : [value]) if (v) q.append(name, v)
  }
  return q.size ? `${path}?${q}` : path
}

export const listHref = (object: string, query?: Record<string, string | string[] | undefined>) => href(`/o/${object}`, query)
export const recordHref = (object: string, id: string) => `/r/${object}/${id}`
export const newHref = (object: string, defaults: Record<string, string> = {}) => href(`/o/${object}/new`, defaults)
