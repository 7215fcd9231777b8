package api

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"
)

// parts makes a body of the record in JSON and a file.
func parts(t *testing.T, name, record, field, content string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	add := func(header, text string) {
		p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {header}, "Content-Type": {"application/json"}})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(p, text)
	}
	add(fmt.Sprintf(`form-data; name="%s"`, name), record)
	add(fmt.Sprintf(`form-data; name="%s"; filename="q1.pdf"`, field), content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), "Content-Type: " + w.FormDataContentType()
}

func TestFilesInParts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		account := h.create("admin", "Account", fields{"Name": "Acme"})
		content := strings.Repeat("\x00\xffPDF", 100_000)
		body, kind := parts(t, "entity_content", fmt.Sprintf(`{"Title":"Report","PathOnClient":"q1.pdf","FirstPublishLocationId":"%s"}`, account), "VersionData", content)
		id := h.ask("admin", "POST", "/sobjects/ContentVersion", body, kind, "Idempotency-Key: f1").is(201).at("id").(string)
		h.ask("admin", "POST", "/sobjects/ContentVersion", body, kind, "Idempotency-Key: f1").is(201).wants("id", id)
		g := h.ask("admin", "GET", "/sobjects/ContentVersion/"+id, nil).is(200).wants("ContentSize", len(content)).wants("FileExtension", "pdf").wants("FileType", "PDF").wants("IsLatest", true).wants("VersionNumber", "1")
		g.wants("VersionData", v60+"/sobjects/ContentVersion/"+id+"/VersionData")
		doc := g.at("ContentDocumentId").(string)
		got := h.ask("admin", "GET", "/sobjects/ContentVersion/"+id+"/VersionData", nil).is(200)
		if got.body != content {
			t.Error("another content came back")
		}
		if d := got.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename=") || got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Error(d, got.header)
		}
		if part := h.ask("admin", "GET", "/sobjects/ContentVersion/"+id+"/VersionData", nil, "Range: bytes=2-4").is(206); part.body != "PDF" {
			t.Errorf("%q", part.body)
		}
		h.ask("admin", "GET", q("SELECT Title, (SELECT LinkedEntityId FROM ContentDocumentLinks) FROM ContentDocument"), nil).is(200).wants("records.0.Id", nil).
			wants("records.0.Title", "Report").wants("records.0.ContentDocumentLinks.records.0.LinkedEntityId", account)

		body, kind = parts(t, "entity_content", fmt.Sprintf(`{"Title":"Report 2","ContentDocumentId":"%s"}`, doc), "VersionData", "second")
		second := h.ask("admin", "POST", "/sobjects/ContentVersion", body, kind).is(201).at("id").(string)
		h.ask("admin", "GET", q("SELECT IsLatest, VersionNumber FROM ContentVersion ORDER BY VersionNumber"), nil).wants("records.0.IsLatest", false).wants("records.1.VersionNumber", "2")
		h.ask("admin", "GET", "/sobjects/ContentDocument/"+doc, nil).wants("LatestPublishedVersionId", second).wants("Title", "Report 2")
	})
}

func TestFilesInJSON(t *testing.T) {
	h := start(t)
	account := h.create("admin", "Account", fields{"Name": "Acme"})
	big := strings.Repeat("x", 2<<20)
	id := h.create("admin", "Attachment", fields{"ParentId": account, "Name": "a.html", "ContentType": "text/html", "Body": base64.StdEncoding.EncodeToString([]byte(big))})
	h.ask("admin", "GET", "/sobjects/Attachment/"+id, nil).is(200).wants("BodyLength", len(big))
	got := h.ask("admin", "GET", "/sobjects/Attachment/"+id+"/Body", nil).is(200)
	if got.body != big || got.header.Get("Content-Type") != "application/octet-stream" {
		t.Error("the content came back as", got.header.Get("Content-Type"))
	}
	h.ask("admin", "POST", "/sobjects/Attachment", fields{"ParentId": account, "Name": "a", "Body": "no base64!"}).refused(400, "JSON_PARSER_ERROR")
	h.ask("admin", "POST", "/sobjects/Account", fields{"Name": big}).refused(413, "REQUEST_TOO_LARGE")
	body, kind := parts(t, "entity_attachment", `{"Name":"a"}`, "Nothing", "x")
	h.ask("admin", "POST", "/sobjects/Attachment", body, kind).refused(400, "INVALID_FIELD")
	h.ask("admin", "POST", "/sobjects/Attachment", "nonsense", "Content-Type: multipart/form-data; boundary=x").refused(400, "JSON_PARSER_ERROR")
	h.ask("admin", "DELETE", "/sobjects/Attachment/"+id, nil).is(204)
	h.ask("admin", "GET", "/sobjects/Attachment/"+id+"/Body", nil).refused(404, "NOT_FOUND")
	h.ask("guest", "GET", "/sobjects/Attachment/"+id+"/Body", nil).refused(404, "NOT_FOUND")
}

func TestNoPageTakesAFileForItsOwn(t *testing.T) {
	h := start(t)
	account := h.create("admin", "Account", fields{"Name": "Acme"})
	const saved = "application/octet-stream"
	for sent, want := range map[string]string{
		"text/html": saved, "Application/XHTML+XML": saved, "image/svg+xml": saved, "text/xml; charset=utf-8": saved,
		"text/javascript": saved, "application/x-javascript": saved, "text/css": saved, "no type": saved,
		"application/pdf": "application/pdf", "image/png": "image/png", "text/plain; charset=utf-8": "text/plain",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	} {
		id := h.create("admin", "Attachment", fields{"ParentId": account, "Name": `C:\photos\meter 1`, "ContentType": sent, "Body": "YQ=="})
		got := h.ask("admin", "GET", "/sobjects/Attachment/"+id+"/Body", nil).is(200)
		if kind := got.header.Get("Content-Type"); kind != want {
			t.Errorf("%s comes back as %s, want %s", sent, kind, want)
		}
		if d := got.header.Get("Content-Disposition"); d != `attachment; filename="meter 1"` {
			t.Errorf("%s is saved as %s", sent, d)
		}
	}
}
