package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"truckroll/platform/store"
)

// page is a browser in which someone has signed in.
type page struct {
	h *house
	c *http.Client
}

func (h *house) page(user string) page {
	h.t.Helper()
	h.token(user)
	jar, err := cookiejar.New(nil)
	h.must(err)
	p := page{h, &http.Client{Jar: jar}}
	p.ask("POST", "/auth/login", object{"username": user + "@test.example", "password": password}).is(200)
	return p
}

func (p page) ask(method, path string, body any) got {
	p.h.t.Helper()
	text, err := json.Marshal(body)
	p.h.must(err)
	if !strings.HasPrefix(path, "/auth") {
		path = v60 + path
	}
	req, err := http.NewRequest(method, p.h.http.URL+path, bytes.NewReader(text))
	p.h.must(err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := p.c.Do(req)
	p.h.must(err)
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	p.h.must(err)
	return got{p.h.t, res.StatusCode, res.Header, string(data)}
}

func TestWhoLooksThroughAnothersEyesChangesNothing(t *testing.T) {
	h := start(t)
	h.token("worker")
	h.ask("admin", "PATCH", "/access/sets/"+h.profile("Admin"), object{"permissions": object{"ViewAsUser": true}}).is(200)
	mine := h.create("worker", "Account", object{"Name": "Acme"})
	h.create("admin", "Account", object{"Name": "Boss"})

	p := h.page("admin")
	p.ask("POST", "/auth/view-as", object{"user": h.ids["worker"]}).is(200).wants("viewedBy.name", "admin")
	p.ask("GET", q("SELECT Name FROM Account"), nil).is(200).wants("totalSize", 1).wants("records.0.Name", "Acme")
	p.ask("GET", "/sobjects/Account/describe", nil).is(200).wants("createable", false).wants("updateable", false)
	p.ask("POST", "/composite/sobjects/Account", object{"ids": []string{mine}, "fields": []string{"Name"}}).is(200).wants("0.Name", "Acme")
	refused := []struct {
		method, path string
		body         any
	}{
		{"POST", "/sobjects/Account", object{"Name": "New"}},
		{"PATCH", "/sobjects/Account/" + mine, object{"Name": "New"}},
		{"DELETE", "/sobjects/Account/" + mine, nil},
		{"POST", "/composite/sobjects", object{"records": []any{}}},
		{"POST", "/jobs/ingest", object{"object": "Account", "operation": "insert"}},
		{"POST", "/access/sets", object{"name": "x"}},
	}
	for _, r := range refused {
		p.ask(r.method, r.path, r.body).refused(403, "INSUFFICIENT_ACCESS")
	}
	parts := p.ask("POST", "/composite", object{"compositeRequest": []object{
		{"method": "GET", "url": v60 + "/sobjects/Account/" + mine, "referenceId": "a"},
		{"method": "PATCH", "url": v60 + "/sobjects/Account/" + mine, "referenceId": "b", "body": object{"Name": "New"}},
	}}).is(200)
	parts.wants("compositeResponse.0.httpStatusCode", 200).wants("compositeResponse.1.httpStatusCode", 403)
	p.ask("DELETE", "/auth/view-as", nil).is(200).wants("viewedBy", nil)
	p.ask("GET", q("SELECT Name FROM Account"), nil).is(200).wants("totalSize", 2)

	// With leave to change, the log names both.
	p.ask("POST", "/auth/view-as", object{"user": h.ids["worker"], "change": true, "reason": "Ticket 7"}).is(200).wants("viewedBy.change", true)
	p.ask("PATCH", "/sobjects/Account/"+mine, object{"Name": "Acme Ltd"}).is(204)
	p.ask("POST", "/jobs/ingest", object{"object": "Account", "operation": "insert"}).refused(403, "INSUFFICIENT_ACCESS")
	var body string
	h.must(h.keeper.DB().View(context.Background(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT CAST(body AS TEXT) FROM audit_entry WHERE CAST(body AS TEXT) LIKE ? AND CAST(body AS TEXT) LIKE '%\"op\":\"update\"%'", "%"+mine+"%").Scan(&body)
	}))
	if !strings.Contains(body, `"actor":{"id":"`+string(h.ids["admin"])) || !strings.Contains(body, string(h.ids["worker"])) {
		t.Errorf("the log names not both: %s", body)
	}
	h.page("worker").ask("POST", "/auth/view-as", object{"user": h.ids["admin"]}).is(403)
}
