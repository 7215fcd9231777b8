package api

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

type fields = map[string]any

func TestRecordLife(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		g := h.ask("admin", "POST", "/sobjects/Account", fields{"attributes": fields{"type": "Account"}, "Name": "Acme", "Staff": 3, "Revenue": 12.5, "Since": "2026-01-31", "Opens": "08:00:00.000Z",
			"Seen": "2026-01-31T10:00:00+02:00", "BillingCity": "Oslo"}).is(201)
		id := g.wants("success", true).at("id").(string)
		if g.header.Get("Location") != v60+"/sobjects/Account/"+id {
			t.Error("Location is", g.header.Get("Location"))
		}
		r := h.ask("admin", "GET", "/sobjects/Account/"+id, nil).is(200)
		r.wants("Name", "Acme").wants("Staff", 3).wants("Revenue", 12.5).wants("Since", "2026-01-31").wants("Opens", "08:00:00.000Z").
			wants("Seen", "2026-01-31T08:00:00.000+0000").wants("BillingAddress.city", "Oslo").wants("Active", true).wants("attributes.url", v60+"/sobjects/Account/"+id).wants("Phone", nil)
		if !strings.HasPrefix(r.body, `{"attributes":{"type":"Account","url":`) {
			t.Error("attributes do not come first:", r.body)
		}
		h.ask("admin", "GET", "/sobjects/Account/"+id[:15]+"?fields=name,Staff", nil).is(200).wants("Id", id).wants("Name", "Acme")
		h.ask("admin", "PATCH", "/sobjects/Account/"+id, fields{"Name": "Acme 2", "Staff": nil}).is(204)
		h.ask("admin", "GET", "/sobjects/Account/"+id, nil).wants("Name", "Acme 2").wants("Staff", nil)
		h.ask("admin", "DELETE", "/sobjects/Account/"+id, nil).is(204)
		h.ask("admin", "GET", "/sobjects/Account/"+id, nil).refused(404, "NOT_FOUND")
		h.ask("admin", "DELETE", "/sobjects/Account/"+id, nil).refused(404, "ENTITY_IS_DELETED")
		h.ask("admin", "GET", "/queryAll?q="+url.QueryEscape("SELECT id, isdeleted FROM account"), nil).is(200).wants("totalSize", 1).wants("records.0.IsDeleted", true).wants("records.0.Id", id)
	})
}

