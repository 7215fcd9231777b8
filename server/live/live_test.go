package live

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/event"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
	"truckroll/server/auth"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type Thing struct {
	schema.Standard `prefix:"a01"`
	OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
	Name            string        `field:"name required"`
	Size            schema.Int
	Secret          string
}

type Other struct {
	schema.Standard `prefix:"a02"`
	OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
	Name            string        `field:"name"`
}

const password = "correct horse battery"

// house is a server of streams whose workers see their own things only, and no secrets.
type house struct {
	*record.Keeper
	t      testing.TB
	live   *Live
	auth   *auth.Auth
	http   *httptest.Server
	ids    map[string]schema.Id
	tokens map[string]string
	app    string
	secret string
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{t: t, ids: map[string]schema.Id{}, tokens: map[string]string{}}
	c, err := schema.Compile(append(slices.Clone(org.All), Thing{}, Other{})...)
	h.must(err)
	_, err = db.Sync(ctx, c)
	h.must(err)
	trail, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	h.must(err)
	h.Keeper, err = record.New(record.Options{DB: db, Catalog: c, Book: org.Rules, Audit: trail})
	h.must(err)
	why := record.Cause{By: "test"}
	h.must(h.Do(ctx, why, func(tx *record.Tx) error {
		_, err := org.Plant(tx, org.Seed{Name: "Test", Zone: "UTC", Currency: "EUR",
			Defaults: []org.DefaultSeed{{Objects: "Thing Other", Internal: org.SharingPrivate, External: org.SharingPrivate}},
			Profiles: []org.ProfileSeed{
				{Name: "Admin", Permissions: "ApiEnabled ViewAllData ModifyAllData CustomizeApplication ManageUsers"},
				{Name: "Worker", Permissions: "ApiEnabled", Hidden: "Thing.Secret", Grants: []org.GrantSeed{{Objects: "Thing", Rights: access.Read | access.Create | access.Edit | access.Delete}}},
			}})
		return err
	}))
	people := org.NewDirectory(db, h.Catalog, nil)
	log := slog.New(slog.DiscardHandler)
	h.auth, err = auth.New(auth.Options{Keeper: h.Keeper, Directory: people, Now: db.Now, Log: log})
	h.must(err)
	feed, err := event.Open(ctx, db, event.Options{Poll: 5 * time.Millisecond, Failed: func(err error) { t.Error(err) }})
	h.must(err)
	running, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { feed.Run(running); close(ended) }()
	h.live = New(Options{Keeper: h.Keeper, Directory: people, Feed: feed, Door: h.auth.Require, Log: log, Beat: 20 * time.Millisecond, Hold: 300 * time.Millisecond})
	mux := http.NewServeMux()
	h.auth.Register(mux)
	h.live.Register(mux)
	h.http = httptest.NewServer(mux)
	t.Cleanup(func() {
		h.live.Close()
		h.http.Close()
		stop()
		<-ended
	})
	h.app, h.secret, err = h.auth.AddClient(ctx, why, org.ConnectedApplication{Name: "Test app", GrantTypes: "password", Scopes: "api"}, false)
	h.must(err)
	for user, profile := range map[string]string{"admin": "Admin", "worker": "Worker"} {
		h.ids[user], err = h.auth.AddUser(ctx, why, auth.NewUser{Username: user + "@test.example", LastName: user, Profile: profile, Password: password})
		h.must(err)
		res, err := http.PostForm(h.http.URL+"/services/oauth2/token", url.Values{"grant_type": {"password"}, "client_id": {h.app}, "client_secret": {h.secret}, "username": {user + "@test.example"}, "password": {password}})
		h.must(err)
		var token struct {
			Access string `json:"access_token"`
		}
		h.must(json.NewDecoder(res.Body).Decode(&token))
		res.Body.Close()
		h.tokens[user] = token.Access
	}
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// save saves records on behalf of the house.
func (h *house) save(recs ...any) {
	h.t.Helper()
	h.must(h.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error { return tx.Save(recs...) }))
}

func (h *house) owner(user string) schema.AnyRef { return schema.AnyRef(h.ids[user]) }

// listener reads one stream.
type listener struct {
	t     testing.TB
	lines *bufio.Scanner
	last  string // the id of the last event
}

