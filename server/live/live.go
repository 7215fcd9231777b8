// Package live tells clients what changes, as it happens: as server-sent events, and over CometD for those that speak
// it. Both follow the same feed and can be resumed by the id of the last event that came.
//
// Whether a change may be known is decided anew for each event and each reader: that the session still holds, that the
// object and the record are open to the user, and which of the changed fields are. A reader that does not take what it
// is sent is dropped. Of a single record it also tells who else of the organisation has it open.
//
// It decides nothing about rights itself, and does not know field service.
package live

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/event"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/server/auth"
)

// Options are what [New] needs.
type Options struct {
	Keeper    *record.Keeper
	Directory *org.Directory
	Feed      *event.Feed
	// Door lets through to a handler only who has signed in: auth.Auth.Require.
	Door func(http.Handler) http.Handler
	Log  *slog.Logger

	Beat  time.Duration // how often a silent stream shows that it lives; 0 is 20 s
	Hold  time.Duration // how long a connect waits for events; 0 is 110 s
	Write time.Duration // how long a client may take for what it is sent; 0 is 15 s
	Most  int           // readers at a time; 0 is 2,000
}

// Live serves streams of changes. It is safe for use by many goroutines.
type Live struct {
	o     Options
	ctx   context.Context // ends when the server stops
	stop  context.CancelFunc
	pumps sync.WaitGroup

	presence *presence

	mu      sync.Mutex
	readers int
	clients map[string]*client // of CometD, by id
}

// New returns a Live.
func New(o Options) *Live {
	for value, usual := range map[*time.Duration]time.Duration{&o.Beat: 20 * time.Second, &o.Hold: 110 * time.Second, &o.Write: 15 * time.Second} {
		if *value == 0 {
			*value = usual
		}
	}
	if o.Most == 0 {
		o.Most = 2000
	}
	l := &Live{o: o, clients: map[string]*client{}, presence: newPresence(o.Keeper.DB().Now)}
	l.ctx, l.stop = context.WithCancel(context.Background())
	return l
}

// Register adds the addresses of this package to mux.
func (l *Live) Register(mux *http.ServeMux) {
	stream, bayeux := l.o.Door(http.HandlerFunc(l.stream)), l.o.Door(http.HandlerFunc(l.bayeux))
	mux.Handle("GET /events", stream)
	mux.Handle("GET /services/data/{version}/events", stream)
	mux.Handle("POST /services/data/{version}/presence/{record}", l.o.Door(http.HandlerFunc(l.present)))
	mux.Handle("POST /cometd/{version}", bayeux)
	mux.Handle("POST /cometd/{version}/{operation}", bayeux) // some clients spell the operation out
}

// Close ends all streams, so that a server can stop. Clients come back and go on where they were.
func (l *Live) Close() {
	l.stop()
	l.pumps.Wait()
}

// enter counts a reader; false is one too many.
func (l *Live) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.readers == l.o.Most {
		return false
	}
	l.readers++
	return true
}

func (l *Live) leave() {
	l.mu.Lock()
	l.readers--
	l.mu.Unlock()
}

// still returns the viewer of a request's session as it is now, or nil when the session has ended meanwhile.
func (l *Live) still(r *http.Request) (v access.Viewer) {
	l.o.Door(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { v = auth.ViewerOf(r) })).ServeHTTP(nowhere{}, r)
	return v
}

// nowhere takes an answer that nobody reads.
type nowhere struct{}

func (nowhere) Header() http.Header         { return http.Header{} }
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) WriteHeader(int)             {}
