package api

import (
	"slices"
	"strings"
	"testing"
)

// TestDryRun: every row is tried by the same rules, and nothing is written.
func TestDryRun(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		path := h.ingest("admin", object{"object": "Account", "operation": "insert", "dryRun": true, "fileName": "new.csv"}, "Name,Code,Rating\na,k1,Hot\nb,k1,Hot\n,k3,\nd,k4,Bad\n")
		h.ask("admin", "GET", path, nil).is(200).wants("dryRun", true).wants("fileName", "new.csv").wants("numberRecordsProcessed", 4).wants("numberRecordsFailed", 3)
		bad := h.ask("admin", "GET", path+"/failedResults", nil).is(200).rows()
		if len(bad) != 4 || !strings.HasPrefix(bad[1][1], "DUPLICATE_VALUE") || !strings.HasPrefix(bad[2][1], "REQUIRED_FIELD_MISSING") {
			t.Errorf("%v", bad)
		}
		if rows := h.ask("admin", "GET", path+"/failedResults?rows=true", nil).is(200).rows(); rows[0][0] != "sf__Row" || rows[1][0] != "2" || rows[3][0] != "4" {
			t.Errorf("%v", rows)
		}
		if good := h.ask("admin", "GET", path+"/successfulResults", nil).is(200).rows(); len(good) != 2 || good[1][0] != "" {
			t.Errorf("%v", good)
		}
		h.ask("admin", "GET", q("SELECT COUNT() FROM Account"), nil).wants("totalSize", 0)
		h.ask("admin", "POST", path+"/undo", nil).refused(400, "INVALIDJOB")
	})
}

// TestJobsWithKeys: a client that gives every change a key does not wait for itself.
func TestJobsWithKeys(t *testing.T) {
	h := start(t)
	key := func(n string) string { return "Idempotency-Key: " + n }
	id := h.ask("admin", "POST", "/jobs/ingest", object{"object": "Account", "operation": "insert"}, key("a")).is(200).at("id").(string)
	h.ask("admin", "PATCH", "/jobs/ingest/"+id, object{"state": "Aborted"}, key("b")).is(200).wants("state", "Aborted")
	h.ask("admin", "POST", "/jobs/ingest/"+id+"/undo", nil, key("c")).is(200).wants("operation", "undo")
	h.ask("admin", "DELETE", "/jobs/ingest/"+id, nil, key("d")).is(204)
}

// TestUndo: what a job created goes, what it changed comes back, and what was changed since stays and is told of.
func TestUndo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.people("worker")
		parent := h.create("admin", "Account", fields{"Name": "Parent"})
		first := h.create("admin", "Account", fields{"Name": "First", "Code": "k1", "Rating": "Hot", "Revenue": 12.5, "Since": "2026-01-31", "ParentId": parent})
		second := h.create("admin", "Account", fields{"Name": "Second", "Code": "k2", "Rating": "Hot"})
		path := h.ingest("admin", object{"object": "Account", "operation": "upsert", "externalIdFieldName": "Code"},
			"Code,Name,Rating,Revenue,Since,ParentId\nk1,New first,Cold,1,#N/A,#N/A\nk2,New second,Cold,,,\nk3,Third,Warm,,,\nk4,Fourth,Warm,,,\n,No code,,,,\n")
		h.ask("admin", "GET", path, nil).wants("numberRecordsFailed", 1)
		h.ask("admin", "PATCH", "/sobjects/Account/"+second, fields{"Phone": "555"}).is(204)
		fourth := h.ask("admin", "GET", q("SELECT Id FROM Account WHERE Code = 'k4'"), nil).at("records.0.Id").(string)
		h.ask("admin", "PATCH", "/sobjects/Account/"+fourth, fields{"Phone": "555"}).is(204)

		h.ask("worker", "POST", path+"/undo", nil).refused(404, "NOT_FOUND")
		g := h.ask("admin", "POST", path+"/undo", nil).is(200).wants("operation", "undo").wants("undoes", strings.TrimPrefix(path, "/jobs/ingest/"))
		undo := "/jobs/ingest/" + g.at("id").(string)
		h.work()
		h.ask("admin", "GET", undo, nil).wants("state", "JobComplete").wants("numberRecordsProcessed", 4).wants("numberRecordsFailed", 2)
		bad := h.ask("admin", "GET", undo+"/failedResults", nil).rows()
		rows := []string{bad[1][4], bad[2][4]}
		if slices.Sort(rows); rows[0] != "2" || rows[1] != "4" || !strings.Contains(bad[1][1], "changed since") {
			t.Errorf("%v", bad)
		}
		h.ask("admin", "GET", "/sobjects/Account/"+first, nil).wants("Name", "First").wants("Rating", "Hot").wants("Revenue", 12.5).wants("Since", "2026-01-31").wants("ParentId", parent)
		h.ask("admin", "GET", "/sobjects/Account/"+second, nil).wants("Name", "New second")
		h.ask("admin", "GET", q("SELECT Name FROM Account WHERE Code IN ('k3', 'k4')"), nil).wants("totalSize", 1).wants("records.0.Name", "Fourth")

		again := h.ask("admin", "POST", path+"/undo", nil).is(200)
		h.work()
		h.ask("admin", "GET", "/jobs/ingest/"+again.at("id").(string), nil).wants("numberRecordsFailed", 4)
		h.ask("admin", "POST", undo+"/undo", nil).refused(400, "INVALIDJOB")
		h.ask("admin", "POST", "/jobs/ingest", object{"object": "Account", "operation": "undo"}).refused(400, "INVALIDJOB")
	})
}
