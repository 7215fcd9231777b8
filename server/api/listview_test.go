package api

import "testing"

// people makes users, whose ids are then known.
func (h *house) people(names ...string) {
	for _, name := range names {
		h.token(name)
	}
}

// TestOwnLists: everyone keeps lists of their own; sharing them needs a permission.
func TestOwnLists(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.people("worker", "guest", "admin")
		list := func(more fields) fields {
			f := fields{"Name": "Hot ones!", "SobjectType": "account", "OwnerId": h.ids["worker"]}
			for k, v := range more {
				f[k] = v
			}
			return f
		}
		mine := h.create("worker", "ListView", list(nil))
		second := h.create("worker", "ListView", list(nil))
		h.ask("worker", "GET", "/sobjects/ListView/"+mine, nil).is(200).wants("DeveloperName", "Hot_ones").wants("SobjectType", "Account")
		h.ask("worker", "GET", "/sobjects/ListView/"+second, nil).is(200).wants("DeveloperName", "Hot_ones_2")
		h.ask("worker", "PATCH", "/sobjects/ListView/"+mine, fields{"Name": "Warm", "Condition": "Rating = 'Warm'"}).is(204)
		h.ask("worker", "GET", "/sobjects/Account/listviews/"+mine+"/describe", nil).is(200).wants("whereCondition.conditions.0", "Rating = 'Warm'")
		h.ask("admin", "GET", "/sobjects/Account/listviews/"+mine, nil).refused(404, "NOT_FOUND")
		h.ask("guest", "GET", "/sobjects/ListView/"+mine, nil).refused(404, "NOT_FOUND")
		h.ask("guest", "PATCH", "/sobjects/ListView/"+mine, fields{"Name": "x"}).refused(404, "NOT_FOUND")

		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"OwnerId": nil})).refused(403, "INSUFFICIENT_ACCESS_OR_READONLY")
		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"OwnerId": h.ids["guest"]})).refused(403, "INSUFFICIENT_ACCESS_OR_READONLY")
		h.ask("worker", "PATCH", "/sobjects/ListView/"+mine, fields{"OwnerId": nil}).refused(403, "INSUFFICIENT_ACCESS_OR_READONLY")
		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"Condition": "Secret = 'x'"})).refused(400, "INVALID_FIELD").wants("0.fields.0", "Condition")
		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"Condition": "Rating = 'Hot' LIMIT 1"})).refused(400, "MALFORMED_QUERY").wants("0.fields.0", "Condition")
		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"OrderBy": "Name FROM User"})).refused(400, "MALFORMED_QUERY").wants("0.fields.0", "OrderBy")
		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"Columns": "Name,Nix"})).refused(400, "INVALID_FIELD").wants("0.fields.0", "Columns")
		h.ask("worker", "POST", "/sobjects/ListView", list(fields{"SobjectType": "Nothing"})).refused(400, "INVALID_TYPE")

		h.ask("worker", "DELETE", "/sobjects/ListView/"+mine, nil).is(204)
		h.ask("worker", "GET", "/sobjects/Account/listviews", nil).is(200).wants("size", 3)
	})
}

// TestSharedLists: a list is seen by whom it is shared with, and changed by who keeps lists.
func TestSharedLists(t *testing.T) {
	h := start(t)
	h.people("worker", "guest", "admin")
	group := h.create("admin", "Group", fields{"Name": "North", "DeveloperName": "North"})
	h.create("admin", "GroupMember", fields{"GroupId": group, "UserOrGroupId": h.ids["worker"]})
	north := h.create("admin", "ListView", fields{"Name": "North", "SobjectType": "Account", "SharedToId": group})
	all := h.create("admin", "ListView", fields{"Name": "All of us", "SobjectType": "Account"})
	h.ask("worker", "GET", "/sobjects/Account/listviews/"+north, nil).is(200)
	h.ask("worker", "GET", "/sobjects/Account/listviews/"+all, nil).is(200)
	h.ask("guest", "GET", "/sobjects/Account/listviews/"+north, nil).refused(404, "NOT_FOUND")
	h.ask("worker", "PATCH", "/sobjects/ListView/"+all, fields{"Name": "x"}).refused(403, "INSUFFICIENT_ACCESS_OR_READONLY")
	h.ask("worker", "DELETE", "/sobjects/ListView/"+all, nil).refused(403, "INSUFFICIENT_ACCESS_OR_READONLY")
	h.ask("admin", "PATCH", "/sobjects/ListView/"+north, fields{"OwnerId": h.ids["admin"]}).refused(400, "FIELD_INTEGRITY_EXCEPTION").wants("0.fields.0", "SharedToId")
	h.ask("admin", "PATCH", "/sobjects/ListView/"+north, fields{"OwnerId": h.ids["admin"], "SharedToId": nil}).is(204)
	h.ask("worker", "GET", "/sobjects/Account/listviews/"+north, nil).refused(404, "NOT_FOUND")
}
