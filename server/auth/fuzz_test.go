package auth

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
)

// Whatever a redirect is, it is taken only when it leads to the same place of the user's own machine.
func FuzzRedirect(f *testing.F) {
	for _, s := range []string{"http://localhost:1717/OauthRedirect", "http://localhost:9/OauthRedirect", "http://localhost@evil.example/OauthRedirect", "http://LOCALHOST:1/OauthRedirect",
		"http://localhost:1717/OauthRedirect#x", "http://localhost:1717/OauthRedirect?x", "http://localhost:1717//OauthRedirect", "http://u@localhost:1/OauthRedirect", "http:localhost/OauthRedirect", "http://[::1]:1/OauthRedirect"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		c := platformCLI
		if !c.redirect(uri) {
			return
		}
		u, err := url.Parse(uri)
		if err != nil || u.Scheme != "http" || u.Hostname() != "localhost" || u.Path != "/OauthRedirect" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			t.Errorf("taken: %q", uri)
		}
	})
}

// Whatever comes as a SOAP request is read or refused, and what is answered about it is well-formed.
func FuzzSoap(f *testing.F) {
	f.Add(envelope("a&b", "<p>"), "50.0")
	f.Add(other("a", "p"), "../x")
	f.Add("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "")
	f.Fuzz(func(t *testing.T, body, v string) {
		var req loginRequest
		if xml.Unmarshal([]byte(body), &req) == nil && req.Body.Login != nil && strings.ContainsRune(escapeXML(req.Body.Login.Username), '<') {
			t.Errorf("%q is not escaped", req.Body.Login.Username)
		}
		var b strings.Builder
		if err := faultAnswer.Execute(&b, soapFault{"LoginFault", version(v), body}); err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal([]byte(b.String()), new(struct{})); err != nil {
			t.Errorf("a fault about %q is not XML: %v", body, err)
		}
	})
}

// Times in assertions and codes that people type are read or refused.
func FuzzSmallInputs(f *testing.F) {
	for _, s := range []string{"1772355720", `"1772355720"`, "1772355720000", "-1", "1e400", "bcdf ghjk", "NaN", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var at looseTime
		if err := json.Unmarshal([]byte(s), &at); err == nil && !at.IsZero() && (at.Year() < 1970 || at.Year() > 33700) {
			t.Errorf("%q is the year %d", s, at.Year())
		}
		if code := plainUserCode(s); code != "" && len(code) != 9 {
			t.Errorf("%q is the code %q", s, code)
		}
		if _, salt, key, err := parsePHC(s); err == nil && (len(key) == 0 || salt == nil) {
			t.Errorf("%q is a hash without a key", s)
		}
	})
}
