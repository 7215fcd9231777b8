package api

import (
	"regexp"
	"strings"
	"testing"
)

// What real clients choke on, one test each. The clients themselves run in test/client.

func TestClientsReadRefusedTokensAsAList(t *testing.T) {
	h := start(t)
	for _, token := range []string{"Bearer nonsense", "OAuth nonsense", "Basic eDp5"} {
		g := h.ask("", "GET", "/limits", nil, "Authorization: "+token)
		if g.status != 401 || strings.TrimSpace(g.body) != `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]` {
			t.Error(g.status, g.body)
		}
	}
	h.ask("", "GET", "/limits", nil, "Authorization: OAuth "+h.token("admin")).is(200)
}

func TestClientsDoubleTheSlash(t *testing.T) {
	h := start(t)
	id := h.ask("admin", "POST", "//services/data/v60.0/sobjects/Account", fields{"Name": "A"}).is(201).at("id").(string)
	h.ask("admin", "GET", "//services/data/v60.0/sobjects/Account/"+id, nil).is(200)
}

func TestClientsEndPathsWithASlash(t *testing.T) {
	h := start(t)
	for _, path := range []string{"/query/?q=SELECT+Id+FROM+Account", "/queryAll/?q=SELECT+Id+FROM+Account", "/sobjects/", "/sobjects/Account/", "/limits/", "/sobjects/Account/describe/", "/"} {
		h.ask("admin", "GET", path, nil).is(200)
	}
	h.ask("admin", "POST", "/composite/sobjects/", fields{"records": []fields{{"attributes": fields{"type": "Account"}, "Name": "A"}}}).is(200).wants("0.success", true)
}

func TestClientsAskForManyVersions(t *testing.T) {
	h := start(t)
	h.create("admin", "Account", fields{"Name": "A"})
	for _, v := range []string{"36", "42", "45", "50", "51", "54", "55", "59", "60", "61", "62", "63", "64", "66"} {
		base := "/services/data/v" + v + ".0"
		h.ask("admin", "GET", base+"/query?q=SELECT+Id+FROM+Account", nil).is(200).at("records.0.attributes.url")
		if u := h.ask("admin", "GET", base+"/query?q=SELECT+Id+FROM+Account", nil).at("records.0.attributes.url").(string); !strings.HasPrefix(u, base+"/sobjects/Account/") {
			t.Error(u)
		}
	}
}

func TestClientsRepeatWhatFailsInside(t *testing.T) {
	h := start(t)
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/sobjects/Account/" + strings.Repeat("x", 300), ""}, {"GET", "/query?q=%00", ""},
		{"GET", "/query?q=" + strings.Repeat("(", 3000), ""}, {"POST", "/sobjects/Account", "null"}, {"POST", "/sobjects/Account", `"x"`}, {"POST", "/sobjects/Account", "{\"Name\":\"\x00\"}"},
		{"POST", "/composite", "[]"}, {"POST", "/composite/sobjects", `{"records":[1]}`}, {"POST", "/composite/sobjects", `{"records":[null]}`}, {"POST", "/composite/tree/Account", `{"records":[[]]}`},
		{"POST", "/composite/batch", `{"batchRequests":[{}]}`}, {"PATCH", "/composite/sobjects/Account/Code", `{"records":[{}]}`}, {"GET", "/composite/sobjects/Account?ids=x&fields=Id", ""},
		{"GET", "/sobjects/Account/updated?start=x&end=y", ""}, {"GET", "/recent?limit=x", ""}, {"GET", "/search?q=FIND", ""}, {"POST", "/parameterizedSearch", "{}"},
		{"GET", "/sobjects/Account/listviews/x/results", ""}, {"GET", "/query/nonsense", ""}, {"GET", "/query/01g-1", ""}, {"PATCH", "/sobjects/Account/Code/" + strings.Repeat("x", 500), "{}"},
		{"GET", "/sobjects/Account/Staff/9", ""}, {"DELETE", "/composite/sobjects?ids=,", ""}, {"POST", "/sobjects/Account", `{"Name":{"a":1}}`}, {"POST", "/sobjects/Account", `{"Name":"a","Parent":{"Code":[]}}`},
	} {
		var body any
		if c.body != "" {
			body = c.body
		}
		if g := h.ask("admin", c.method, c.path, body); g.status >= 500 || g.status < 300 && c.body == "" {
			t.Errorf("%s %s %s: status %d: %s", c.method, c.path[:min(60, len(c.path))], c.body, g.status, g.body)
		}
	}
	if s := h.log.String(); strings.Contains(s, "internal error") || strings.Contains(s, "panic") {
		t.Error(s)
	}
}

