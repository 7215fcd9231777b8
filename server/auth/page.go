package auth

import (
	"crypto/sha256"
	_ "embed" // for the page and its style
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// styleHash lets the browser use the style of the page and no other.
var styleHash = func() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// page is what a person sees who signs in or is asked for consent. It works without scripts.
type page struct {
	Title     string
	App       string // who asks
	Action    string // where the form goes
	SignIn    bool
	Username  string
	Problem   string
	Message   string
	Second    bool   // asks for the code of the second factor
	Ticket    string // of the sign-in that it belongs to
	Elsewhere string // another page to sign in at
	Person    string // who is signed in
	Powers    []string
	Code      bool // asks for the code of a device
	UserCode  string
	Style     template.CSS

	back string // the app's address, to which a form's answer may lead
}

// show writes a page.
func (a *Auth) show(w http.ResponseWriter, status int, p page) {
	p.Style = template.CSS(pageStyle)
	h := w.Header()
	h.Set("Content-Type", "text/html;charset=UTF-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src "+styleHash+"; form-action 'self'"+formTarget(p.back)+"; frame-ancestors 'none'; base-uri 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	w.WriteHeader(status)
	_ = pageTemplate.Execute(w, p) // the connection is gone; there is nobody to tell
}

// formTarget is the origin of an app, in the words of a content security policy: browsers follow a form's redirect only
// to places that the policy names.
func formTarget(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme == "" || strings.ContainsAny(u.Host, " ;,'\""):
		return ""
	case u.Scheme == "http" || u.Scheme == "https":
		return " " + u.Scheme + "://" + u.Host
	}
	return " " + u.Scheme + ":"
}

// showProblem tells the person at the browser what is wrong, where it cannot be told to an app.
func (a *Auth) showProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := a.problemOf(r, err)
	a.show(w, p.Status, page{Title: "This did not work", Problem: sentence(p)})
}

// sentence is a problem in words for a person.
func sentence(p *problem) string {
	switch p.Code {
	case "invalid_grant":
		return "The user name or the password is not right."
	case "wrong_code":
		return "This code is not right. Each can be used once."
	case "inactive_user":
		return "This user is not active. Ask your administrator."
	}
	return strings.ToUpper(p.Description[:1]) + strings.TrimSuffix(p.Description[1:], ".") + "."
}

// powers says what scopes let an app do.
var powers = []struct{ scope, text string }{
	{"api", "Read and change data on your behalf, within your rights"},
	{"full", "Everything that you can do"},
	{"web", "Open pages of this server as you"},
	{"refresh_token", "Do so at any time, until you or an administrator revoke it"},
	{"openid", "Know who you are"},
	{"profile", "Know your name"},
	{"email", "Know your e-mail address"},
	{"id", "Know who you are"},
}

func powersOf(scope string) []string {
	var texts []string
	for _, p := range powers {
		for _, s := range strings.Fields(scope) {
			if s == p.scope {
				texts = append(texts, p.text)
			}
		}
	}
	return texts
}

// showConsent asks the user whether the app may act for them.
func (a *Auth) showConsent(w http.ResponseWriter, r *http.Request, q *asking, s *Session) {
	p, err := a.active(r.Context(), s.User)
	if err != nil {
		a.showProblem(w, r, err)
		return
	}
	a.show(w, http.StatusOK, page{Title: "Allow access?", App: q.client.Name, Action: r.URL.RequestURI(), Person: p.Username, Powers: powersOf(q.scope), back: q.redirect})
}
