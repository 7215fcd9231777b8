// Package story tells what the house does, as paragraphs of its manual that are run: each file in this directory is one.
// It does not know how anything is done; it asks over HTTP as any client does.
package story

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"truckroll/app"
	"truckroll/fieldservice/asset"
	"truckroll/fieldservice/crew"
	"truckroll/fieldservice/price"
	"truckroll/fieldservice/report"
	"truckroll/fieldservice/stock"
	"truckroll/fieldservice/timesheet"
	"truckroll/fieldservice/work"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store/storetest"
	"truckroll/server/auth"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// told are the rules that a story must show: a rule of the book that never mattered in any of them fails the test.
// Rules of rooms that have no stories yet are not listed.
var told = slices.Concat(work.Rules, price.Rules, stock.Rules, timesheet.Rules, crew.Rules, asset.Rules, report.Rules(nil))

// unheard are rules that no story shows, each with the reason.
var unheard = map[string]string{
	"step: holds its order while it changes": "it only locks",
	"tree: at most 10,000":                   "it takes as many records; a test of the room shows it",
	"price book: one is the standard":        "nobody outside can make a book the standard one",
}

const password = "correct horse battery staple"

// TestStories runs every story in a house of its own.
func TestStories(t *testing.T) {
	recorder := &record.Recorder{}
	files, err := filepath.Glob("*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(f, ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			newTeller(t, recorder).tell(f, string(text))
		})
	}
	for _, name := range recorder.Idle(told) {
		if unheard[name] == "" {
			t.Errorf("no story shows the rule %q", name)
		}
	}
}

// teller runs one story.
type teller struct {
	t      *testing.T
	ms     atomic.Int64
	house  *app.House
	http   *httptest.Server
	client [2]string         // id and secret
	tokens map[string]string // by profile
	user   string            // whose turn it is
	names  map[string]string // what the story has named, by $name
}

func newTeller(t *testing.T, r *record.Recorder) *teller {
	t.Helper()
	s := &teller{t: t, tokens: map[string]string{}, names: map[string]string{}}
	s.ms.Store(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).UnixMilli())
	now := func() time.Time { return time.UnixMilli(s.ms.Load()).UTC() }
	h, err := app.Trial{Now: now, Recorder: r}.Open(context.Background(), app.Config{Data: t.TempDir(), LogLevel: "error", Rate: 2000}, slog.New(slog.DiscardHandler))
	s.must(err)
	s.house, s.http = h, httptest.NewServer(h.Handler())
	t.Cleanup(func() { s.http.Close(); s.must(h.Close()) })
	s.client[0], s.client[1], err = h.Auth.AddClient(context.Background(), record.Cause{By: "test"}, org.ConnectedApplication{Name: "Story", IsActive: true, GrantTypes: "password", Scopes: "api"}, false)
	s.must(err)
	return s
}

func (s *teller) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// tell runs a story. A line that begins with ">" is a command, and those below it that begin with "=" are the answer, in
// which … stands for anything; all else is text for people.
//
//	> login PROFILE           whose turn it is
//	> post OBJECT JSON        create a record; "as $name" before the JSON names its id
//	> patch OBJECT ID JSON    > delete OBJECT ID
//	> soql QUERY              each record is a line of its values; "as $name" names the first value instead
//	> action NAME JSON        "as $name" names the first id that it answers with
//	> undelete ID             out of the recycle bin; with ! it is expected to fail
//	> tick 4h                 time goes by
//
// A request that is expected to fail has its error code and message as answer.
func (s *teller) tell(file, text string) {
	s.t.Helper()
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		command, ok := strings.CutPrefix(lines[i], "> ")
		if !ok {
			continue
		}
		at := i + 1
		for ; i+1 < len(lines) && strings.HasPrefix(lines[i+1], "  "); i++ {
			command += " " + strings.TrimSpace(lines[i+1])
		}
		got := s.run(command)
		var want []string
		for ; i+1 < len(lines) && strings.HasPrefix(lines[i+1], "="); i++ {
			want = append(want, s.fill(strings.TrimSpace(strings.TrimPrefix(lines[i+1], "="))))
		}
		if w := strings.Join(want, "\n"); !matches(w, got) {
			s.t.Fatalf("%s:%d: %s\nanswered\n%s\nnot\n%s", file, at, command, got, w)
		}
	}
}

// matches compares an answer with what is wanted of it, where … stands for anything.
func matches(want, got string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(want), "…", ".*")
	return regexp.MustCompile("(?s)^" + pattern + "$").MatchString(got)
}

var named = regexp.MustCompile(`\$[a-z][a-zA-Z0-9]*`)

func (s *teller) fill(text string) string {
	return named.ReplaceAllStringFunc(text, func(n string) string {
		if v, ok := s.names[n]; ok {
			return v
		}
		return n
	})
}

