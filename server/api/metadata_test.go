package api

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestVersions(t *testing.T) {
	h := start(t)
	var list []versionEntry
	h.ask("", "GET", "/services/data", nil).is(200).json(&list)
	shape := regexp.MustCompile(`^[1-9]\d\.0$`)
	for i, v := range list {
		if !shape.MatchString(v.Version) || v.URL != "/services/data/v"+v.Version || v.Label == "" || i > 0 && list[i-1].Version >= v.Version {
			t.Errorf("%+v", v)
		}
	}
	if l := list[len(list)-1]; l.Version != "67.0" || list[len(list)-7].Label != "Summer '24" {
		t.Errorf("%+v", list[len(list)-7:])
	}
	h.ask("", "POST", "/services/data", "{}").refused(405, "METHOD_NOT_ALLOWED")
}

// Resource maps hold texts and nothing else.
func TestRootMap(t *testing.T) {
	h := start(t)
	for _, version := range []string{"v20.0", "v36.0", "v50.0", "v67.0", "v36"} {
		var list map[string]string
		h.ask("admin", "GET", "/services/data/"+version+"/", nil).is(200).json(&list)
		if list["sobjects"] != "/services/data/"+version+"/sobjects" || !strings.HasSuffix(list["identity"], string(h.ids["admin"])) {
			t.Error(list)
		}
	}
}

func TestDescribe(t *testing.T) {
	h := start(t)
	var d struct {
		Name   string
		URLs   map[string]string `json:"urls"`
		Fields []map[string]any
		Kids   []map[string]any `json:"childRelationships"`
	}
	g := h.ask("admin", "GET", "/sobjects/account/describe", nil).is(200)
	g.json(&d)
	if d.Name != "Account" || d.URLs["rowTemplate"] != v60+"/sobjects/Account/{ID}" || len(d.Kids) == 0 {
		t.Error(g.body)
	}
	known := map[string]map[string]any{}
	for _, f := range d.Fields {
		known[f["name"].(string)] = f
		for _, key := range []string{"label", "soapType", "type"} {
			if s, _ := f[key].(string); s == "" {
				t.Errorf("%s: no %s", f["name"], key)
			}
		}
		for _, key := range []string{"referenceTo", "picklistValues"} {
			if _, list := f[key].([]any); !list {
				t.Errorf("%s: %s is null", f["name"], key)
			}
		}
		for _, key := range []string{"nillable", "createable", "updateable", "custom", "externalId", "autoNumber", "calculated", "restrictedPicklist", "unique", "filterable", "sortable", "groupable", "defaultedOnCreate"} {
			if _, is := f[key].(bool); !is {
				t.Errorf("%s: %s is no boolean", f["name"], key)
			}
		}
	}
	if f := known["BillingCity"]; f["compoundFieldName"] != "BillingAddress" || known["ParentId"]["relationshipName"] != "Parent" || known["Name"]["nameField"] != true || known["Code"]["externalId"] != true {
		t.Errorf("%v", f)
	}
	typ := h.create("admin", "RecordType", fields{"Name": "Site", "DeveloperName": "Site", "SobjectType": "Account"})
	g = h.ask("admin", "GET", "/sobjects/account/describe", nil).is(200).wants("recordTypeInfos.0.recordTypeId", typ).wants("recordTypeInfos.1.master", true)
	path := "/sobjects/Account/describe"
	h.ask("admin", "GET", path, nil, "If-None-Match: "+g.header.Get("ETag")).is(304)
	h.ask("admin", "GET", path, nil, "If-Modified-Since: "+g.header.Get("Last-Modified")).is(304)
	h.ask("admin", "GET", path, nil, "If-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT").is(200)
	if w := h.ask("worker", "GET", path, nil).is(200); strings.Contains(w.body, `"Secret"`) {
		t.Error("a hidden field is described")
	}
	h.ask("guest", "GET", "/sobjects/Visit/describe", nil).refused(404, "NOT_FOUND")
	if all := h.ask("guest", "GET", "/sobjects", nil).is(200).wants("encoding", "UTF-8").wants("maxBatchSize", 200); strings.Contains(all.body, `"Visit"`) || !strings.Contains(all.body, `"name":"Account"`) {
		t.Error(all.body)
	}
	h.ask("admin", "GET", "/sobjects/Account", nil).is(200).wants("objectDescribe.name", "Account").wants("objectDescribe.keyPrefix", "001")
}

