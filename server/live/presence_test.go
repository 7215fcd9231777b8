package live

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// say tells that a page of a user is at a record, and returns the names of the others.
func (h *house) say(user string, record schema.Id, tab, doing string) (status int, names string) {
	h.t.Helper()
	req, err := http.NewRequest("POST", h.http.URL+"/services/data/v60.0/presence/"+string(record), strings.NewReader(fmt.Sprintf(`{"tab":%q,"doing":%q}`, tab, doing)))
	h.must(err)
	req.Header.Set("Authorization", "Bearer "+h.tokens[user])
	res, err := http.DefaultClient.Do(req)
	h.must(err)
	defer res.Body.Close()
	if res.StatusCode != 200 {
		return res.StatusCode, ""
	}
	var answer struct{ People []looker }
	h.must(json.NewDecoder(res.Body).Decode(&answer))
	for _, l := range answer.People {
		names += l.Name + " " + l.Doing + ";"
	}
	return 200, names
}

// people are the names of a presence event.
func people(data map[string]any) (names string) {
	for _, p := range data["people"].([]any) {
		names += p.(map[string]any)["name"].(string) + " " + p.(map[string]any)["doing"].(string) + ";"
	}
	return names
}

func TestPresence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		mine := &Thing{Name: "mine", OwnerId: h.owner("worker")}
		theirs := &Thing{Name: "theirs", OwnerId: h.owner("admin")}
		h.save(mine, theirs)
		l := h.listen("worker", "record="+string(mine.Id))
		next := func() (string, map[string]any) {
			name, data := l.next()
			if data["change"] == "CREATE" { // the hub had not yet passed on how the record came to be
				return l.next()
			}
			return name, data
		}
		hear := func(want string) {
			t.Helper()
			if name, data := next(); name != "presence" || people(data) != want {
				t.Errorf("%s %v, not %q", name, data, want)
			}
		}
		hear("")
		if status, others := h.say("worker", mine.Id, "a", "viewing"); status != 200 || others != "" {
			t.Errorf("%d %q", status, others)
		}
		_, others := h.say("admin", mine.Id, "1", "viewing")
		if others != "worker viewing;" {
			t.Errorf("%q", others)
		}
		hear("admin viewing;")
		h.say("admin", mine.Id, "2", "editing")
		hear("admin editing;")
		h.say("admin", mine.Id, "2", "left")
		hear("admin viewing;")
		mine.Size = schema.NewInt(4)
		h.save(theirs, mine)
		if name, data := next(); name != "change" || data["change"] != "UPDATE" || data["id"] != string(mine.Id) {
			t.Errorf("%s %v", name, data)
		}
		h.say("admin", mine.Id, "1", "left")
		hear("")
	})
}

// TestPresenceIsForReaders holds that who may not read a record neither learns who looks at it nor shows up there.
func TestPresenceIsForReaders(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	theirs := &Thing{Name: "theirs", OwnerId: h.owner("admin")}
	other := &Other{Name: "o", OwnerId: h.owner("admin")}
	h.save(theirs, other)
	for _, id := range []schema.Id{theirs.Id, other.Id, "a01000000000zzzAAA", "nix"} {
		if status, _ := h.say("worker", id, "a", "viewing"); status != 404 {
			t.Errorf("%s: %d", id, status)
		}
	}
	req, err := http.NewRequest("GET", h.http.URL+"/events?record="+string(theirs.Id), nil)
	h.must(err)
	req.Header.Set("Authorization", "Bearer "+h.tokens["worker"])
	res, err := http.DefaultClient.Do(req)
	h.must(err)
	res.Body.Close()
	if res.StatusCode != 404 {
		t.Errorf("stream: %d", res.StatusCode)
	}
	if _, others := h.say("admin", theirs.Id, "a", "viewing"); others != "" {
		t.Errorf("%q", others)
	}
	for _, bad := range [][2]string{{"", "viewing"}, {"a", "dancing"}, {strings.Repeat("a", 65), "viewing"}} {
		if status, _ := h.say("admin", theirs.Id, bad[0], bad[1]); status != 400 {
			t.Errorf("%q: %d", bad, status)
		}
	}
}

// TestPresenceEnds holds that who does not tell any more is gone after a while.
func TestPresenceEnds(t *testing.T) {
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	p := newPresence(func() time.Time { return now })
	p.come("r", page{"u", "1"}, looker{User: "u", Doing: "viewing"})
	now = now.Add(away / 2)
	p.come("r", page{"u", "1"}, looker{User: "u", Doing: "viewing"})
	now = now.Add(away)
	if n := len(p.others("r", "me")); n != 1 {
		t.Errorf("%d are there", n)
	}
	now = now.Add(time.Second)
	if n := len(p.others("r", "me")); n != 0 || p.pages != 0 || len(p.at) != 0 {
		t.Errorf("%d are there, %d pages, %d records", n, p.pages, len(p.at))
	}
}
