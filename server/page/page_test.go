package page

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func serve(t *testing.T, info Info) http.Handler {
	t.Helper()
	mux := http.NewServeMux()
	New(func() Info { return info }).Register(mux)
	return mux
}

func get(h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestShellIsAtTheConsolesAddresses(t *testing.T) {
	h := serve(t, Info{Organization: "Clear <water>", Version: "1.2", Demo: true, SignIn: []string{"oidc"}})
	home := get(h, "/").Body.String()
	for _, path := range []string{"/o/WorkOrder?f=Status~eq~New", "/r/WorkOrder/0WO000000000001GAA/edit", "/search", "/setup/fields", "/objects"} {
		if w := get(h, path); w.Code != 200 || w.Body.String() != home {
			t.Errorf("%s: %d, %d bytes; want the shell", path, w.Code, w.Body.Len())
		}
	}
	for _, want := range []string{`content="Clear &lt;water&gt;"`, `content="1.2"`, `name="truckroll-demo" content="true"`, `content="oidc "`} {
		if !strings.Contains(home, want) {
			t.Errorf("the shell lacks %s", want)
		}
	}
	for _, path := range []string{"/services/none", "/m", "/auth/me", "/nowhere"} {
		if w := get(h, path); w.Code != 404 {
			t.Errorf("%s: %d, want 404", path, w.Code)
		}
	}
}

func TestWhoGoesAstrayGetsTheConsole(t *testing.T) {
	mux := http.NewServeMux()
	c := New(func() Info { return Info{Organization: "Clear"} })
	c.Register(mux)
	h := c.Astray(mux)
	home := get(h, "/", "Accept", "text/html").Body.String()
	if w := get(h, "/nowhere", "Accept", "text/html,application/xml;q=0.9"); w.Code != 404 || w.Body.String() != home || w.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("a browser: %d, %.60q; want the shell as 404", w.Code, w.Body)
	}
	for _, accept := range []string{"", "application/json", "*/*"} {
		if w := get(h, "/nowhere", "Accept", accept); w.Code != 404 || strings.Contains(w.Body.String(), "<html") {
			t.Errorf("Accept %q: %d, %.60q; want a plain 404", accept, w.Code, w.Body)
		}
	}
}

func TestShellRunsNothingButItsFiles(t *testing.T) {
	w := get(serve(t, Info{}), "/")
	csp := w.Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'; script-src 'self';") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy: %s", csp)
	}
	if page := w.Body.String(); strings.Contains(page, "<style") || strings.Count(page, "<script") != strings.Count(page, "<script type=\"module\" crossorigin src=\"/_a/") {
		t.Errorf("something inline:\n%s", page)
	}
	if w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("the shell is kept: %s", w.Header().Get("Cache-Control"))
	}
}

func TestFilesAreKeptForGood(t *testing.T) {
	c := New(func() Info { return Info{} })
	name := "/_a/" + c.files.build + "/assets/index.js"
	plain, small := get(c.files, name), get(c.files, name, "Accept-Encoding", "br, gzip")
	if cc := plain.Header().Get("Cache-Control"); !strings.Contains(cc, "immutable") {
		t.Errorf("Cache-Control: %s", cc)
	}
	r, err := gzip.NewReader(small.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); err != nil || string(text) != plain.Body.String() {
		t.Errorf("compressed is another text: %v", err)
	}
	if w := get(c.files, "/_a/000000000000/assets/index.js"); w.Code != http.StatusGone {
		t.Errorf("another build: %d", w.Code)
	}
	if w := get(c.files, "/_a/"+c.files.build+"/assets/none.js"); w.Code != 404 {
		t.Errorf("no such file: %d", w.Code)
	}
}

func TestBuildNamesTheContent(t *testing.T) {
	build := func(text string) string {
		f, err := newFiles(fstest.MapFS{"index.html": {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return f.build
	}
	if first, again := build("a"), build("a"); first != again || first == build("b") {
		t.Error("the build id does not follow the content")
	}
}
