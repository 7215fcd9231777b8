package auth

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Options are what [New] needs.
type Options struct {
	Keeper    *record.Keeper
	Directory *org.Directory
	// BaseURL is the address that clients are told to use, without a slash at its end. When it is empty it is taken
	// from each request, whose Host is believed only when it names the machine itself or one of Hosts.
	BaseURL string
	Hosts   []string         // further names of this server, without port
	Now     func() time.Time // the clock
	Log     *slog.Logger

	Secret  []byte    // of the installation, from which the key is derived that second factors are sealed under
	SSO     *Provider // single sign-on; nil is none
	Contact string    // whom to ask for help with signing in; "" names nobody
	Founder string    // name of the profile of the first user, who sets the server up
	// Forgot has a link to choose a new password sent, if there is such a user, once tx is committed; nil when no mail
	// can be sent.
	Forgot func(tx *store.Tx, username, origin string) error
}

// Auth signs users and apps in. It is safe for use by many goroutines.
type Auth struct {
	keeper   *record.Keeper
	db       *store.DB
	people   *org.Directory
	base     string
	hosts    []string
	now      func() time.Time
	log      *slog.Logger
	hasher   *hasher
	throttle *throttle
	gate     *gate
	keys     keyring
	cross    *http.CrossOriginProtection
	sealer   *sealer
	sso      *sso
	contact  string
	founder  string
	forgot   func(tx *store.Tx, username, origin string) error
	inUse    atomic.Bool    // there are users
	behind   sync.WaitGroup // what is still being recorded
}

// New returns an Auth. Its tables are among the store's migrations.
func New(o Options) (*Auth, error) {
	h, err := newHasher(usual)
	if err != nil {
		return nil, err
	}
	sealer, err := newSealer(o.Secret)
	if err != nil {
		return nil, err
	}
	return &Auth{
		sealer: sealer, sso: newSSO(o.SSO), contact: o.Contact, founder: o.Founder, forgot: o.Forgot,
		keeper: o.Keeper, db: o.Keeper.DB(), people: o.Directory, base: o.BaseURL, hosts: o.Hosts, now: o.Now, log: o.Log,
		hasher: h, throttle: newThrottle(o.Now), gate: newGate(o.Now), cross: http.NewCrossOriginProtection(),
	}, nil
}

// route is one address and who answers it.
type route struct {
	pattern string
	handle  http.HandlerFunc
}

// routes lists the addresses for other programs, and for browsers that they send here.
func (a *Auth) routes() []route {
	return []route{
		{"POST /services/oauth2/token", a.token},
		{"GET /services/oauth2/authorize", a.authorize},
		{"POST /services/oauth2/authorize", a.consent},
		{"GET /services/oauth2/revoke", a.revoke},
		{"POST /services/oauth2/revoke", a.revoke},
		{"POST /services/oauth2/introspect", a.introspect},
		{"GET /services/oauth2/userinfo", a.userinfo},
		{"POST /services/oauth2/userinfo", a.userinfo},
		{"GET /id/{organization}/{user}", a.identity},
		{"POST /id/{organization}/{user}", a.identity},
		{"GET /id/keys", a.jwks},
		{"GET /.well-known/openid-configuration", a.discovery},
		{"GET /setup/connect", a.device},
		{"POST /setup/connect", a.deviceConsent},
		{"POST /services/Soap/{door}/{version}", a.soap},
		{"POST /services/Soap/{door}/{version}/{organization}", a.soap},
	}
}

// Register adds the addresses of this package to mux.
func (a *Auth) Register(mux *http.ServeMux) {
	for _, r := range slices.Concat(a.routes(), a.consoleRoutes()) {
		mux.HandleFunc(r.pattern, r.handle)
	}
}

// Refusals of a sign-in. None tells whether the user exists, except to one who knows the password.
var (
	errLogin    = errors.New("authentication failure")
	errInactive = errors.New("user is inactive")
	errWait     = errors.New("too many wrong passwords; try again later")
)

// Inputs beyond these lengths are wrong without a look.
const (
	longestUsername = 320
	longestPassword = 1024
)

// signIn finds the user with a name and a password. It takes as long for a user who does not exist as for a wrong
// password.
func (a *Auth) signIn(r *http.Request, username, password string) (*org.Person, error) {
	ctx, from := r.Context(), address(r)
	if len(username) > longestUsername || len(password) > longestPassword {
		return nil, errLogin
	}
	if a.throttle.wait(username, from) > 0 {
		return nil, errWait
	}
	p, err := a.people.PersonByName(ctx, username)
	if err != nil {
		return nil, err
	}
	user := schema.Id("")
	if p != nil {
		user = p.Id
	}
	phc, err := a.passwordOf(ctx, user)
	if err != nil {
		return nil, err
	}
	match, outdated, err := a.hasher.verify(ctx, password, phc)
	switch {
	case err != nil:
		return nil, err
	case !match:
		a.throttle.failed(username, from)
		if p != nil {
			a.later(r, user, "password", "Wrong password")
		}
		return nil, errLogin
	}
	a.throttle.succeeded(username, from)
	if !p.Active {
		a.later(r, user, "password", "User is not active")
		return nil, errInactive
	}
	if outdated {
		return p, a.strengthen(ctx, p.Id, password)
	}
	return p, nil
}

// address is where a request comes from.
func address(r *http.Request) netip.Addr {
	if p, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		return p.Addr()
	}
	return netip.Addr{}
}

// secure reports whether the browser or client speaks TLS to this server, or to the proxy that BaseURL tells of.
func (a *Auth) secure(r *http.Request) bool {
	return r.TLS != nil || len(a.base) > 8 && a.base[:8] == "https://"
}

// origin is the address at which the client of r is to find this server. A Host header that names neither the machine
// itself nor a configured host is not believed, so that no one can be sent elsewhere with a token.
func (a *Auth) origin(r *http.Request) string {
	if a.base != "" {
		return a.base
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if a.ours(host) {
		return scheme + r.Host
	}
	if l, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		return scheme + l.String()
	}
	return scheme + "localhost"
}

func (a *Auth) ours(host string) bool {
	for _, h := range a.hosts {
		if h == host {
			return true
		}
	}
	if len(host) > 2 && host[0] == '[' {
		host = host[1 : len(host)-1]
	}
	return loopback(host)
}
