package api

import (
	"fmt"
	"strings"
	"testing"
)

func TestComposite(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		parts := func(second string, together bool) fields {
			return fields{"allOrNone": together, "collateSubrequests": true, "compositeRequest": []fields{
				{"method": "POST", "url": v60 + "/sobjects/Account", "referenceId": "acc", "body": fields{"Name": "O'Neil", "Staff": 4}},
				{"method": "POST", "url": v60 + "/sobjects/Contact", "referenceId": "con", "body": fields{"Name": "Ann", "AccountId": second}},
				{"method": "GET", "url": v60 + "/query/?q=SELECT+Id,Name,Staff+FROM+Account+WHERE+Id='@{acc.id}'", "referenceId": "look"},
				{"method": "PATCH", "url": v60 + "/sobjects/Account/@{look.records[0].Id}", "referenceId": "change", "body": fields{"Phone": "n @{look.records[0].Staff}", "Staff": "@{look.records[0].Staff}"}},
				{"method": "GET", "url": v60 + "/query?q=SELECT+COUNT()+FROM+Account+WHERE+Name='@{look.records[0].Name}'", "referenceId": "count"},
			}}
		}
		g := h.ask("admin", "POST", "/composite/", parts("@{acc.id}", true)).is(200)
		for i, status := range []int{201, 201, 200, 204, 200} {
			g.wants(fmt.Sprintf("compositeResponse.%d.httpStatusCode", i), status)
		}
		g.wants("compositeResponse.3.body", nil).wants("compositeResponse.4.body.totalSize", 1).wants("compositeResponse.0.referenceId", "acc")
		id := g.at("compositeResponse.0.body.id").(string)
		g.wants("compositeResponse.0.httpHeaders.Location", v60+"/sobjects/Account/"+id)
		h.ask("admin", "GET", "/sobjects/Account/"+id, nil).wants("Phone", "n 4").wants("Staff", 4)

		g = h.ask("admin", "POST", "/composite", parts("001000000000000AAA", true)).is(200)
		g.wants("compositeResponse.1.httpStatusCode", 400).wants("compositeResponse.1.body.0.errorCode", "INVALID_CROSS_REFERENCE_KEY")
		g.wants("compositeResponse.0.body.0.errorCode", "PROCESSING_HALTED").wants("compositeResponse.4.body.0.errorCode", "PROCESSING_HALTED").wants("compositeResponse.4.referenceId", "count")
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 1)

		g = h.ask("admin", "POST", "/composite", parts("@{nobody.id}", false)).is(200)
		g.wants("compositeResponse.0.httpStatusCode", 201).wants("compositeResponse.1.body.0.errorCode", "PROCESSING_HALTED").wants("compositeResponse.3.httpStatusCode", 204)
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 2)
	})
}

func TestCompositeRefusals(t *testing.T) {
	h := start(t)
	part := func(url, ref string) fields { return fields{"method": "GET", "url": url, "referenceId": ref} }
	many := []fields{}
	for i := range 26 {
		many = append(many, part(v60+"/limits", fmt.Sprintf("r%d", i)))
	}
	for name, c := range map[string]struct {
		body any
		code string
	}{
		"none": {fields{}, "MISSING_ARGUMENT"}, "many": {fields{"compositeRequest": many}, "LIMIT_EXCEEDED"},
		"twice":   {fields{"compositeRequest": []fields{part(v60+"/limits", "a"), part(v60+"/limits", "a")}}, "JSON_PARSER_ERROR"},
		"no name": {fields{"compositeRequest": []fields{part(v60+"/limits", "")}}, "JSON_PARSER_ERROR"},
		"no list": {fields{"compositeRequest": 1}, "JSON_PARSER_ERROR"},
	} {
		t.Run(name, func(t *testing.T) { h.ask("admin", "POST", "/composite", c.body).refused(400, c.code) })
	}
	g := h.ask("admin", "POST", "/composite", fields{"compositeRequest": []fields{part(v60+"/composite", "a"), part("https://evil.example/x", "b"), part(v60+"/nothing", "c"), part(v60+"/limits", "d")}}).is(200)
	g.wants("compositeResponse.0.httpStatusCode", 405).wants("compositeResponse.1.httpStatusCode", 400).wants("compositeResponse.2.httpStatusCode", 404).wants("compositeResponse.3.httpStatusCode", 200)
}