// What a description says can change back: a date that was good before must not be good again.
func TestDescriptionDates(t *testing.T) {
	d := described{by: map[string]*description{}}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a := d.at("k", [32]byte{1}, now)
	b := d.at("k", [32]byte{2}, now)
	again := d.at("k", [32]byte{1}, now)
	if !b.After(a) || !again.After(b) || d.at("k", [32]byte{1}, now.Add(time.Hour)) != again {
		t.Error(a, b, again)
	}
}

func TestLimitsResource(t *testing.T) {
	h := start(t)
	g := h.ask("admin", "GET", "/limits/", nil).is(200).wants("DailyApiRequests.Max", 15_000_000)
	if n := g.at("DailyApiRequests.Remaining").(float64); n >= 15_000_000 {
		t.Error(n)
	}
}

func TestListViews(t *testing.T) {
	h := start(t)
	h.create("admin", "Account", fields{"Name": "A", "Rating": "Hot"})
	h.create("admin", "Account", fields{"Name": "B"})
	saved := h.create("admin", "ListView", fields{"Name": "Hot ones", "DeveloperName": "Hot", "SobjectType": "Account", "Columns": "Name,Rating,Owner.Name,Secret", "Condition": "Rating = 'Hot'", "OrderBy": "Name DESC"})
	private := h.create("admin", "ListView", fields{"Name": "Mine", "DeveloperName": "Mine", "SobjectType": "Account", "OwnerId": h.ids["admin"]})
	g := h.ask("admin", "GET", "/sobjects/Account/listviews", nil).is(200).wants("size", 4).wants("done", true).wants("sobjectType", "Account")
	all := g.at("listviews.0.id").(string)
	h.ask("admin", "GET", "/sobjects/Account/listviews/"+all+"/results", nil).is(200).wants("size", 2).wants("records.0.columns.0.fieldNameOrPath", "Name").wants("records.0.columns.0.value", "A")
	h.ask("admin", "GET", "/sobjects/Account/listviews/"+saved+"/results", nil).is(200).wants("size", 1).wants("records.0.columns.2.fieldNameOrPath", "Owner.Name").wants("label", "Hot ones")
	h.ask("admin", "GET", "/sobjects/Account/listviews/"+all+"/results?limit=1", nil).is(200).wants("size", 1).wants("done", false)
	h.ask("admin", "GET", "/sobjects/Account/listviews/"+all+"/results?limit=1&offset=1", nil).is(200).wants("records.0.columns.0.value", "B").wants("done", true)
	h.ask("admin", "GET", "/sobjects/Account/listviews/"+saved+"/describe", nil).is(200).wants("query", "SELECT Name, Rating, Owner.Name, Secret, Id FROM Account WHERE Rating = 'Hot' ORDER BY Name DESC").wants("columns.0.type", "string")
	h.ask("admin", "GET", "/sobjects/Account/listviews/"+saved, nil).is(200).wants("developerName", "Hot")
	h.ask("worker", "GET", "/sobjects/Account/listviews/"+private, nil).refused(404, "NOT_FOUND")
	h.ask("worker", "GET", "/sobjects/Account/listviews/"+saved+"/describe", nil).is(200).wants("query", "SELECT Name, Rating, Owner.Name, Id FROM Account WHERE Rating = 'Hot' ORDER BY Name DESC")
}

func TestLayouts(t *testing.T) {
	h := start(t)
	g := h.ask("worker", "GET", "/sobjects/Account/describe/layouts", nil).is(200).wants("recordTypeMappings.0.recordTypeId", master).wants("layouts.0.detailLayoutSections.0.columns", 2)
	if strings.Contains(g.body, "Secret") {
		t.Error("a hidden field is laid out")
	}
	h.ask("admin", "GET", "/sobjects/Account/describe/layouts/"+master, nil).is(200).wants("editLayoutSections.0.layoutRows.0.layoutItems.0.layoutComponents.0.value", "Name")
	h.ask("admin", "GET", "/sobjects/Account/describe/compactLayouts", nil).is(200).wants("compactLayouts.0.name", "SYSTEM").wants("compactLayouts.0.fieldItems.0.label", "Name")
	h.ask("admin", "GET", "/sobjects/Account/describe/approvalLayouts", nil).is(200)
	h.ask("admin", "GET", "/compactLayouts?q=Account,Contact", nil).is(200).wants("Contact.compactLayouts.0.objectType", "Contact")
	h.ask("admin", "GET", "/sobjects/Account/quickActions", nil).is(200)
	h.ask("admin", "GET", "/sobjects/Account/quickActions/x/describe", nil).refused(404, "NOT_FOUND")
	h.ask("admin", "GET", "/tabs", nil).is(200)
	h.ask("admin", "GET", "/theme", nil).is(200)
	h.ask("admin", "GET", "/process/rules", nil).is(200)
	h.ask("admin", "GET", "/support", nil).is(200)
	h.ask("admin", "GET", "/connect/organization", nil).is(200).wants("name", "Test")
	h.ask("admin", "GET", "/chatter/users/me", nil).is(200).wants("username", "admin@test.example").wants("title", nil)
}

