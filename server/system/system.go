// Package system shows administrators how the server is: its health, what it keeps, its work in the background and its
// backups, and lets them act on it.
//
// It answers below /services/system, to people who are signed in and hold ViewSetup; whoever acts must hold
// CustomizeApplication and ModifyAllData as well. It does not know how what it shows is found out, nor any record: that
// comes with its [Options].
package system

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/job"
	"truckroll/platform/schema"
	"truckroll/server/auth"
)

// Options are what [New] needs.
type Options struct {
	Door    func(http.Handler) http.Handler // lets through who has signed in
	House   House
	Queue   Queue
	Backups Backups
	Demo    Demo
	Log     *slog.Logger
}

// House tells how the server is.
type House interface {
	Overview(ctx context.Context) (*Overview, error)
	Storage(ctx context.Context) (*Storage, error)
	// TryMail sends a message to a user, to see that it arrives.
	TryMail(ctx context.Context, user schema.Id) error
}

// Queue is the work in the background.
type Queue interface {
	List(ctx context.Context) ([]job.Entry, error)
	Retry(ctx context.Context, id string) error
	Cancel(ctx context.Context, id string) error
}

// Backups are the copies of the database that were made here.
type Backups interface {
	List() ([]Backup, error)
	Ask(ctx context.Context) error // for one more, made in the background
	Open(name string) (io.ReadSeekCloser, time.Time, error)
	Note() string // why none can be made here, and what to do instead; "" when they can
}

// Demo is the demo company in this organisation.
type Demo interface {
	State(ctx context.Context) (*DemoState, error)
	Fill(ctx context.Context, by schema.Id, workOrders int) error
	Remove(ctx context.Context, by schema.Id) error
}

// System answers about the server. It is safe for use by many goroutines.
type System struct{ o Options }

// New returns a System.
func New(o Options) *System { return &System{o} }

// root is where everything here stands.
const root = "/services/system"

// Register adds the addresses of this package to mux.
func (s *System) Register(mux *http.ServeMux) {
	for _, r := range []struct {
		pattern string
		acts    bool
		do      func(http.ResponseWriter, *http.Request, access.Viewer) error
	}{
		{"GET " + root, false, s.overview},
		{"GET " + root + "/storage", false, s.storage},
		{"GET " + root + "/jobs", false, s.jobs},
		{"POST " + root + "/jobs/{job}/retry", true, s.retry},
		{"POST " + root + "/jobs/{job}/cancel", true, s.cancel},
		{"GET " + root + "/backups", false, s.backups},
		{"POST " + root + "/backups", true, s.backUp},
		{"GET " + root + "/backups/{name}", true, s.download},
		{"POST " + root + "/mail", true, s.tryMail},
		{"GET " + root + "/demo", false, s.demo},
		{"POST " + root + "/demo", true, s.fillDemo},
		{"DELETE " + root + "/demo", true, s.removeDemo},
	} {
		mux.Handle(r.pattern, s.o.Door(s.guarded(r.acts, r.do)))
	}
}

// guarded lets only administrators through to do, and answers its errors.
func (s *System) guarded(acts bool, do func(http.ResponseWriter, *http.Request, access.Viewer) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := auth.ViewerOf(r)
		err := error(nil)
		switch {
		case !v.May("ViewSetup"), acts && !(v.May("CustomizeApplication") && v.May(access.ModifyAllData)):
			err = schema.Refuse("INSUFFICIENT_ACCESS", "your profile does not let you do this; it takes an administrator")
		default:
			err = do(w, r, v)
		}
		if err != nil {
			s.fail(w, r, err)
		}
		if acts {
			s.note(r, v, err)
		}
	})
}

// note writes to the log who did what to the server.
func (s *System) note(r *http.Request, v access.Viewer, err error) {
	attrs := []slog.Attr{slog.String("user", string(v.User())), slog.String("what", r.Method+" "+r.URL.Path), slog.String("request", r.Header.Get("X-Request-Id"))}
	level := slog.LevelInfo
	if err != nil {
		level, attrs = slog.LevelWarn, append(attrs, slog.String("error", err.Error()))
	}
	s.o.Log.LogAttrs(r.Context(), level, "system: asked for", attrs...)
}

// problem is an error in the shape of the REST API.
type problem struct {
	Message string   `json:"message"`
	Code    string   `json:"errorCode"`
	Fields  []string `json:"fields,omitempty"`
}

// statuses are those of the codes that do not mean 400.
var statuses = map[string]int{"INSUFFICIENT_ACCESS": http.StatusForbidden, "NOT_FOUND": http.StatusNotFound, "CONFLICT": http.StatusConflict}

func (s *System) fail(w http.ResponseWriter, r *http.Request, err error) {
	var f *schema.Fault
	if !errors.As(err, &f) {
		s.o.Log.LogAttrs(r.Context(), slog.LevelError, "internal error", slog.String("path", r.URL.Path), slog.String("request", r.Header.Get("X-Request-Id")), slog.String("error", err.Error()))
		answer(w, http.StatusInternalServerError, []problem{{Message: "An unexpected error occurred. The log says more, under request " + r.Header.Get("X-Request-Id"), Code: "UNKNOWN_EXCEPTION"}})
		return
	}
	status, known := statuses[f.Code]
	if !known {
		status = http.StatusBadRequest
	}
	answer(w, status, []problem{{f.Message, f.Code, f.Fields}})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the connection is gone; there is nobody to tell
}