func TestBatch(t *testing.T) {
	h := start(t)
	parts := []fields{
		{"method": "POST", "url": "v60.0/sobjects/Account", "richInput": fields{"Name": "A"}},
		{"method": "GET", "url": "v60.0/sobjects/Nothing"},
		{"method": "GET", "url": "/services/data/v61.0/sobjects/Account/describe"},
	}
	g := h.ask("admin", "POST", "/composite/batch", fields{"batchRequests": parts}).is(200)
	g.wants("hasErrors", true).wants("results.0.statusCode", 201).wants("results.1.statusCode", 404).wants("results.1.result.0.errorCode", "NOT_FOUND").wants("results.2.result.name", "Account")
	g = h.ask("admin", "POST", "/composite/batch", fields{"batchRequests": parts, "haltOnError": true}).is(200)
	g.wants("results.2.statusCode", 412).wants("results.2.result.0.errorCode", "BATCH_PROCESSING_HALTED")
}

func TestTree(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		attr := func(typ, ref string) fields { return fields{"type": typ, "referenceId": ref} }
		tree := func(email string) fields {
			return fields{"records": []fields{
				{"attributes": attr("Account", "a"), "Name": "A", "Contacts": fields{"records": []fields{
					{"attributes": attr("Contact", "c1"), "Name": "C1"}, {"attributes": attr("Contact", "c2"), "Name": "C2", "Email": email},
				}}, "Visits": fields{"records": []fields{{"attributes": attr("Visit", "v"), "Subject": "V"}}}},
				{"attributes": attr("Account", "b"), "Name": "B"},
			}}
		}
		g := h.ask("admin", "POST", "/composite/tree/Account", tree("no address")).is(400)
		g.wants("hasErrors", true).wants("results.0.referenceId", "c2").wants("results.0.errors.0.statusCode", "INVALID_EMAIL_ADDRESS")
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 0)
		g = h.ask("admin", "POST", "/composite/tree/Account", tree("c@test.example")).is(201)
		g.wants("hasErrors", false).wants("results.0.referenceId", "a").wants("results.1.referenceId", "c1").wants("results.4.referenceId", "b")
		h.ask("admin", "GET", q("SELECT Name, (SELECT Name FROM Contacts ORDER BY Name), (SELECT Subject FROM Visits) FROM Account ORDER BY Name"), nil).
			wants("records.0.Contacts.totalSize", 2).wants("records.0.Visits.records.0.Subject", "V").wants("records.1.Contacts", nil)
		same := fields{"records": []fields{{"attributes": attr("Account", "a"), "Name": "A"}, {"attributes": attr("Account", "a"), "Name": "A"}}}
		h.ask("admin", "POST", "/composite/tree/Account", same).refused(400, "INVALID_INPUT")
	})
}

