package record

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// extend returns a change that adds fields to an object.
func extend(object string, fields ...schema.Field) func(Definition) (Definition, error) {
	return func(d Definition) (Definition, error) {
		o := d.Catalog.Object(object).Clone()
		for _, f := range fields {
			o.Add(f)
		}
		c, err := d.Catalog.Extend(o)
		return Definition{c, d.Validations}, err
	}
}

// withValidations returns a change that sets the validation rules.
func withValidations(v ...Validation) func(Definition) (Definition, error) {
	return func(d Definition) (Definition, error) { return Definition{d.Catalog, v}, nil }
}

func TestDefineField(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		old := &Customer{Name: "old"}
		h.do(func(tx *Tx) error { return tx.Save(old) })
		err := h.Do(context.Background(), Cause{}, func(tx *Tx) error {
			if err := tx.Define(extend("Customer", schema.Field{Name: "Lost__c", Label: "Lost", Kind: schema.KindText, Length: 20})); err != nil {
				return err
			}
			return Refuse("X", "no")
		})
		if err == nil || h.Catalog().Object("Customer").Field("Lost__c") != nil {
			t.Fatal("an undone definition stayed")
		}
		h.do(func(tx *Tx) error {
			err := tx.Define(extend("Customer",
				schema.Field{Name: "Floor__c", Label: "Floor", Kind: schema.KindDouble, Precision: 4, Scale: 1},
				schema.Field{Name: "Key__c", Label: "Key", Kind: schema.KindText, Length: 5, Unique: true, ExternalId: true},
				schema.Field{Name: "Due__c", Label: "Due", Kind: schema.KindDate, Default: "=TODAY() + 7"},
				schema.Field{Name: "Main__c", Label: "Main", Kind: schema.KindReference, Length: 18, To: []string{"Customer"}, ChildName: "Subs__r"}))
			if err != nil {
				return err
			}
			c := &Customer{Name: "in the same transaction"}
			c.Custom = schema.Values{"Floor__c": schema.Dec(25, 1)}
			return tx.Save(c)
		})
		if n := count[Customer](h, "Floor__c = 2.5"); n != 1 {
			t.Errorf("%d customers on the floor", n)
		}
		r := h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"a","Floor__c":3.14,"Key__c":"k1","Main__c":"`+string(old.Id)+`"}`, `{"Name":"a","Floor__c":10000}`, `{"Name":"a","Key__c":"toolong"}`, `{"Name":"a","Key__c":"K1"}`, `{"Name":"a","Main__r":{"Key__c":"none"}}`)
		if got := strings.Join(codes(r), ","); got != ",NUMBER_OUTSIDE_VALID_RANGE,STRING_TOO_LONG,DUPLICATE_VALUE,INVALID_FIELD" {
			t.Errorf("got %s", got)
		}
		c := load[Customer](h, r[0].Id)
		if c.Custom["Floor__c"] != schema.Dec(31, 1) || c.Custom["Due__c"] != schema.On(h.clock.now().UTC()).AddDays(7) {
			t.Errorf("custom values %v", c.Custom)
		}
		c.Custom["Floor__c"] = schema.Decimal{}
		h.do(func(tx *Tx) error { return tx.Save(c) })
		if c := load[Customer](h, r[0].Id); !schema.IsNull(c.Custom["Floor__c"]) {
			t.Errorf("custom values %v", c.Custom)
		}
		if old := load[Customer](h, old.Id); len(old.Custom) != 0 {
			t.Errorf("the old record has %v", old.Custom)
		}
	})
}

func TestDefineObject(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		h.do(func(tx *Tx) error {
			return tx.Define(func(d Definition) (Definition, error) {
				o := &schema.Object{Name: "Pump__c", Label: "Pump", LabelPlural: "Pumps", Prefix: "a50"}
				o.Add(schema.Field{Name: "Head__c", Label: "Head", Kind: schema.KindInt, Precision: 9})
				c, err := d.Catalog.Extend(o)
				return Definition{c, d.Validations}, err
			})
		})
		r := h.apply(access.Everything{}, Batch{Op: Insert}, "Pump__c", `{"Name":"p","Head__c":12}`)
		if got := codes(r); got[0] != "" || !strings.HasPrefix(string(r[0].Id), "a50") {
			t.Fatalf("got %+v", r)
		}
		o := h.Catalog().Object("Pump__c")
		h.do(func(tx *Tx) error {
			rec, err := GetAny(tx, r[0].Id)
			if err != nil {
				return err
			}
			rec.(*schema.CustomRecord).Name = "q"
			if err := tx.Save(rec); err != nil {
				return err
			}
			found, err := FindAny(tx, o, "Name = ? AND Head__c = ?", "q", schema.NewInt(12))
			if err != nil || len(found) != 1 {
				t.Errorf("found %v, %v", found, err)
			}
			return tx.SaveAs(o, &schema.CustomRecord{Name: "r"})
		})
	})
}

func TestValidationRules(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	h := newHouse(t, db, nil, nil)
	define := func(v ...Validation) error {
		return h.Do(context.Background(), Cause{}, func(tx *Tx) error { return tx.Define(withValidations(v...)) })
	}
	if err := define(Validation{Object: "Project", Name: "bad", Condition: "Titel = 'x'", Message: "m"}); !strings.Contains(faultOf(err), "FIELD_INTEGRITY_EXCEPTION") {
		t.Errorf("got %v", err)
	}
	if err := define(Validation{Object: "Nothing", Name: "bad", Condition: "true", Message: "m"}); err == nil {
		t.Error("a rule about nothing was taken")
	}
	err := define(
		Validation{Object: "Project", Name: "parent", Condition: `AND(Customer.Name = "Closed", NOT(ISBLANK(Title)))`, Message: "No titles there.", Field: "Title"},
		Validation{Object: "Project", Name: "no way back", Condition: `AND(ISCHANGED(Stage), ISPICKVAL(PRIORVALUE(Stage), "Done"))`, Message: "Done is done."})
	if err != nil {
		t.Fatal(err)
	}
	c := &Customer{Name: "Closed"}
	h.do(func(tx *Tx) error { return tx.Save(c) })
	in := `"CustomerId":"` + string(c.Id) + `"`
	r := h.apply(access.Everything{}, Batch{Op: Insert}, "Project", `{`+in+`,"Title":"t"}`, `{`+in+`,"Stage":"Done"}`, `{"Title":"t"}`)
	if got := codes(r); got[0] != "FIELD_CUSTOM_VALIDATION_EXCEPTION" || r[0].Faults[0].Message != "No titles there." || r[0].Faults[0].Fields[0] != "Title" || got[1] != "" || got[2] != "" {
		t.Errorf("got %+v", r)
	}
	r = h.apply(access.Everything{}, Batch{Op: Update}, "Project", `{"Id":"`+string(r[1].Id)+`","Stage":"Plan","Title":"t"}`)
	if len(r[0].Faults) != 2 {
		t.Errorf("got %+v", r)
	}
}

func TestRollUps(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		h.do(func(tx *Tx) error {
			if err := tx.Define(extend("Customer", schema.Field{Name: "Hours__c", Label: "Hours", Kind: schema.KindDouble, Precision: 18, Scale: 1, Calculated: true, ReadOnly: true,
				RollUp: &schema.RollUp{Child: "Project", Via: "CustomerId", Function: "SUM", Field: "Hours__c"}})); err == nil {
				t.Error("a summary of what is not there was taken")
			}
			sum := func(name, function, field, filter string) schema.Field {
				return schema.Field{Name: name, Label: name, Kind: schema.KindDouble, Precision: 18, Scale: 1, Calculated: true, ReadOnly: true,
					RollUp: &schema.RollUp{Child: "Task", Via: "ProjectId", Function: function, Field: field, Filter: filter}}
			}
			if err := tx.Define(extend("Project", sum("Hours__c", "SUM", "Hours", ""), sum("Most__c", "MAX", "Hours", ""), sum("Open__c", "COUNT", "", `Title = "open"`))); err != nil {
				return err
			}
			return tx.Define(extend("Customer", schema.Field{Name: "Hours__c", Label: "Hours", Kind: schema.KindDouble, Precision: 18, Scale: 1, Calculated: true, ReadOnly: true,
				RollUp: &schema.RollUp{Child: "Project", Via: "CustomerId", Function: "SUM", Field: "Hours__c"}}))
		})
		c := &Customer{Name: "c"}
		h.do(func(tx *Tx) error { return tx.Save(c) })
		p, q := &Project{CustomerId: schema.Ref[Customer](c.Id)}, &Project{}
		h.do(func(tx *Tx) error { return tx.Save(p, q) })
		in := func(p *Project, hours, title string) string {
			return fmt.Sprintf(`{"ProjectId":%q,"Hours":%s,"Title":%q}`, p.Id, hours, title)
		}
		r := h.apply(access.Everything{}, Batch{Op: Insert}, "Task", in(p, "1.5", "open"), in(p, "2", ""), in(q, "7", "open"), in(p, "null", "open"))
		is := func(p *Project, want string) {
			t.Helper()
			rec := load[Project](h, p.Id)
			if got := fmt.Sprint(rec.Custom["Hours__c"], " ", rec.Custom["Most__c"], " ", rec.Custom["Open__c"]); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		is(p, "3.5 2 2")
		is(q, "7 7 1")
		if got := load[Customer](h, c.Id).Custom["Hours__c"]; got != schema.Dec(35, 1) {
			t.Errorf("the customer has %v hours", got)
		}
		h.do(func(tx *Tx) error { return tx.Delete(r[1].Id) })
		is(p, "1.5 1.5 2")
		h.do(func(tx *Tx) error { return tx.Delete(r[0].Id, r[3].Id) })
		is(p, "0 <nil> 0")
		h.do(func(tx *Tx) error { return tx.Undelete(r[0].Id) })
		is(p, "1.5 1.5 1")
		if got := load[Customer](h, c.Id).Custom["Hours__c"]; got != schema.Dec(15, 1) {
			t.Errorf("the customer has %v hours", got)
		}
		h.do(func(tx *Tx) error {
			return tx.Define(withValidations(Validation{Object: "Project", Name: "most", Condition: "Hours__c > 10", Message: "Too much."}))
		})
		r = h.apply(access.Everything{}, Batch{Op: Insert}, "Task", in(q, "1", ""), in(p, "20", ""), in(q, "1", ""))
		if got := strings.Join(codes(r), ","); got != ",FIELD_CUSTOM_VALIDATION_EXCEPTION," {
			t.Errorf("got %q", got)
		}
		is(q, "9 7 1")
	})
}

// TestFormulaFieldsAgree: a formula field has the same value in memory and in a query.
func TestFormulaFieldsAgree(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, nil, nil)
		h.do(func(tx *Tx) error {
			return tx.Define(extend("Customer",
				schema.Field{Name: "Share__c", Label: "Share", Kind: schema.KindPercent, Precision: 5, Scale: 1},
				schema.Field{Name: "Part__c", Label: "Part", Kind: schema.KindDouble, Precision: 18, Scale: 2, Calculated: true, ReadOnly: true, Formula: "Rating * Share__c"},
				schema.Field{Name: "Twice__c", Label: "Twice", Kind: schema.KindPercent, Precision: 18, Scale: 1, Calculated: true, ReadOnly: true, Formula: "Part__c * 2 / Rating"},
				schema.Field{Name: "Tag__c", Label: "Tag", Kind: schema.KindText, Length: 100, Calculated: true, ReadOnly: true, Formula: `Name & "/" & Parent.Name & TEXT(Region)`}))
		})
		r := h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"top","Rating":100,"Share__c":12.5,"Region":"North"}`)
		r = append(r, h.apply(access.Everything{}, Batch{Op: Insert}, "Customer", `{"Name":"sub","Rating":8,"Share__c":50,"ParentId":"`+string(r[0].Id)+`"}`)...)
		for _, x := range r {
			if len(x.Faults) > 0 {
				t.Fatal(x.Faults)
			}
			h.do(func(tx *Tx) error {
				rec, err := Get(tx, schema.Ref[Customer](x.Id))
				if err != nil {
					return err
				}
				for _, name := range []string{"Part__c", "Twice__c", "Tag__c"} {
					got, err := Compute(tx, rec, name)
					if err != nil {
						return err
					}
					st, err := query.Compile("SELECT "+name+" FROM Customer WHERE Id = '"+string(x.Id)+"'", tx.Catalog(), access.Everything{}, query.Options{Now: tx.Now()})
					if err != nil {
						return err
					}
					text, args := st.SQL(tx.Store().Dialect(), 1)
					var id string
					var raw any
					if err := tx.Store().QueryRow(text, args...).Scan(&id, &raw); err != nil {
						return err
					}
					want, err := tx.Catalog().Object("Customer").Field(name).FromColumn(raw)
					if err != nil {
						return err
					}
					if got != want || schema.IsNull(got) {
						t.Errorf("%s is %v in memory and %v in a query", name, got, want)
					}
				}
				return nil
			})
		}
	})
}