func TestClientsMatchTheContentTypeLiterally(t *testing.T) {
	h := start(t)
	for _, g := range []got{h.ask("admin", "GET", "/limits", nil), h.ask("admin", "GET", "/nothing", nil), h.ask("", "GET", "/services/data", nil), h.ask("", "GET", "/limits", nil)} {
		if g.header.Get("Content-Type") != "application/json;charset=UTF-8" {
			t.Error(g.header)
		}
	}
	id := h.create("admin", "Account", fields{"Name": "A"})
	if g := h.ask("admin", "DELETE", "/sobjects/Account/"+id, nil).is(204); g.body != "" || g.header.Get("Content-Type") != "" {
		t.Error(g.body, g.header)
	}
}

func TestClientsAnnounceGzipWithoutABody(t *testing.T) {
	h := start(t)
	h.ask("admin", "GET", "/limits", nil, "Content-Encoding: gzip", "Content-Type: application/json").is(200)
}

func TestClientsReadTheUsage(t *testing.T) {
	h := start(t)
	shape := regexp.MustCompile(`^api-usage=\d+/\d+$`)
	for range 2 {
		if v := h.ask("admin", "GET", "/limits", nil).header.Get("Sforce-Limit-Info"); !shape.MatchString(v) {
			t.Error(v)
		}
	}
}

func TestClientsOverrideTheMethod(t *testing.T) {
	h := start(t)
	id := h.create("admin", "Account", fields{"Name": "A"})
	h.ask("admin", "POST", "/sobjects/Account/"+id+"/?_HTTP_METHOD=PATCH", fields{"Name": "B"}, "Accept: */*").is(204)
	h.ask("admin", "POST", "/sobjects/Account/"+id+"?_HTTP_METHOD=DELETE", nil).is(204)
}

func TestClientsReadNamesInTheirCanonicalCase(t *testing.T) {
	h := start(t)
	h.create("admin", "Account", fields{"Name": "A"})
	h.ask("admin", "GET", q("select id, name, owner.username from account"), nil).is(200).at("records.0.Id")
	h.ask("admin", "GET", q("select id, name, owner.username from account"), nil).wants("records.0.Name", "A").wants("records.0.Owner.Username", "admin@test.example").wants("records.0.attributes.type", "Account")
}

func TestClientsReadABodyAfterAnUpsert(t *testing.T) {
	h := start(t)
	for i, status := range []int{201, 200} {
		var r struct {
			Id      string
			Success bool
			Errors  []any
			Created *bool
		}
		h.ask("admin", "PATCH", "/sobjects/Account/Code/x", fields{"Name": "A"}).is(status).json(&r)
		if r.Created == nil || *r.Created != (i == 0) || r.Errors == nil || !r.Success || len(r.Id) != 18 {
			t.Errorf("%+v", r)
		}
	}
}

func TestClientsReadErrorsAsLists(t *testing.T) {
	h := start(t)
	var list []map[string]any
	h.ask("admin", "POST", "/sobjects/Account", fields{"Rating": "x"}).is(400).json(&list)
	for _, e := range list {
		if e["message"] == "" || e["errorCode"] == "" {
			t.Error(e)
		}
	}
	if len(list) != 2 {
		t.Error("not every mistake is told:", list)
	}
}

func TestClientsReadColumns(t *testing.T) {
	h := start(t)
	g := h.ask("admin", "GET", "/query?columns=true&q="+strings.ReplaceAll("SELECT avg(Revenue), COUNT(Id) n FROM Account GROUP BY Rating", " ", "+"), nil).is(200)
	g.wants("columnMetadata.0.columnName", "expr0").wants("columnMetadata.0.aggregate", true).wants("columnMetadata.0.displayName", "avg(Revenue)").wants("columnMetadata.1.columnName", "n")
	for _, key := range []string{"aggregate", "apexType", "booleanType", "columnName", "custom", "displayName", "foreignKeyName", "insertable", "joinColumns", "numberType", "textType", "updatable"} {
		if !strings.Contains(g.body, `"`+key+`":`) {
			t.Error("no", key)
		}
	}
}

func TestClientsReadTimesInOneForm(t *testing.T) {
	h := start(t)
	id := h.create("admin", "Account", fields{"Name": "A", "Since": "2026-01-31", "Opens": "08:00", "Seen": "2026-01-31T10:00:00Z"})
	h.ask("admin", "GET", "/sobjects/Account/"+id, nil).wants("Since", "2026-01-31").wants("Opens", "08:00:00.000Z").wants("Seen", "2026-01-31T10:00:00.000+0000").wants("CreatedDate", "2026-03-10T09:00:00.000+0000")
}

func TestClientsReadEmptyAnswers(t *testing.T) {
	h := start(t)
	if g := h.ask("admin", "GET", q("SELECT Id FROM Account"), nil); g.body != `{"totalSize":0,"done":true,"records":[]}` {
		t.Error(g.body)
	}
	if g := h.ask("admin", "GET", "/recent", nil); g.body != "[]" {
		t.Error(g.body)
	}
}

