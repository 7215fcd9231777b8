package auth

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"truckroll/platform/schema"
)

// problem is a refusal in the shape of OAuth: {"error", "error_description"}.
type problem struct {
	Status      int      `json:"-"`
	Code        string   `json:"error"`
	Description string   `json:"error_description"`
	Fields      []string `json:"fields,omitempty"` // of what was sent that the refusal is about
}

func (p *problem) Error() string { return p.Code + ": " + p.Description }

// refuse returns a problem with status 400.
func refuse(code, description string) error {
	return &problem{Status: http.StatusBadRequest, Code: code, Description: description}
}

// problemOf turns any error into one that may be shown.
func (a *Auth) problemOf(r *http.Request, err error) *problem {
	var p *problem
	var f *schema.Fault
	switch {
	case errors.As(err, &p):
		copied := *p
		return &copied
	case errors.As(err, &f):
		return &problem{http.StatusBadRequest, f.Code, f.Message, f.Fields}
	case errors.Is(err, errSession):
		return &problem{Status: http.StatusUnauthorized, Code: "no_session", Description: "your session has ended; sign in again"}
	case errors.Is(err, errLogin):
		return &problem{Status: http.StatusBadRequest, Code: "invalid_grant", Description: "authentication failure"}
	case errors.Is(err, errInactive):
		return &problem{Status: http.StatusBadRequest, Code: "inactive_user", Description: "user is inactive"}
	case errors.Is(err, errWait):
		return &problem{Status: http.StatusTooManyRequests, Code: "login_rate_exceeded", Description: "too many wrong passwords; try again later"}
	case errors.Is(err, errBusy):
		return &problem{Status: http.StatusTooManyRequests, Code: "temporarily_unavailable", Description: "too many sign-ins at once; try again in a few seconds"}
	}
	a.log.LogAttrs(r.Context(), slog.LevelError, "sign-in failed by an internal error",
		slog.String("path", r.URL.Path), slog.String("request", r.Header.Get("X-Request-Id")), slog.String("error", err.Error()))
	return &problem{Status: http.StatusInternalServerError, Code: "server_error", Description: "an unexpected error occurred"}
}

// fail answers with an error in the shape of OAuth.
func (a *Auth) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := a.problemOf(r, err)
	switch p.Status {
	case http.StatusTooManyRequests:
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", challengeAt(r.URL.Path))
	}
	answer(w, p.Status, p)
}

// challengeAt names the way to prove who one is at an address. At the page's own door it must be none that a browser
// knows: the browser would ask with a window of its own, and the page would wait for it.
func challengeAt(path string) string {
	if strings.HasPrefix(path, "/auth/") {
		return `Password realm="console"`
	}
	return `Basic realm="connected app"`
}

// retryAfter is how many seconds a client that is turned away should wait.
const retryAfter = 5

// answer writes v as JSON that nobody may keep.
func answer(w http.ResponseWriter, status int, v any) {
	h := w.Header()
	h.Set("Content-Type", "application/json;charset=UTF-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the connection is gone; there is nobody to tell
}

// form reads a small urlencoded body together with the query.
func form(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		return refuse("invalid_request", "the body is not a form of at most 64 KiB")
	}
	return nil
}
