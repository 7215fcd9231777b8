package api

import (
	"fmt"
	"net/http"
	"testing"

	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// eachDefined runs f with houses whose database knows formulas and whose catalogue answers queries.
func eachDefined(t *testing.T, f func(t *testing.T, h *house)) {
	run := func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		v, err := org.NewVirtual(db, h.keeper.Catalog)
		h.must(err)
		h.Server.engine.Virtual = query.Virtual(v)
		f(t, h)
	}
	t.Run("sqlite", func(t *testing.T) { run(t, storetest.SQLite(t, store.Options{Functions: record.Functions()})) })
	t.Run("postgres", func(t *testing.T) { run(t, storetest.Postgres(t, store.Options{})) })
}

// defineField defines a custom field and returns its id.
func (h *house) defineField(fullName string, metadata object) string {
	h.t.Helper()
	return h.ask("admin", "POST", "/tooling/sobjects/CustomField", object{"FullName": fullName, "Metadata": metadata}).is(http.StatusCreated).wants("success", true).at("id").(string)
}

func TestToolingDefinesFields(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		h.ask("worker", "POST", "/tooling/sobjects/CustomField", object{"FullName": "Account.A__c", "Metadata": object{"type": "Text", "label": "A", "length": 10}}).refused(403, "INSUFFICIENT_ACCESS")
		code := h.defineField("Account.Region_Code__c", object{"type": "Text", "label": "Region", "length": 10, "unique": true, "externalId": true})
		h.defineField("Account.Level__c", object{"type": "Picklist", "label": "Level", "valueSet": object{"restricted": true, "valueSetDefinition": object{"sorted": false,
			"value": []object{{"valueName": "Low", "label": "Low", "default": true}, {"valueName": "High", "label": "High", "default": false}}}}})
		h.defineField("Account.Double__c", object{"type": "Number", "label": "Double", "precision": 18, "scale": 1, "formula": "Score * 2"})
		h.defineField("Account.Partner__c", object{"type": "Lookup", "label": "Partner", "referenceTo": "Account", "relationshipName": "Partners", "deleteConstraint": "SetNull"})
		h.ask("admin", "GET", "/sobjects/Account/describe", nil).is(200)
		id := h.create("admin", "Account", object{"Name": "a", "Region_Code__c": "N1", "Score": 2.5})
		h.create("admin", "Account", object{"Name": "b", "Partner__r": object{"Region_Code__c": "n1"}})
		h.ask("admin", "GET", "/sobjects/Account/Region_Code__c/N1", nil).is(200).wants("Id", id).wants("Level__c", "Low").wants("Double__c", 5.0)
		h.ask("admin", "GET", q("SELECT Name, (SELECT Name FROM Partners__r) FROM Account WHERE Double__c > 4 ORDER BY Double__c"), nil).is(200).wants("totalSize", 1).wants("records.0.Partners__r.records.0.Name", "b")
		h.ask("admin", "POST", "/sobjects/Account", object{"Name": "c", "Level__c": "Middle"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")

		h.ask("admin", "GET", "/tooling/sobjects/CustomField/"+code, nil).is(200).wants("FullName", "Account.Region_Code__c").wants("Metadata.length", 10).wants("Metadata.unique", true)
		h.ask("admin", "PATCH", "/tooling/sobjects/CustomField/"+code, object{"Metadata": object{"label": "Area", "length": 12}}).is(204)
		h.ask("admin", "PATCH", "/sobjects/Account/"+id, object{"Region_Code__c": "123456789012"}).is(204)
		h.ask("admin", "GET", "/tooling/query?q=SELECT+DeveloperName,Label+FROM+CustomField+WHERE+TableEnumOrId='Account'+ORDER+BY+DeveloperName", nil).is(200).wants("totalSize", 4).wants("records.3.Label", "Area")
		h.ask("admin", "GET", "/tooling/query?q=SELECT+DataType+FROM+FieldDefinition+WHERE+EntityDefinition.QualifiedApiName='Account'+AND+QualifiedApiName='Double__c'", nil).is(200).wants("records.0.DataType", "Formula (Number)")
		h.ask("admin", "DELETE", "/tooling/sobjects/CustomField/"+code, nil).is(204)
		h.ask("admin", "GET", "/sobjects/Account/"+id+"?fields=Region_Code__c", nil).refused(400, "INVALID_FIELD")
		h.ask("admin", "POST", "/tooling/sobjects/CustomField", object{"FullName": "Account.Bad__c", "Metadata": object{"type": "Number", "label": "Bad", "formula": "Nothing * 2"}}).is(400)
		h.ask("admin", "GET", "/tooling/sobjects/CustomField/describe", nil).is(200).wants("name", "CustomField")
	})
}