func TestRecordRefusals(t *testing.T) {
	h := start(t)
	id := h.create("admin", "Account", fields{"Name": "Acme", "Code": "A"})
	for _, c := range []struct {
		method, path string
		body         any
		status       int
		code         string
	}{
		{"POST", "/sobjects/Account", fields{}, 400, "REQUIRED_FIELD_MISSING"},
		{"POST", "/sobjects/Account", "", 400, "JSON_PARSER_ERROR"},
		{"POST", "/sobjects/Account", "{", 400, "JSON_PARSER_ERROR"},
		{"POST", "/sobjects/Account", "[]", 400, "JSON_PARSER_ERROR"},
		{"POST", "/sobjects/Account", `{"Name":"a","Name":"b"}`, 400, "JSON_PARSER_ERROR"},
		{"POST", "/sobjects/Account", `{"Name":"a","\u004eame":"b"}`, 400, "JSON_PARSER_ERROR"},
		{"POST", "/sobjects/Account", fields{"Name": "a", "Nix": 1}, 400, "INVALID_FIELD"},
		{"POST", "/sobjects/Account", fields{"Name": "a", "CreatedDate": "2026-01-01"}, 400, "INVALID_FIELD_FOR_INSERT_UPDATE"},
		{"POST", "/sobjects/Account", fields{"Name": "a", "Code": "a"}, 400, "DUPLICATE_VALUE"},
		{"POST", "/sobjects/Account", fields{"Name": "a", "Rating": "Tepid"}, 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"},
		{"POST", "/sobjects/Account", fields{"Name": strings.Repeat("x", 81)}, 400, "STRING_TOO_LONG"},
		{"POST", "/sobjects/Account", fields{"Name": "a", "Id": id}, 400, "INVALID_FIELD_FOR_INSERT_UPDATE"},
		{"POST", "/sobjects/Account", fields{"Name": "a", "ParentId": "001000000000000AAA"}, 400, "INVALID_CROSS_REFERENCE_KEY"},
		{"POST", "/sobjects/Nothing", fields{}, 404, "NOT_FOUND"},
		{"PATCH", "/sobjects/Account/" + id, fields{"Id": id}, 400, "INVALID_FIELD"},
		{"PATCH", "/sobjects/Account/001000000000000AAA", fields{"Name": "x"}, 404, "NOT_FOUND"},
		{"PATCH", "/sobjects/Account/nonsense", fields{"Name": "x"}, 404, "NOT_FOUND"},
		{"GET", "/sobjects/Contact/" + id, nil, 404, "NOT_FOUND"},
		{"GET", "/sobjects/Account/" + id + "?fields=Nix", nil, 400, "INVALID_FIELD"},
		{"GET", "/nothing", nil, 404, "NOT_FOUND"},
		{"GET", "/services/data/v99.0/sobjects", nil, 404, "NOT_FOUND"},
		{"PUT", "/sobjects/Account/" + id, fields{}, 405, "METHOD_NOT_ALLOWED"},
		{"GET", "/query?q=SELECT", nil, 400, "MALFORMED_QUERY"},
		{"GET", "/query", nil, 400, "MALFORMED_QUERY"},
		{"GET", q("SELECT Nix FROM Account"), nil, 400, "INVALID_FIELD"},
		{"GET", q("SELECT Id FROM Nix"), nil, 400, "INVALID_TYPE"},
		{"GET", "/query/01gxxxxxxxxxxxxxxx-2000", nil, 400, "INVALID_QUERY_LOCATOR"},
	} {
		g := h.ask("admin", c.method, c.path, c.body)
		if g.status != c.status || !strings.Contains(g.body, `"errorCode":"`+c.code+`"`) {
			t.Errorf("%s %s %v: status %d, not %d %s: %s", c.method, c.path, c.body, g.status, c.status, c.code, g.body)
		}
		if g.header.Get("Content-Type") != "application/json;charset=UTF-8" {
			t.Errorf("%s %s: content type %q", c.method, c.path, g.header.Get("Content-Type"))
		}
	}
	h.ask("", "GET", "/sobjects/Account/"+id, nil).refused(401, "INVALID_SESSION_ID")
	if s := h.log.String(); strings.Contains(s, "internal error") {
		t.Error(s)
	}
}

func TestUpsertByExternalId(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		g := h.ask("admin", "PATCH", "/sobjects/Account/Code/a%2Fb%20c", fields{"Name": "One"}).is(201).wants("created", true).wants("success", true)
		id := g.at("id").(string)
		h.ask("admin", "PATCH", "/sobjects/Account/code/A%2FB%20c", fields{"Name": "Two"}).is(200).wants("created", false).wants("id", id)
		h.ask("admin", "GET", "/sobjects/Account/Code/a%2Fb%20c", nil).is(200).wants("Name", "Two").wants("Code", "A/B c")
		h.ask("admin", "PATCH", "/sobjects/Account/Id/"+id, fields{"Name": "Three"}).is(200).wants("created", false)
		h.ask("admin", "PATCH", "/sobjects/Account/Code/new?updateOnly=true", fields{"Name": "x"}).refused(404, "NOT_FOUND")
		h.ask("admin", "POST", "/sobjects/Account/Id", fields{"Name": "Four"}).is(201)
		a := h.create("admin", "Account", fields{"Name": "Five", "Alias": "same"})
		b := h.create("admin", "Account", fields{"Name": "Six", "Alias": "same"})
		for _, method := range []string{"PATCH", "GET", "DELETE"} {
			g := h.ask("admin", method, "/sobjects/Account/Alias/same", map[string]any{"GET": nil, "DELETE": nil, "PATCH": fields{"Name": "x"}}[method]).is(300)
			var urls []string
			g.json(&urls)
			if len(urls) != 2 || urls[0] != v60+"/sobjects/Account/"+a || urls[1] != v60+"/sobjects/Account/"+b {
				t.Errorf("%s: %s", method, g.body)
			}
		}
		h.ask("admin", "DELETE", "/sobjects/Account/Code/a%2Fb%20c", nil).is(204)
		h.ask("admin", "GET", "/sobjects/Account/Code/a%2Fb%20c", nil).refused(404, "NOT_FOUND")
	})
}

