/**
 * Where the browser may go on to after signing in: an address of this server, as the browser itself reads it, or '' for
 * any other. What looks like a path need not be one: browsers read `/\t/example.com` as another server.
 */
export function onwardTo(to: string, origin = location.origin): string {
  if (!to.startsWith('/') || !URL.canParse(to, origin)) return ''
  const u = new URL(to, origin)
  return u.origin === origin ? u.href : ''
}
