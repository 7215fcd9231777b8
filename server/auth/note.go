package auth

import (
	"log/slog"
	"net/http"
)

// note writes a line to the security log: what happened, through which app, from where. It never holds a secret: of
// the request only names are taken.
func (a *Auth) note(r *http.Request, what string, err error) {
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("address", address(r).String()),
		slog.String("request", r.Header.Get("X-Request-Id")),
		slog.String("grant", cut(r.PostFormValue("grant_type"))),
		slog.String("client", cut(r.PostFormValue("client_id"))),
	}
	if err != nil {
		level = slog.LevelWarn
		attrs = append(attrs, slog.String("cause", err.Error()))
	}
	a.log.LogAttrs(r.Context(), level, what, attrs...)
}

// cut bounds what a caller can put into the log.
func cut(s string) string { return s[:min(len(s), 80)] }
