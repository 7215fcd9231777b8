package api

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"

	"truckroll/platform/schema"
)

// Front stands before all doors of a server. It gives each request an id, makes its path regular, sets the headers that
// protect browsers, refuses addresses that are too long, cuts off who sends a body too slowly, and turns a panic into an answer.
func (s *Server) Front(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = regular(r)
		id := r.Header.Get("X-Request-Id")
		if !trusted.MatchString(id) {
			id = rand.Text()
			r.Header.Set("X-Request-Id", id)
		}
		protect(w, r)
		w.Header().Set("X-Request-Id", id)
		defer s.recover(w, r)
		beginTime(w, r)
		if len(r.RequestURI) > maxURI {
			s.fail(w, r, schema.Refuse("URI_TOO_LONG", fmt.Sprintf("The address is longer than %d bytes. Send a long query within POST /composite", maxURI)))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// trusted is the shape of request ids that are taken from a client: they go into logs and the audit log.
var trusted = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// requestId returns the id by which the log knows this request.
func requestId(r *http.Request) string { return r.Header.Get("X-Request-Id") }

// protect sets headers that hold for every answer unless a door sets its own.
func protect(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if strings.HasPrefix(r.URL.Path, "/services/") {
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private")
	}
	if r.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// recover answers a request whose handler panicked. What has been sent of an answer is cut off.
func (s *Server) recover(w http.ResponseWriter, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("request", requestId(r)), slog.String("path", r.URL.Path),
		slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	s.fail(w, r, fmt.Errorf("panic: %v", p))
}

// regular makes the paths that real clients send regular, without a redirect that would lose a body: doubled slashes
// become one and a trailing slash goes. It looks at the escaped path, because a value within it may hold slashes.
func regular(r *http.Request) *http.Request {
	path := r.URL.EscapedPath()
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	if path == r.URL.EscapedPath() {
		return r
	}
	u, err := r.URL.Parse(path)
	if err != nil {
		return r
	}
	u.RawQuery = r.URL.RawQuery
	r = r.Clone(r.Context())
	r.URL = u
	return r
}
