package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// faultOf returns "CODE field: message" of an error.
func faultOf(err error) string {
	f, ok := FaultsOf(err)
	if !ok {
		return fmt.Sprint(err)
	}
	var all []string
	for _, one := range f {
		all = append(all, fmt.Sprintf("%s %s: %s", one.Code, strings.Join(one.Fields, ","), one.Message))
	}
	return strings.Join(all, " | ")
}

func TestReadPatchRefuses(t *testing.T) {
	c := catalog(t)
	viewer := limited{hidden: map[string]bool{"Customer.Secret": true}, fixed: map[string]bool{"Customer.Phone": true}}
	r := NewPatchReader(c, c.Object("Customer"), viewer, true)
	note := "Please check the security settings of this field and verify that it is read/write for your profile or permission set."
	for body, want := range map[string]string{
		`{"Nope":1}`:           "INVALID_FIELD Nope: No such column 'Nope' on sobject of type Customer",
		`{"Secret":"x"}`:       "INVALID_FIELD Secret: No such column 'Secret' on sobject of type Customer",
		`{"CreatedDate":null}`: "INVALID_FIELD_FOR_INSERT_UPDATE CreatedDate: Unable to create/update fields: CreatedDate. " + note,
		`{"Phone":"1","Billing":{"City":"x"},"IsDeleted":true}`: "INVALID_FIELD_FOR_INSERT_UPDATE Phone,Billing,IsDeleted: Unable to create/update fields: Phone, Billing, IsDeleted. " + note,
		`{"Name":"a","name":"b"}`:                               "JSON_PARSER_ERROR name: Duplicate field 'name'",
		`{"Visits":"many"}`:                                     "JSON_PARSER_ERROR Visits: Visits: value not of required type: a whole number: many",
		`{"Visits":1.5}`:                                        "JSON_PARSER_ERROR Visits: Visits: value not of required type: a whole number: 1.5",
		`{"Active":"perhaps"}`:                                  "JSON_PARSER_ERROR Active: Active: value not of required type: true or false: perhaps",
		`{"Name":{}}`:                                           "JSON_PARSER_ERROR Name: Name: value not of required type: a text: {}",
		`{"Since":"yesterday"}`:                                 "JSON_PARSER_ERROR Since: Since: not a date of the form 2024-01-31: yesterday",
		`{"ParentId":"nonsense"}`:                               "MALFORMED_ID ParentId: Parent: id value of incorrect type: nonsense",
		`{"Id":"nonsense"}`:                                     "MALFORMED_ID Id: Record ID: id value of incorrect type: nonsense",
		`{"Parent":{"Name":"x"}}`:                               "INVALID_FIELD Parent: Foreign key external ID: Customer.Name is not an external id",
		`{"Parent":{"Nope":"x"}}`:                               "INVALID_FIELD Nope: No such column 'Nope' on sobject of type Customer",
		`{"Parent":{}}`:                                         "INVALID_FIELD : No such column '' on sobject of type Customer",
		`{"_version":0}`:                                        "JSON_PARSER_ERROR _version: _version: value not of required type: the whole number that a read gave",
		`[1]`:                                                   "JSON_PARSER_ERROR : The record must be a JSON object",
		`{"Name":"a"`:                                           "JSON_PARSER_ERROR : unexpected end of JSON input at offset 11",
		`{"Name":"a"} {}`:                                       "JSON_PARSER_ERROR : Unexpected text after the record at offset 13",
		`{ "Name" : [1, {"x":"]\""}] , "Visits":1}`:             `JSON_PARSER_ERROR Name: Name: value not of required type: a text: [1, {"x":"]\""}]`,
		`{"Name":"a\u0000"}`:                                    "JSON_PARSER_ERROR Name: Name: the text is not valid UTF-8 or holds a NUL: a\x00",
	} {
		if _, err := r.JSON([]byte(body)); strings.TrimSuffix(faultOf(err), " ") != want && !strings.HasPrefix(want, "JSON_PARSER_ERROR :") {
			t.Errorf("%s\n got %s\nwant %s", body, faultOf(err), want)
		} else if err == nil {
			t.Errorf("%s was read", body)
		}
	}
}

