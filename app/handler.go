package app

import (
	"context"
	"net/http"
	"time"

	"truckroll/platform/store"
	"truckroll/server/page"
	"truckroll/server/system"
)

// Handler returns everything that the server answers.
func (h *House) Handler() http.Handler {
	mux := http.NewServeMux()
	h.Auth.Register(mux)
	h.API.Register(mux)
	h.Live.Register(mux)
	system.New(system.Options{Door: h.Auth.Require, House: h, Queue: h.Queue, Backups: h.copies(), Demo: &madeUp{h}, Log: h.log}).Register(mux)
	mux.HandleFunc("GET /healthz", h.alive)
	mux.HandleFunc("GET /readyz", h.ready)
	mux.Handle("GET /metrics", h.metrics.handler())
	console := page.New(h.info)
	console.Register(mux)
	return h.proxies.unveil(h.metrics.watch(h.API.Front(console.Astray(mux)), h.log))
}

// info is what the root page tells.
func (h *House) info() page.Info {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	o, err := h.Directory.Organization(ctx)
	if err != nil {
		o.Name = "nobody yet"
	}
	i := page.Info{Organization: o.Name, Version: Version, Demo: h.demo, Help: h.config.Contact, Provider: h.config.OIDC.Name}
	empty, err := h.Auth.Empty(ctx)
	for _, w := range []struct {
		word string
		on   bool
	}{{"setup", err == nil && empty}, {"oidc", h.config.OIDC.Issuer != ""}, {"forgot", h.mail != nil}} {
		if w.on {
			i.SignIn = append(i.SignIn, w.word)
		}
	}
	return i
}

// alive answers that the process runs.
func (h *House) alive(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "alive") }

// ready answers whether requests will be answered: the database answers, and the server is not on its way out.
func (h *House) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if h.draining.Load() {
		answer(w, http.StatusServiceUnavailable, "stopping")
		return
	}
	if err := h.DB.View(ctx, func(tx *store.Tx) error { return tx.QueryRow("SELECT 1").Scan(new(int64)) }); err != nil {
		h.log.Error("not ready", "error", err.Error())
		answer(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	answer(w, http.StatusOK, "ready")
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}
