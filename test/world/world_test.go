// Package world holds two worlds against each other that differ only in what one user may not see: in the values of
// hidden fields, in records out of reach, in how many of these there are. Whatever that user asks, both must give the
// same answer, byte for byte.
//
// What the test leaves out on purpose is what gives something away by its nature: the ids and numbers of new records,
// which are consecutive, and values that must be unique. It does not know how answers are made.
package world

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/file"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
	"truckroll/server/api"
	"truckroll/server/auth"
)

var requests = flag.Int("requests", 400, "how many random requests both worlds answer")

func TestMain(m *testing.M) { storetest.Main(m) }

var noon = time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)

// seed lets a worker see their own accounts, contacts and work orders, without four of their fields, and no assets.
var seed = org.Seed{
	Name: "World", Zone: "Europe/Berlin", Currency: "EUR",
	Defaults: []org.DefaultSeed{{Objects: "Account Contact WorkOrder", Internal: org.SharingPrivate, External: org.SharingPrivate}},
	Profiles: []org.ProfileSeed{
		{Name: "Admin", Permissions: "ApiEnabled ViewAllData ModifyAllData CustomizeApplication ManageUsers"},
		{Name: "Worker", Permissions: "ApiEnabled", Hidden: "Account.AnnualRevenue Account.Description Contact.Description WorkOrder.Description",
			Grants: []org.GrantSeed{{Objects: "Account Contact WorkOrder WorkOrderLineItem", Rights: access.Read | access.Create | access.Edit | access.Delete}}},
	},
}

// world is one of the two.
type world struct {
	t       *testing.T
	handler http.Handler
	token   string
	ids     []string // of all that is there in both worlds, visible or not
}

// build makes a world. What the worker may see depends on nothing but shared; all else on own.
func build(t *testing.T, db *store.DB, own uint64) *world {
	t.Helper()
	ctx, why, now := context.Background(), record.Cause{By: "test"}, func() time.Time { return noon }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := schema.Compile(slices.Concat(org.All, object.All)...)
	must(err)
	_, err = db.Sync(ctx, c)
	must(err)
	trail, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	must(err)
	k, err := record.New(record.Options{DB: db, Catalog: c, Book: org.Rules, Audit: trail, Now: now})
	must(err)
	must(k.Do(ctx, why, func(tx *record.Tx) error { _, err := org.Plant(tx, seed); return err }))
	directory := org.NewDirectory(db, k.Catalog, nil)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	doors, err := auth.New(auth.Options{Keeper: k, Directory: directory, Now: now, Log: log})
	must(err)
	cursors, err := query.NewCursors([]byte("a secret of the tests"), now)
	must(err)
	files, err := file.Open(t.TempDir(), 0, now)
	must(err)
	t.Cleanup(func() { must(files.Close()) })
	s := api.New(api.Options{Keeper: k, Engine: &query.Engine{DB: db, Cursors: cursors, Now: now}, Directory: directory, Door: doors.Require, Files: files, Now: now, Log: log, Version: "test",
		Limits: api.Limits{Rate: 1e9, Burst: 1 << 30}})
	mux := http.NewServeMux()
	doors.Register(mux)
	s.Register(mux)
	w := &world{t: t, handler: s.Front(mux)}
	boss, err := doors.AddUser(ctx, why, auth.NewUser{Username: "boss@world.example", Profile: "Admin", Password: "correct horse battery"})
	must(err)
	worker, err := doors.AddUser(ctx, why, auth.NewUser{Username: "worker@world.example", Profile: "Worker", Password: "correct horse battery"})
	must(err)
	client, secret, err := doors.AddClient(ctx, why, org.ConnectedApplication{Name: "w", GrantTypes: "password", Scopes: "api"}, false)
	must(err)
	must(w.fill(ctx, k, why, string(boss), string(worker), own))
	w.signIn(client, secret)
	return w
}