func TestReadPatch(t *testing.T) {
	c := catalog(t)
	o := c.Object("Customer")
	r := NewPatchReader(c, o, access.Everything{}, true)
	p, err := r.JSON([]byte(`{"attributes":{"type":"Customer","url":"x"},"Id":"001000000000001","NAME":"Acme","Rating":2.50,"Active":"true","_version":7,
		"OwnerId":"005000000000001","Parent":{"Code":"X1"},"Since":null}`))
	if err != nil {
		t.Fatal(err)
	}
	if p.Id != "001000000000001AAA" || p.Version != 7 || len(p.Values) != 5 || len(p.Links) != 1 {
		t.Errorf("read %+v", p)
	}
	if v, _ := p.value(o.Field("Rating")); v != schema.Dec(25, 1) {
		t.Errorf("Rating is %v", v)
	}
	if l := p.Links[0]; l.Field.Name != "ParentId" || l.By.Name != "Code" || l.Value != "X1" || l.To != o {
		t.Errorf("link %+v", l)
	}
	note := NewPatchReader(c, c.Object("Note"), access.Everything{}, true)
	p, err = note.JSON([]byte(`{"About":{"attributes":{"type":"Customer"},"Code":"X1"}}`))
	if err != nil || p.Links[0].To != o {
		t.Errorf("polymorphic link: %+v, %v", p, err)
	}
	if _, err := note.JSON([]byte(`{"About":{"attributes":{"type":"User"},"Name":"X1"}}`)); err == nil {
		t.Error("a link to an object that the field does not lead to was read")
	}
}

func TestReadCSV(t *testing.T) {
	c := catalog(t)
	o := c.Object("Customer")
	r := NewPatchReader(c, o, access.Everything{}, true)
	cols, err := r.CSV([]string{"NAME", "Parent.Code", "Rating", "Active", "Tags"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := cols.Patch([]string{"Acme", "X1", "", "false", "#N/A"})
	if err != nil || len(p.Values) != 3 || len(p.Links) != 1 {
		t.Errorf("read %+v, %v", p, err)
	}
	if v, ok := p.value(o.Field("Tags")); !ok || v != "" {
		t.Errorf("Tags is %v", v)
	}
	if _, err := cols.Patch([]string{"Acme"}); err == nil {
		t.Error("a short row was read")
	}
	if _, err := cols.Patch([]string{"Acme", "X1", "much", "maybe", ""}); !strings.Contains(faultOf(err), "Rating") || !strings.Contains(faultOf(err), "Active") {
		t.Errorf("got %s", faultOf(err))
	}
	for _, header := range [][]string{{"Nope"}, {"Name", "name"}, {"Parent.Name"}, {"Parent.Nope"}, {"Nope.Code"}, {"IsDeleted"}, {"User:Parent.Name"}} {
		if _, err := r.CSV(header); err == nil {
			t.Errorf("header %v was read", header)
		}
	}
	note := NewPatchReader(c, c.Object("Note"), access.Everything{}, true)
	cols, err = note.CSV([]string{"Customer:About.Code"})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := cols.Patch([]string{"X"}); err != nil || p.Links[0].To != o {
		t.Errorf("polymorphic link: %+v, %v", p, err)
	}
}

// FuzzPatch: whatever the bytes, a patch is read or refused with a fault, and what is read can be set.
func FuzzPatch(f *testing.F) {
	for _, s := range []string{`{"Name":"a","Parent":{"Code":"x"}}`, `{"Rating":1e400}`, `{"a":{"b":[1,2,{}]}}`, `{"Tags":"a;b","Since":"2024-02-30"}`, "{\"Name\":\"\xff\"}"} {
		f.Add([]byte(s))
	}
	c, err := schema.Compile(User{}, Group{}, Customer{}, Project{}, Task{}, Note{})
	if err != nil {
		f.Fatal(err)
	}
	o := c.Object("Customer")
	r := NewPatchReader(c, o, access.Everything{}, false)
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := r.JSON(body)
		if err != nil {
			if _, ok := FaultsOf(err); !ok {
				t.Fatalf("%q: %v is not a fault", body, err)
			}
			return
		}
		rec := o.New()
		for _, v := range p.Values {
			v.Field.Set(rec, v.Value)
		}
	})
}

func TestFaultsWordAllFields(t *testing.T) {
	f := gather(Faults{notWritable("A"), noSuchField(catalog(t).Object("User"), "X"), notWritable("B")})
	if len(f) != 2 || !slices.Equal(f[1].Fields, []string{"A", "B"}) {
		t.Errorf("gathered %v", f)
	}
}