// listen opens a stream and waits until it is open.
func (h *house) listen(user, query string, headers ...string) *listener {
	h.t.Helper()
	req, err := http.NewRequest("GET", h.http.URL+"/services/data/v60.0/events?"+query, nil)
	h.must(err)
	req.Header.Set("Authorization", "Bearer "+h.tokens[user])
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	h.must(err)
	h.t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" {
		h.t.Fatalf("status %d", res.StatusCode)
	}
	l := &listener{t: h.t, lines: bufio.NewScanner(res.Body)}
	if !l.lines.Scan() || l.lines.Text() != ": open" {
		h.t.Fatalf("the stream begins with %q", l.lines.Text())
	}
	return l
}

// next returns the next event as its name and data; beats are skipped. "" is the end.
func (l *listener) next() (name string, data map[string]any) {
	l.t.Helper()
	for l.lines.Scan() {
		field, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch field {
		case "id":
			l.last = value
		case "event":
			name = value
		case "data":
			var v any
			if err := json.Unmarshal([]byte(value), &v); err != nil {
				l.t.Fatal(err)
			}
			data, _ = v.(map[string]any)
		case "":
			if name != "" {
				return name, data
			}
		}
	}
	return "", nil
}

func TestStreamTellsWhatTheViewerMaySee(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		admin, worker := h.listen("admin", "objects=thing,Other"), h.listen("worker", "objects=Thing")
		mine := &Thing{Name: "mine", OwnerId: h.owner("worker"), Secret: "s", Size: schema.NewInt(3)}
		theirs := &Thing{Name: "theirs", OwnerId: h.owner("admin")}
		h.save(&Other{Name: "o", OwnerId: h.owner("admin")}, theirs, mine)
		mine.Size, mine.Secret = schema.Int{}, "t"
		h.save(mine)
		h.must(h.Do(context.Background(), record.Cause{}, func(tx *record.Tx) error { return tx.Delete(mine.Id) }))
		var heard []string
		for range 5 {
			name, d := admin.next()
			heard = append(heard, fmt.Sprint(name, " ", d["object"], " ", d["change"]))
		}
		if want := "[change Other CREATE change Thing CREATE change Thing CREATE change Thing UPDATE change Thing DELETE]"; fmt.Sprint(heard) != want {
			t.Errorf("heard %v", heard)
		}
		_, d := worker.next()
		values, _ := d["values"].(map[string]any)
		if d["id"] != string(mine.Id) || d["change"] != "CREATE" || values["Name"] != "mine" || strings.Contains(fmt.Sprint(d), "Secret") {
			t.Errorf("heard %v", d)
		}
		first := worker.last
		if _, d = worker.next(); d["change"] != "UPDATE" || !strings.Contains(fmt.Sprint(d["changedFields"]), "Size") || strings.Contains(fmt.Sprint(d), "Secret") {
			t.Errorf("heard %v", d)
		}
		again := h.listen("worker", "objects=Thing", "Last-Event-ID", first)
		if _, d = again.next(); d["change"] != "UPDATE" {
			t.Errorf("resumed with %v", d)
		}
		if _, d = again.next(); d["change"] != "DELETE" || d["id"] != string(mine.Id) {
			t.Errorf("resumed with %v", d)
		}
	})
}

func TestStreamEndsWithTheSession(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	worker := h.listen("worker", "")
	h.must(h.Do(context.Background(), record.Cause{}, func(tx *record.Tx) error {
		u, err := record.Get(tx, schema.Ref[org.User](h.ids["worker"]))
		if err != nil {
			return err
		}
		u.IsActive = false
		return tx.Save(u)
	}))
	if name, d := worker.next(); name != "" && name != "error" && d["object"] != "User" {
		t.Errorf("heard %s %v", name, d)
	}
	for name, _ := worker.next(); name != ""; name, _ = worker.next() {
		if name == "change" {
			t.Error("a change was told after the session had ended")
		}
	}
}

func TestStreamRefusals(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	for query, want := range map[string]string{"objects=Nothing": "INVALID_TYPE", "objects=Other": "INVALID_TYPE", "replayId=x": "INVALID_REPLAY_ID", "replayId=999999": "INVALID_REPLAY_ID"} {
		req, err := http.NewRequest("GET", h.http.URL+"/events?"+query, nil)
		h.must(err)
		req.Header.Set("Authorization", "Bearer "+h.tokens["worker"])
		res, err := http.DefaultClient.Do(req)
		h.must(err)
		var list []refusal
		h.must(json.NewDecoder(res.Body).Decode(&list))
		res.Body.Close()
		if res.StatusCode != 400 || list[0].ErrorCode != want {
			t.Errorf("%s: %d %v", query, res.StatusCode, list)
		}
	}
}

