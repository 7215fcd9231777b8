package org_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// eachDefined runs f over houses whose SQLite knows the functions of formulas.
func eachDefined(t *testing.T, f func(t *testing.T, h *house)) {
	t.Run("sqlite", func(t *testing.T) {
		f(t, newHouse(t, storetest.SQLite(t, store.Options{Functions: record.Functions()})))
	})
	t.Run("postgres", func(t *testing.T) { f(t, newHouse(t, storetest.Postgres(t, store.Options{}))) })
}

// define saves records and returns the refusal.
func (h *house) define(recs ...any) error {
	return h.Keeper.Do(context.Background(), record.Cause{}, func(tx *record.Tx) error { return tx.Save(recs...) })
}

// put inserts records of an object from JSON and returns their ids.
func (h *house) put(object string, bodies ...string) (ids []schema.Id, faults []string) {
	h.t.Helper()
	h.do(func(tx *record.Tx) error {
		o := tx.Catalog().Object(object)
		b := record.Batch{Op: record.Insert, Object: o}
		for _, body := range bodies {
			p, err := record.NewPatchReader(tx.Catalog(), o, access.Everything{}, true).JSON([]byte(body))
			if err != nil {
				return err
			}
			b.Patches = append(b.Patches, p)
		}
		results, err := tx.Apply(b)
		ids, faults = nil, nil
		for _, r := range results {
			ids = append(ids, r.Id)
			if len(r.Faults) > 0 {
				faults = append(faults, r.Faults[0].Message)
			}
		}
		return err
	})
	return ids, faults
}

// ask returns the rows of a query, their values joined by commas.
func (h *house) ask(text string) (rows []string) {
	h.t.Helper()
	err := h.Keeper.View(context.Background(), func(v *record.View) error {
		st, err := query.Compile(text, h.Keeper.Catalog(), access.Everything{}, query.Options{Now: h.now})
		if err != nil {
			return err
		}
		return st.Each(v.Store(), func(r query.Row) error {
			var cells []string
			for i := range st.Columns {
				cells = append(cells, string(r.AppendText(nil, i)))
			}
			rows = append(rows, strings.Join(cells, ","))
			return nil
		})
	})
	if err != nil {
		h.t.Fatal(text, err)
	}
	return rows
}

const colours = `{"valueSetDefinition":{"sorted":false,"value":[{"valueName":"Red","default":true,"label":"Red"},{"fullName":"Blue"},{"valueName":"Grey","isActive":false}]}}`

