/** What the server wrote into the page about itself. */
function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="truckroll-${name}"]`)?.content ?? ''
}

export const server = {
  organization: meta('organization'),
  version: meta('version'),
  demo: meta('demo') === 'true',
  /** The ways to sign in besides the password: totp, passkey, oidc. */
  signIn: meta('sign-in').split(' ').filter(Boolean),
}
