// Package auth finds out who asks: passwords, connected apps, OAuth 2 with OpenID Connect, SOAP login and browser
// sessions.
//
// Its answers have the shapes of Salesforce's login endpoints, so that client libraries sign in unchanged. Every token
// is an opaque random value of which only a hash is kept. [Auth.Require] is the door that the API stands behind: it
// finds the session of a request and its viewer anew each time, so that what was revoked ends with the next request.
//
// It does not decide what a user may see or change, and knows no record beyond users: that is platform/access's and
// platform/org's. It does not speak the REST API.
package auth