func TestRelationships(t *testing.T) {
	h := start(t)
	top := h.create("admin", "Account", fields{"Name": "Top"})
	id := h.create("admin", "Account", fields{"Name": "Acme", "ParentId": top})
	for _, name := range []string{"Ann", "Bob"} {
		h.create("admin", "Contact", fields{"Name": name, "AccountId": id})
	}
	h.ask("admin", "GET", "/sobjects/Account/"+id+"/Parent", nil).is(200).wants("Name", "Top").wants("attributes.type", "Account")
	h.ask("admin", "GET", "/sobjects/Account/"+id+"/Contacts?fields=Name", nil).is(200).wants("totalSize", 2).wants("done", true).wants("records.0.Name", "Ann")
	h.ask("admin", "GET", "/sobjects/Account/"+top+"/Contacts", nil).is(200).wants("totalSize", 0)
	h.ask("admin", "GET", "/sobjects/Account/"+top+"/Parent", nil).refused(404, "NOT_FOUND")
	h.ask("admin", "GET", "/sobjects/Account/"+top+"/Nothing", nil).refused(404, "NOT_FOUND")
	h.ask("admin", "GET", "/sobjects/Account/001000000000000AAA/Contacts", nil).refused(404, "NOT_FOUND")
	h.ask("admin", "PATCH", "/sobjects/Account/"+id+"/Parent", fields{"Name": "Top 2"}).is(204)
	h.ask("admin", "GET", "/sobjects/Account/"+top, nil).wants("Name", "Top 2")
	h.ask("admin", "GET", "/sobjects/Account/"+id+"/CreatedBy", nil).is(200).wants("Username", "admin@test.example")
	h.ask("admin", "DELETE", "/sobjects/Account/"+id+"/Parent", nil).is(204)
	h.ask("admin", "GET", "/sobjects/Account/"+top, nil).is(404)
}

func TestPreconditions(t *testing.T) {
	h := start(t)
	id := h.create("admin", "Account", fields{"Name": "Acme"})
	path := "/sobjects/Account/" + id
	tag := h.ask("admin", "GET", path, nil).header.Get("ETag")
	h.advance(10 * time.Second)
	h.ask("admin", "PATCH", path, fields{"Name": "B"}, "If-Match: "+tag).is(204)
	h.ask("admin", "PATCH", path, fields{"Name": "C"}, "If-Match: "+tag).refused(412, "PRECONDITION_FAILED")
	h.ask("admin", "PATCH", path, fields{"Name": "C"}, "If-Match: junk").refused(412, "PRECONDITION_FAILED")
	h.ask("admin", "PATCH", path, fields{"Name": "C", "_version": 1}).refused(412, "PRECONDITION_FAILED")
	h.ask("admin", "PATCH", path, fields{"Name": "C", "_version": 2}).is(204)
	h.ask("admin", "PATCH", path, fields{"Name": "C"}, "If-Unmodified-Since: Tue, 10 Mar 2026 08:00:00 GMT").refused(412, "PRECONDITION_FAILED")
	h.ask("admin", "DELETE", path, nil, "If-Match: "+tag).refused(412, "PRECONDITION_FAILED")
	h.ask("admin", "GET", path, nil, "If-Modified-Since: Tue, 10 Mar 2026 12:00:00 GMT").is(304)
	h.ask("admin", "GET", path, nil, "If-Modified-Since: Tue, 10 Mar 2026 09:00:00 GMT").is(200)
	tag = h.ask("admin", "GET", path, nil).header.Get("ETag")
	h.ask("admin", "DELETE", path, nil, "If-Match: "+tag).is(204)
}

