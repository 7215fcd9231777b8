package api

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

func TestFormulasAreTried(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		try := func(user string, body object) got { return h.ask(user, "POST", "/tooling/formulas/try", body) }
		try("worker", object{"object": "Account", "formula": "TRUE"}).refused(403, "INSUFFICIENT_ACCESS")
		try("admin", object{"object": "Nothing", "formula": "TRUE"}).refused(400, "INVALID_TYPE").wants("0.fields.0", "object")
		try("admin", object{"object": "Account", "formula": "TRUE", "use": "poem"}).refused(400, "INVALID_FIELD")

		parent := h.create("admin", "Account", object{"Name": "Größe & Co", "Staff": 12})
		id := h.create("admin", "Account", object{"Name": "b", "ParentId": parent, "Staff": 3, "Rating": "Hot"})
		try("admin", object{"object": "Account", "formula": "\"é\" & Nme = 1"}).is(200).wants("valid", false).wants("error.row", 1).wants("error.column", 7).wants("error.offset", 6)
		try("admin", object{"object": "Account", "formula": "Staff + 1"}).is(200).wants("valid", false).wants("error.message", "the formula gives Number, but Boolean is wanted")

		rule := object{"object": "Account", "use": "validation", "formula": `Parent.Staff > 10 && ISCHANGED(Staff)`, "record": id}
		try("admin", rule).is(200).wants("valid", true).wants("result", false).wants("record.name", "b").wants("steps.1.text", "Parent.Staff > 10").wants("steps.1.value", "true").
			wants("steps.2.value", "12").wants("steps.2.depth", 2).wants("fields.0.path", "Parent.Staff").wants("fields.0.own", false).wants("fields.1.own", true)
		rule["values"] = object{"Staff": 4}
		try("admin", rule).is(200).wants("result", true)
		rule["values"] = object{"Staff": "many"}
		try("admin", rule).is(400).wants("0.fields.0", "Staff")
		rule["values"] = object{"Staf": 4}
		try("admin", rule).refused(400, "INVALID_FIELD")
		rule["values"], rule["record"] = nil, "001000000000000AAA"
		try("admin", rule).refused(404, "NOT_FOUND")
		rule["record"] = "x"
		try("admin", rule).refused(400, "MALFORMED_ID")

		try("admin", object{"object": "Account", "formula": "ISNEW() && Active"}).is(200).wants("result", true) // a new record has its defaults
		try("admin", object{"object": "Account", "use": "field", "type": "Number", "formula": "Staff * 2", "record": id}).is(200).wants("result", "6")
		try("admin", object{"object": "Account", "use": "field", "type": "Number", "formula": "Revenue + 1", "formulaTreatBlanksAs": "BlankAsBlank", "record": id}).is(200).wants("blank", true)
		try("admin", object{"object": "Account", "use": "default", "type": "Text", "formula": "$User.LastName"}).is(200).wants("result", "admin")
		if all := h.ask("admin", "GET", "/tooling/formulas/functions", nil).is(200).at("functions").([]any); len(all) < 30 {
			t.Errorf("%d functions", len(all))
		}
		if n := h.ask("admin", "GET", q("SELECT Id FROM Account WHERE Staff = 4"), nil).is(200).at("totalSize"); n != 0.0 {
			t.Error("a trial saved something")
		}
	})
}

func TestUsesOfFields(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		h.defineField("Account.Zone__c", object{"type": "Text", "label": "Zone", "length": 10})
		h.defineField("Account.Area__c", object{"type": "Text", "label": "Area", "formula": `"Z" & Zone__c`})
		h.defineField("Visit.Zone__c", object{"type": "Text", "label": "Zone", "length": 10, "defaultValue": "Account.Zone__c"})
		h.ask("admin", "POST", "/tooling/sobjects/ValidationRule", object{"FullName": "Account.Short", "Metadata": object{"active": false, "errorConditionFormula": "LEN(Zone__c) > 2", "errorMessage": "m"}}).is(201)
		h.must(h.keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
			g := &org.Group{Name: "North", DeveloperName: "North", Type: "Regular"}
			if err := tx.Save(g); err != nil {
				return err
			}
			return tx.Save(&org.SharingRule{Label: "Zones", DeveloperName: "Zones", SobjectType: "Account", Kind: org.SharingByCriteria, AccessLevel: "Read",
				Criteria: "Zone__c = 'A'", ToGroupId: schema.Ref[org.Group](g.Id), IsActive: true})
		}))
		h.ask("admin", "POST", "/sobjects/SearchLayout", object{"TableEnumOrId": "Account", "LayoutType": "ListView", "Fields": "Name, Zone__c"}).is(201)
		h.ask("worker", "GET", "/tooling/uses/Account/Zone__c", nil).refused(403, "INSUFFICIENT_ACCESS")
		h.ask("admin", "GET", "/tooling/uses/Account/Nothing__c", nil).refused(404, "NOT_FOUND")
		var a struct{ Uses []use }
		h.ask("admin", "GET", "/tooling/uses/Account/Zone__c", nil).is(200).json(&a)
		var got []string
		for _, u := range a.Uses {
			got = append(got, fmt.Sprintf("%s %s.%s %v", u.Kind, u.Object, u.Name, u.Firm))
		}
		if want := "formula Account.Area__c true, default Visit.Zone__c true, validationRule Account.Short false, setting SharingRule.Zones false, setting SearchLayout. false"; strings.Join(got, ", ") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
		}
		if r := h.ask("admin", "GET", "/tooling/uses/Visit/Zone__c", nil).is(200); r.body != `{"uses":[]}` {
			t.Error(r.body)
		}
	})
}

