package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// house is a running server with one administrator, one user without rights to the API, and one connected app.
type house struct {
	*Auth
	t      testing.TB
	server *httptest.Server
	ms     *atomic.Int64
	log    *lines
	admin  schema.Id
	app    string // the consumer key of an app that may do everything
	secret string
}

// lines collects a log.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

const (
	adminName     = "admin@test.example"
	adminPassword = "correct horse battery"
)

func newHouse(t testing.TB, engine func(testing.TB, store.Options) *store.DB) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{t: t, ms: &atomic.Int64{}, log: &lines{}}
	h.ms.Store(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).UnixMilli())
	now := func() time.Time { return time.UnixMilli(h.ms.Load()) }
	db := engine(t, store.Options{Now: now})
	c, err := schema.Compile(org.All...)
	h.must(err)
	_, err = db.Sync(ctx, c)
	h.must(err)
	trail, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	h.must(err)
	keeper, err := record.New(record.Options{DB: db, Catalog: c, Book: org.Rules, Audit: trail, Now: now})
	h.must(err)
	why := record.Cause{By: "test"}
	h.must(keeper.Do(ctx, why, func(tx *record.Tx) error {
		_, err := org.Plant(tx, org.Seed{Name: "Test & Sons", Zone: "Europe/Berlin", Currency: "EUR", Profiles: []org.ProfileSeed{
			{Name: "Admin", Permissions: "ApiEnabled ViewAllData ModifyAllData CustomizeApplication ManageUsers"}, {Name: "Mute"}}})
		return err
	}))
	h.Auth, err = New(Options{Keeper: keeper, Directory: org.NewDirectory(db, keeper.Catalog, nil), Now: now, Log: slog.New(slog.NewJSONHandler(h.log, nil)),
		Secret: []byte("a secret of the installation, for tests"), Founder: "Admin"})
	h.must(err)
	h.hasher, err = newHasher(cost{memory: 64, passes: 1, threads: 1}) // tests do not guess passwords
	h.must(err)
	h.admin, err = h.AddUser(ctx, why, NewUser{Username: adminName, FirstName: "Ada", LastName: "Admin", Profile: "Admin", Password: adminPassword})
	h.must(err)
	_, err = h.AddUser(ctx, why, NewUser{Username: "spare@test.example", Profile: "Admin", Password: adminPassword}) // as somebody must be left who manages users
	h.must(err)
	_, err = h.AddUser(ctx, why, NewUser{Username: "mute@test.example", Profile: "Mute", Password: adminPassword})
	h.must(err)
	h.app, h.secret, err = h.AddClient(ctx, why, org.ConnectedApplication{Name: "Test app", GrantTypes: "password client_credentials authorization_code device",
		RunAsUserId: schema.Ref[org.User](h.admin), CallbackUrls: "https://app.example/back\ncom.example:/back", Scopes: "api refresh_token openid", RefreshTokenRotation: true, PkceRequired: true}, false)
	h.must(err)
	mux := http.NewServeMux()
	h.Register(mux)
	mux.Handle("/services/data/", h.Require(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, map[string]any{"user": ViewerOf(r).User(), "web": SessionOf(r).Web})
	})))
	h.server = httptest.NewServer(mux)
	t.Cleanup(func() { h.server.Close(); h.Wait() })
	return h
}

// each runs f with a house on each database.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Run("sqlite", func(t *testing.T) { f(t, newHouse(t, storetest.SQLite)) })
	t.Run("postgres", func(t *testing.T) { f(t, newHouse(t, storetest.Postgres)) })
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) advance(d time.Duration) { h.ms.Add(d.Milliseconds()) }

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

// json decodes an object.
func (r reply) json(t testing.TB) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(r.body), &m); err != nil {
		t.Fatalf("status %d, not an object: %s", r.status, r.body)
	}
	return m
}

func (r reply) text(t testing.TB, name string) string {
	t.Helper()
	s, _ := r.json(t)[name].(string)
	return s
}

// browser keeps cookies and follows no redirect.
func browser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (h *house) send(c *http.Client, r *http.Request) reply {
	h.t.Helper()
	if c == nil {
		c = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	res, err := c.Do(r)
	h.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	h.must(err)
	return reply{res.StatusCode, res.Header, string(b)}
}

func (h *house) request(method, path, body string, header ...string) *http.Request {
	h.t.Helper()
	r, err := http.NewRequest(method, h.server.URL+path, strings.NewReader(body))
	h.must(err)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// post sends a form of names and values.
func (h *house) post(c *http.Client, path string, pairs ...string) reply {
	h.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return h.send(c, h.request("POST", path, v.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Origin", h.server.URL))
}

// tokenFor asks the token endpoint as the test app.
func (h *house) tokenFor(pairs ...string) reply {
	h.t.Helper()
	return h.post(nil, "/services/oauth2/token", append([]string{"client_id", h.app, "client_secret", h.secret}, pairs...)...)
}

func (h *house) get(path string, header ...string) reply {
	h.t.Helper()
	return h.send(nil, h.request("GET", path, "", header...))
}

// data asks the API with a token and returns the status.
func (h *house) data(token string) int {
	h.t.Helper()
	return h.get("/services/data/v64.0", "Authorization", "Bearer "+token).status
}

func (h *house) password() reply {
	return h.tokenFor("grant_type", "password", "username", adminName, "password", adminPassword)
}

// engines are the databases that what depends on one is tested with.
var engines = map[string]func(testing.TB, store.Options) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}
