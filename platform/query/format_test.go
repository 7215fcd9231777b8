package query

import (
	"testing"

	"pgregory.net/rapid"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// TestMatches holds the matching of labels to the slow way.
func TestMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aBü%_\\")), 0, 8, -1).Draw(t, "text")
		p := rapid.StringOfN(rapid.SampledFrom([]rune("aAbÜ%%_\\")), 0, 8, -1).Draw(t, "pattern")
		sql := pattern(p)
		slow := likeSlow([]rune(store.Fold(text)), []rune(store.Fold(p)))
		if got := matches(text, sql); got != slow {
			t.Fatalf("%q like %q (%q) is %v, want %v", text, p, sql, got, slow)
		}
	})
}

func TestNumbers(t *testing.T) {
	for _, x := range []struct {
		locale, digits string
		places         int
		want           string
	}{
		{"en_US", "1234567.5", 2, "1,234,567.50"}, {"de_DE", "-1234567.5", 2, "-1.234.567,50"}, {"de_CH", "1000", 0, "1’000"},
		{"xx", "999", 2, "999.00"}, {"fr_FR", "12345", 0, "12 345"},
	} {
		if got := styleOf(x.locale).number(x.digits, x.places); got != x.want {
			t.Errorf("%s in %s is %q, want %q", x.digits, x.locale, got, x.want)
		}
	}
}

// TestLabels holds toLabel to the labels of choices, in the field list and in conditions.
func TestLabels(t *testing.T) {
	f := &schema.Field{Kind: schema.KindMultiPicklist, Choices: []schema.Choice{{Value: "a", Label: "First"}, {Value: "b"}}}
	if got := labels(f, "a;b;c"); got != "First;b;c" {
		t.Errorf("labels %q", got)
	}
	c := worldCatalog(t)
	o := c.Object("Company").Clone()
	o.Add(schema.Field{Name: "Size__c", Kind: schema.KindPicklist, Length: 255, Choices: []schema.Choice{{Value: "1", Label: "Large"}, {Value: "2", Label: "Larger"}, {Value: "3"}}})
	c, err := c.Extend(o)
	if err != nil {
		t.Fatal(err)
	}
	dialect := storetest.SQLite(t, store.Options{}).Dialect()
	for text, args := range map[string]int{
		"SELECT Id FROM Company WHERE toLabel(Size__c) = 'large'": 1, "SELECT Id FROM Company WHERE toLabel(Size__c) LIKE 'larg%'": 2,
		"SELECT Id FROM Company WHERE toLabel(Size__c) IN ('3', 'Larger', 'none')": 2, "SELECT Id FROM Company WHERE toLabel(Size__c) != 'none'": 0,
	} {
		st, err := Compile(text, c, clerk{id: schema.MakeId("005", 2)}, Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		w := &writer{dialect: dialect}
		st.set.sel.where.write(w)
		if len(w.args) != args+2 {
			t.Errorf("%s compares with %v", text, w.args)
		}
	}
}