// run runs a command and returns what was answered; "" is a plain success.
func (s *teller) run(command string) string {
	s.t.Helper()
	verb, rest, _ := strings.Cut(command, " ")
	rest = strings.TrimSpace(rest)
	word := func() string {
		w, r, _ := strings.Cut(rest, " ")
		rest = strings.TrimSpace(r)
		return w
	}
	switch verb {
	case "login":
		s.login(rest)
		return ""
	case "tick":
		d, err := time.ParseDuration(rest)
		s.must(err)
		s.ms.Add(d.Milliseconds())
		return ""
	case "post":
		object, name := word(), s.naming(&rest)
		return s.created(name, s.ask("POST", "/sobjects/"+object, rest))
	case "patch":
		object, id := word(), word()
		return s.ask("PATCH", "/sobjects/"+object+"/"+s.fill(id), rest)
	case "delete":
		object, id := word(), word()
		return s.ask("DELETE", "/sobjects/"+object+"/"+s.fill(id), "")
	case "undelete":
		s.must(s.house.Keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error { return tx.Undelete(schema.Id(s.fill(rest))) }))
		return ""
	case "undelete!":
		err := s.house.Keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error { return tx.Undelete(schema.Id(s.fill(rest))) })
		if err == nil {
			return ""
		}
		return err.Error()
	case "soql":
		name := s.naming(&rest)
		rows := s.rows(s.ask("GET", "/query?q="+url.QueryEscape(s.fill(rest)), ""))
		if name != "" {
			s.names[name], _, _ = strings.Cut(strings.SplitN(rows, "\n", 2)[0], " | ")
			return ""
		}
		return rows
	case "action":
		action, name := word(), s.naming(&rest)
		return s.acted(name, s.ask("POST", "/actions/standard/"+action, `{"inputs":[`+rest+`]}`))
	}
	s.t.Fatalf("there is no command %q", verb)
	return ""
}

// naming cuts "as $name" off.
func (s *teller) naming(rest *string) string {
	after, ok := strings.CutPrefix(*rest, "as ")
	if !ok {
		return ""
	}
	name, body, _ := strings.Cut(after, " ")
	*rest = strings.TrimSpace(body)
	return name
}

// login signs a user of a profile in, whom it makes the first time.
func (s *teller) login(profile string) {
	s.t.Helper()
	if s.user = profile; s.tokens[profile] != "" {
		return
	}
	name := strings.ToLower(strings.ReplaceAll(profile, " ", "")) + "@story.example"
	_, err := s.house.Auth.AddUser(context.Background(), record.Cause{By: "test"}, auth.NewUser{Username: name, LastName: profile, Profile: profile, Password: password})
	s.must(err)
	res, err := http.PostForm(s.http.URL+"/services/oauth2/token", url.Values{"grant_type": {"password"}, "client_id": {s.client[0]}, "client_secret": {s.client[1]}, "username": {name}, "password": {password}})
	s.must(err)
	defer res.Body.Close()
	var token struct {
		Access string `json:"access_token"`
	}
	s.must(json.NewDecoder(res.Body).Decode(&token))
	if token.Access == "" {
		s.t.Fatalf("no token for %s: status %d", profile, res.StatusCode)
	}
	s.tokens[profile] = token.Access
}

// ask sends a request and returns its body; of a refusal, the code and the message.
func (s *teller) ask(method, path, body string) string {
	s.t.Helper()
	req, err := http.NewRequest(method, s.http.URL+"/services/data/v60.0"+path, strings.NewReader(s.fill(body)))
	s.must(err)
	req.Header.Set("Authorization", "Bearer "+s.tokens[s.user])
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	s.must(err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	s.must(err)
	var faults []struct{ ErrorCode, Message string }
	if res.StatusCode >= 400 && json.Unmarshal(answer, &faults) == nil && len(faults) > 0 && faults[0].ErrorCode != "" {
		var all []string
		for _, f := range faults {
			all = append(all, f.ErrorCode+": "+f.Message)
		}
		return strings.Join(all, "\n")
	}
	return strings.TrimSpace(string(answer))
}

// created names the id of a new record.
func (s *teller) created(name, answer string) string {
	var made struct{ Id string }
	if json.Unmarshal([]byte(answer), &made) != nil || made.Id == "" {
		return answer
	}
	if name != "" {
		s.names[name] = made.Id
	}
	return ""
}

// acted names the first id that an action answered with, and tells what it was refused for.
func (s *teller) acted(name, answer string) string {
	var results []struct {
		IsSuccess    bool
		OutputValues json.RawMessage
		Errors       []struct{ StatusCode, Message string }
	}
	if json.Unmarshal([]byte(answer), &results) != nil || len(results) != 1 {
		return answer
	}
	if !results[0].IsSuccess {
		return results[0].Errors[0].StatusCode + ": " + results[0].Errors[0].Message
	}
	if name != "" {
		for _, v := range values(results[0].OutputValues) {
			if _, err := schema.ParseId(v); err == nil {
				s.names[name] = v
				return ""
			}
		}
	}
	var byName any // so that the values come in the order of their names
	s.must(json.Unmarshal(results[0].OutputValues, &byName))
	text, err := json.Marshal(byName)
	s.must(err)
	return string(text)
}

// rows writes the records of an answer, one a line: the values in the order of the query, null as -.
func (s *teller) rows(answer string) string {
	var page struct{ Records []json.RawMessage }
	if json.Unmarshal([]byte(answer), &page) != nil {
		return answer
	}
	var lines []string
	for _, r := range page.Records {
		lines = append(lines, strings.Join(values(r), " | "))
	}
	return strings.Join(lines, "\n")
}

// values lists the leaves of a record in order, without its attributes.
func values(raw json.RawMessage) (all []string) {
	d := json.NewDecoder(bytes.NewReader(raw))
	_, _ = d.Token()
	for d.More() {
		key, err := d.Token()
		var v json.RawMessage
		if err != nil || d.Decode(&v) != nil {
			break
		}
		var text string
		switch {
		case key == "attributes":
		case v[0] == '{':
			all = append(all, values(v)...)
		case string(v) == "null":
			all = append(all, "-")
		case json.Unmarshal(v, &text) == nil:
			all = append(all, text)
		default:
			all = append(all, string(v))
		}
	}
	return all
}