func TestSetupChangesAreTold(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		id := h.defineField("Account.Zone__c", object{"type": "Text", "label": "Zone", "length": 10})
		h.create("admin", "Account", object{"Name": "not of the configuration"})
		h.ask("admin", "PATCH", "/tooling/sobjects/CustomField/"+id, object{"Metadata": object{"label": "Area", "length": 12}}, "X-Change-Reason: the map was redrawn").is(204)
		h.ask("worker", "GET", "/tooling/changes", nil).refused(403, "INSUFFICIENT_ACCESS")
		for _, bad := range []string{"by=x", "from=yesterday", "limit=0"} {
			name, _, _ := strings.Cut(bad, "=")
			h.ask("admin", "GET", "/tooling/changes?"+bad, nil).is(400).wants("0.fields.0", name)
		}
		first := h.ask("admin", "GET", "/tooling/changes?object=CustomField&limit=1", nil).is(200)
		first.wants("changes.0.name", "Account.Zone").wants("changes.0.op", "update").wants("changes.0.by.name", "admin").wants("changes.0.reason", "the map was redrawn")
		first.wants("changes.0.changes.0.label", "Label").wants("changes.0.changes.0.from", "Zone").wants("changes.0.changes.0.to", "Area").wants("changes.0.changes.1.to", 12)
		next := fmt.Sprintf("%.0f", first.at("next"))
		h.ask("admin", "GET", "/tooling/changes?object=CustomField&limit=1&before="+next, nil).is(200).wants("changes.0.op", "insert").wants("changes.0.record", id)
		h.ask("admin", "GET", "/tooling/changes?text=zone&by="+string(h.ids["admin"]), nil).is(200).wants("changes.0.record", id)
		h.ask("admin", "GET", "/tooling/changes?by="+string(h.ids["worker"]), nil).is(200).wants("next", 0)
		if all := h.ask("admin", "GET", "/tooling/changes?from="+url.QueryEscape("2027-01-01T00:00:00Z"), nil).is(200).at("changes").([]any); len(all) != 0 {
			t.Errorf("changes of a year to come: %v", all)
		}
		if all := h.ask("admin", "GET", "/tooling/changes?text=not+of+the+configuration", nil).is(200).at("changes").([]any); len(all) != 0 {
			t.Errorf("records are not configuration: %v", all)
		}
	})
}

func TestRecordTypesHaveChoicesOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.defineField("Account.Zone__c", object{"type": "Picklist", "label": "Zone", "valueSet": object{"restricted": true, "valueSetDefinition": object{"value": []object{
			{"valueName": "North", "default": true}, {"valueName": "South"}, {"valueName": "East"}}}}})
		bad := func(values, message string) {
			t.Helper()
			g := h.ask("admin", "POST", "/sobjects/RecordType", object{"Name": "Key Account", "SobjectType": "Account", "PicklistValues": values}).is(400).wants("0.fields.0", "PicklistValues")
			if !strings.Contains(g.body, message) {
				t.Error(g.body)
			}
		}
		bad(`{"Zone__c": {`, "can't be read")
		bad(`{"Name": {"values": []}}`, "no picklist Name")
		bad(`{"Rating": {"values": ["Boiling"]}}`, "no value Boiling")
		bad(`{"Rating": {"values": ["Hot"], "default": "Cold"}}`, "not among")
		h.ask("admin", "POST", "/sobjects/RecordType", object{"Name": "Nobody", "SobjectType": "Visit"}).is(400).wants("0.fields.0", "SobjectType")

		typed := h.create("admin", "RecordType", object{"Name": "Key Account", "SobjectType": "Account", "PicklistValues": `{"rating": {"values": ["hot"]}, "Zone__c": {"values": ["South", "East"], "default": "South"}}`})
		h.ask("admin", "POST", "/sobjects/RecordType", object{"Name": "Key Account", "SobjectType": "Account"}).refused(400, "DUPLICATE_DEVELOPER_NAME")
		h.ask("admin", "GET", "/sobjects/Account/describe/layouts", nil).is(200).wants("recordTypeMappings.0.picklistsForRecordType.0.picklistName", "Rating").
			wants("recordTypeMappings.0.picklistsForRecordType.1.picklistValues.0.value", "South").wants("recordTypeMappings.0.picklistsForRecordType.1.picklistValues.0.defaultValue", true)

		h.ask("admin", "POST", "/sobjects/Account", object{"Name": "a", "RecordTypeId": typed, "Rating": "Cold"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST").wants("0.fields.0", "Rating").
			wants("0.message", "Rating: Cold does not go with the record type Key Account; choose Hot")
		id := h.create("admin", "Account", object{"Name": "a", "RecordTypeId": typed})
		h.ask("admin", "GET", "/sobjects/Account/"+id, nil).is(200).wants("Zone__c", "South") // not North, the default of all others
		h.ask("admin", "PATCH", "/sobjects/Account/"+id, object{"Zone__c": "North"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
		other := h.create("admin", "Account", object{"Name": "b", "Rating": "Cold"})
		h.ask("admin", "PATCH", "/sobjects/Account/"+other, object{"RecordTypeId": typed}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
		h.ask("admin", "PATCH", "/sobjects/RecordType/"+typed, object{"PicklistValues": `{"Zone__c": {"values": ["East"]}}`}).is(204)
		h.ask("admin", "PATCH", "/sobjects/Account/"+id, object{"Name": "kept as it was"}).is(204)
		h.ask("admin", "PATCH", "/sobjects/Account/"+other, object{"RecordTypeId": typed, "Zone__c": "East"}).is(204)
	})
}

func TestChoicesAreReplaced(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		for i := range replacedAtOnce + 3 {
			h.must(h.keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
				return tx.Save(&Account{Name: fmt.Sprint(i), Rating: "Hot"})
			}))
		}
		replace := func(user string, body object) got {
			return h.ask(user, "POST", "/tooling/picklists/Account/Rating/replace", body)
		}
		replace("worker", object{"from": "Hot", "to": "Warm"}).refused(403, "INSUFFICIENT_ACCESS")
		replace("admin", object{"from": "Hot", "to": "Tepid"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
		replace("admin", object{"from": "Hot", "to": "hot"}).refused(400, "INVALID_FIELD")
		h.ask("admin", "POST", "/tooling/picklists/Account/Name/replace", object{"from": "Hot", "to": "Warm"}).refused(400, "INVALID_FIELD")

		h.ask("admin", "POST", "/tooling/sobjects/ValidationRule", object{"FullName": "Account.Two", "Metadata": object{"active": true, "errorConditionFormula": `Name = "2" && ISPICKVAL(Rating, "Warm")`, "errorMessage": "Two stays."}}).is(201)
		next := h.ask("admin", "POST", "/tooling/picklists/Account/Rating/replace", object{"from": "Hot", "to": "Warm"}, "Idempotency-Key: r-1").is(200).wants("changed", replacedAtOnce-1).wants("refused.0.name", "2").at("next")
		replace("admin", object{"from": "Hot", "to": "Warm", "after": next}).is(200).wants("changed", 3).wants("next", "")
		h.ask("admin", "GET", q("SELECT Id FROM Account WHERE Rating = 'Warm'"), nil).is(200).wants("totalSize", replacedAtOnce+2)

		h.defineField("Account.Tags__c", object{"type": "MultiselectPicklist", "label": "Tags", "visibleLines": 3, "valueSet": object{"restricted": true, "valueSetDefinition": object{"value": []object{{"valueName": "a"}, {"valueName": "b"}, {"valueName": "c"}}}}})
		id := h.create("admin", "Account", object{"Name": "t", "Tags__c": "a;b"})
		h.ask("admin", "POST", "/tooling/picklists/Account/Tags__c/replace", object{"from": "a", "to": "b"}).is(200).wants("changed", 1)
		h.ask("admin", "GET", "/sobjects/Account/"+id, nil).is(200).wants("Tags__c", "b")
	})
}
