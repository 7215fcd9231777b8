package schema

import (
	"slices"
	"strings"
	"testing"
)

type stage string

func (stage) Choices() []Choice {
	return []Choice{{Value: "Open", Category: "Live", Default: true}, {Value: "Shut", Category: "Dead"}}
}

type owned struct {
	OwnerId AnyRef `field:"owner" to:"User,Missing?"`
}

type User struct {
	Standard `prefix:"005" object:"setup"`
	Name     string `field:"required"`
}

type Group struct {
	Standard `prefix:"00G" object:"setup"`
	Name     string
}

type Shop struct {
	Standard `prefix:"a01" object:"search" help:"Where things are sold."`
	owned
	Name    string    `field:"required unique" max:"80"`
	Stage   stage     `field:"index"`
	Again   stage     `default:"Shut"`
	Kind    Picklist  `choices:"Big;Small" default:"Small"`
	Parent  Ref[Shop] `children:"Branches"`
	Rate    Percent
	Price   Currency `scale:"4"`
	Seats   Int      `help:"Chairs."`
	Address Address
	Spot    Location `parts:"Spot"`
	Opens   Time
	Since   Date
	Seen    DateTime `field:"calculated"`
	Open    bool
	Tags    MultiPick `choices:"a;b"`
	Notes   LongText
}

type Line struct {
	Standard `prefix:"a02" name:"Number"`
	Number   AutoNumber `format:"L-{000}" per:"ShopId"`
	ShopId   Ref[Shop]  `field:"required createonly cascade" children:"Lines"`
	Amount   Decimal    `scale:"3" precision:"10"`
}

type Pin struct {
	Standard `prefix:"a03" name:"" object:"leaf"`
	On       AnyRef `field:"cascade" to:"*,User,-Line" children:"Pins"`
}