func TestCustomFieldsOfEveryType(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		field := func(name string, f org.CustomField) *org.CustomField {
			f.TableEnumOrId, f.DeveloperName = "visit", name
			return &f
		}
		fields := []*org.CustomField{
			field("Serial", org.CustomField{Type: org.FieldAutoNumber, DisplayFormat: "V-{000}"}),
			field("Urgent", org.CustomField{Type: org.FieldCheckbox, DefaultValue: "true"}),
			field("Fee", org.CustomField{Type: org.FieldCurrency}),
			field("Day", org.CustomField{Type: org.FieldDate}),
			field("At", org.CustomField{Type: org.FieldDateTime}),
			field("Mail", org.CustomField{Type: org.FieldEmail}),
			field("Pin", org.CustomField{Type: org.FieldEncryptedText}),
			field("Rich", org.CustomField{Type: org.FieldHtml}),
			field("Spot", org.CustomField{Type: org.FieldLocation}),
			field("Story", org.CustomField{Type: org.FieldLongTextArea}),
			field("After", org.CustomField{Type: org.FieldLookup, ReferenceTo: "Visit", RelationshipName: "Later"}),
			field("Hues", org.CustomField{Type: org.FieldMultiselectPicklist, Picklist: colours}),
			field("Size", org.CustomField{Type: org.FieldNumber, Precision: schema.NewInt(6), Scale: schema.NewInt(1)}),
			field("Share", org.CustomField{Type: org.FieldPercent}),
			field("Call", org.CustomField{Type: org.FieldPhone}),
			field("Hue", org.CustomField{Type: org.FieldPicklist, Picklist: colours, RestrictedValues: true}),
			field("Code", org.CustomField{Type: org.FieldText, Length: schema.NewInt(10), IsUnique: true, ExternalId: true}),
			field("Note", org.CustomField{Type: org.FieldTextArea}),
			field("Clock", org.CustomField{Type: org.FieldTime}),
			field("Web", org.CustomField{Type: org.FieldUrl}),
			field("Twice", org.CustomField{Type: org.FieldNumber, Scale: schema.NewInt(1), Formula: "Size__c * 2"}),
			field("Blank", org.CustomField{Type: org.FieldNumber, Scale: schema.NewInt(1), Formula: "Size__c * 2", FormulaTreatBlanksAs: "BlankAsBlank"}),
			field("Title", org.CustomField{Type: org.FieldText, Formula: `UPPER(City) & "/" & TEXT(Hue__c)`}),
		}
		for _, f := range fields {
			if err := h.define(f); err != nil {
				t.Fatalf("%s: %v", f.DeveloperName, err)
			}
		}
		ids, faults := h.put("Visit", `{"Name":"a","City":"Bonn","Fee__c":12.345,"Day__c":"2026-03-01","At__c":"2026-03-01T10:00:00Z","Mail__c":"a@b.example","Pin__c":"1234",
			"Rich__c":"<p>x</p>","Spot__Latitude__s":50.7,"Spot__Longitude__s":7.1,"Story__c":"long","Hues__c":"Blue;Red","Size__c":2.5,"Share__c":50,"Call__c":"1","Code__c":"k1",
			"Note__c":"n","Clock__c":"08:00:00.000Z","Web__c":"https://x.example"}`, `{"Name":"b","Hue__c":"Grey"}`, `{"Name":"c","Code__c":"K1"}`, `{"Name":"d","City":"Ulm","Size__c":1,"Hue__c":"blue"}`)
		if len(faults) != 2 {
			t.Errorf("refused: %q", faults)
		}
		want := []string{"a,V-001,true,12.35,Red,5.0,BONN/Red", "d,V-002,true,,Blue,2.0,ULM/Blue"}
		if got := h.ask("SELECT Name, Serial__c, Urgent__c, Fee__c, Hue__c, Twice__c, Title__c FROM Visit ORDER BY Twice__c DESC"); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %q", got)
		}
		if got := h.ask("SELECT Name FROM Visit WHERE Twice__c > 3 AND Title__c LIKE 'BONN%' AND DISTANCE(Spot__c, GEOLOCATION(50.7, 7.1), 'km') < 1"); len(got) != 1 {
			t.Errorf("got %q", got)
		}
		if got := h.ask("SELECT Twice__c, Blank__c FROM Visit WHERE Name IN ('a', 'none') ORDER BY Name"); fmt.Sprint(got) != "[5.0,5.0]" {
			t.Errorf("got %q", got)
		}
		h.put("Visit", `{"Name":"none"}`)
		if got := h.ask("SELECT Twice__c, Blank__c FROM Visit WHERE Name = 'none'"); fmt.Sprint(got) != "[0.0,]" {
			t.Errorf("got %q", got)
		}
		h.put("Visit", `{"Name":"later","After__r":{"Code__c":"k1"}}`)
		if got := h.ask("SELECT After__r.Name FROM Visit WHERE After__c = '" + string(ids[0]) + "'"); fmt.Sprint(got) != "[a]" {
			t.Errorf("got %q", got)
		}
	})
}

