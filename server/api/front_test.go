package api

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestHeadersOfEveryAnswer(t *testing.T) {
	h := start(t)
	for _, g := range []got{h.ask("admin", "GET", "/limits", nil), h.ask("admin", "GET", "/nothing", nil), h.ask("", "GET", "/limits", nil), h.ask("", "GET", "/services/data", nil)} {
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"} {
			if v := g.header.Get(name); v != want {
				t.Errorf("%s is %q", name, v)
			}
		}
		if !strings.HasPrefix(g.header.Get("Sforce-Limit-Info"), "api-usage=") || g.header.Get("X-Request-Id") == "" {
			t.Error(g.status, g.header)
		}
	}
}

func TestRequestId(t *testing.T) {
	h := start(t)
	if id := h.ask("admin", "GET", "/limits", nil, "X-Request-Id: trace-0123456789").header.Get("X-Request-Id"); id != "trace-0123456789" {
		t.Error(id)
	}
	for _, bad := range []string{"short", "with space 12345", strings.Repeat("x", 65), `"quoted-1234"`} {
		if id := h.ask("admin", "GET", "/limits", nil, "X-Request-Id: "+bad).header.Get("X-Request-Id"); id == bad || len(id) < 20 {
			t.Errorf("%q was taken: %q", bad, id)
		}
	}
}

func TestPanicIsAnswered(t *testing.T) {
	h := start(t)
	w := httptest.NewRecorder()
	h.Front(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret of the house") })).ServeHTTP(w, httptest.NewRequest("GET", "/services/data/v60.0/x", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), w.Header().Get("X-Request-Id")) {
		t.Error(w.Code, w.Body)
	}
	if !strings.Contains(h.log.String(), "secret of the house") {
		t.Error("the panic is not in the log")
	}
}

func TestAddresses(t *testing.T) {
	h := start(t)
	id := h.create("admin", "Account", fields{"Name": "Acme"})
	h.ask("admin", "GET", "//services/data/v60.0//limits/", nil).is(200)
	h.ask("admin", "POST", "//services/data/v60.0/sobjects/Account/", fields{"Name": "B"}).is(201)
	h.ask("admin", "POST", "/sobjects/Account/"+id+"?_HTTP_METHOD=PATCH", fields{"Name": "C"}).is(204)
	h.ask("admin", "GET", "/sobjects/Account/"+id, nil, "Content-Type: text/csv").wants("Name", "C")
	h.ask("admin", "GET", "/sobjects/Account/"+id+"?_HTTP_METHOD=DELETE", nil).is(200)
	h.ask("admin", "GET", "/query?q="+strings.Repeat("x", 17_000), nil).refused(414, "URI_TOO_LONG")
	if g := h.ask("admin", "PUT", "/limits", "{}").refused(405, "METHOD_NOT_ALLOWED"); g.header.Get("Allow") != "GET" {
		t.Error(g.header)
	}
	if g := h.ask("admin", "HEAD", "/limits", nil).is(200); g.body != "" {
		t.Error(g.body)
	}
	for _, kind := range []string{"text/plain", "application/xml", "application/x-www-form-urlencoded"} {
		h.ask("admin", "POST", "/sobjects/Account", `{"Name":"x"}`, "Content-Type: "+kind).refused(415, "UNSUPPORTED_MEDIA_TYPE")
	}
}

func TestPrettyAndPacked(t *testing.T) {
	h := start(t)
	if g := h.ask("admin", "GET", "/limits", nil, "X-PrettyPrint: 1").is(200); !strings.HasPrefix(g.body, "{\n  \"") {
		t.Error(g.body)
	}
	plain := h.ask("admin", "GET", "/sobjects", nil)
	packed := h.ask("admin", "GET", "/sobjects", nil, "Accept-Encoding: deflate, gzip;q=1.0")
	if packed.header.Get("Content-Encoding") != "gzip" || packed.body != plain.body || plain.header.Get("Content-Encoding") != "" {
		t.Error(packed.header, plain.header)
	}
	if g := h.ask("admin", "GET", "/sobjects", nil, "Accept-Encoding: gzip;q=0"); g.header.Get("Content-Encoding") != "" {
		t.Error(g.header)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(`{"Name":"Packed"}`))
	_ = z.Close()
	h.ask("admin", "POST", "/sobjects/Account", b.Bytes(), "Content-Encoding: gzip").is(201)
	h.ask("admin", "GET", "/limits", nil, "Content-Encoding: gzip").is(200)
	h.ask("admin", "POST", "/sobjects/Account", "not packed", "Content-Encoding: gzip").refused(400, "JSON_PARSER_ERROR")
	b.Reset()
	z = gzip.NewWriter(&b)
	_, _ = z.Write(append(append([]byte(`{"Name":"`), bytes.Repeat([]byte{'x'}, 60<<20)...), `"}`...))
	_ = z.Close()
	h.ask("admin", "POST", "/sobjects/Account", b.Bytes(), "Content-Encoding: gzip").refused(413, "REQUEST_TOO_LARGE")
}

