package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// shared makes an account of the worker's that the other worker sees by a share, and returns it.
func (h *house) shared(level string) string {
	h.t.Helper()
	h.token("other")
	id := h.create("worker", "Account", object{"Name": "Acme"})
	h.ask("worker", "POST", "/sobjects/RecordShare", object{"ParentId": id, "UserOrGroupId": h.ids["other"], "AccessLevel": level}).is(http.StatusCreated)
	return id
}

func TestWhoSeesARecordAndWhy(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.token("guest")
		id := h.shared("Edit")
		contact := h.create("worker", "Contact", object{"Name": "Ann", "AccountId": id})

		all := h.ask("admin", "GET", "/access/records/"+id, nil).is(200).wants("record.name", "Acme").wants("next", nil)
		names := map[string]string{}
		for i := range all.count("users") {
			n := itoa(i)
			names[all.at("users."+n+".name").(string)] = all.at("users." + n + ".reasons.0.kind").(string)
		}
		if len(names) != 3 || names["worker"] != "Owner" || names["other"] != "Share" || names["admin"] != "ModifyAll" {
			t.Errorf("who sees the account: %v", names)
		}
		other := h.ask("worker", "GET", "/access/records/"+id+"?user="+string(h.ids["other"]), nil).is(200)
		other.wants("user.read", true).wants("user.edit", true).wants("user.delete", false).wants("user.reasons.0.via.0.name", "other").wants("user.reasons.0.via.0.note", "Edit")
		other.wants("object.default", "Private").wants("object.rights.0.right", "Read").wants("object.rights.0.from.0.name", "Worker")
		if n := h.ask("admin", "GET", "/access/records/"+id+"?user="+string(h.ids["other"]), nil).count("fields"); n != 2 {
			t.Errorf("%d fields that the worker does not see or change, want 2", n)
		}
		guest := h.ask("admin", "GET", "/access/records/"+id+"?user="+string(h.ids["guest"]), nil).is(200).wants("user.read", false)
		if guest.count("user.reasons") != 0 || guest.count("user.closed") != 2 {
			t.Errorf("what opens, or could open, the account to the guest: %s", guest.body)
		}
		h.ask("admin", "GET", "/access/records/"+id+"?q=oth", nil).is(200).wants("users.0.name", "other").wants("looked", 1.0)
		h.token("line_man")
		h.ask("admin", "GET", "/access/records/"+id+"?q=e_m", nil).is(200).wants("looked", 1.0)
		h.ask("admin", "GET", "/access/records/"+id+"?q=o_h", nil).is(200).wants("looked", 0.0) // which is no wildcard
		h.ask("admin", "GET", "/access/records/"+contact+"?user="+string(h.ids["admin"]), nil).is(200).wants("user.reasons.0.via.0.name", "Admin").wants("user.reasons.0.via.0.note", "Profile")

		h.ask("other", "GET", "/access/records/"+id, nil).refused(403, "INSUFFICIENT_ACCESS") // may edit it, not share it
		h.ask("other", "GET", "/access/records/"+id+"?user="+string(h.ids["other"]), nil).is(200).wants("user.read", true)
		h.ask("guest", "GET", "/access/records/"+id, nil).refused(404, "NOT_FOUND") // must not learn that it is there
		h.ask("admin", "GET", "/access/records/nonsense", nil).refused(400, "MALFORMED_ID").wants("0.fields.0", "key")
		h.ask("admin", "GET", "/access/records/"+id+"?user=x", nil).refused(400, "MALFORMED_ID").wants("0.fields.0", "user")
	})
}

func TestWhatAUserMay(t *testing.T) {
	h := start(t)
	h.token("worker")
	got := h.ask("admin", "GET", "/access/users/"+string(h.ids["worker"]), nil).is(200)
	got.wants("user.profile", "Worker").wants("permissions.0.right", "ApiEnabled").wants("permissions.0.from.0.name", "Worker")
	got.pick("objects", "name", "Account").wants("rights.3.right", "Delete").wants("withheld", 2)
	h.ask("worker", "GET", "/access/users/"+string(h.ids["worker"]), nil).is(200)
	h.token("other")
	h.ask("worker", "GET", "/access/users/"+string(h.ids["other"]), nil).refused(403, "INSUFFICIENT_ACCESS")
}

func TestGrantsAreChangedAllAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.token("worker")
		copied := h.ask("admin", "POST", "/access/sets", object{"name": "Junior worker", "profile": "Standard", "copy": h.profile("Worker")}).is(201).at("id").(string)
		set := h.ask("admin", "POST", "/access/sets", object{"name": "See secrets"}).is(201).at("id").(string)
		h.ask("admin", "GET", "/access/sets/"+copied, nil).is(200).wants("name", "Junior worker").wants("permissions.ApiEnabled", true).wants("users", 0.0)
		secret := func(id string) got {
			return h.ask("admin", "GET", "/access/sets/"+id+"/fields?object=Account", nil).is(200).pick("fields", "name", "Secret")
		}
		secret(copied).wants("read", false).wants("said", true)

		change := object{"permissions": object{"RunReports": true}, "objects": object{"Account": object{"read": true, "viewAll": true}}, "fields": object{"Account.Secret": object{"edit": true}}}
		h.ask("admin", "PATCH", "/access/sets/"+set+"?check=true", change).is(200).wants("changes.0.kind", "field")
		h.ask("admin", "GET", "/access/sets/"+set, nil).is(200).wants("permissions.RunReports", false) // only tried
		done := h.ask("admin", "PATCH", "/access/sets/"+set, change).is(200)
		if done.count("changes") != 5 { // two of the field, two of the object, one permission
			t.Errorf("changes: %s", done.body)
		}
		secret(set).wants("read", true).wants("edit", true)
		if n := h.ask("admin", "PATCH", "/access/sets/"+set, change).is(200).count("changes"); n != 0 {
			t.Errorf("%d changes the second time", n)
		}

		// What is said of a field as of all fields need not be said.
		h.ask("admin", "PATCH", "/access/sets/"+set, object{"fields": object{"Account.Secret": object{}}}).is(200)
		secret(set).wants("read", false).wants("said", false)

		id := h.create("admin", "Account", object{"Name": "Acme"})
		h.ask("worker", "GET", "/sobjects/Account/"+id, nil).refused(404, "NOT_FOUND")
		h.create("admin", "PermissionSetAssignment", object{"AssigneeId": h.ids["worker"], "PermissionSetId": set})
		h.ask("worker", "GET", "/sobjects/Account/"+id, nil).is(200)
		h.ask("admin", "GET", "/access/sets/"+set, nil).wants("users", 1.0)

		h.ask("admin", "PATCH", "/access/sets/"+h.profile("Admin"), object{"permissions": object{"ManageUsers": false}}).refused(400, "FIELD_INTEGRITY_EXCEPTION").wants("0.fields.0", "PermissionsManageUsers")
		h.ask("admin", "PATCH", "/access/sets/"+set, object{"permissions": object{"Fly": true}}).refused(400, "INVALID_FIELD").wants("0.fields.0", "permissions")
		h.ask("admin", "PATCH", "/access/sets/"+set, object{"objects": object{"Dragon": object{}}}).refused(400, "INVALID_TYPE")
		h.ask("admin", "PATCH", "/access/sets/"+set, object{"fields": object{"Account.Wing": object{}}}).refused(400, "INVALID_FIELD")
		h.ask("admin", "POST", "/access/sets", object{"name": " "}).refused(400, "REQUIRED_FIELD_MISSING")
		for _, path := range []string{"/access/sets/" + set, "/access/sets/" + set + "/fields", "/access/sharing"} {
			h.ask("worker", "GET", path, nil).refused(403, "INSUFFICIENT_ACCESS")
		}
		h.ask("worker", "PATCH", "/access/sets/"+set, change).refused(403, "INSUFFICIENT_ACCESS")
		h.ask("worker", "POST", "/access/sets", object{"name": "x"}).refused(403, "INSUFFICIENT_ACCESS")
		h.ask("worker", "POST", "/access/sharing/preview", object{}).refused(403, "INSUFFICIENT_ACCESS")
	})
}

// profile returns the id of a profile.
func (h *house) profile(name string) string {
	return h.ask("admin", "GET", q("SELECT Id FROM Profile WHERE Name = '"+name+"'"), nil).at("records.0.Id").(string)
}

// pick returns the element of a list in which a key has a value.
func (g got) pick(list, key, value string) got {
	g.t.Helper()
	for _, e := range g.at(list).([]any) {
		if m := e.(map[string]any); m[key] == value {
			text, err := json.Marshal(m)
			if err != nil {
				g.t.Fatal(err)
			}
			g.body = string(text)
			return g
		}
	}
	g.t.Fatalf("no %s with %s %s", list, key, value)
	return g
}

// count returns how many elements a list has.
func (g got) count(list string) int {
	g.t.Helper()
	l, ok := g.at(list).([]any)
	if !ok {
		g.t.Fatalf("no list %s: %s", list, g.body)
	}
	return len(l)
}

