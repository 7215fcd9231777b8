package api

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestQueryFile: an answer as a file, whose texts no spreadsheet takes for formulas.
func TestQueryFile(t *testing.T) {
	h := start(t)
	parent := h.create("admin", "Account", fields{"Name": "Parent"})
	h.create("admin", "Account", fields{"Name": "=HYPERLINK(\"http://x\")", "ParentId": parent, "Staff": -3, "Revenue": 12.5, "Active": true, "Since": "2026-01-31", "Seen": "2026-01-31T10:00:00Z", "Secret": "s"})
	path := "/query/file?q=" + url.QueryEscape("SELECT Name, Parent.Name, Parent.Code, Staff, Revenue, Active, Since, Seen FROM Account WHERE Staff = -3") + "&as="
	got := h.ask("admin", "GET", path+"csv", nil).is(200)
	want := "\ufeffName,Parent,Parent Code,Staff,Revenue,Active,Since,Seen\r\n\"'=HYPERLINK(\"\"http://x\"\")\",Parent,,-3,12.5,true,2026-01-31,2026-01-31T10:00:00.000+0000\r\n"
	if d := cmp.Diff(want, got.body); d != "" {
		t.Error(d)
	}
	if head, _, _ := strings.Cut(h.ask("admin", "GET", path+"csv&heads=names", nil).is(200).body, "\r\n"); head != "\ufeffName,Parent.Name,Parent.Code,Staff,Revenue,Active,Since,Seen" {
		t.Error(head)
	}
	f, err := excelize.OpenReader(strings.NewReader(h.ask("admin", "GET", path+"xlsx", nil).is(200).body))
	h.must(err)
	defer f.Close()
	rows, err := f.GetRows("Accounts")
	h.must(err)
	if d := cmp.Diff([]string{"=HYPERLINK(\"http://x\")", "Parent", "", "-3", "12.5", "TRUE", "2026-01-31", "2026-01-31 11:00"}, rows[1]); d != "" {
		t.Error(d)
	}
	h.ask("admin", "GET", path+"pdf", nil).refused(400, "INVALID_ARGUMENT")
	h.ask("admin", "GET", path+"csv&heads=x", nil).refused(400, "INVALID_ARGUMENT")
	h.ask("worker", "GET", "/query/file?as=csv&q=SELECT+Secret+FROM+Account", nil).refused(400, "INVALID_FIELD")
	if body := h.ask("worker", "GET", "/query/file?as=csv&q=SELECT+Name+FROM+Account", nil).is(200).body; body != "\ufeffName\r\n" {
		t.Errorf("a worker got the rows of others: %s", body)
	}
}

// TestSpreadsheets: the sheets of a workbook are listed, and one becomes CSV.
func TestSpreadsheets(t *testing.T) {
	h := start(t)
	f := excelize.NewFile()
	defer f.Close()
	_, err := f.NewSheet("People")
	h.must(err)
	h.must(f.SetSheetRow("People", "A1", &[]any{"Name", "Size", "Note"}))
	h.must(f.SetSheetRow("People", "A3", &[]any{"Ann, B.", 3.5}))
	var book bytes.Buffer
	h.must(f.Write(&book))
	h.ask("worker", "POST", "/spreadsheet/sheets", book.Bytes()).is(200).wants("sheets.1", "People")
	if body := h.ask("worker", "POST", "/spreadsheet/csv?sheet=People", book.Bytes()).is(200).body; body != "Name,Size,Note\r\n\"Ann, B.\",3.5,\r\n" {
		t.Errorf("%q", body)
	}
	h.ask("worker", "POST", "/spreadsheet/csv?sheet=Nix", book.Bytes()).refused(400, "INVALID_ARGUMENT")
	h.ask("worker", "POST", "/spreadsheet/sheets", []byte("a,b\n")).refused(400, "INVALID_ARGUMENT")
	h.ask("", "POST", "/spreadsheet/sheets", book.Bytes()).is(401)
}
