package page

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// styleHash lets the page's own style through its content security policy.
var styleHash = hashOf(index)

// hashOf returns the digest of the text of a page's style element.
func hashOf(page string) string {
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}
