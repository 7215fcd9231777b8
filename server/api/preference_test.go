package api

import (
	"fmt"
	"strings"
	"testing"
)

func TestPreferencesAreOnesOwn(t *testing.T) {
	h := start(t)
	empty := func(g got) {
		t.Helper()
		if g.is(200); g.body != "{}" {
			t.Fatal(g.body)
		}
	}
	empty(h.ask("worker", "GET", "/preferences", nil))
	h.ask("worker", "PUT", "/preferences/favourites", []any{object{"href": "/o/Account"}}).is(204)
	h.ask("worker", "PUT", "/preferences/widths", object{"Account": object{"Name": 300}}).is(204)
	h.ask("worker", "PUT", "/preferences/widths", object{"Account": object{"Name": 200}}).is(204)
	h.ask("worker", "GET", "/preferences", nil).is(200).wants("widths.Account.Name", 200).wants("favourites.0.href", "/o/Account")
	empty(h.ask("other", "GET", "/preferences", nil))
	h.ask("worker", "PUT", "/preferences/favourites", " null\n").is(204)
	h.ask("worker", "PUT", "/preferences/widths", "null").is(204)
	empty(h.ask("worker", "GET", "/preferences", nil))
}

func TestPreferencesAreBounded(t *testing.T) {
	h := start(t)
	h.ask("worker", "PUT", "/preferences/"+strings.Repeat("n", 81), "1").refused(400, "STRING_TOO_LONG")
	for _, name := range []string{"a%00b", "%ff", "a%20b", "%C3%A9"} {
		h.ask("worker", "PUT", "/preferences/"+name, "1").refused(400, "INVALID_INPUT")
	}
	h.ask("worker", "PUT", "/preferences/long", `"`+strings.Repeat("x", 1<<16)+`"`).refused(400, "STRING_TOO_LONG")
	h.ask("worker", "PUT", "/preferences/odd", "{").refused(400, "JSON_PARSER_ERROR")
	h.ask("worker", "PUT", "/preferences/empty", "").refused(400, "JSON_PARSER_ERROR")
	for k := range 32 {
		h.ask("worker", "PUT", fmt.Sprint("/preferences/p", k), "1").is(204)
	}
	h.ask("worker", "PUT", "/preferences/p32", "1").refused(400, "LIMIT_EXCEEDED")
	h.ask("worker", "PUT", "/preferences/p31", "2").is(204)
}

func TestWhoLooksThroughAnothersEyesKeepsNoPreference(t *testing.T) {
	h := start(t)
	h.token("worker")
	h.ask("admin", "PATCH", "/access/sets/"+h.profile("Admin"), object{"permissions": object{"ViewAsUser": true}}).is(200)
	p := h.page("admin")
	p.ask("POST", "/auth/view-as", object{"user": h.ids["worker"]}).is(200)
	p.ask("PUT", "/preferences/widths", object{}).is(403)
}
