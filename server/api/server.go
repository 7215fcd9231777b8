package api

import (
	"log/slog"
	"net/http"
	"strings"
)

// Server answers the API's requests for one organisation.
type Server struct {
	log *slog.Logger
}

// clean makes the paths that real clients send regular, without a redirect that would lose a body: doubled slashes
// become one and a trailing slash goes.
func clean(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		for strings.Contains(path, "//") {
			path = strings.ReplaceAll(path, "//", "/")
		}
		if len(path) > 1 {
			path = strings.TrimSuffix(path, "/")
		}
		if path != r.URL.Path {
			u := *r.URL
			u.Path, u.RawPath = path, ""
			r = r.Clone(r.Context())
			r.URL = &u
		}
		next.ServeHTTP(w, r)
	})
}

// requestId returns the id by which the log knows this request.
func requestId(r *http.Request) string { return r.Header.Get("X-Request-Id") }
