/** What the server wrote into the page about itself. */
function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="truckroll-${name}"]`)?.content ?? ''
}

export const server = {
  organization: meta('organization'),
  version: meta('version'),
  demo: meta('demo') === 'true',
  /** What the sign-in page offers beside the password: oidc, forgot; setup when there are no users yet. */
  signIn: meta('sign-in').split(' ').filter(Boolean),
  /** What people call the provider of single sign-on; '' is the company. */
  provider: meta('provider'),
  /** Whom to ask who can't sign in; '' names nobody. */
  help: meta('help'),
}