// post sends messages of the Bayeux protocol.
func (h *house) post(user string, messages ...map[string]any) (answers []map[string]any) {
	h.t.Helper()
	body, err := json.Marshal(messages)
	h.must(err)
	req, err := http.NewRequest("POST", h.http.URL+"/cometd/60.0/", bytes.NewReader(body))
	h.must(err)
	req.URL.Path = "/cometd/60.0"
	req.Header.Set("Authorization", "Bearer "+h.tokens[user])
	res, err := http.DefaultClient.Do(req)
	h.must(err)
	defer res.Body.Close()
	if res.StatusCode != 200 {
		h.t.Fatalf("status %d", res.StatusCode)
	}
	h.must(json.NewDecoder(res.Body).Decode(&answers))
	return answers
}

type bayeux = map[string]any

func TestCometD(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		before := &Thing{Name: "before", OwnerId: h.owner("worker")}
		h.save(before, &Thing{Name: "hidden", OwnerId: h.owner("admin")})
		shake := h.post("worker", bayeux{"channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": []string{"long-polling"}, "id": "1"})[0]
		id := shake["clientId"]
		if shake["successful"] != true || id == "" || shake["id"] != "1" {
			t.Fatalf("handshake: %v", shake)
		}
		connect := bayeux{"channel": "/meta/connect", "clientId": id, "connectionType": "long-polling"}
		if a := h.post("worker", connect); len(a) != 1 || a[0]["successful"] != true {
			t.Fatalf("connect: %v", a)
		}
		subscribe := func(channel string, replay int) bayeux {
			return bayeux{"channel": "/meta/subscribe", "clientId": id, "subscription": channel, "ext": bayeux{"replay": bayeux{channel: replay}}}
		}
		for channel, ok := range map[string]bool{"/data/ThingChangeEvent": true, "/data/OtherChangeEvent": false, "/topic/Things": false, "/u/Generic": false, "/data/Nothing__ChangeEvent": false} {
			if a := h.post("worker", subscribe(channel, -2)); a[0]["successful"] != ok {
				t.Errorf("subscribe %s: %v", channel, a)
			}
		}
		a := h.post("worker", connect)
		data, _ := a[0]["data"].(map[string]any)
		payload, _ := data["payload"].(map[string]any)
		header, _ := payload["ChangeEventHeader"].(map[string]any)
		if len(a) != 2 || a[0]["channel"] != "/data/ThingChangeEvent" || payload["Name"] != "before" || header["changeType"] != "CREATE" || fmt.Sprint(header["recordIds"]) != "["+string(before.Id)+"]" || data["event"].(map[string]any)["replayId"] == nil {
			t.Fatalf("connect: %v", a)
		}
		if a := h.post("worker", connect); len(a) != 1 || a[0]["successful"] != true {
			t.Fatalf("a connect without events: %v", a)
		}
		before.Size = schema.NewInt(7)
		h.save(before)
		if a := h.post("worker", connect); len(a) != 2 || !strings.Contains(fmt.Sprint(a[0]), "Size:7") {
			t.Fatalf("connect: %v", a)
		}
		if a := h.post("admin", connect); a[0]["successful"] != false || !strings.HasPrefix(a[0]["error"].(string), "403::Unknown client") {
			t.Errorf("another user's client: %v", a)
		}
		h.post("worker", bayeux{"channel": "/meta/unsubscribe", "clientId": id, "subscription": "/data/ThingChangeEvent"})
		before.Size = schema.NewInt(8)
		h.save(before)
		if a := h.post("worker", connect); len(a) != 1 {
			t.Errorf("after unsubscribing: %v", a)
		}
		h.post("worker", bayeux{"channel": "/meta/disconnect", "clientId": id})
		if a := h.post("worker", connect); a[0]["successful"] != false {
			t.Errorf("after disconnecting: %v", a)
		}
	})
}

// FuzzBayeux holds that no subscription leads to anything but an object's name or a refusal.
func FuzzBayeux(f *testing.F) {
	f.Add([]byte(`[{"channel":"/meta/subscribe","subscription":["/data/ThingChangeEvent","/data/X__ChangeEvent"],"ext":{"replay":{"a":-2}}}]`))
	f.Add([]byte(`[{"subscription":{"a":1},"ext":{"replay":true}}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var in []message
		if json.Unmarshal(body, &in) != nil {
			return
		}
		for _, m := range in {
			for _, name := range channels(m.Subscription) {
				if object, err := objectOf(name); err == nil && strings.HasSuffix(object, "ChangeEvent") && !strings.HasSuffix(name, "ChangeEventChangeEvent") {
					t.Errorf("%q leads to %q", name, object)
				}
			}
		}
	})
}
