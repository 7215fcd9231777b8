package auth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Session is who asks, through what: the cause of a request.
type Session struct {
	Viewer access.Viewer
	User   schema.Id
	Client string    // the consumer key of the app; "" for SOAP login and the browser
	Scope  string    // what the app may do, separated by spaces
	Since  time.Time // when the user proved who they are
	Web    bool      // by cookie, from a browser
	hash   []byte    // of a browser's session

	By      schema.Id // who looks through the user's eyes; "" is the user themself
	Looking bool      // By may change nothing
	Until   time.Time // when By must ask again
}

// Holds reports whether the session's app was given a scope.
func (s *Session) Holds(scope string) bool {
	for h := range strings.FieldsSeq(s.Scope) {
		if h == scope || h == "full" {
			return true
		}
	}
	return false
}

type sessionKey struct{}

// SessionOf returns the session of a request that went through [Auth.Require]; nil for others.
func SessionOf(r *http.Request) *Session {
	s, _ := r.Context().Value(sessionKey{}).(*Session)
	return s
}

// ViewerOf returns on whose behalf a request that went through [Auth.Require] is answered; nil for others.
func ViewerOf(r *http.Request) access.Viewer {
	if s := SessionOf(r); s != nil {
		return s.Viewer
	}
	return nil
}

// Refusals of a request at the door.
var (
	errSession = errors.New("no valid session")
	errAPI     = errors.New("the user or the app may not use the API")
)

// Require lets requests through to next that carry a valid access token, or come from a signed-in browser and not from
// another site. Everything is looked at anew for each request. All others are answered 401 INVALID_SESSION_ID, or 403
// when the user or the app may not use the API.
func (a *Auth) Require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, err := a.session(r)
		if err == nil {
			s, err = a.disguised(r, s)
		}
		if err == nil && !s.Web && (!s.Holds("api") || !s.Viewer.May("ApiEnabled")) {
			err = errAPI
		}
		if err != nil {
			a.turnAway(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sessionKey{}, s)))
	})
}

// refusal is an error in the shape of the REST API.
type refusal struct {
	Message   string `json:"message"`
	ErrorCode string `json:"errorCode"`
}

// turnAway answers a request that may not pass, in the shape of the REST API.
func (a *Auth) turnAway(w http.ResponseWriter, r *http.Request, err error) {
	status, code, message := http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid"
	switch {
	case errors.Is(err, errAPI):
		status, code, message = http.StatusForbidden, "API_DISABLED_FOR_ORG", "API is not enabled for this user or this connected app"
	case errors.Is(err, errViewAsEnded):
		status, code, message = http.StatusForbidden, "VIEW_AS_ENDED", "You see as another user no longer"
	case errors.Is(err, errCross):
		status, code, message = http.StatusForbidden, "INSUFFICIENT_ACCESS", "a browser may not send this request from another site"
	case !errors.Is(err, errSession):
		a.problemOf(r, err) // logs it
		status, code, message = http.StatusInternalServerError, "UNKNOWN_EXCEPTION", "an unexpected error occurred"
	}
	h := w.Header()
	h.Set("Content-Type", "application/json;charset=UTF-8")
	h.Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="api", error="invalid_token"`)
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode([]refusal{{message, code}}) // the connection is gone; there is nobody to tell
}

// session finds the session of a request: by the token of its Authorization header or else by its cookie.
func (a *Auth) session(r *http.Request) (*Session, error) {
	if secret := bearer(r); secret != "" {
		return a.tokenSession(r.Context(), secret)
	}
	return a.webSession(r)
}

// bearer returns the token of the Authorization header, which may be called Bearer or OAuth.
func bearer(r *http.Request) string {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "OAuth") {
		return strings.TrimSpace(secret)
	}
	return ""
}

// tokenSession returns the session of an access token.
func (a *Auth) tokenSession(ctx context.Context, secret string) (*Session, error) {
	var t *token
	var s *Session
	err := a.db.View(ctx, func(tx *store.Tx) (err error) {
		if t, err = findToken(tx, secret); err != nil {
			return err
		}
		if t == nil || t.Kind != accessKind {
			return errSession
		}
		s = &Session{User: t.User, Client: t.Client, Scope: t.Body.Scope, Since: time.UnixMilli(t.Body.Since)}
		return a.look(tx, s)
	})
	if err != nil {
		return nil, err
	}
	return s, a.prolong(ctx, t)
}

// look finds what the user of a session may do now; errSession when the user may not sign in any more.
func (a *Auth) look(tx *store.Tx, s *Session) error {
	v, err := a.people.ViewerIn(tx, s.User)
	if errors.Is(err, org.ErrNoViewer) {
		return errSession
	}
	s.Viewer = v
	return err
}

// prolong moves the end of a token that is in use. It writes once per half of the token's idle time at most.
func (a *Auth) prolong(ctx context.Context, t *token) error {
	idle, now, ends := time.Duration(t.Body.Idle)*time.Millisecond, a.now(), time.UnixMilli(t.Body.Ends)
	if t.Expires.Sub(now) > idle/2 || !t.Expires.Before(ends) {
		return nil
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE oauth_token SET expires = ? WHERE hash = ?`, earlier(now.Add(idle), ends).UnixMilli(), t.hash)
		return err
	})
}
