package layout

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"truckroll/platform/schema"
)

type (
	User struct {
		schema.Standard `prefix:"005"`
		Name            string `field:"name"`
	}

	Site struct {
		schema.Standard `prefix:"a01"`
		Name            string           `field:"name required"`
		Code            string           `field:"required"`
		Body            schema.LongText  //
		Opened          schema.Date      //
		Closed          schema.Date      //
		Seen            schema.DateTime  //
		Worth           schema.Currency  //
		Cost            schema.Currency  //
		Place           schema.Address   //
		ParentId        schema.Ref[Site] `children:"Sites"`
		Total           schema.Decimal   `field:"readonly"`
	}
)

func catalog(t *testing.T) (*schema.Catalog, *schema.Object) {
	t.Helper()
	c, err := schema.Compile(User{}, Site{})
	if err != nil {
		t.Fatal(err)
	}
	return c, c.Object("Site")
}

// sections writes a page's sections as "Label: fields".
func sections(p Page) (all []string) {
	for _, s := range p.Sections {
		all = append(all, s.Label+": "+strings.Join(s.names(), " "))
	}
	return all
}

func TestByKind(t *testing.T) {
	c, o := catalog(t)
	var b *Book
	want := []string{
		"Details: Name Code ParentId Total", "Address: Place", "Dates: Opened Closed Seen", "Price: Worth Cost", "Description: Body",
		"System: CreatedDate CreatedById LastModifiedDate LastModifiedById",
	}
	if got := sections(b.Page(c, o)); !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	if got := b.Columns(o); !slices.Equal(got, []string{"Name", "Code", "Opened", "Closed", "Seen", "Worth", "Cost"}) {
		t.Errorf("columns: %q", got)
	}
	if got := b.Header(o); !slices.Equal(got, []string{"Code", "Opened", "Closed", "Seen", "Worth", "Cost"}) {
		t.Errorf("header: %q", got)
	}
}

func TestDesign(t *testing.T) {
	c, o := catalog(t)
	b, err := NewBook(c, []Design{{Object: "Site", Header: "Code", Columns: "Name Parent.Name",
		Sections: []Part{{Label: "First", Fields: "Code Name"}, {Label: "Price", Fields: "Worth"}}, Related: []Related{{List: "Sites", Fields: []string{"Name"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	p := b.Page(c, o)
	got := sections(p)
	if got[0] != "First: Code Name" || got[1] != "Price: Worth Cost" || got[2] != "More: ParentId Total" {
		t.Errorf("%q", got)
	}
	if len(p.Related) != 1 || p.Related[0].Fields[0] != "Name" {
		t.Errorf("%+v", p.Related)
	}
	if got := b.Found(o); !slices.Equal(got, []string{"Name", "Parent.Name"}) {
		t.Errorf("found: %q", got)
	}
	for _, d := range []Design{{Object: "Nix"}, {Object: "Site", Header: "Nix"}, {Object: "Site", Sections: []Part{{Label: "A", Fields: "Name Name"}}}} {
		if _, err := NewBook(c, []Design{d}); err == nil {
			t.Errorf("%+v is taken", d)
		}
	}
}

func TestRows(t *testing.T) {
	s := Section{Columns: []Column{{Items: []Item{{Field: "a"}, {Field: "c"}}}, {Items: []Item{{Field: "b"}}}}}
	rows := s.Rows()
	if len(rows) != 2 || rows[0][1].Field != "b" || !rows[1][1].Empty {
		t.Errorf("%+v", rows)
	}
	s.Append("d")
	if got := strings.Join(s.names(), ""); got != "abcd" {
		t.Error(got)
	}
}

func TestRead(t *testing.T) {
	c, o := catalog(t)
	place := func(items string) string {
		return `{"layoutSections":[{"label":"A","style":"OneColumn","layoutColumns":[{"layoutItems":[` + items + `]}]}],"relatedLists":[]}`
	}
	p, err := Read(c, o, []byte(place(`{"field":"name","behavior":"Required"},{"emptySpace":true},{"field":"Total","behavior":"Readonly"}`)))
	if err != nil || !slices.Equal(p.Names(), []string{"Name", "Total"}) {
		t.Errorf("%v %q", err, p.Names())
	}
	for text, says := range map[string]string{
		`{`:                            "can't be read",
		place(`{"field":"Nix"}`):       "no field Nix",
		place(`{"field":"PlaceX"}`):    "no field PlaceX",
		place(`{"field":"PlaceCity"}`): "no field PlaceCity",
		place(`{"field":"Name"},{"field":"name"}`):       "there already",
		place(`{"field":"Name","behavior":"Maybe"}`):     "no behavior",
		place(`{"field":"Total","behavior":"Required"}`): "can't be Required",
		place(`{}`): "not neither",
		place(`{"field":"Name","emptySpace":true}`):                           "not both",
		`{"layoutSections":[{"label":"","style":"OneColumn"}]}`:               "needs a label",
		`{"layoutSections":[{"label":"A","style":"Round"}]}`:                  "no style",
		`{"layoutSections":[{"label":"A","style":"OneColumn"}]}`:              "has 1 columns, not 0",
		`{"relatedLists":[{"relatedList":"Nix"}]}`:                            "under the name Nix",
		`{"relatedLists":[{"relatedList":"Sites"},{"relatedList":"sites"}]}`:  "there twice",
		`{"relatedLists":[{"relatedList":"Sites","fields":["Nix"]}]}`:         "no field Nix for a column",
		`{"relatedLists":[{"relatedList":"Sites","fields":["Name","name"]}]}`: "there twice",
		`{"relatedLists":[{"relatedList":"Sites","sortField":"Nix"}]}`:        "can't be sorted",
		`{"relatedLists":[{"relatedList":"Sites","sortOrder":"Up"}]}`:         "no sortOrder",
	} {
		if _, err := Read(c, o, []byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestColumns(t *testing.T) {
	c, o := catalog(t)
	if got, err := Columns(c, o, "name, parent.parent.code", "Fields"); err != nil || !slices.Equal(got, []string{"Name", "Parent.Parent.Code"}) {
		t.Error(got, err)
	}
	if _, err := Columns(c, o, "Name,Parent.Nix", "Fields"); err == nil || err.(*schema.Fault).Fields[0] != "Fields" {
		t.Error(err)
	}
}

// FuzzRead holds that whatever is taken is taken again as it was written, and names nothing twice.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"layoutSections":[{"label":"A","style":"OneColumn","layoutColumns":[{"layoutItems":[{"field":"Name"}]}]}],"relatedLists":[{"relatedList":"Sites","fields":["Name"],"sortField":"Code"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, o := catalog(t)
		p, err := Read(c, o, text)
		if err != nil {
			return
		}
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(c, o, b)
		if err != nil || !reflect.DeepEqual(p.Names(), again.Names()) {
			t.Errorf("%s: %v", b, err)
		}
		names := p.Names()
		slices.Sort(names)
		if len(slices.Compact(names)) != len(p.Names()) {
			t.Errorf("%q", p.Names())
		}
	})
}
