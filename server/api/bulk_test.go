package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"

	"truckroll/platform/bulk"
	"truckroll/platform/job"
)

// work does the background work that is due.
func (h *house) work() {
	h.t.Helper()
	q, err := job.Open(h.keeper.DB(), h.bulk, bulk.Jobs, job.Options{Failed: func(name string, err error) { h.t.Errorf("%s: %v", name, err) }})
	h.must(err)
	_, err = q.Tick(context.Background())
	h.must(err)
}

const csvBody = "Content-Type: text/csv"

// ingest takes a table through a job of its own and returns the path of the job.
func (h *house) ingest(user string, spec object, table string) string {
	h.t.Helper()
	g := h.ask(user, "POST", "/jobs/ingest", spec).is(200).wants("state", "Open").wants("contentType", "CSV").wants("apiVersion", 60.0)
	h.ask(user, "PUT", "/"+g.at("contentUrl").(string), table, csvBody).is(201)
	path := "/jobs/ingest/" + g.at("id").(string)
	h.ask(user, "PATCH", path, object{"state": "UploadComplete"}).is(200).wants("state", "UploadComplete")
	h.work()
	return path
}

// rows reads a table.
func (g got) rows() [][]string {
	g.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(g.body)).ReadAll()
	if err != nil {
		g.t.Fatal(err)
	}
	return rows
}

func TestBulkIngest(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		path := h.ingest("admin", object{"object": "account", "operation": "insert", "externalIdFieldName": "", "lineEnding": "LF"},
			"NAME,CODE,RATING,Staff\n\"a, \"\"b\"\"\",k1,Hot,5\n,k2,,\nc,k1,,\nd,k4,Bad,x\ne,k5,#N/A,\n")
		h.ask("admin", "GET", path, nil).is(200).wants("state", "JobComplete").wants("numberRecordsProcessed", 5).wants("numberRecordsFailed", 3).wants("jobType", "V2Ingest").wants("object", "Account")
		good := h.ask("admin", "GET", path+"/successfulResults", nil, "Accept: application/json").is(200)
		if rows := good.rows(); len(rows) != 3 || !strings.HasPrefix(good.body, `"sf__Id","sf__Created","NAME","CODE","RATING","Staff"`+"\n") || rows[1][1] != "true" || rows[1][2] != `a, "b"` || rows[2][4] != "#N/A" {
			t.Errorf("successful: %s", good.body)
		}
		bad := h.ask("admin", "GET", path+"/failedResults", nil).is(200)
		if rows := bad.rows(); len(rows) != 4 || rows[1][0] != "" || rows[1][1] != "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --" || !strings.HasPrefix(rows[2][1], "DUPLICATE_VALUE:") {
			t.Errorf("failed: %s", bad.body)
		}
		if g := h.ask("admin", "GET", path+"/unprocessedRecords", nil).is(200); g.body != `"NAME","CODE","RATING","Staff"`+"\n" {
			t.Errorf("unprocessed: %s", g.body)
		}
		id := h.ask("admin", "GET", q("SELECT Id FROM Account WHERE Code = 'k1'"), nil).at("records.0.Id").(string)
		path = h.ingest("admin", object{"object": "Contact", "operation": "insert", "columnDelimiter": "BACKQUOTE", "lineEnding": "CRLF"}, "\xef\xbb\xbfName`Account.Code\r\nx`k1\r\ny`nope\r\n")
		if g := h.ask("admin", "GET", path+"/failedResults", nil); !strings.HasPrefix(g.body, "\"sf__Id\"`\"sf__Error\"`\"Name\"`\"Account.Code\"\r\n") || strings.Count(g.body, "\r\n") != 2 {
			t.Errorf("failed: %q", g.body)
		}
		path = h.ingest("admin", object{"object": "Account", "operation": "upsert", "externalIdFieldName": "Code"}, "Code,Rating\nk1,#N/A\nk9,Cold\n")
		h.ask("admin", "GET", path, nil).wants("numberRecordsFailed", 1) // the new one has no name
		if rows := h.ask("admin", "GET", path+"/successfulResults", nil).rows(); len(rows) != 2 || rows[1][0] != id || rows[1][1] != "false" {
			t.Errorf("upserted: %v", rows)
		}
		h.ask("admin", "GET", "/sobjects/Account/"+id, nil).wants("Rating", nil)
		path = h.ingest("admin", object{"object": "Account", "operation": "hardDelete"}, "Id\n"+id+"\nrubbish\n")
		h.ask("admin", "GET", path, nil).wants("numberRecordsFailed", 1)
		h.ask("admin", "GET", "/queryAll?q=SELECT+Id+FROM+Account+WHERE+Code='k1'", nil).wants("totalSize", 0)
		path = h.ingest("admin", object{"object": "Account", "operation": "insert"}, "")
		h.ask("admin", "GET", path, nil).wants("state", "JobComplete").wants("numberRecordsProcessed", 0)
		h.ask("admin", "DELETE", path, nil).is(204)
		h.ask("admin", "GET", path, nil).refused(404, "NOT_FOUND")
	})
}

