package record

import (
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestValidate(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	other := &Customer{Name: "Other", Code: "X1", Alias: "dup"}
	gone := &Customer{Name: "Gone"}
	h.do(func(tx *Tx) error {
		if err := tx.Save(other, gone, &Customer{Name: "Twin", Alias: "dup"}); err != nil {
			return err
		}
		return tx.Delete(gone.Id)
	})
	cases := []struct{ body, want string }{
		{`{}`, "REQUIRED_FIELD_MISSING Name: Required fields are missing: [Name]"},
		{`{"Name":null}`, "REQUIRED_FIELD_MISSING Name: Required fields are missing: [Name]"},
		{`{"Name":"` + strings.Repeat("é", 41) + `"}`, "STRING_TOO_LONG Name: Name: data value too large: " + strings.Repeat("é", 41) + " (max length=40)"},
		{`{"Name":"` + strings.Repeat("é", 40) + `"}`, ""},
		{`{"Name":"x","Region":"East"}`, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Region: Region: bad value for restricted picklist field: East"},
		{`{"Name":"x","Region":"north"}`, ""},
		{`{"Name":"x","Tags":"a;z"}`, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Tags: Tags: bad value for restricted picklist field: z"},
		{`{"Name":"x","Rating":1000}`, "NUMBER_OUTSIDE_VALID_RANGE Rating: Rating: value outside of valid range on numeric field: 1000 (at most 3 digits before the point)"},
		{`{"Name":"x","Rating":-999.99}`, ""},
		{`{"Name":"x","Rating":999.996}`, "NUMBER_OUTSIDE_VALID_RANGE Rating: Rating: value outside of valid range on numeric field: 999.996 (at most 3 digits before the point)"},
		{`{"Name":"x","Email":"nobody"}`, "INVALID_EMAIL_ADDRESS Email: Email: invalid email address: nobody"},
		{`{"Name":"x","Email":"a.b+c@example.co.uk"}`, ""},
		{`{"Name":"x","Website":"javascript:alert(1)"}`, "FIELD_INTEGRITY_EXCEPTION Website: Website: not a web, mail or telephone address: javascript:alert(1)"},
		{`{"Name":"x","Website":"example.com:8080/a"}`, ""},
		{`{"Name":"x","ParentId":"001000000000999AAA"}`, "INVALID_CROSS_REFERENCE_KEY ParentId: Parent: no record with id 001000000000999AAA"},
		{`{"Name":"x","ParentId":"005000000000001AAA"}`, "MALFORMED_ID ParentId: Parent: id value of incorrect type: 005000000000001AAA"},
		{`{"Name":"x","ParentId":"` + string(gone.Id) + `"}`, "ENTITY_IS_DELETED ParentId: Parent: the record " + string(gone.Id) + " is deleted"},
		{`{"Name":"x","Code":"x1"}`, "DUPLICATE_VALUE Code: duplicate value found: Code duplicates value on record with id: " + string(other.Id)},
		{`{"Name":"x","Parent":{"Code":"X9"}}`, "INVALID_FIELD Parent: Foreign key external ID: X9 not found for field Code in entity Customer"},
		{`{"Name":"x","Parent":{"Code":"x1"}}`, ""},
		{`{"Name":"x","Parent":{"Alias":"dup"}}`, "INVALID_FIELD Parent: Foreign key external ID: dup not found for field Alias in entity Customer"},
		{`{"Id":"001000000000001AAA","Name":"x"}`, "INVALID_FIELD_FOR_INSERT_UPDATE Id: cannot specify Id in an insert call"},
	}
	for _, c := range cases {
		r := h.apply(access.Everything{}, Batch{Op: Insert, AllOrNone: true}, "Customer", c.body)[0]
		if got := faultOf(r.Faults.err()); got != c.want && !(c.want == "" && len(r.Faults) == 0) {
			t.Errorf("%s\n got %s\nwant %s", c.body, got, c.want)
		}
	}
	two := h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"x","Code":"new"}`, `{"Name":"y","Code":"NEW"}`)
	if len(two[0].Faults) != 0 || two[1].Faults[0].Code != "DUPLICATE_VALUE" {
		t.Errorf("twins in one batch: %+v", two)
	}
	all := h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Email":"x","Region":"y"}`)[0]
	if len(all.Faults) != 3 {
		t.Errorf("not all that is wrong is told: %v", all.Faults)
	}
}

func TestDependentPicklist(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	h.do(func(tx *Tx) error {
		return tx.Define(func(d Definition) (Definition, error) {
			o := d.Catalog.Object("Customer").Clone()
			for _, f := range o.Fields {
				if f.Name == "Town" {
					f.Choices = []schema.Choice{{Value: "Oslo", ValidFor: []string{"North"}}, {Value: "Rome", ValidFor: []string{"South"}}, {Value: "Ur", Inactive: true}}
				}
			}
			c, err := d.Catalog.Extend(o)
			return Definition{c, d.Validations}, err
		})
	})
	ok := h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"x","Region":"north","Town":"oslo"}`, `{"Name":"x","Region":"South","Town":"Oslo"}`, `{"Name":"x","Town":"Ur"}`)
	if got := strings.Join(codes(ok), ","); got != ",INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST,INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" {
		t.Errorf("got %s", got)
	}
	c := load[Customer](h, ok[0].Id)
	if c.Town != "Oslo" || c.Region != "North" {
		t.Errorf("case was not restored: %+v", c)
	}
	moved := h.apply(access.Everything{}, Batch{Op: Update}, "Customer", `{"Id":"`+string(c.Id)+`","Region":"South"}`)
	if moved[0].Faults == nil || moved[0].Faults[0].Fields[0] != "Town" {
		t.Errorf("the controlling value changed alone: %+v", moved)
	}
}

func TestDefaults(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	u := &User{Name: "u"}
	h.do(func(tx *Tx) error { return tx.Save(u) })
	v := limited{id: u.Id}
	r := h.apply(v, Batch{Op: Insert}, "Customer", `{"Name":"a"}`, `{"Name":"b","Active":false}`)
	a, b := load[Customer](h, r[0].Id), load[Customer](h, r[1].Id)
	if !a.Active || b.Active || a.OwnerId != schema.AnyRef(u.Id) || a.CreatedById != schema.AnyRef(u.Id) {
		t.Errorf("defaults: %+v, %+v", a, b)
	}
	p := h.apply(v, Batch{Op: Insert}, "Project", `{}`, `{"Stage":null}`)
	if got := codes(p); got[0] != "" || got[1] != "REQUIRED_FIELD_MISSING" {
		t.Errorf("got %v", got)
	}
	if pr := load[Project](h, p[0].Id); pr.Stage != "Plan" || pr.Number != "P-0001" {
		t.Errorf("project %+v", pr)
	}
	h.do(func(tx *Tx) error {
		c, err := Draft[Customer](tx)
		if err != nil || !c.Active {
			t.Errorf("draft %+v, %v", c, err)
		}
		return nil
	})
}
