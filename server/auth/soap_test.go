package auth

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"truckroll/platform/store/storetest"
)

// envelope is a login request as jsforce writes it.
func envelope(username, password string) string {
	return `<?xml version="1.0" encoding="utf-8"?><se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Header/><se:Body>` +
		`<login xmlns="urn:partner.soap.sforce.com"><username>` + escapeXML(username) + `</username><password>` + escapeXML(password) + `</password></login></se:Body></se:Envelope>`
}

// other writes the same with other prefixes, as simple-salesforce and simpleforce do.
func other(username, password string) string {
	return `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><n1:login xmlns:n1="urn:partner.soap.sforce.com">` +
		`<n1:username>` + username + `</n1:username><n1:password>` + password + `</n1:password></n1:login></env:Body></env:Envelope>`
}

func (h *house) soapPost(path, body string) reply {
	h.t.Helper()
	return h.send(nil, h.request("POST", path, body, "Content-Type", "text/xml", "SOAPAction", "login"))
}

// golden compares text with a file, after the parts that vary are replaced by what they are.
func golden(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", file, got)
	}
}

func TestSoapLogin(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.soapPost("/services/Soap/u/50.0", envelope(adminName, adminPassword))
		session := regexp.MustCompile(`<sessionId>([^<]+)</sessionId>`).FindStringSubmatch(r.body)
		if r.status != 200 || session == nil || h.data(session[1]) != 200 {
			t.Fatalf("%d %s", r.status, r.body)
		}
		text := strings.NewReplacer(session[1], "SESSION", h.server.URL, "http://server").Replace(r.body)
		text = regexp.MustCompile(`\b(005|00D|00e)[0-9A-Za-z]{12,15}\b`).ReplaceAllString(text, "$1")
		golden(t, "login.xml", text)

		for _, path := range []string{"/services/Soap/c/64.0", "/services/Soap/u/54.0/00D000000000001"} {
			if r := h.soapPost(path, other(adminName, adminPassword)); r.status != 200 || !strings.Contains(r.body, "<sessionId>00D") {
				t.Errorf("%s: %d %s", path, r.status, r.body)
			}
		}
	})
}

func TestSoapFaults(t *testing.T) {
	h := newHouse(t, storetest.SQLite)
	for _, tc := range []struct{ name, password string }{{adminName, "wrong"}, {"nobody@test.example", adminPassword}} {
		r := h.soapPost("/services/Soap/u/50.0", envelope(tc.name, tc.password))
		if r.status != 500 {
			t.Errorf("%s: status %d", tc.name, r.status)
		}
		golden(t, "fault.xml", r.body)
	}
	for _, body := range []string{"", "<a/>", "not xml", `<e:Envelope xmlns:e="x"><e:Body><query/></e:Body></e:Envelope>`} {
		r := h.soapPost("/services/Soap/u/50.0", body)
		if r.status != 500 || !strings.Contains(r.body, "UNKNOWN_EXCEPTION") {
			t.Errorf("%q: %d %s", body, r.status, r.body)
		}
	}
	if r := h.soapPost("/services/Soap/u/<50/../..", envelope(adminName, adminPassword)); strings.Contains(r.body, "<50") {
		t.Errorf("a version comes back unescaped: %s", r.body)
	}
}