func TestSearch(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.create("admin", "Account", fields{"Name": "Pumps and Valves"})
		h.create("admin", "Contact", fields{"Name": "Paul Pump"})
		sosl := url.QueryEscape("FIND {pump*} IN ALL FIELDS RETURNING Account(Id, Name), Contact(Name)")
		h.ask("admin", "GET", "/search/?q="+sosl, nil).is(200).wants("searchRecords.0.Name", "Pumps and Valves").wants("searchRecords.1.attributes.type", "Contact")
		h.ask("worker", "GET", "/search?q="+sosl, nil).is(200)
		h.ask("admin", "GET", "/search?q=FIND", nil).refused(400, "MALFORMED_SEARCH")
		h.ask("admin", "GET", "/parameterizedSearch?q=pump*&sobject=Account&Account.fields=Id,Name&Account.where="+url.QueryEscape("Name LIKE 'Pump%'")+"&Account.limit=5", nil).is(200).wants("searchRecords.0.Name", "Pumps and Valves")
		h.ask("admin", "POST", "/parameterizedSearch", fields{"q": "pump*", "in": "NAME", "fields": []string{"Name"}, "sobjects": []fields{{"name": "Contact"}, {"name": "Account", "fields": []string{"Id"}, "limit": 1}}, "overallLimit": 5}).
			is(200).wants("searchRecords.0.Name", "Paul Pump").wants("searchRecords.1.attributes.type", "Account")
	})
}

func TestQueryResources(t *testing.T) {
	h := start(t)
	recs := []fields{}
	for range 200 {
		recs = append(recs, fields{"attributes": fields{"type": "Account"}, "Name": "A"})
	}
	h.ask("admin", "POST", "/composite/sobjects", fields{"records": recs}).is(200)
	h.ask("admin", "POST", "/composite/sobjects", fields{"records": recs[:10]}).is(200)
	g := h.ask("admin", "GET", "/services/data/v63.0/query/?q=SELECT+Id+FROM+Account", nil, "Sforce-Query-Options: batchSize=200").is(200).wants("totalSize", 210).wants("done", false)
	next := g.at("nextRecordsUrl").(string)
	if !regexp.MustCompile(`^/services/data/v63\.0/query/01g[^/]+-200$`).MatchString(next) {
		t.Error(next)
	}
	h.ask("admin", "GET", next, nil).is(200).wants("totalSize", 210).wants("done", true).wants("nextRecordsUrl", nil)
	h.ask("worker", "GET", next, nil).refused(400, "INVALID_QUERY_LOCATOR")
	h.ask("admin", "GET", "/query?columns=true&q="+url.QueryEscape("SELECT Id, Parent.Name, (SELECT Name FROM Contacts) FROM Account"), nil).is(200).
		wants("columnMetadata.1.joinColumns.0.columnName", "Name").wants("columnMetadata.2.aggregate", true)
	plan := h.ask("admin", "GET", "/query?explain="+url.QueryEscape("SELECT Id FROM Account WHERE Code = 'x'"), nil).is(200).wants("plans.0.sobjectType", "Account").wants("plans.0.sobjectCardinality", 210).wants("plans.0.cardinality", 0).wants("plans.0.fields.0", "Code")
	if plan.at("plans.0.leadingOperationType") != "Index" {
		t.Error(plan.body)
	}
	var empty struct{ Records []json.RawMessage }
	if h.ask("admin", "GET", q("SELECT Id FROM Account WHERE Name = 'none'"), nil).wants("done", true).json(&empty); empty.Records == nil {
		t.Error("records is null")
	}
}