// The rights of each profile over the routes that lead to records: what a profile may not do is refused on every way
// to it, and what it may not know of is not there.
func TestEveryRouteAsksForRights(t *testing.T) {
	h := start(t)
	account := h.create("admin", "Account", fields{"Name": "Secret account", "Secret": "s", "Code": "c", "Alias": "hidden-alias"})
	visit := h.create("admin", "Visit", fields{"Subject": "Secret visit", "AccountId": account})
	h.token("worker")
	mine := h.create("worker", "Account", fields{"Name": "Mine"})
	for _, c := range []struct {
		user, method, path string
		body               any
		status             int
	}{
		{"worker", "GET", "/sobjects/Account/" + account, nil, 404},
		{"worker", "PATCH", "/sobjects/Account/" + account, fields{"Name": "x"}, 404},
		{"worker", "DELETE", "/sobjects/Account/" + account, nil, 404},
		{"worker", "GET", "/sobjects/Account/Code/c", nil, 404},
		{"worker", "DELETE", "/sobjects/Account/Code/c", nil, 404},
		{"worker", "GET", "/sobjects/Account/" + account + "/Visits", nil, 404},
		{"worker", "GET", "/sobjects/Visit/" + visit + "/Account", nil, 404},
		{"worker", "PATCH", "/sobjects/Visit/" + visit + "/Account", fields{"Name": "x"}, 404},
		{"worker", "PATCH", "/sobjects/Account/" + mine, fields{"Secret": "x"}, 400},
		{"worker", "PATCH", "/sobjects/Account/" + mine, fields{"Rating": "Hot"}, 400},
		{"worker", "GET", "/sobjects/Account/" + mine + "?fields=Secret", nil, 400},
		{"worker", "GET", q("SELECT Secret FROM Account"), nil, 400},
		{"worker", "GET", q("SELECT Id FROM Account WHERE Secret = 's'"), nil, 400},
		{"worker", "GET", q("SELECT Id FROM Account ORDER BY Secret"), nil, 400},
		{"worker", "GET", "/composite/sobjects/Account?fields=Secret&ids=" + mine, nil, 400},
		{"guest", "GET", "/sobjects/Visit", nil, 404},
		{"guest", "GET", "/sobjects/Visit/describe", nil, 404},
		{"guest", "GET", "/sobjects/Visit/describe/layouts", nil, 404},
		{"guest", "GET", "/sobjects/Visit/listviews", nil, 404},
		{"guest", "GET", "/sobjects/Visit/" + visit, nil, 404},
		{"guest", "POST", "/sobjects/Visit", fields{"Subject": "x"}, 404},
		{"guest", "POST", "/composite/tree/Visit", fields{"records": []fields{}}, 404},
		{"guest", "GET", "/composite/sobjects/Visit?ids=" + visit + "&fields=Id", nil, 404},
		{"guest", "GET", "/sobjects/Visit/updated?start=2026-03-10T08:00:00Z&end=2026-03-10T10:00:00Z", nil, 404},
		{"guest", "GET", q("SELECT Id FROM Visit"), nil, 400},
		{"guest", "GET", "/sobjects/Account/" + account + "/Visits", nil, 404},
		{"guest", "POST", "/sobjects/Account", fields{"Name": "x"}, 400},
		{"guest", "PATCH", "/sobjects/Account/" + account, fields{"Name": "x"}, 400},
		{"guest", "DELETE", "/sobjects/Account/" + account, nil, 403},
	} {
		if g := h.ask(c.user, c.method, c.path, c.body); g.status != c.status || strings.Contains(g.body, "Secret account") || strings.Contains(g.body, "hidden-alias") {
			t.Errorf("%s %s %s: status %d, not %d: %s", c.user, c.method, c.path, g.status, c.status, g.body)
		}
	}
	for user, path := range map[string]string{"worker": "/composite/sobjects?ids=" + account, "guest": "/composite/sobjects?ids=" + visit} {
		if g := h.ask(user, "DELETE", path, nil).is(200); g.at("0.success") != false {
			t.Errorf("%s: %s", user, g.body)
		}
	}
	batch := fields{"batchRequests": []fields{{"method": "GET", "url": "v60.0/sobjects/Account/" + account}, {"method": "DELETE", "url": "v60.0/sobjects/Account/" + account}}}
	h.ask("worker", "POST", "/composite/batch", batch).is(200).wants("results.0.statusCode", 404).wants("results.1.statusCode", 404)
	h.ask("admin", "GET", "/sobjects/Account/"+account, nil).is(200).wants("Name", "Secret account").wants("Secret", "s")
}

// Nobody reaches a route without having signed in.
func TestEveryRouteAsksWhoComes(t *testing.T) {
	h := start(t)
	for _, rt := range h.routes() {
		path := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(rt.pattern, "Account")
		if g := h.ask("", rt.method, path, nil); g.status != 401 {
			t.Errorf("%s %s: status %d: %s", rt.method, path, g.status, g.body)
		}
	}
}
