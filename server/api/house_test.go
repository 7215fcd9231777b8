package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/file"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
	"truckroll/server/auth"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// The business of the tests.
type (
	Account struct {
		schema.Standard `prefix:"001" object:"search"`
		OwnerId         schema.AnyRef       `to:"User,Group" field:"owner"`
		Name            string              `max:"80" field:"name required"`
		Code            string              `max:"40" field:"unique external"`
		Alias           string              `max:"40" field:"external"`
		Rating          schema.Picklist     `choices:"Hot;Warm;Cold" field:"restricted"`
		Phone           schema.Phone        //
		Revenue         schema.Currency     //
		Staff           schema.Int          //
		Score           schema.Decimal      `scale:"1"`
		Since           schema.Date         //
		Opens           schema.Time         //
		Seen            schema.DateTime     //
		Active          bool                `default:"true"`
		ParentId        schema.Ref[Account] `children:"ChildAccounts"`
		BillingAddress  schema.Address      `parts:"Billing"`
		RecordTypeId    schema.Ref[org.RecordType]
		Secret          string
	}

	Contact struct {
		schema.Standard `prefix:"003" object:"search"`
		OwnerId         schema.AnyRef       `to:"User,Group" field:"owner"`
		AccountId       schema.Ref[Account] `children:"Contacts" field:"cascade"`
		Name            string              `max:"80" field:"name"`
		Email           schema.Email
	}

	Visit struct {
		schema.Standard `prefix:"0WO" name:"Number"`
		OwnerId         schema.AnyRef       `to:"User,Group" field:"owner"`
		Number          schema.AutoNumber   `format:"{00000000}"`
		AccountId       schema.Ref[Account] `children:"Visits" field:"restrict"`
		Subject         string
		Duration        schema.Decimal `scale:"2"`
	}
)

// house is a running server with an administrator, a worker who does not see Account.Secret and only their own
// accounts, and a guest who sees no visits.
type house struct {
	*Server
	t      testing.TB
	keeper *record.Keeper
	http   *httptest.Server
	ms     *atomic.Int64
	tokens map[string]string // by user
	ids    map[string]schema.Id
	log    *lines
	auth   *auth.Auth
	app    string
	secret string
}

const password = "correct horse battery"

var testSeed = org.Seed{
	Name: "Test", Zone: "Europe/Berlin", Currency: "EUR",
	Defaults: []org.DefaultSeed{{Objects: "Account Contact Visit", Internal: org.SharingPrivate, External: org.SharingPrivate}},
	Profiles: []org.ProfileSeed{
		{Name: "Admin", Permissions: "ApiEnabled ViewAllData ModifyAllData CustomizeApplication ManageUsers BulkApiHardDelete", Grants: []org.GrantSeed{{Objects: "*", Rights: access.AllRights}}},
		{Name: "Worker", Permissions: "ApiEnabled", Hidden: "Account.Secret", Fixed: "Account.Rating",
			Grants: []org.GrantSeed{{Objects: "*", Rights: access.Read | access.Create | access.Edit | access.Delete}}},
		{Name: "Guest", Permissions: "ApiEnabled", Grants: []org.GrantSeed{{Objects: "Account", Rights: access.Read}}},
	},
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

func newHouse(t testing.TB, db *store.DB, o Options) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{t: t, ms: &atomic.Int64{}, tokens: map[string]string{}, ids: map[string]schema.Id{}, log: &lines{}}
	h.ms.Store(time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC).UnixMilli())
	now := func() time.Time { return time.UnixMilli(h.ms.Load()) }
	c, err := schema.Compile(append(slices.Clone(org.All), Account{}, Contact{}, Visit{})...)
	h.must(err)
	_, err = db.Sync(ctx, c)
	h.must(err)
	trail, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	h.must(err)
	o.Files, err = file.Open(t.TempDir(), 0, now)
	h.must(err)
	t.Cleanup(func() { h.must(o.Files.Close()) })
	h.keeper, err = record.New(record.Options{DB: db, Catalog: c, Book: slices.Concat(org.Rules, org.FileRules(o.Files)), Audit: trail, Now: now})
	h.must(err)
	why := record.Cause{By: "test"}
	h.must(h.keeper.Do(ctx, why, func(tx *record.Tx) error { _, err := org.Plant(tx, testSeed); return err }))
	log := slog.New(slog.NewJSONHandler(h.log, nil))
	directory := org.NewDirectory(db, h.keeper.Catalog, nil)
	a, err := auth.New(auth.Options{Keeper: h.keeper, Directory: directory, Now: now, Log: log})
	h.must(err)
	cursors, err := query.NewCursors([]byte("a secret of the tests"), now)
	h.must(err)
	o.Keeper, o.Directory, o.Door, o.Now, o.Log, o.Version = h.keeper, directory, a.Require, now, log, "test"
	o.Engine = &query.Engine{DB: db, Cursors: cursors, Now: now, FiscalStart: directory.FiscalStart}
	h.Server = New(o)
	mux := http.NewServeMux()
	a.Register(mux)
	h.Server.Register(mux)
	h.http = httptest.NewServer(h.Front(mux))
	t.Cleanup(h.http.Close)
	h.auth = a
	h.app, h.secret, err = a.AddClient(ctx, why, org.ConnectedApplication{Name: "Test app", GrantTypes: "password", Scopes: "api"}, false)
	h.must(err)
	return h
}