func TestCollections(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rec := func(typ, name string) fields { return fields{"attributes": fields{"type": typ}, "Name": name} }
		g := h.ask("admin", "POST", "/composite/sobjects/", fields{"records": []fields{rec("Account", "A"), rec("Contact", "C"), rec("Account", ""), rec("Nix", "N"), rec("Account", "B")}}).is(200)
		g.wants("0.success", true).wants("1.success", true).wants("2.success", false).wants("2.errors.0.statusCode", "REQUIRED_FIELD_MISSING").wants("2.errors.0.fields.0", "Name").wants("2.id", nil)
		g.wants("3.errors.0.statusCode", "INVALID_TYPE").wants("4.success", true)
		a, c, b := g.at("0.id").(string), g.at("1.id").(string), g.at("4.id").(string)
		g = h.ask("admin", "POST", "/composite/sobjects", fields{"allOrNone": true, "records": []fields{rec("Account", "X"), rec("Account", "")}}).is(200)
		g.wants("0.success", false).wants("0.errors.0.statusCode", "ALL_OR_NONE_OPERATION_ROLLED_BACK").wants("1.errors.0.statusCode", "REQUIRED_FIELD_MISSING")
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 2)

		up := func(id, name string) fields {
			return fields{"attributes": fields{"type": "Account"}, "id": id, "Name": name}
		}
		g = h.ask("admin", "PATCH", "/composite/sobjects", fields{"records": []fields{up(a, "A2"), up("001000000000000AAA", "Z"), up(b, "B2")}}).is(200)
		g.wants("0.id", a).wants("0.success", true).wants("1.success", false).wants("1.errors.0.statusCode", "INVALID_CROSS_REFERENCE_KEY").wants("2.success", true)
		h.ask("admin", "GET", "/composite/sobjects/Account?fields=Name&ids="+b+","+a[:15]+",001000000000000AAA", nil).is(200).wants("0.Name", "B2").wants("1.Name", "A2").wants("2", nil)
		h.ask("admin", "POST", "/composite/sobjects/Account", fields{"ids": []string{a, b}, "fields": []string{"id", "name"}}).is(200).wants("0.Id", a).wants("1.Name", "B2")

		ext := func(code, name string) fields {
			return fields{"attributes": fields{"type": "Account"}, "Code": code, "Name": name}
		}
		g = h.ask("admin", "PATCH", "/composite/sobjects/Account/Code", fields{"records": []fields{ext("1", "One"), ext("2", "Two")}}).is(200).wants("0.created", true).wants("1.success", true)
		h.ask("admin", "PATCH", "/composite/sobjects/Account/code", fields{"records": []fields{ext("1", "Uno"), ext("3", "Tre")}}).is(200).wants("0.created", false).wants("0.id", g.at("0.id")).wants("1.created", true)
		// jsforce takes created of a row that was undone for what would have become of it.
		bad := ext("5", "Five")
		bad["OwnerId"] = "nonsense"
		h.ask("admin", "PATCH", "/composite/sobjects/Account/Code", fields{"allOrNone": true, "records": []fields{ext("4", "Four"), bad}}).is(200).
			wants("0.created", true).wants("0.errors.0.statusCode", "ALL_OR_NONE_OPERATION_ROLLED_BACK").wants("1.created", true).wants("1.errors.0.statusCode", "MALFORMED_ID")
		h.ask("admin", "DELETE", "/composite/sobjects?allOrNone=true&ids="+a+",001000000000000AAA", nil).is(200).wants("0.success", false).wants("1.success", false)
		h.ask("admin", "DELETE", "/composite/sobjects?ids="+strings.Join([]string{a, c, "nonsense"}, ","), nil).is(200).wants("0.success", true).wants("1.success", true).wants("2.errors.0.statusCode", "MALFORMED_ID")
		many := fields{"records": make([]fields, 201)}
		h.ask("admin", "POST", "/composite/sobjects", many).refused(400, "LIMIT_EXCEEDED")
	})
}

func TestGraph(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		graph := func(id, name string) fields {
			return fields{"graphId": id, "compositeRequest": []fields{
				{"method": "POST", "url": v60 + "/sobjects/Account", "referenceId": "a", "body": fields{"Name": "Acme"}},
				{"method": "POST", "url": v60 + "/sobjects/Account", "referenceId": "b", "body": fields{"Name": name, "ParentId": "@{a.id}"}},
			}}
		}
		g := h.ask("admin", "POST", "/composite/graph", fields{"graphs": []fields{graph("one", "Sub"), graph("two", "")}}).is(200)
		g.wants("graphs.0.isSuccessful", true).wants("graphs.0.graphResponse.compositeResponse.1.httpStatusCode", 201)
		g.wants("graphs.1.isSuccessful", false).wants("graphs.1.graphId", "two").wants("graphs.1.graphResponse.compositeResponse.0.body.0.errorCode", "PROCESSING_HALTED")
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 2)
		h.ask("admin", "POST", "/composite/graph", fields{"graphs": []fields{graph("one", "Sub"), graph("one", "Sub")}}).refused(400, "JSON_PARSER_ERROR")
	})
}

func TestCompositeHappensOnce(t *testing.T) {
	h := start(t)
	body := fields{"compositeRequest": []fields{{"method": "POST", "url": v60 + "/sobjects/Account", "referenceId": "a", "body": fields{"Name": "Acme"}},
		{"method": "POST", "url": v60 + "/sobjects/Account", "referenceId": "b", "body": fields{}}}}
	for range 2 {
		h.ask("admin", "POST", "/composite", body, "Idempotency-Key: x1").is(200).wants("compositeResponse.0.httpStatusCode", 201).wants("compositeResponse.1.httpStatusCode", 400)
	}
	h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 1)
}