func TestBulkRefusals(t *testing.T) {
	h := start(t)
	h.ask("admin", "POST", "/jobs/ingest", object{"object": "Nothing", "operation": "insert"}).refused(400, "INVALIDENTITY")
	h.ask("admin", "POST", "/jobs/ingest", object{"object": "Account", "operation": "merge"}).refused(400, "INVALIDJOB")
	h.ask("admin", "POST", "/jobs/ingest", object{"object": "Account", "operation": "upsert", "externalIdFieldName": "Name"}).refused(400, "INVALIDJOB")
	h.ask("admin", "POST", "/jobs/ingest", object{"object": "Account", "operation": "insert", "columnDelimiter": "DOT"}).refused(400, "INVALIDJOB")
	h.ask("worker", "POST", "/jobs/ingest", object{"object": "Account", "operation": "hardDelete"}).refused(403, "INSUFFICIENT_ACCESS")
	h.ask("guest", "POST", "/jobs/ingest", object{"object": "Account", "operation": "insert"}).refused(403, "INSUFFICIENT_ACCESS")
	path := "/jobs/ingest/" + h.ask("worker", "POST", "/jobs/ingest", object{"object": "Account", "operation": "insert"}).is(200).at("id").(string)
	h.ask("other", "GET", path, nil).refused(404, "NOT_FOUND")
	h.ask("other", "PUT", path+"/batches", "Name\na\n", csvBody).refused(404, "NOT_FOUND")
	h.ask("admin", "GET", path, nil).is(200)
	h.ask("worker", "PUT", path+"/batches", "Name\na\n", csvBody).is(201)
	h.ask("worker", "PUT", path+"/batches", "Name\na\n", csvBody).refused(400, "INVALIDJOBSTATE")
	h.ask("worker", "DELETE", path, nil).refused(400, "INVALIDJOBSTATE")
	h.ask("worker", "PATCH", path, object{"state": "Aborted"}).is(200).wants("state", "Aborted")
	h.work()
	if g := h.ask("worker", "GET", path+"/unprocessedrecords", nil).is(200); g.body != "\"Name\"\n\"a\"\n" {
		t.Errorf("unprocessed: %q", g.body)
	}
	if n := len(h.ask("other", "GET", "/jobs/ingest", nil).is(200).at("records").([]any)); n != 0 {
		t.Errorf("another user sees %d jobs", n)
	}
	if n := len(h.ask("worker", "GET", "/jobs/ingest", nil).is(200).at("records").([]any)); n != 1 {
		t.Errorf("the user sees %d jobs", n)
	}
}