func TestIdempotencyKey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first := h.ask("admin", "POST", "/sobjects/Account", fields{"Name": "Acme"}, "Idempotency-Key: k1").is(201)
		again := h.ask("admin", "POST", "/sobjects/Account", fields{"Name": "Acme"}, "Idempotency-Key: k1").is(201)
		if again.body != first.body || again.header.Get("Location") != first.header.Get("Location") || again.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%s %v\n%s %v", first.body, first.header, again.body, again.header)
		}
		h.ask("admin", "POST", "/sobjects/Account", fields{"Name": "Other"}, "Idempotency-Key: k1").refused(422, "IDEMPOTENCY_KEY_REUSED")
		h.ask("admin", "POST", "/sobjects/Account", fields{"Nix": "Acme"}, "Idempotency-Key: k2").refused(400, "INVALID_FIELD")
		h.ask("admin", "POST", "/sobjects/Account", fields{"Name": "Acme"}, "Idempotency-Key: k2").is(201)
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 2)
	})
}

func TestChangesBetween(t *testing.T) {
	h := start(t)
	a := h.create("admin", "Account", fields{"Name": "A"})
	h.advance(time.Hour)
	b := h.create("admin", "Account", fields{"Name": "B"})
	c := h.create("admin", "Account", fields{"Name": "C"})
	h.ask("admin", "DELETE", "/sobjects/Account/"+c, nil).is(204)
	h.advance(time.Minute)
	span := "?start=2026-03-10T09:30:00Z&end=" + url.QueryEscape("2026-03-10T12:00:00+00:00")
	h.ask("admin", "GET", "/sobjects/Account/updated"+span, nil).is(200).wants("ids.0", b).wants("latestDateCovered", "2026-03-10T10:01:00.000+0000")
	h.ask("admin", "GET", "/sobjects/Account/updated?start=2026-03-10T08:30:00Z&end=2026-03-10T12:00:00+00:00", nil).is(200).wants("ids.0", a).wants("ids.1", b)
	h.ask("admin", "GET", "/sobjects/Account/deleted"+span, nil).is(200).wants("deletedRecords.0.id", c).wants("deletedRecords.0.deletedDate", "2026-03-10T10:00:00.000+0000")
	h.ask("admin", "GET", "/sobjects/Account/updated?start=2026-03-10T09:30:00Z", nil).refused(400, "MISSING_ARGUMENT")
	h.ask("admin", "GET", "/sobjects/Account/updated?start=2026-01-10T09:30:00Z&end=2026-03-10T09:30:00Z", nil).refused(400, "INVALID_REPLICATION_DATE")
	h.ask("admin", "GET", "/sobjects/Account/updated?start=2026-03-12T09:30:00Z&end=2026-03-13T09:30:00Z", nil).refused(400, "INVALID_REPLICATION_DATE")
}

func TestRecent(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		a := h.create("admin", "Account", fields{"Name": "A"})
		b := h.create("admin", "Contact", fields{"Name": "B"})
		h.ask("admin", "GET", "/recent", nil).is(200)
		h.ask("admin", "GET", q("SELECT Id FROM Account FOR VIEW"), nil).is(200)
		h.advance(time.Second)
		h.ask("admin", "GET", "/sobjects/Contact/"+b, nil, "Sforce-Mru: updateMru=true").is(200)
		h.ask("admin", "GET", "/recent?limit=5", nil).is(200).wants("0.Id", b).wants("0.Name", "B").wants("1.Id", a).wants("1.attributes.type", "Account")
		h.ask("admin", "GET", "/recent?limit=1", nil).is(200).wants("0.Id", b)
		h.ask("worker", "GET", "/recent", nil).is(200)
		h.ask("admin", "DELETE", "/sobjects/Contact/"+b, nil).is(204)
		h.ask("admin", "GET", "/recent", nil).is(200).wants("0.Id", a)
	})
}