func TestToolingDefinesObjectsAndRules(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		h.ask("admin", "POST", "/tooling/sobjects/CustomObject", object{"FullName": "Meter__c", "Metadata": object{"label": "Meter", "pluralLabel": "Meters", "sharingModel": "ReadWrite",
			"deploymentStatus": "Deployed", "nameField": object{"type": "AutoNumber", "label": "Number", "displayFormat": "M-{000}"}}}).is(201)
		h.ask("admin", "GET", "/sobjects/Meter__c", nil).is(200).wants("objectDescribe.navigation", true)
		h.ask("admin", "PATCH", "/tooling/sobjects/CustomObject/Meter__c", object{"Metadata": object{"showInNavigation": false}}).is(204)
		h.ask("admin", "GET", "/tooling/sobjects/CustomObject/Meter__c", nil).is(200).wants("Metadata.showInNavigation", false).wants("Metadata.enableSearch", true)
		h.defineField("Meter__c.Visit__c", object{"type": "MasterDetail", "label": "Visit", "referenceTo": "Visit", "relationshipName": "Meters"})
		h.defineField("Meter__c.Value__c", object{"type": "Number", "label": "Value", "precision": 8, "scale": 1})
		h.defineField("Meter__c.Kind__c", object{"type": "Picklist", "label": "Kind", "valueSet": object{"valueSetDefinition": object{"value": []object{{"valueName": "Gas"}, {"valueName": "Water"}}}}})
		h.defineField("Visit.Gas__c", object{"type": "Summary", "label": "Gas", "summaryForeignKey": "Meter__c.Visit__c", "summaryOperation": "sum", "summarizedField": "Meter__c.Value__c",
			"summaryFilterItems": []object{{"field": "Meter__c.Kind__c", "operation": "equals", "value": "Gas"}}})
		visit := h.create("admin", "Visit", object{"Subject": "s"})
		for _, m := range []object{{"Value__c": 2, "Kind__c": "Gas"}, {"Value__c": 3, "Kind__c": "Water"}, {"Value__c": 4.5, "Kind__c": "Gas"}} {
			m["Visit__c"] = visit
			h.create("admin", "Meter__c", m)
		}
		h.ask("admin", "GET", q("SELECT Gas__c, (SELECT Name FROM Meters__r ORDER BY Name) FROM Visit"), nil).is(200).wants("records.0.Gas__c", 6.5).wants("records.0.Meters__r.records.2.Name", "M-003")

		h.ask("admin", "GET", "/tooling/sobjects/CustomField/Visit.Gas__c", nil).is(200).wants("Metadata.summaryFilterFormula", `TEXT(Kind__c) = "Gas"`)
		h.ask("admin", "PATCH", "/tooling/sobjects/CustomField/Visit.Gas__c", object{"Metadata": object{"summaryFilterFormula": `Nothing__c > 2`}}).is(400)
		h.ask("admin", "PATCH", "/tooling/sobjects/CustomField/Visit.Gas__c", object{"Metadata": object{"summaryFilterFormula": `ISPICKVAL(Kind__c, "Gas") && Value__c > 3`}}).is(204)
		h.ask("admin", "GET", "/tooling/sobjects/CustomField/Visit.Gas__c", nil).is(200).wants("Metadata.summaryFilterFormula", `ISPICKVAL(Kind__c, "Gas") && Value__c > 3`)

		rule := h.ask("admin", "POST", "/tooling/sobjects/ValidationRule", object{"FullName": "Meter__c.Not_negative", "Metadata": object{"active": true,
			"errorConditionFormula": "Value__c < 0", "errorDisplayField": "Value__c", "errorMessage": "A meter does not run backwards."}}).is(201).at("id").(string)
		h.ask("admin", "POST", "/sobjects/Meter__c", object{"Visit__c": visit, "Value__c": -1}).refused(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION").wants("0.fields.0", "Value__c")
		h.ask("admin", "PATCH", "/tooling/sobjects/ValidationRule/"+rule, object{"Metadata": object{"active": false}}).is(204)
		h.ask("admin", "POST", "/sobjects/Meter__c", object{"Visit__c": visit, "Value__c": -1}).is(201)
	})
}

