/** Where the user is. The address holds the whole state of a page, so that it can be shared and gone back to. */
export const place = $state({ path: location.pathname, query: new URLSearchParams(location.search), hash: location.hash })

function read(): void {
  place.path = location.pathname
  place.query = new URLSearchParams(location.search)
  place.hash = location.hash
}

/** Goes to an address of the console. */
export function go(to: string, replace = false): void {
  if (to === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState'](null, '', to)
  read()
  if (!replace) scrollTo(0, 0)
}

/** Changes parts of the query and leaves the rest; null takes a part away. */
export function setQuery(changes: Record<string, string | string[] | null>, replace = true): void {
  const q = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    q.delete(name)
    for (const v of Array.isArray(value) ? value : value ? [value] : []) q.append(name, v)
  }
  go(q.size ? `${location.pathname}?${q}` : location.pathname, replace)
}

/** Makes links of the console change the page without loading it anew. Modified clicks stay with the browser. */
export function listen(): () => void {
  const click = (e: MouseEvent) => {
    const a = (e.target as Element | null)?.closest?.('a')
    if (!a || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return
    if (a.target || a.origin !== location.origin || a.hasAttribute('download') || !own(a.pathname)) return
    if (a.hash && a.pathname === location.pathname) return
    e.preventDefault()
    go(a.pathname + a.search)
  }
  addEventListener('popstate', read)
  document.addEventListener('click', click)
  return () => {
    removeEventListener('popstate', read)
    document.removeEventListener('click', click)
  }
}

/** The API, sign-in for other programs and the phone app are not pages of the console. */
const own = (path: string) => !/^\/(services|auth|id|m|metrics|healthz|readyz|\.well-known)(\/|$)/.test(path) && path !== '/setup/connect'
