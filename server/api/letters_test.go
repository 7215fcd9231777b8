package api

import (
	"context"
	"errors"
	"strings"
	"testing"

	"truckroll/platform/mail"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestLettersAreWritten(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		account := h.create("admin", "Account", object{"Name": "Pump & <Co>", "Rating": "Hot", "Secret": "s3cret"})
		contact := h.create("admin", "Contact", object{"Name": "Ann", "AccountId": account, "Email": "ann@example.com"})
		ask := object{"object": "Contact", "record": contact, "subject": "Hello\n{!Contact.Name}", "text": "{!Contact.Account.Name} {!Contact.CreatedDate} {!Contact.Account.Phone}|{!User.LastName}|{!Organization.Name}|{!Contact.Account.Active}",
			"html": "<p>{!Contact.Account.Name}</p>"}
		got := h.ask("admin", "POST", "/emailTemplates/render", ask).is(200).wants("subject", "Hello Ann").wants("html", "<p>Pump &amp; &lt;Co&gt;</p>").wants("empty.0", "Contact.Account.Phone").wants("mail", false)
		if text := got.at("text").(string); text != "Pump & <Co> 10 March 2026, 10:00 |admin|Test|Yes" {
			t.Errorf("the text: %s", text)
		}

		// A template that is saved says the same, and names what is wrong with it.
		id := h.create("admin", "EmailTemplate", object{"Name": "Hello there", "RelatedEntityType": "contact", "Subject": "Hi {!Contact.Name}", "HtmlValue": "<b>{!Contact.Name}</b>"})
		h.ask("admin", "GET", "/sobjects/EmailTemplate/"+id, nil).is(200).wants("DeveloperName", "Hello_there").wants("TemplateType", "custom").wants("RelatedEntityType", "Contact")
		h.ask("admin", "POST", "/emailTemplates/render", object{"template": id, "record": contact}).is(200).wants("subject", "Hi Ann")
		for field, bad := range map[string]object{
			"Subject":           {"Subject": "{!Contact.Nme}"},
			"Body":              {"Body": "one\n  {!Account.Name}"},
			"HtmlValue":         {"HtmlValue": "{!Contact.Account}"},
			"RelatedEntityType": {"RelatedEntityType": "Dragon"},
		} {
			r := h.ask("admin", "PATCH", "/sobjects/EmailTemplate/"+id, bad).is(400).wants("0.fields.0", field)
			if field == "Body" && !strings.Contains(r.body, "line 2, column 3: {!Account.Name} begins with none of Contact, User, Organization") {
				t.Errorf("%s", r.body)
			}
		}
		h.ask("admin", "POST", "/emailTemplates/render", object{"object": "Contact", "subject": "x", "text": "x", "record": account}).refused(400, "INVALID_CROSS_REFERENCE_KEY").wants("0.fields.0", "record")
		h.ask("worker", "POST", "/emailTemplates/render", ask).refused(403, "INSUFFICIENT_ACCESS")
		h.ask("worker", "POST", "/emailTemplates/send", ask).refused(403, "INSUFFICIENT_ACCESS")
		h.ask("admin", "POST", "/emailTemplates/send", ask).refused(403, "FUNCTIONALITY_NOT_ENABLED")
	})
}

// Who writes a letter sees in it no more than on the record's page.
func TestLettersShowWhatTheirWriterSees(t *testing.T) {
	h := start(t)
	h.ask("admin", "PATCH", "/access/sets/"+h.profile("Worker"), object{"permissions": object{"ViewSetup": true}}).is(200)
	mine := h.create("worker", "Account", object{"Name": "Mine"})
	other := h.create("admin", "Account", object{"Name": "Boss", "Secret": "s3cret"})
	h.ask("admin", "PATCH", "/sobjects/Account/"+mine, object{"Secret": "s3cret"}).is(204)
	for _, id := range []string{mine, other} {
		r := h.ask("worker", "POST", "/emailTemplates/render", object{"object": "Account", "record": id, "subject": "{!Account.Name}", "text": "{!Account.Secret}"}).is(200).wants("text", "")
		if (id == mine) != (r.at("subject") == "Mine") {
			t.Errorf("%s: %s", id, r.body)
		}
	}
}

func TestLettersAreTriedByMail(t *testing.T) {
	var sent []mail.Mail
	fail := error(nil)
	h := newHouse(t, storetest.SQLite(t, store.Options{}), Options{Mail: func(_ context.Context, m mail.Mail) error { sent = append(sent, m); return fail }})
	ask := object{"subject": "Hello", "html": "<p>{!User.LastName}</p>"}
	h.ask("admin", "POST", "/emailTemplates/send", ask).is(200).wants("to", "admin@test.example")
	if len(sent) != 1 || sent[0].HTML != "<p>admin</p>" || sent[0].Subject != "Hello" || sent[0].Text == "" {
		t.Errorf("sent: %+v", sent)
	}
	fail = errors.New("mailbox full")
	h.ask("admin", "POST", "/emailTemplates/send", ask).refused(400, "EMAIL_NOT_PROCESSED_DUE_TO_PRIOR_ERROR")
}
