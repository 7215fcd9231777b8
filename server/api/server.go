package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"truckroll/platform/action"
	"truckroll/platform/bulk"
	"truckroll/platform/file"
	"truckroll/platform/layout"
	"truckroll/platform/mail"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
)

// Options are what [New] needs.
type Options struct {
	Keeper    *record.Keeper
	Engine    *query.Engine
	Directory *org.Directory
	// Door lets through to a handler only who has signed in: auth.Auth.Require.
	Door    func(http.Handler) http.Handler
	Files   *file.Dir    // contents of blob fields; nil refuses them
	Actions action.List  // what can be asked by name
	Layouts *layout.Book // how the program lays its objects out; nil is by the kinds of their fields
	Limits  Limits       // zero fields take their defaults
	// Mail sends one message; nil when no mail can be sent.
	Mail    func(context.Context, mail.Mail) error
	Now     func() time.Time
	Log     *slog.Logger
	Version string // of the program, for the OpenAPI document
}

// Server answers the API's requests for one organisation. It is safe for use by many goroutines.
type Server struct {
	keeper  *record.Keeper
	engine  *query.Engine
	people  *org.Directory
	door    func(http.Handler) http.Handler
	files   *file.Dir
	actions action.List
	layouts *layout.Book
	bulk    *bulk.Bulk
	limits  Limits
	mail    func(context.Context, mail.Mail) error
	now     func() time.Time
	log     *slog.Logger
	program string

	table  table
	rate   *buckets
	places *places
	usage  usage
	plans  plans
	known  described
}

// New returns a Server.
func New(o Options) *Server {
	l := o.Limits.orDefaults()
	s := &Server{
		keeper: o.Keeper, engine: o.Engine, people: o.Directory, door: o.Door, files: o.Files, actions: o.Actions, layouts: o.Layouts, limits: l, mail: o.Mail,
		bulk: bulk.New(o.Keeper, o.Directory, o.Files, o.Engine),
		now:  o.Now, log: o.Log, program: o.Version,
		rate: newBuckets(l.Rate, l.Burst, o.Now), places: newPlaces(l.Together, l.Wait), usage: usage{now: o.Now, most: int64(l.Daily)},
		known: described{by: map[string]*description{}},
	}
	s.table = newTable(s.routes())
	return s
}

// Register adds the addresses of this package to mux.
func (s *Server) Register(mux *http.ServeMux) {
	h := s.Handler()
	mux.Handle(root, h)
	mux.Handle(root+"/", h)
}

// Handler answers every address under /services/data. It expects [Front] before it.
func (s *Server) Handler() http.Handler {
	inner := s.door(http.HandlerFunc(s.serve))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Sforce-Limit-Info", s.usage.info())
		if r.URL.Path == root {
			s.versions(w, r)
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// serve answers a request of someone who has signed in.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	c := s.newCall(r)
	if err := s.admit(c); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Sforce-Limit-Info", s.usage.info())
	leave, err := s.places.enter(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer leave()
	if err := s.dispatch(w, r, c); err != nil {
		s.fail(w, r, err)
	}
}

// dispatch finds who answers a request and has it answered.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request, c *call) error {
	rt, err := s.table.find(c)
	if err != nil {
		return err
	}
	if err := s.mayPass(c, rt); err != nil {
		return err
	}
	if rt.stream != nil {
		return rt.stream(w, r, c)
	}
	if rt.upload != nil && multipartType(r) {
		return rt.upload(w, r, c)
	}
	if c.body, err = readBody(w, r, rt.most(s, c)); err != nil {
		return err
	}
	if err := c.checkJSON(rt.keys()); err != nil {
		return err
	}
	a, err := s.perform(c, rt)
	if err != nil {
		return err
	}
	return reply(w, r, a)
}

// The times that a client may take. A slow one is cut off and holds nothing up.
const (
	headerTime = 5 * time.Second   // for the header of a request
	bodyTime   = 30 * time.Second  // for a body, or for each piece of a large one
	answerTime = 60 * time.Second  // for taking the answer, or each piece of a large one
	idleTime   = 120 * time.Second // between two requests of a connection
)

// Harden sets what keeps a server alive among slow and hostile clients. How long a body and an answer may take is set
// for each request by its handler, because uploads and streams take longer than records.
func Harden(s *http.Server) {
	s.ReadHeaderTimeout = headerTime
	s.IdleTimeout = idleTime
	s.MaxHeaderBytes = 64 << 10
}
