package org_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// Who sees a record sees its shares; who does not can't tell that there are any.
func TestSharesAreSeenWithTheirRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		h.user("admin", "Admin", "")
		a, b := h.job("a", h.users["anna"]), h.job("b", h.users["bert"])
		for user, v := range map[string]*Visit{"carl": a, "anna": b} {
			h.save(&org.RecordShare{ParentId: schema.AnyRef(v.Id), UserOrGroupId: schema.AnyRef(h.users[user]), AccessLevel: org.AccessEdit})
		}
		cursors, err := query.NewCursors(make([]byte, 32), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		e := &query.Engine{DB: db, Cursors: cursors, Now: time.Now, Virtual: query.Virtuals{org.Shares{}}}
		ask := func(v access.Viewer, text string) (string, error) {
			page, err := e.Query(context.Background(), query.Ask{Catalog: h.Catalog(), Viewer: v, Text: text})
			if err != nil {
				return "", err
			}
			var answer struct {
				Records []struct {
					AccessLevel, RowCause string
					Parent                struct{ Name string }
				}
			}
			if err := json.Unmarshal(page.AppendJSON(nil), &answer); err != nil {
				t.Fatal(err)
			}
			seen := ""
			for _, r := range answer.Records {
				seen += r.Parent.Name + " " + r.AccessLevel + " " + r.RowCause + ";"
			}
			return seen, nil
		}
		for user, want := range map[string]string{"admin": "a Edit Manual;b Edit Manual;", "anna": "a Edit Manual;b Edit Manual;", "bert": "b Edit Manual;", "carl": "a Edit Manual;"} {
			if got, err := ask(h.viewer(user), "SELECT Parent.Name, AccessLevel, RowCause FROM VisitShare ORDER BY Parent.Name"); err != nil || got != want {
				t.Errorf("%s sees %q, want %q: %v", user, got, want, err)
			}
		}
		for _, text := range []string{"SELECT Id FROM LineShare", "SELECT Id FROM NothingShare", "SELECT Id FROM Share"} { // lines are shared as their visits
			if _, err := ask(h.viewer("admin"), text); err == nil {
				t.Errorf("%s was answered", text)
			}
		}
	})
}