func TestCustomObjectsAndSummaries(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		o := &org.CustomObject{DeveloperName: "Meter", Label: "Meter", SharingModel: org.SharingReadWrite, ExternalSharingModel: org.SharingPrivate, NameFieldType: "AutoNumber", NameFieldFormat: "M-{0000}"}
		if err := h.define(o); err != nil {
			t.Fatal(err)
		}
		for _, f := range []*org.CustomField{
			{TableEnumOrId: "Meter__c", DeveloperName: "Visit", Type: org.FieldMasterDetail, ReferenceTo: "Visit", RelationshipName: "Meters"},
			{TableEnumOrId: "Meter__c", DeveloperName: "Value", Type: org.FieldNumber, Scale: schema.NewInt(1)},
		} {
			if err := h.define(f); err != nil {
				t.Fatal(err)
			}
		}
		shared := func() string {
			return fmt.Sprint(h.ask("SELECT InternalSharingModel FROM SharingDefault WHERE SobjectType = 'Meter__c'"))
		}
		if shared() != "[ReadWrite]" {
			t.Errorf("shared %s", shared())
		}
		o.SharingModel = org.SharingControlledByParent
		if err := h.define(o); err != nil || shared() != "[ControlledByParent]" {
			t.Errorf("shared %s, %v", shared(), err)
		}
		early := &org.CustomObject{DeveloperName: "Early", Label: "Early", SharingModel: org.SharingControlledByParent}
		if err := h.define(early); err != nil {
			t.Errorf("controlled by a master to come: %v", err)
		}
		ids, _ := h.put("Visit", `{"Name":"a"}`)
		h.put("Meter__c", `{"Visit__c":"`+string(ids[0])+`","Value__c":1.5}`, `{"Visit__c":"`+string(ids[0])+`","Value__c":-3}`)
		sum := &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "Total", Type: org.FieldSummary, SummaryForeignKey: "Meter__c.Visit__c", SummarizedField: "Meter__c.Value__c", SummaryOperation: "sum", SummaryFilterFormula: "Value__c > 0"}
		if err := h.define(sum); err != nil {
			t.Fatal(err)
		}
		q, err := job.Open(h.Keeper.DB(), h.Keeper, []job.Job[*record.Keeper]{org.SummariseJob}, job.Options{Failed: func(_ string, err error) { t.Error(err) }})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := q.Tick(context.Background()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if got := h.ask("SELECT Total__c, (SELECT Id FROM Meters__r) FROM Visit"); fmt.Sprint(got) != "[1.5]" {
			t.Errorf("got %q", got)
		}
		if got := h.ask("SELECT Name FROM Meter__c ORDER BY Name"); fmt.Sprint(got) != "[M-0001 M-0002]" {
			t.Errorf("got %q", got)
		}
		if err := h.define(&org.CustomField{TableEnumOrId: "Visit", DeveloperName: "Bad", Type: org.FieldNumber, Formula: "Nothing__c + 1"}); err == nil || !strings.Contains(err.Error(), "Nothing__c") {
			t.Errorf("a formula about nothing: %v", err)
		}
		drop := func(id schema.Id) error {
			return h.Keeper.Do(context.Background(), record.Cause{}, func(tx *record.Tx) error { return tx.Delete(id) })
		}
		if err := drop(o.Id); err == nil {
			t.Error("an object was deleted that a summary reads")
		}
		for _, id := range []schema.Id{sum.Id, o.Id} {
			if err := drop(id); err != nil {
				t.Fatal(err)
			}
		}
		if h.Catalog().Object("Meter__c") != nil || h.Catalog().Object("Visit").Field("Total__c") != nil {
			t.Error("what was deleted is still there")
		}
		if err := h.define(&org.CustomObject{DeveloperName: "Meter", Label: "Meter"}); err == nil || !strings.Contains(err.Error(), "undelete") {
			t.Errorf("an object took the records of a deleted one: %v", err)
		}
		h.do(func(tx *record.Tx) error { return tx.Undelete(o.Id) })
		if got := h.ask("SELECT Value__c FROM Meter__c ORDER BY Name"); fmt.Sprint(got) != "[1.5 -3.0]" {
			t.Errorf("got %q", got)
		}
	})
}

func TestDefinitionsAreLoadedAgain(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		ctx := context.Background()
		here, err := org.LoadDefinitions(ctx, h.Keeper)
		if err != nil {
			t.Fatal(err)
		}
		rule := &org.ValidationRule{SobjectType: "Pump__c", ValidationName: "Named", Active: true, ErrorConditionFormula: `Depth__c > 10`, ErrorMessage: "Too deep", ErrorDisplayField: "Depth__c"}
		for _, rec := range []any{
			&org.CustomObject{DeveloperName: "Pump", Label: "Pump"},
			&org.CustomField{TableEnumOrId: "Pump__c", DeveloperName: "Depth", Type: org.FieldNumber},
			rule,
			&org.StandardDefinition{SobjectType: "Visit", Field: "City", Label: "Town"},
			&org.StandardDefinition{SobjectType: "Visit", Label: "Call", PluralLabel: "Calls"},
		} {
			if err := h.define(rec); err != nil {
				t.Fatal(err)
			}
		}
		// Another server of the same database begins with what the program declares.
		declared, err := h.Catalog().Declared()
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Keeper.Adopt(func(record.Definition) (record.Definition, error) { return record.Definition{Catalog: declared}, nil }); err != nil {
			t.Fatal(err)
		}
		if changed, err := here.Refresh(ctx); !changed || err != nil {
			t.Fatal(changed, err)
		}
		if changed, err := here.Refresh(ctx); changed || err != nil {
			t.Fatal("read twice", err)
		}
		if _, faults := h.put("Pump__c", `{"Name":"p","Depth__c":11}`, `{"Name":"q","Depth__c":9}`); fmt.Sprint(faults) != "[Too deep]" {
			t.Errorf("refused: %q", faults)
		}
		if o := h.Catalog().Object("Visit"); o.Label != "Call" || o.LabelPlural != "Calls" || o.Field("City").Label != "Town" {
			t.Errorf("labels %s, %s, %s", o.Label, o.LabelPlural, o.Field("City").Label)
		}
		rule.Active = false
		if err := h.define(rule); err != nil {
			t.Fatal(err)
		}
		if _, faults := h.put("Pump__c", `{"Name":"p","Depth__c":11}`); faults != nil {
			t.Errorf("refused: %q", faults)
		}
	})
}

