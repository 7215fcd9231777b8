package api

import (
	"strings"
	"testing"
)

// accountLayout is a layout of one section with the fields given, each as Required after a star, Readonly after a dash.
func accountLayout(names ...string) fields {
	var items []any
	for _, n := range names {
		item := map[string]any{"field": strings.TrimLeft(n, "*-"), "behavior": "Edit"}
		switch n[0] {
		case '*':
			item["behavior"] = "Required"
		case '-':
			item["behavior"] = "Readonly"
		}
		items = append(items, item)
	}
	return fields{"layoutSections": []any{fields{"label": "Main", "detailHeading": true, "style": "OneColumn", "layoutColumns": []any{fields{"layoutItems": items}}}},
		"relatedLists": []any{fields{"relatedList": "Contacts", "fields": []string{"Name"}, "sortField": "Name", "sortOrder": "Desc"}}}
}

const accountLayouts = "/sobjects/Account/describe/layouts"

// firstField is where a layout's first field stands in the answer.
const firstField = "layouts.0.detailLayoutSections.0.layoutRows.0.layoutItems.0.layoutComponents.0.value"

func TestLayoutsAreMade(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		made := h.ask("admin", "POST", "/tooling/sobjects/Layout", fields{"FullName": "Account-Short", "Metadata": accountLayout("*Phone", "-Code", "Secret")}).is(201)
		id := made.at("id").(string)
		h.ask("worker", "GET", accountLayouts, nil).is(200).wants(firstField, "Name") // nobody has it yet
		h.create("admin", "ProfileLayout", fields{"LayoutId": id})
		item := "layouts.0.editLayoutSections.0.layoutRows.0.layoutItems.0."
		g := h.ask("worker", "GET", accountLayouts, nil).is(200).wants("layouts.0.id", id).wants(firstField, "Phone").wants(item+"required", true).
			wants("layouts.0.editLayoutSections.0.layoutRows.1.layoutItems.0.editableForUpdate", false).wants("layouts.0.detailLayoutSections.0.rows", 2).
			wants("layouts.0.relatedLists.0.columns.0.fieldApiName", "Name").wants("layouts.0.relatedLists.0.sort.0.ascending", false)
		if strings.Contains(g.body, "Secret") {
			t.Error("a field that the viewer may not read is laid out")
		}
		h.ask("admin", "GET", accountLayouts, nil).is(200).wants("layouts.0.detailLayoutSections.0.rows", 3)

		// A profile's own goes before everybody's; nobody else gets it.
		own := h.ask("admin", "POST", "/tooling/sobjects/Layout", fields{"FullName": "Account-Own", "Metadata": accountLayout("Staff")}).is(201).at("id").(string)
		profile := h.ask("admin", "GET", q("SELECT Id FROM Profile WHERE Name = 'Worker'"), nil).is(200).at("records.0.Id").(string)
		h.create("admin", "ProfileLayout", fields{"LayoutId": own, "ProfileId": profile})
		h.ask("worker", "GET", accountLayouts, nil).is(200).wants(firstField, "Staff")
		h.ask("admin", "GET", accountLayouts, nil).is(200).wants(firstField, "Phone")
		h.ask("admin", "POST", "/sobjects/ProfileLayout", fields{"LayoutId": id, "ProfileId": profile}).refused(400, "DUPLICATE_VALUE")

		// A record type's own, for whoever has none by profile.
		kind := h.create("admin", "RecordType", fields{"Name": "Big", "DeveloperName": "Big", "SobjectType": "Account"})
		big := h.ask("admin", "POST", "/tooling/sobjects/Layout", fields{"FullName": "Account-Big", "Metadata": accountLayout("Revenue")}).is(201).at("id").(string)
		h.create("admin", "ProfileLayout", fields{"LayoutId": big, "RecordTypeId": kind})
		h.ask("admin", "GET", accountLayouts, nil).is(200).wants("recordTypeMappings.0.layoutId", big).wants("recordTypeMappings.1.layoutId", id).wants("recordTypeSelectorRequired.0", true)
		h.ask("admin", "GET", accountLayouts+"/"+kind, nil).is(200).wants("detailLayoutSections.0.layoutRows.0.layoutItems.0.layoutComponents.0.value", "Revenue")
		h.ask("worker", "GET", accountLayouts+"/"+kind, nil).is(200).wants("id", own)

		// Deleting it brings the program's own back.
		h.ask("admin", "DELETE", "/tooling/sobjects/Layout/Account-Short", nil).is(204)
		h.ask("admin", "GET", accountLayouts, nil).is(200).wants("recordTypeMappings.1.layoutId", "00h"+master[3:])
	})
}