// profiles are what the users of the tests may do.
var profiles = map[string]string{"admin": "Admin", "worker": "Worker", "other": "Worker", "guest": "Guest", "line_man": "Worker"}

// token returns the access token of a user, whom it makes and signs in the first time: passwords take a while.
func (h *house) token(user string) string {
	h.t.Helper()
	if h.tokens[user] == "" {
		name := user + "@test.example"
		id, err := h.auth.AddUser(context.Background(), record.Cause{By: "test"}, auth.NewUser{Username: name, LastName: user, Profile: profiles[user], Password: password})
		h.must(err)
		h.ids[user], h.tokens[user] = id, h.signIn(h.app, h.secret, name)
	}
	return h.tokens[user]
}

func (h *house) signIn(app, secret, user string) string {
	h.t.Helper()
	res, err := http.PostForm(h.http.URL+"/services/oauth2/token", url.Values{"grant_type": {"password"}, "client_id": {app}, "client_secret": {secret}, "username": {user}, "password": {password}})
	h.must(err)
	defer res.Body.Close()
	var token struct {
		Access string `json:"access_token"`
	}
	h.must(json.NewDecoder(res.Body).Decode(&token))
	if token.Access == "" {
		h.t.Fatalf("no token for %s: status %d", user, res.StatusCode)
	}
	return token.Access
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) advance(d time.Duration) { h.ms.Add(d.Milliseconds()) }

// each runs f with a house on each database.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, newHouse(t, db, Options{})) })
}

// start returns a house on SQLite.
func start(t testing.TB) *house {
	t.Helper()
	return newHouse(t, storetest.SQLite(t, store.Options{}), Options{})
}

// reply is what came back.
type got struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

// v60 is the version that the tests ask for.
const v60 = "/services/data/v60.0"

// ask sends a request as a user. Headers are given as "Name: value".
func (h *house) ask(user, method, path string, body any, headers ...string) got {
	h.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	case []byte:
		in = bytes.NewReader(b)
	default:
		data, err := json.Marshal(b)
		h.must(err)
		in = bytes.NewReader(data)
	}
	if !strings.HasPrefix(path, "/services") && !strings.HasPrefix(path, "//") {
		path = v60 + path
	}
	req, err := http.NewRequest(method, h.http.URL+path, in)
	h.must(err)
	if user != "" {
		req.Header.Set("Authorization", "Bearer "+h.token(user))
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept-Encoding", "identity")
	for _, hd := range headers {
		name, value, _ := strings.Cut(hd, ": ")
		req.Header.Set(name, value)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	h.must(err)
	defer res.Body.Close()
	var from io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		from, err = gzip.NewReader(res.Body)
		h.must(err)
	}
	data, err := io.ReadAll(from)
	h.must(err)
	return got{h.t, res.StatusCode, res.Header, string(data)}
}

// is fails the test unless the answer has a status.
func (g got) is(status int) got {
	g.t.Helper()
	if g.status != status {
		g.t.Fatalf("status %d, not %d: %s", g.status, status, g.body)
	}
	return g
}

// refused fails the test unless the answer is one error of a status and a code.
func (g got) refused(status int, code string) got {
	g.t.Helper()
	var list []problem
	if err := json.Unmarshal([]byte(g.body), &list); err != nil || len(list) == 0 || g.status != status || list[0].ErrorCode != code {
		g.t.Fatalf("status %d, not %d %s: %s", g.status, status, code, g.body)
	}
	return g
}

// json decodes the answer into v.
func (g got) json(v any) {
	g.t.Helper()
	if err := json.Unmarshal([]byte(g.body), v); err != nil {
		g.t.Fatalf("status %d, %v: %s", g.status, err, g.body)
	}
}

// at returns what a path of keys and places leads to: "records.0.Name".
func (g got) at(path string) any {
	g.t.Helper()
	var v any
	g.json(&v)
	for key := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[key]
		case []any:
			n := int(key[0] - '0')
			if n >= len(x) {
				g.t.Fatalf("no %s in %s", path, g.body)
			}
			v = x[n]
		default:
			g.t.Fatalf("no %s in %s", path, g.body)
		}
	}
	return v
}

// wants fails the test unless a path leads to a value.
func (g got) wants(path string, want any) got {
	g.t.Helper()
	if n, ok := want.(int); ok {
		want = float64(n)
	}
	if v := g.at(path); v != want {
		g.t.Fatalf("%s is %v, not %v: %s", path, v, want, g.body)
	}
	return g
}

// create makes a record and returns its id.
func (h *house) create(user, object string, fields map[string]any) string {
	h.t.Helper()
	return h.ask(user, "POST", "/sobjects/"+object, fields).is(201).at("id").(string)
}

// q is the path of a query.
func q(text string) string { return "/query?q=" + url.QueryEscape(text) }
