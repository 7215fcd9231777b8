package app

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestProxiesTellWhoAsks(t *testing.T) {
	for name, c := range map[string]struct {
		trusted   []string
		from      string
		forwarded []string
		want      string
	}{
		"nobody is believed without being named":      {nil, "127.0.0.1:90", []string{"203.0.113.7"}, "127.0.0.1:90"},
		"a stranger is not believed":                  {[]string{"127.0.0.1"}, "198.51.100.2:90", []string{"203.0.113.7"}, "198.51.100.2:90"},
		"a proxy is believed":                         {[]string{"127.0.0.1"}, "127.0.0.1:90", []string{"203.0.113.7"}, "203.0.113.7:90"},
		"what the client wrote is not":                {[]string{"127.0.0.1"}, "127.0.0.1:90", []string{"10.9.9.9, 203.0.113.7"}, "203.0.113.7:90"},
		"nor in a header of its own":                  {[]string{"127.0.0.1"}, "127.0.0.1:90", []string{"10.9.9.9", "203.0.113.7"}, "203.0.113.7:90"},
		"several proxies are looked through":          {[]string{"127.0.0.1", "10.0.0.0/8"}, "127.0.0.1:90", []string{"203.0.113.7, 10.1.2.3"}, "203.0.113.7:90"},
		"somebody within the network of the proxies":  {[]string{"10.0.0.0/8"}, "10.0.0.1:90", []string{"10.1.2.3"}, "10.1.2.3:90"},
		"a proxy that wrote nothing asks itself":      {[]string{"127.0.0.1"}, "127.0.0.1:90", nil, "127.0.0.1:90"},
		"what is no address ends the list":            {[]string{"127.0.0.1", "10.0.0.0/8"}, "127.0.0.1:90", []string{"203.0.113.7, unknown, 10.1.2.3"}, "10.1.2.3:90"},
		"addresses of IPv6":                           {[]string{"::1"}, "[::1]:90", []string{"2001:db8::7"}, "[2001:db8::7]:90"},
		"an address with a port":                      {[]string{"127.0.0.1"}, "127.0.0.1:90", []string{"203.0.113.7:5555"}, "203.0.113.7:90"},
		"a proxy that reaches the server through ::0": {[]string{"127.0.0.1"}, "[::ffff:127.0.0.1]:90", []string{"203.0.113.7"}, "203.0.113.7:90"},
	} {
		p, err := (&Config{Proxies: c.trusted}).proxies()
		if err != nil {
			t.Fatal(name, err)
		}
		got := ""
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Header["X-Forwarded-For"] = c.from, c.forwarded
		p.unveil(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(nil, r)
		if got != c.want {
			t.Errorf("%s: %s asks, want %s", name, got, c.want)
		}
	}
	if _, err := (&Config{Proxies: []string{"proxy.example"}}).proxies(); err == nil {
		t.Error("a name is taken for an address")
	}
}

// TestFiguresAreForThisMachineAlone holds that nobody gets at the figures through a proxy, believed or not.
func TestFiguresAreForThisMachineAlone(t *testing.T) {
	for _, trusted := range [][]string{nil, {"127.0.0.1"}} {
		p, err := (&Config{Proxies: trusted}).proxies()
		must(t, err)
		h := p.unveil(newMetrics().handler())
		for forwarded, want := range map[string]int{"": http.StatusOK, "203.0.113.7": http.StatusNotFound, "127.0.0.1": http.StatusNotFound} {
			r := httptest.NewRequest("GET", "/metrics", nil)
			r.RemoteAddr = "127.0.0.1:90"
			if forwarded != "" {
				r.Header.Set("X-Forwarded-For", forwarded)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("with %v believed, for %q: %d, want %d", trusted, forwarded, w.Code, want)
			}
		}
	}
}