func TestLayoutsAreRefused(t *testing.T) {
	h := start(t)
	make := func(user, name string, metadata any) got {
		return h.ask(user, "POST", "/tooling/sobjects/Layout", fields{"FullName": name, "Metadata": metadata})
	}
	make("worker", "Account-Mine", accountLayout("Phone")).refused(403, "INSUFFICIENT_ACCESS")
	make("admin", "Account", accountLayout("Phone")).refused(400, "FIELD_INTEGRITY_EXCEPTION").wants("0.fields.0", "FullName")
	make("admin", "Nix-A", accountLayout("Phone")).refused(400, "FIELD_INTEGRITY_EXCEPTION").wants("0.fields.0", "TableEnumOrId")
	make("admin", "Account-A", accountLayout("Nix")).refused(400, "FIELD_INTEGRITY_EXCEPTION").wants("0.fields.0", "Metadata")
	h.ask("worker", "POST", "/sobjects/SearchLayout", fields{"TableEnumOrId": "Account", "LayoutType": "ListView", "Fields": "Name"}).is(400)
	h.ask("admin", "POST", "/sobjects/CompactLayout", fields{"TableEnumOrId": "Account", "DeveloperName": "A", "MasterLabel": "A", "Fields": "Nix"}).refused(400, "FIELD_INTEGRITY_EXCEPTION").wants("0.fields.0", "Fields")
	h.ask("admin", "GET", accountLayouts+"/012000000000001AAA", nil).refused(404, "NOT_FOUND")
}

func TestLayoutMetadata(t *testing.T) {
	h := start(t)
	h.ask("admin", "GET", "/tooling/sobjects/Layout/Account", nil).is(200).wants("FullName", "Account-Account Layout").wants("Metadata.layoutSections.0.layoutColumns.0.layoutItems.0.field", "Name")
	h.ask("admin", "GET", "/tooling/sobjects/Layout/Nix", nil).refused(404, "NOT_FOUND")
	id := h.ask("admin", "POST", "/tooling/sobjects/Layout", fields{"FullName": "Account-Short", "Metadata": accountLayout("Phone")}).is(201).at("id").(string)
	h.ask("admin", "PATCH", "/tooling/sobjects/Layout/"+id, fields{"FullName": "Account-Shorter", "Metadata": accountLayout("staff")}).is(204)
	h.ask("admin", "GET", "/tooling/sobjects/Layout/Account-Shorter", nil).is(200).wants("Id", id).wants("Metadata.layoutSections.0.layoutColumns.0.layoutItems.0.field", "Staff")

	// A new field stands on the layouts that there are.
	h.ask("admin", "POST", "/tooling/sobjects/CustomField", fields{"FullName": "Account.Gate__c", "Metadata": fields{"label": "Gate", "type": "Text", "length": 20}}).is(201)
	h.ask("admin", "GET", "/tooling/sobjects/Layout/Account-Shorter", nil).is(200).wants("Metadata.layoutSections.0.layoutColumns.0.layoutItems.1.field", "Gate__c")
}

func TestCompactLayoutsAndColumns(t *testing.T) {
	h := start(t)
	h.ask("admin", "POST", "/tooling/sobjects/CompactLayout", fields{"FullName": "Account.Head", "Metadata": fields{"label": "Head", "fields": []string{"Phone", "Secret"}}}).is(201)
	g := h.ask("worker", "GET", "/sobjects/Account/describe/compactLayouts", nil).is(200).wants("compactLayouts.0.fieldItems.0.label", "Name").wants("compactLayouts.0.fieldItems.1.label", "Phone")
	if strings.Contains(g.body, "Secret") {
		t.Error("a field that the viewer may not read is in the header")
	}
	h.ask("worker", "GET", accountLayouts, nil).is(200).wants("layouts.0.highlightsPanelLayoutSection.layoutRows.0.numItems", 2)
	h.create("admin", "SearchLayout", fields{"TableEnumOrId": "account", "LayoutType": "ListView", "Fields": "Name, secret, owner.name"})
	all := h.ask("worker", "GET", "/sobjects/Account/listviews", nil).is(200).at("listviews.0.id").(string)
	h.ask("worker", "GET", "/sobjects/Account/listviews/"+all+"/describe", nil).is(200).wants("query", "SELECT Name, Owner.Name, Id FROM Account")
	h.ask("admin", "POST", "/sobjects/SearchLayout", fields{"TableEnumOrId": "Account", "LayoutType": "ListView", "Fields": "Name"}).refused(400, "DUPLICATE_VALUE")
	h.ask("worker", "GET", "/search/layout?q=Account,Contact", nil).is(200).wants("0.objectType", "Account").wants("1.searchColumns.0.name", "Name")
	h.create("admin", "SearchLayout", fields{"TableEnumOrId": "Account", "LayoutType": "Lookup", "Fields": "Phone,Secret"})
	h.ask("worker", "GET", "/search/layout?q=Account&for=Lookup", nil).is(200).wants("0.searchColumns.0.name", "Phone").wants("0.searchColumns.0.label", "Phone")
	h.ask("worker", "GET", "/search/layout?q=Nix", nil).refused(400, "INVALID_TYPE")
	h.ask("worker", "GET", "/search/layout?q=Account&for=Nix", nil).refused(400, "INVALID_QUERY_VALUE")
}