func TestRefusedDefinitions(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{Functions: record.Functions()}))
	for name, rec := range map[string]any{
		"no object":       &org.CustomField{TableEnumOrId: "Nothing", DeveloperName: "A", Type: org.FieldText},
		"bad name":        &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "1A", Type: org.FieldText},
		"too long":        &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldText, Length: schema.NewInt(256)},
		"too many digits": &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldNumber, Precision: schema.NewInt(19)},
		"no values":       &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldPicklist},
		"twice":           &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldPicklist, Picklist: `{"valueSetDefinition":{"value":[{"valueName":"x"},{"valueName":"X"}]}}`},
		"no target":       &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldLookup},
		"unknown target":  &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldLookup, ReferenceTo: "Nothing"},
		"unique picklist": &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldCheckbox, IsUnique: true},
		"no number":       &org.CustomField{TableEnumOrId: "Visit", DeveloperName: "A", Type: org.FieldAutoNumber, DisplayFormat: "V-"},
		"no number name":  &org.CustomObject{DeveloperName: "A", NameFieldType: "AutoNumber", NameFieldFormat: "{YYYY}"},
		"bad rule":        &org.ValidationRule{SobjectType: "Visit", ValidationName: "A", Active: true, ErrorConditionFormula: "Nothing = 1", ErrorMessage: "m"},
	} {
		if f, ok := record.FaultsOf(h.define(rec)); !ok || len(f) == 0 {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestCatalogueAnswersQueries(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		h.define(&org.CustomField{TableEnumOrId: "Visit", DeveloperName: "Depth", Type: org.FieldNumber, Precision: schema.NewInt(8), Scale: schema.NewInt(2)})
		v, err := org.NewVirtual(h.Keeper.DB(), h.Keeper.Catalog)
		if err != nil {
			t.Fatal(err)
		}
		chief, err := h.Directory.Viewer(context.Background(), h.users["chief"])
		if err != nil {
			t.Fatal(err)
		}
		ask := func(who access.Viewer, text string) (rows []string) {
			st, err := query.Compile(text, h.Keeper.Catalog(), who, query.Options{Now: h.now, Virtual: v})
			if err != nil {
				t.Fatal(err)
			}
			err = h.Keeper.View(context.Background(), func(view *record.View) error {
				return st.Each(view.Store(), func(r query.Row) error {
					rows = append(rows, string(append(append(r.AppendText(nil, 0), ' '), r.AppendText(nil, 1)...)))
					return nil
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			return rows
		}
		if got := ask(access.Everything{}, "SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Visit' AND QualifiedApiName IN ('Price', 'Depth__c') ORDER BY QualifiedApiName"); fmt.Sprint(got) != "[Depth__c Number(6, 2) Price Currency(16, 2)]" {
			t.Errorf("got %q", got)
		}
		if got := ask(chief, "SELECT QualifiedApiName, IsNillable FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Visit' AND QualifiedApiName = 'Price'"); got != nil {
			t.Errorf("a hidden field is told: %q", got)
		}
		if got := ask(chief, "SELECT QualifiedApiName, KeyPrefix FROM EntityDefinition WHERE Label LIKE 'vis%'"); fmt.Sprint(got) != "[Visit a01]" {
			t.Errorf("got %q", got)
		}
	})
}

// TestOneOfTwoSameDefinitionsIsTaken: administrators who define the same field at the same time do not both succeed.
func TestOneOfTwoSameDefinitionsIsTaken(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		const people = 4
		ended := make(chan error, people)
		for range people {
			go func() {
				ended <- h.define(&org.CustomField{TableEnumOrId: "Visit", DeveloperName: "Twin", Type: org.FieldText})
			}()
		}
		taken := 0
		for range people {
			err := <-ended
			if err == nil {
				taken++
			} else if f, ok := record.FaultsOf(err); !ok || f[0].Code != "DUPLICATE_DEVELOPER_NAME" {
				t.Error(err)
			}
		}
		if got := h.ask("SELECT Id FROM CustomField WHERE DeveloperName = 'Twin'"); taken != 1 || len(got) != 1 {
			t.Errorf("%d were told that they defined it, %d fields are kept", taken, len(got))
		}
	})
}

// TestObjectsNamedAsTables: a custom object may be named as a table of the house, and not as the engine's own are.
func TestObjectsNamedAsTables(t *testing.T) {
	eachDefined(t, func(t *testing.T, h *house) {
		for _, name := range []string{"Job", "Session", "meta"} {
			if err := h.define(&org.CustomObject{DeveloperName: name, Label: name}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if ids, faults := h.put(name+"__c", `{"Name":"a"}`); len(ids) != 1 || faults != nil {
				t.Errorf("%s__c: %v", name, faults)
			}
		}
		if err := h.define(&org.CustomObject{DeveloperName: "SQLite_log", Label: "Log"}); !refusedAt(err, "DeveloperName") {
			t.Errorf("SQLite_log: %v, want a refusal at DeveloperName", err)
		}
	})
}
