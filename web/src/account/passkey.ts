// Passkeys: what the browser wants as bytes, the server says as text.

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))

export const text = (b: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

export interface Begun {
  ticket: string
  options: any // of the ceremony, as JSON has them
}

const listed = (list: { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }[] = []): PublicKeyCredentialDescriptor[] => list.map((c) => ({ ...c, id: bytes(c.id) }))

/** Whether this browser could use a passkey here: it must reach the server by name, over a connection that it trusts. */
export function possible(): boolean {
  return isSecureContext && 'PublicKeyCredential' in window && !/^[\d.]+$|:/.test(location.hostname)
}

/** Has a device make a passkey; the answer is for the server. */
export async function make(begun: Begun): Promise<unknown> {
  const o = begun.options
  const made = (await navigator.credentials.create({
    publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: listed(o.excludeCredentials) },
  })) as PublicKeyCredential
  const r = made.response as AuthenticatorAttestationResponse
  return {
    ...named(made),
    response: { clientDataJSON: text(r.clientDataJSON), attestationObject: text(r.attestationObject), transports: r.getTransports?.() ?? [] },
  }
}

/** Has a device show a passkey of this server; the answer is for the server. */
export async function show(begun: Begun): Promise<unknown> {
  const o = begun.options
  const shown = (await navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: listed(o.allowCredentials) } })) as PublicKeyCredential
  const r = shown.response as AuthenticatorAssertionResponse
  return {
    ...named(shown),
    response: { clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData), signature: text(r.signature), userHandle: r.userHandle ? text(r.userHandle) : null },
  }
}

const named = (c: PublicKeyCredential) => ({ id: c.id, rawId: text(c.rawId), type: c.type, authenticatorAttachment: c.authenticatorAttachment, clientExtensionResults: c.getClientExtensionResults() })

/** Whether an error only says that the user closed the device's window, or was too slow. */
export const cancelled = (e: unknown): boolean => e instanceof DOMException && (e.name === 'NotAllowedError' || e.name === 'AbortError')