func TestToolingChangesStandardValues(t *testing.T) {
	h := start(t)
	h.ask("admin", "GET", "/tooling/sobjects/StandardValueSet/Account.Rating", nil).is(200).wants("Metadata.standardValue.0.valueName", "Hot")
	h.ask("admin", "PATCH", "/tooling/sobjects/StandardValueSet/Account.Rating", object{"Metadata": object{"standardValue": []object{
		{"fullName": "Hot", "isActive": false}, {"fullName": "Warm", "label": "Lukewarm", "default": true}, {"fullName": "Boiling", "color": "red"}}}}).is(204)
	h.ask("admin", "PATCH", "/tooling/sobjects/StandardValueSet/Account.Rating", object{"Metadata": object{"standardValue": []object{{"fullName": "Hot", "color": "#f00"}}}}).is(400).wants("0.fields.0", "Picklist")
	var described struct {
		Fields []struct {
			Name           string
			PicklistValues []struct{ Value, Color string }
		}
	}
	h.ask("admin", "GET", "/sobjects/Account/describe", nil).is(200).json(&described)
	for _, f := range described.Fields {
		if f.Name == "Rating" && f.PicklistValues[2].Color != "red" {
			t.Errorf("the color of a value: %+v", f.PicklistValues)
		}
	}
	h.ask("admin", "POST", "/sobjects/Account", object{"Name": "a", "Rating": "Hot"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
	h.create("admin", "Account", object{"Name": "a", "Rating": "Boiling"})
	id := h.create("admin", "Account", object{"Name": "b"})
	h.ask("admin", "GET", q("SELECT Rating, toLabel(Rating) shown FROM Account WHERE Id = '"+id+"'"), nil).is(200).wants("records.0.shown", "Lukewarm")
	h.ask("admin", "DELETE", "/tooling/sobjects/StandardValueSet/Account.Rating", nil).is(204)
	h.create("admin", "Account", object{"Name": "a", "Rating": "Hot"})
	h.ask("admin", "POST", "/sobjects/Account", object{"Name": "a", "Rating": "Boiling"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
}

func TestStandardValuesDependOnAnotherField(t *testing.T) {
	h := start(t)
	const values = "/tooling/sobjects/StandardValueSet/Account.Rating"
	list := []object{{"fullName": "Hot"}, {"fullName": "Warm"}, {"fullName": "Cold"}}
	for _, control := range []string{"Rating", "Name", "Nothing"} {
		h.ask("admin", "PATCH", values, object{"Metadata": object{"standardValue": list, "controllingField": control}}).is(400)
	}
	h.ask("admin", "POST", "/tooling/sobjects/CustomField", object{"FullName": "Account.Key__c", "Metadata": object{"type": "Checkbox", "label": "Key", "defaultValue": "false"}}).is(201)
	h.ask("admin", "PATCH", values, object{"Metadata": object{"standardValue": list, "controllingField": "Key__c", "valueSettings": []object{
		{"valueName": "Hot", "controllingFieldValue": []string{"true"}}, {"valueName": "Cold", "controllingFieldValue": []string{"false"}}}}}).is(204)
	var described struct {
		Fields []struct {
			Name, ControllerName string
			PicklistValues       []struct{ Value, ValidFor string }
		}
	}
	h.ask("admin", "GET", "/sobjects/Account/describe", nil).is(200).json(&described)
	for _, f := range described.Fields {
		// Bit 0 is false and bit 1 is true: 0x40, 0xC0 and 0x80 in base64.
		if f.Name == "Rating" && (f.ControllerName != "Key__c" || fmt.Sprint(f.PicklistValues) != "[{Hot QA==} {Warm wA==} {Cold gA==}]") {
			t.Errorf("described as %+v", f)
		}
	}
	h.create("admin", "Account", object{"Name": "a", "Rating": "Hot", "Key__c": true})
	h.create("admin", "Account", object{"Name": "b", "Rating": "Cold"})
	h.create("admin", "Account", object{"Name": "c", "Rating": "Warm"})
	h.ask("admin", "POST", "/sobjects/Account", object{"Name": "d", "Rating": "Hot"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
	h.ask("admin", "POST", "/sobjects/Account", object{"Name": "e", "Rating": "Cold", "Key__c": true}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")

	// Other values leave the dependence as it is, less what is gone.
	h.ask("admin", "PATCH", values, object{"Metadata": object{"standardValue": list[:2]}}).is(204)
	h.ask("admin", "GET", values, nil).is(200).wants("Metadata.controllingField", "Key__c").wants("Metadata.valueSettings.0.valueName", "Hot")
	h.ask("admin", "PATCH", values, object{"Metadata": object{"standardValue": list}}).is(204)
	h.create("admin", "Account", object{"Name": "e", "Rating": "Cold", "Key__c": true})
	h.ask("admin", "POST", "/sobjects/Account", object{"Name": "d", "Rating": "Hot"}).refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
	h.ask("admin", "PATCH", values, object{"Metadata": object{"standardValue": list, "controllingField": ""}}).is(204)
	h.create("admin", "Account", object{"Name": "f", "Rating": "Hot"})
}
