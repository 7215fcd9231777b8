// Package auth finds out who asks: passwords with second factors, passkeys, single sign-on, connected apps, OAuth 2 with
// OpenID Connect, SOAP login and browser sessions. It has users choose how they sign in, helps who can't, and lets the
// first administrator into a server without users.
//
// Its answers have the shapes of Salesforce's login endpoints, so that client libraries sign in unchanged. Every token
// is an opaque random value of which only a hash is kept; the secrets of authenticator apps, which must be read again,
// are sealed. [Auth.Require] is the door that the API stands behind: it finds the session of a request and its viewer
// anew each time, so that what was revoked ends with the next request.
//
// It does not decide what a user may see or change, and knows no record beyond users: that is platform/access's and
// platform/org's. It does not speak the REST API.
package auth
