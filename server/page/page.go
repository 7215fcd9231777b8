// Package page serves the console: the built files of web/, which lie embedded under dist.
//
// The shell is answered at the console's own addresses, whatever follows them, because the page finds its way by itself.
// Files are named by the build that they are of, so that browsers may keep them for good, and are kept compressed.
//
// It does not know records, users or the API's insides.
package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Info is what the page tells of the server to everyone who opens it.
type Info struct {
	Organization string
	Version      string
	Demo         bool     // the records are made up
	SignIn       []string // what the sign-in page offers: oidc, forgot; setup when there are no users yet
	Provider     string   // what people call the provider of single sign-on
	Help         string   // whom to ask who can't sign in
}

// policy lets the page load what is its own and nothing else. Pictures and frames may also be made in the
// page: a PDF is shown in the browser's own viewer.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; " +
	"frame-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Addresses are those that the shell is answered at, as patterns of [http.ServeMux].
var addresses = []string{"/{$}", "/search", "/objects", "/o/", "/r/", "/setup", "/setup/", "/data", "/data/", "/workbench", "/workbench/", "/system", "/system/", "/account", "/reset", "/board", "/board/"}

// Console serves the console.
type Console struct {
	info  func() Info
	files *files
	shell *template.Template
}

// New returns a console that tells what info returns.
func New(info func() Info) *Console {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(fmt.Sprintf("page: %v", err)) // the name is a constant
	}
	c, err := newConsole(root, info)
	if err != nil {
		panic(fmt.Sprintf("page: the embedded files: %v", err)) // they were embedded by the build
	}
	return c
}

func newConsole(root fs.FS, info func() Info) (*Console, error) {
	f, err := newFiles(root)
	if err != nil {
		return nil, err
	}
	page, found := f.byName["index.html"]
	if !found {
		return nil, fmt.Errorf("index.html is missing: run make web")
	}
	shell, err := template.New("shell").Parse(shellText(string(page.plain), f.build))
	return &Console{info: info, files: f, shell: shell}, err
}

// shellText makes the built page a template: its files get the address of the build, its head what the server tells.
func shellText(page, build string) string {
	page = strings.NewReplacer("{{", `{{"{{"}}`, "./assets/", prefix+build+"/assets/").Replace(page)
	return strings.Replace(page, "<head>", `<head>
    <meta name="truckroll-organization" content="{{.Organization}}" />
    <meta name="truckroll-version" content="{{.Version}}" />
    <meta name="truckroll-demo" content="{{.Demo}}" />
    <meta name="truckroll-sign-in" content="{{range .SignIn}}{{.}} {{end}}" />
    <meta name="truckroll-provider" content="{{.Provider}}" />
    <meta name="truckroll-help" content="{{.Help}}" />`, 1)
}

// Register adds the console's addresses to mux.
func (c *Console) Register(mux *http.ServeMux) {
	for _, pattern := range addresses {
		mux.HandleFunc("GET "+pattern, c.serveShell)
	}
	mux.Handle("GET "+prefix, c.files)
}

// Astray returns mux, except that a browser which opens an address of nobody gets the console, which says so in its
// own words and leads back; the status stays that of mux.
func (c *Console) Astray(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "" && r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
			c.answer(w, http.StatusNotFound)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (c *Console) serveShell(w http.ResponseWriter, _ *http.Request) { c.answer(w, http.StatusOK) }

func (c *Console) answer(w http.ResponseWriter, status int) {
	var page bytes.Buffer
	if err := c.shell.Execute(&page, c.info()); err != nil {
		http.Error(w, "The page can't be made.", http.StatusInternalServerError)
		return
	}
	protect(w)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Length", strconv.Itoa(page.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // the connection is gone; there is nobody to tell
}

func protect(w http.ResponseWriter) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
}