func TestBulkFailsAsAWhole(t *testing.T) {
	h := start(t)
	for table, want := range map[string]string{
		"Name,Nothing\na,b\n":       "InvalidBatch : No such column 'Nothing' on sobject of type Account",
		"Name\na\n\"b\n":            "InvalidBatch : the table can't be read on",
		"Name,Name\na,b\n":          "InvalidBatch : Duplicate column 'Name'",
		"Name,BillingAddress\na,\n": "InvalidBatch : ",
	} {
		path := h.ingest("admin", object{"object": "Account", "operation": "insert"}, table)
		g := h.ask("admin", "GET", path, nil).wants("state", "Failed")
		if text, _ := g.at("errorMessage").(string); !strings.HasPrefix(text, want) {
			t.Errorf("%q: %s", table, text)
		}
		h.ask("admin", "GET", path+"/unprocessedrecords", nil).is(200)
	}
	h.ask("admin", "GET", q("SELECT Name FROM Account"), nil).wants("totalSize", 1) // the row before the broken one
}

func TestBulkMultipart(t *testing.T) {
	h := start(t)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range []struct{ name, kind, text string }{{"job", "application/json", `{"object":"Account","operation":"insert"}`}, {"content", "text/csv", "Name\nparted\n"}} {
		part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name=%q`, p.name)}, "Content-Type": {p.kind}})
		h.must(err)
		part.Write([]byte(p.text))
	}
	h.must(w.Close())
	h.ask("worker", "POST", "/jobs/ingest", b.Bytes(), "Content-Type: "+w.FormDataContentType()).is(200).wants("state", "UploadComplete")
	h.work()
	h.ask("worker", "GET", q("SELECT Name FROM Account"), nil).wants("records.0.Name", "parted")
}

func TestBulkQuery(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for i := range 5 {
			h.create("worker", "Account", object{"Name": fmt.Sprint("w", i), "Phone": "1"})
		}
		h.create("admin", "Account", object{"Name": "hidden"})
		h.ask("worker", "POST", "/jobs/query", object{"operation": "query", "query": "SELECT Nothing FROM Account"}).refused(400, "INVALID_FIELD")
		h.ask("worker", "POST", "/jobs/query", object{"operation": "query", "query": "SELECT Secret FROM Account"}).refused(400, "INVALID_FIELD")
		h.ask("worker", "POST", "/jobs/query", object{"operation": "query", "query": "SELECT COUNT(Id) FROM Account"}).is(400)
		path := "/jobs/query/" + h.ask("worker", "POST", "/jobs/query", object{"operation": "query", "query": "SELECT Id, Name, Staff FROM Account ORDER BY Name"}).is(200).
			wants("state", "UploadComplete").wants("jobType", "V2Query").at("id").(string)
		h.ask("worker", "GET", path+"/results", nil).refused(400, "INVALIDJOBSTATE")
		h.work()
		h.ask("worker", "GET", path, nil).wants("state", "JobComplete").wants("numberRecordsProcessed", 5)
		h.ask("other", "GET", path+"/results", nil).refused(404, "NOT_FOUND")
		g := h.ask("worker", "GET", path+"/results/?maxRecords=3", nil).is(200)
		if rows := g.rows(); len(rows) != 4 || rows[1][1] != "w0" || g.header.Get("Sforce-NumberOfRecords") != "3" || g.header.Get("Sforce-Locator") == "null" {
			t.Errorf("%v %q", g.header, g.body)
		}
		g = h.ask("worker", "GET", path+"/results?maxRecords=3&locator="+g.header.Get("Sforce-Locator"), nil).is(200)
		if rows := g.rows(); len(rows) != 3 || rows[2][1] != "w4" || g.header.Get("Sforce-NumberOfRecords") != "2" || g.header.Get("Sforce-Locator") != "null" {
			t.Errorf("%v %q", g.header, g.body)
		}
		h.ask("worker", "PATCH", path, object{"state": "Aborted"}).refused(400, "INVALIDJOBSTATE")
		h.ask("worker", "DELETE", path, nil).is(204)
	})
}