func TestHostileBodies(t *testing.T) {
	h := start(t)
	var keys strings.Builder
	for i := range 10_001 {
		keys.WriteString(`"k` + itoa(i) + `":1,`)
	}
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"deep":      {strings.Repeat(`{"a":`, 65) + "1" + strings.Repeat("}", 65), 400, "JSON_PARSER_ERROR"},
		"very deep": {strings.Repeat("[", 500_000), 400, "JSON_PARSER_ERROR"},
		"utf-8":     {"{\"Name\":\"a\xff\"}", 400, "JSON_PARSER_ERROR"},
		"keys":      {"{" + keys.String() + `"x":1}`, 400, "JSON_PARSER_ERROR"},
		"twice":     {`{"Name":"a","Name":"b"}`, 400, "JSON_PARSER_ERROR"},
		"number":    {`{"Name":"a","Revenue":1e999999999}`, 400, ""},
		"digits":    {`{"Name":"a","Staff":` + strings.Repeat("9", 10_000) + `}`, 400, ""},
		"surrogate": {`{"Name":"\ud800"}`, 201, ""},
		"trailing":  {`{"Name":"a"} {}`, 400, "JSON_PARSER_ERROR"},
		"large":     {`{"Name":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "REQUEST_TOO_LARGE"},
	} {
		t.Run(name, func(t *testing.T) {
			g := h.ask("admin", "POST", "/sobjects/Account", c.body)
			if g.status != c.status || c.code != "" && !strings.Contains(g.body, c.code) {
				t.Errorf("status %d, not %d %s: %s", g.status, c.status, c.code, g.body[:min(300, len(g.body))])
			}
		})
	}
	if s := h.log.String(); strings.Contains(s, "internal error") {
		t.Error(s)
	}
}

func TestRateOfAClient(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}), Options{Limits: Limits{Rate: 1, Burst: 3}})
	for range 3 {
		h.ask("admin", "GET", "/limits", nil).is(200)
	}
	if g := h.ask("admin", "GET", "/limits", nil).refused(429, "TOO_MANY_REQUESTS"); g.header.Get("Retry-After") != "1" {
		t.Error(g.header)
	}
	h.ask("worker", "GET", "/limits", nil).is(200) // another client is not held up
	h.advance(time.Second)
	h.ask("admin", "GET", "/limits", nil).is(200)
}

func TestRequestsOfADay(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}), Options{Limits: Limits{Daily: 2}})
	h.ask("admin", "GET", "/limits", nil).is(200)
	if g := h.ask("admin", "GET", "/limits", nil).is(200).wants("DailyApiRequests.Remaining", 0); g.header.Get("Sforce-Limit-Info") != "api-usage=2/2" {
		t.Error(g.header)
	}
	h.ask("admin", "GET", "/limits", nil).refused(403, "REQUEST_LIMIT_EXCEEDED")
	h.ms.Store(time.Date(2026, 3, 11, 0, 0, 1, 0, time.UTC).UnixMilli())
	if err := h.admit(&call{viewer: nobody{}}); err != nil {
		t.Error("the next day:", err)
	}
}

func TestPlacesAreFew(t *testing.T) {
	p := newPlaces(1, time.Millisecond)
	leave, err := p.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.enter(t.Context()); err == nil || statusOf(err.(*wait).fault.Code) != 503 {
		t.Error(err)
	}
	leave()
	if leave, err = p.enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	leave()
}

func TestHarden(t *testing.T) {
	s := &http.Server{}
	Harden(s)
	if s.ReadHeaderTimeout != 5*time.Second || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("%+v", s)
	}
}

func FuzzInspect(f *testing.F) {
	for _, s := range []string{`{}`, `[1,{"a":"b"}]`, `{"a":1,"a":2}`, `"\"\\"`, ` { "x" : [ ] } `, `{"\u0061":1,"a":2}`, "", "nul", "1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { _ = inspect(data, 100) })
}

func FuzzResolve(f *testing.F) {
	f.Add("/x/@{a.id}?q=@{a.list[0].id}", `{"k":"@{a.n}"}`)
	known := answersByRef{"a": []byte(`{"id":"x'y","n":1,"list":[{"id":null}]}`)}
	f.Fuzz(func(t *testing.T, url, body string) {
		p, err := known.resolve(part{URL: url, Body: []byte(body)})
		if err == nil && strings.Contains(p.URL, "x'y") && !strings.Contains(url, "x'y") {
			t.Errorf("%q lets a quote through: %q", url, p.URL)
		}
	})
}
