package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"truckroll/platform/schema"
)

// newSecret returns 256 random bits as 43 characters of letters, digits, underscores and dots: the alphabet that the
// Salesforce CLI wants of a token.
func newSecret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: the program ends when the system has no randomness
	return strings.ReplaceAll(base64.RawURLEncoding.EncodeToString(b[:]), "-", ".")
}

// newAccessToken returns a token such as 00D000000000001!AQ….
func newAccessToken(organization schema.Id) string { return organization.Short() + "!AQ" + newSecret() }

// Beginnings by which people and scanners for leaked secrets recognise what a secret is for.
const (
	refreshPrefix = "5Aep"
	codePrefix    = "aPrx"
	devicePrefix  = "dPrx"
	sessionPrefix = "sTrk"
)

// fingerprint is what is kept of a random secret. Its 256 bits need no salt and no slow hash.
func fingerprint(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