func testCatalog(t testing.TB) *Catalog {
	t.Helper()
	c, err := Compile(User{}, Group{}, Shop{}, Line{}, Pin{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTagsSayWhatTypesCannot(t *testing.T) {
	o := testCatalog(t).Object("shop")
	is := func(what string, ok bool) {
		t.Helper()
		if !ok {
			t.Error("not so: " + what)
		}
	}
	is("object", o.Prefix == "a01" && o.Searchable && !o.Setup && o.Help != "" && o.Label == "Shop" && o.LabelPlural == "Shops" && !o.Detail && o.Owned())
	is("name field", o.NameField() == o.Field("Name") && o.Field("NAME").Required && o.Field("name").Unique && o.Field("Name").Length == 80)
	is("owner", o.Field("OwnerId").OwnerField && slices.Equal(o.Field("OwnerId").To, []string{"User"}))
	is("typed picklist", o.Field("Stage").Restricted && o.Field("Stage").Default == "Open" && o.Field("Stage").Choice("shut").Category == "Dead")
	is("default of a tag", o.Field("Again").Default == "Shut" && o.Field("Again").Choice("Shut").Default && !o.Field("Again").Choice("Open").Default)
	is("plain picklist", !o.Field("Kind").Restricted && o.Field("Kind").Default == "Small" && o.Field("Kind").Choice("Small").Default)
	is("reference", o.Field("Parent").Kind == KindReference && slices.Equal(o.Field("Parent").To, []string{"Shop"}) && o.Reference("parent") == o.Field("Parent"))
	is("numbers", o.Field("Price").Scale == 4 && o.Field("Rate").Kind == KindPercent && o.Field("Seats").Help == "Chairs.")
	is("address", len(o.Field("Address").Parts) == 10 && o.Field("Street").Parent == o.Field("Address") && o.Field("Latitude").Scale == 15)
	is("location", o.Field("SpotLongitude").Parent == o.Field("Spot") && !o.Field("Spot").Stored() && o.Field("SpotLongitude").Stored())
	is("calculated", o.Field("Seen").ReadOnly && !o.Field("Seen").Createable())
	is("unknown", o.Field("Nothing") == nil && o.Reference("Nothing") == nil && o.Child("Nothing") == nil)
	line := testCatalog(t).Object("Line")
	is("line", line.Detail && line.Field("Number").Per == "ShopId" && !line.Field("Number").Createable() && line.NameField().Name == "Number")
	is("create-only", line.Field("ShopId").Createable() && !line.Field("ShopId").Updateable())
	is("relationship", line.Field("ShopId").Relationship() == "Shop")
}

func TestReferencesMakeChildren(t *testing.T) {
	c := testCatalog(t)
	if l := c.Object("Shop").Child("lines"); l == nil || l.Object != "Line" || l.Field != "ShopId" || l.Delete != Cascade {
		t.Errorf("Shop.Lines is %+v", l)
	}
	on := c.Object("Pin").Field("On")
	if !on.ToAny || !slices.Equal(on.To, []string{"User", "Shop"}) || !on.Polymorphic() {
		t.Errorf("a reference to any object leads to %v", on.To)
	}
	if c.Object("Line").Child("Pins") != nil || c.Object("User").Child("Pins") == nil {
		t.Error("the children of a reference to any object are wrong")
	}
	if c.ById(MakeId("a02", 1)) != c.Object("Line") || c.ById("") != nil || c.ById("zzz") != nil {
		t.Error("a prefix does not lead to its object")
	}
}

func TestCompileReportsEveryMistake(t *testing.T) {
	type Bare struct{ Name string }
	type Odd struct {
		Standard `prefix:"a09"`
		F        float64
	}
	type Flag struct {
		Standard `prefix:"a09"`
		F        string `field:"requird"`
	}
	type Size struct {
		Standard `prefix:"a09"`
		F        string `max:"ten"`
	}
	for _, c := range []struct {
		protos []any
		want   string
	}{
		{[]any{Bare{}}, "does not embed schema.Standard"},
		{[]any{Odd{}}, "no field kind for Go type float64"},
		{[]any{Flag{}}, `unknown flag "requird"`},
		{[]any{Size{}}, "tag max"},
		{[]any{User{}, User{}}, "declared twice"},
		{[]any{Line{}}, "refers to User, which is not in the catalogue"},
		{[]any{Bare{}, Odd{}}, "float64"},
	} {
		if _, err := Compile(c.protos...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Compile(%T) = %v, want %q", c.protos[0], err, c.want)
		}
	}
	type Twin struct {
		Standard `prefix:"005"`
	}
	if _, err := Compile(User{}, Twin{}); err == nil || !strings.Contains(err.Error(), "share the key prefix 005") {
		t.Errorf("two objects of one prefix: %v", err)
	}
}

func TestExtendLeavesTheOldCatalogueAlone(t *testing.T) {
	c := testCatalog(t)
	shop := c.Object("Shop").Clone()
	f := shop.Add(Field{Name: "Colour__c", Kind: KindPicklist, Length: 255, Choices: []Choice{{Value: "Red"}}})
	if !f.Custom || f.Object != "Shop" {
		t.Errorf("the new field is %+v", f)
	}
	shop.Field("Stage").Choices[0].Label = "Trading"
	site := &Object{Name: "Site__c", Prefix: "a0S", Label: "Site"}
	site.Add(Field{Name: "Shop__c", Kind: KindReference, Length: 18, To: []string{"Shop"}, ChildName: "Sites__r"})
	n, err := c.Extend(shop, site)
	if err != nil {
		t.Fatal(err)
	}
	if c.Object("Shop").Field("Stage").Choices[0].Label != "" || c.Object("Shop").Field("Colour__c") != nil || c.Object("Site__c") != nil || c.Object("Shop").Child("Sites__r") != nil || len(c.Object("Pin").Field("On").To) != 2 {
		t.Error("the old catalogue changed")
	}
	custom := n.Object("site__C")
	switch {
	case n.Object("Shop").Field("colour__C") == nil:
		t.Error("the new catalogue lacks the new field")
	case custom == nil || !custom.Custom || custom.NameField() == nil || !custom.Owned() || custom.Field("Id") == nil:
		t.Error("the new object lacks what every custom object has")
	case custom.Field("Shop__c").Relationship() != "Shop__r" || n.Object("Shop").Child("sites__r") == nil:
		t.Error("the new reference is not followed")
	case !slices.Contains(n.Object("Pin").Field("On").To, "Site__c"):
		t.Error("a reference to any object does not lead to the new one")
	case n.Object("Shop").Field("Street").Parent != n.Object("Shop").Field("Address"):
		t.Error("a part leads to the compound field of the old catalogue")
	}
	if again, err := n.Extend(); err != nil || !slices.Equal(again.ObjectNames(), n.ObjectNames()) {
		t.Errorf("extended by nothing: %v", err)
	}
	if _, err := c.Extend(&Object{Name: "SHOP", Prefix: "a0X"}); err != nil {
		t.Errorf("an object replaces one of the same name: %v", err)
	}
	if _, err := c.Extend(&Object{Name: "Other__c", Prefix: "a01"}); err == nil {
		t.Error("two objects share a prefix")
	}
}

func TestExtendRefusesFieldsThatFollowNothing(t *testing.T) {
	c := testCatalog(t)
	for _, f := range []struct {
		field Field
		want  string
	}{
		{Field{Name: "A__c", Kind: KindPicklist, Controller: "Colour__c"}, "follows the field Colour__c"},
		{Field{Name: "A__c", Kind: KindText, Format: "{0}", Per: "Nothing"}, "follows the field Nothing"},
		{Field{Name: "A__c", Kind: KindDouble, RollUp: &RollUp{Child: "Nothing", Via: "ShopId", Function: "COUNT"}}, "not in the catalogue"},
		{Field{Name: "A__c", Kind: KindDouble, RollUp: &RollUp{Child: "Line", Via: "Amount", Function: "COUNT"}}, "not a reference to Shop"},
		{Field{Name: "A__c", Kind: KindDouble, RollUp: &RollUp{Child: "Line", Via: "ShopId", Function: "SUM", Field: "Weight"}}, "Line.Weight, which does not exist"},
	} {
		shop := c.Object("Shop").Clone()
		shop.Add(f.field)
		if _, err := c.Extend(shop); err == nil || !strings.Contains(err.Error(), f.want) {
			t.Errorf("%+v: %v, want %q", f.field, err, f.want)
		}
	}
	shop := c.Object("Shop").Clone()
	shop.Add(Field{Name: "A__c", Kind: KindDouble, RollUp: &RollUp{Child: "Line", Via: "ShopId", Function: "SUM", Field: "Amount"}})
	if _, err := c.Extend(shop); err != nil {
		t.Error(err)
	}
}

func TestLabels(t *testing.T) {
	for name, want := range map[string]string{"BillingAddress": "Billing Address", "FSLReport": "FSL Report", "Product2": "Product2", "Id": "Id", "UnitOfMeasure": "Unit of Measure", "ShipTo": "Ship To", "TrackingUrl": "Tracking URL", "SchedStartTime": "Scheduled Start Time"} {
		if got := words(name); got != want {
			t.Errorf("words(%s) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"IsActive": "Active", "IssuedOn": "Issued On", "AccountId": "Account"} {
		if got := labelOf(name, KindBoolean); got != want {
			t.Errorf("labelOf(%s) = %q, want %q", name, got, want)
		}
	}
	for label, want := range map[string]string{"Entry": "Entries", "Day": "Days", "Status": "Statuses", "Branch": "Branches", "Box": "Boxes", "Case": "Cases", "Wish": "Wishes", "Key": "Keys"} {
		if got := plural(label); got != want {
			t.Errorf("plural(%s) = %q, want %q", label, got, want)
		}
	}
}