func TestSharingIsShownAndPreviewed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.token("other")
		h.token("guest")
		shown := h.ask("admin", "GET", "/access/sharing", nil).is(200)
		shown.pick("objects", "name", "Account").wants("internal", "Private").wants("owned", true).wants("roles", true)
		shown.pick("objects", "name", "User").wants("internal", "Read").wants("setup", true).wants("said", nil)

		for i := range 3 {
			h.create("worker", "Account", object{"Name": "A" + itoa(i)})
		}
		h.create("other", "Account", object{"Name": "B"})
		group := h.create("admin", "Group", object{"Name": "Northerners", "Type": "Regular"})
		for _, u := range []schema.Id{h.ids["other"], h.ids["guest"]} {
			h.create("admin", "GroupMember", object{"GroupId": group, "UserOrGroupId": u})
		}
		seen := h.ask("admin", "POST", "/access/sharing/preview", object{"object": "Account", "kind": "Criteria", "criteria": "Name LIKE 'A%' OR Name = 'B'", "to": group, "level": "Read"}).is(200)
		seen.wants("records", 4.0).wants("people", 2.0).pick("compared", "name", "other").wants("new", 3.0)
		byOwner := h.ask("admin", "POST", "/access/sharing/preview", object{"object": "Account", "kind": "Owner", "from": group, "to": group, "level": "Edit"}).is(200)
		byOwner.wants("records", 1.0).pick("compared", "name", "other").wants("new", 0.0)

		for field, bad := range map[string]object{
			"criteria": {"object": "Account", "kind": "Criteria", "criteria": "Wings = 2", "to": group},
			"object":   {"object": "Dragon", "kind": "Criteria", "criteria": "Id != null", "to": group},
			"from":     {"object": "Account", "kind": "Owner", "to": group},
		} {
			h.ask("admin", "POST", "/access/sharing/preview", bad).is(400).wants("0.fields.0", field)
		}

		// Who may look at the set-up alone learns nothing of records that they can't see.
		set := h.ask("admin", "POST", "/access/sets", object{"name": "Set-up viewers"}).is(201).at("id").(string)
		h.ask("admin", "PATCH", "/access/sets/"+set, object{"permissions": object{"ViewSetup": true}}).is(200)
		h.create("admin", "PermissionSetAssignment", object{"AssigneeId": h.ids["other"], "PermissionSetId": set})
		h.ask("other", "GET", "/access/sharing", nil).is(200)
		h.ask("other", "POST", "/access/sharing/preview", object{"object": "Account", "kind": "Criteria", "criteria": "Name = 'A1'", "to": group, "level": "Read"}).refused(403, "INSUFFICIENT_ACCESS")
	})
}

// What the audit log tells of a change of rights: who, and what it was before.
func TestChangesOfRightsAreAudited(t *testing.T) {
	h := start(t)
	set := h.ask("admin", "POST", "/access/sets", object{"name": "Helpers"}).is(201).at("id").(string)
	h.ask("admin", "PATCH", "/access/sets/"+set, object{"permissions": object{"ViewSetup": true}}).is(200)
	var body string
	h.must(h.keeper.DB().View(context.Background(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT CAST(body AS TEXT) FROM audit_entry WHERE CAST(body AS TEXT) LIKE ? AND CAST(body AS TEXT) LIKE '%\"op\":\"update\"%'", "%"+set+"%").Scan(&body)
	}))
	if !strings.Contains(body, "PermissionsViewSetup") || !strings.Contains(body, string(h.ids["admin"])) {
		t.Errorf("the audit log of the permission set: %s", body)
	}
}

// The fiscal year of queries begins when the company says, from the next request on.
func TestTheFiscalYearIsTheCompanys(t *testing.T) {
	each(t, func(t *testing.T, h *house) { // where it is the 10th of March 2026
		h.create("admin", "Account", object{"Name": "a", "Since": "2025-05-01"})
		found := func() got {
			return h.ask("admin", "GET", q("SELECT Id FROM Account WHERE Since = THIS_FISCAL_YEAR"), nil).is(200)
		}
		found().wants("totalSize", 0)
		company := h.ask("admin", "GET", q("SELECT Id FROM Organization"), nil).at("records.0.Id").(string)
		h.ask("admin", "PATCH", "/sobjects/Organization/"+company, object{"FiscalYearStartMonth": 4}).is(204)
		found().wants("totalSize", 1)
	})
}
