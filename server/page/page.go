// Package page serves what a browser shows at the server's root: what this is and where its API is.
//
// It does not know records, users or the API's insides.
package page

import (
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed index.html
var index string

// Info is what the page tells.
type Info struct {
	Organization string
	Version      string
	Demo         bool // the records are made up
}

// Handler returns the page's handler. Only the root itself is answered with it.
func Handler(info func() Info) http.Handler {
	page := template.Must(template.New("index").Parse(index))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+styleHash+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		_ = page.Execute(w, info()) // the connection is gone; there is nobody to tell
	})
}