func (w *world) signIn(client, secret string) {
	form := url.Values{"grant_type": {"password"}, "client_id": {client}, "client_secret": {secret}, "username": {"worker@world.example"}, "password": {"correct horse battery"}}
	r := httptest.NewRequest("POST", "/services/oauth2/token", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	var token struct {
		Access string `json:"access_token"`
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &token); err != nil || token.Access == "" {
		w.t.Fatal(rec.Code, rec.Body)
	}
	w.token = token.Access
}

const size = 24

var words = []string{"alpha", "beta", "gamma", "delta", "pump", "valve"}

// fill makes the same records in both worlds, of which half are out of the worker's reach and say what only this world
// says; then more of these, as many as this world has.
func (w *world) fill(ctx context.Context, k *record.Keeper, why record.Cause, boss, worker string, own uint64) error {
	shared, secret := rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(own, 7))
	word := func(r *rand.Rand) string { return words[r.IntN(len(words))] }
	return k.Do(ctx, why, func(tx *record.Tx) error {
		var accounts, contacts []schema.Id
		for i := range 3*size + 3*int(own)*size {
			r, owner := shared, worker
			if i%2 == 1 || i >= 3*size {
				r, owner = secret, boss
			}
			text := word(r) + " " + word(r)
			hidden := schema.LongText(fmt.Sprint(word(secret), " ", secret.IntN(9)))
			pick := func(ids []schema.Id) schema.Id {
				if n := min(len(ids), size); n > 0 { // those that both worlds have
					return ids[shared.IntN(n)]
				}
				return ""
			}
			if i >= 3*size {
				pick = func(ids []schema.Id) schema.Id { return ids[secret.IntN(len(ids))] }
			}
			var rec any
			switch i % 3 {
			case 0:
				rec = &object.Account{UserOwned: object.UserOwned{OwnerId: schema.Ref[org.User](owner)}, Name: text, NumberOfEmployees: schema.NewInt(int64(r.IntN(5))), Description: hidden,
					AnnualRevenue: schema.Currency{Decimal: schema.DecInt(secret.Int64N(9))}, ParentId: schema.Ref[object.Account](pick(accounts))}
			case 1:
				rec = &object.Contact{UserOwned: object.UserOwned{OwnerId: schema.Ref[org.User](owner)}, LastName: text, Description: hidden, AccountId: schema.Ref[object.Account](pick(accounts))}
			default:
				rec = &object.WorkOrder{Owned: object.Owned{OwnerId: schema.AnyRef(owner)}, Subject: text, Description: hidden, AccountId: schema.Ref[object.Account](pick(accounts)), ContactId: schema.Ref[object.Contact](pick(contacts))}
			}
			if err := tx.Save(rec); err != nil {
				return err
			}
			id := schema.StandardOf(rec).Id
			if i < 3*size {
				w.ids = append(w.ids, string(id))
			}
			switch i % 3 {
			case 0:
				accounts = append(accounts, id)
			case 1:
				contacts = append(contacts, id)
			}
		}
		return nil
	})
}

// request is what the worker asks.
type request struct{ method, path, body string }

// ask answers a request, with the headers that tell something of records.
func (w *world) ask(q request) string {
	r := httptest.NewRequest(q.method, q.path, strings.NewReader(q.body))
	r.Header.Set("Authorization", "Bearer "+w.token)
	r.Header.Set("X-Request-Id", "the-same-in-both")
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	h := rec.Header()
	return fmt.Sprintf("%d %s|%s|%s|%s\n%s", rec.Code, h.Get("ETag"), h.Get("Last-Modified"), h.Get("Location"), h.Get("Content-Length"), rec.Body)
}

func TestTwoWorldsAnswerAlike(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		n := *requests
		other := storetest.SQLite
		if db.Dialect().Name() == "postgres" {
			other, n = storetest.Postgres, n/4
		}
		a, b := build(t, db, 1), build(t, other(t, store.Options{}), 2)
		if slices.Compare(a.ids, b.ids) != 0 {
			t.Fatal("the worlds do not begin alike")
		}
		g := &guesser{r: rand.New(rand.NewPCG(uint64(n), 3)), ids: a.ids}
		good := 0
		for i := range n {
			q := g.request()
			x, y := a.ask(q), b.ask(q)
			if x != y {
				t.Fatalf("request %d: %s %s %s\none world: %s\nthe other: %s", i, q.method, q.path, q.body, x, y)
			}
			if strings.HasPrefix(x, "5") {
				t.Fatalf("request %d: %s %s %s\n%s", i, q.method, q.path, q.body, x)
			}
			if strings.HasPrefix(x, "2") {
				good++
			}
		}
		if good < n/4 {
			t.Errorf("only %d of %d requests were answered", good, n)
		}
	})
}
