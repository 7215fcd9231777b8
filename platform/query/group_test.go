package query

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// grouped are the terms that random queries group by, and summed what they compute, by object.
var (
	grouped = map[string][]string{
		"Company": {"Rating", "IsListed", "Name", "Parent.Rating", "CALENDAR_MONTH(Founded)", "DAY_ONLY(Seen)", "CALENDAR_QUARTER(Seen)", "DAY_IN_WEEK(Founded)"},
		"Person":  {"Company.Rating", "IsAdult", "Company.Name", "HOUR_IN_DAY(Joined)", "WEEK_IN_YEAR(Joined)", "WEEK_IN_MONTH(Joined)"},
		"Ticket":  {"Person.Name", "About.Name", "CALENDAR_YEAR(Due)", "DAY_IN_YEAR(Due)", "FISCAL_YEAR(Due)", "FISCAL_QUARTER(Due)"},
	}
	summed = map[string][]string{
		"Company": {"COUNT(Id)", "SUM(Revenue)", "AVG(Staff)", "MIN(Founded)", "MAX(Seen)", "COUNT_DISTINCT(Rating)", "MAX(Parent.Revenue)", "COUNT(Name)"},
		"Person":  {"COUNT(Id)", "AVG(Score)", "SUM(Score)", "COUNT_DISTINCT(Company.Name)", "MIN(Joined)"},
		"Ticket":  {"COUNT(Id)", "SUM(Cost)", "MIN(Due)", "MAX(Person.Score)", "COUNT(Person.Name)"},
	}
)

// TestGroupsAgree holds aggregates, groups and sub-totals of both engines to the naive evaluator.
func TestGroupsAgree(t *testing.T) {
	w := newWorld(t, 21, 40)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		e.FiscalStart = func() time.Month { return time.April }
		rapid.Check(t, func(t *rapid.T) {
			a := asker{t, w}
			object := a.pick("object", []string{"Company", "Person", "Ticket"})
			by := distinct(a, grouped[object], rapid.IntRange(0, 3).Draw(t, "by"))
			of := distinct(a, summed[object], rapid.IntRange(1, 3).Draw(t, "of"))
			kind := a.pick("kind", []string{"", "", "ROLLUP", "CUBE"})
			text := groupText(object, by, of, kind)
			if a.chance(2) {
				text = strings.Replace(text, " FROM "+object, " FROM "+object+" WHERE "+a.cond(object, 2), 1)
			}
			viewer := rapid.SampledFrom([]access.Viewer{access.Everything{}, utcClerk{clerk{id: schema.MakeId("005", 2)}}}).Draw(t, "viewer")
			page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: viewer, Text: text})
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			q, err := soql.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			want := naive{w, viewer}.groups(w.catalog.Object(object), q, len(by))
			var got []string
			for _, row := range decodeJSON(page.AppendJSON(nil)).(map[string]any)["records"].([]any) {
				got = append(got, rowText(row.(map[string]any), len(q.Select)))
			}
			slices.Sort(want)
			slices.Sort(got)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s\n%s", text, d)
			}
		})
	})
}

func distinct(a asker, from []string, n int) []string {
	var out []string
	for range n {
		if s := a.pick("term", from); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// groupText names every value v0, v1, …, so that rows are easily read.
func groupText(object string, by, of []string, kind string) string {
	var list []string
	for i, term := range slices.Concat(by, of) {
		list = append(list, fmt.Sprintf("%s v%d", term, i))
	}
	text := "SELECT " + strings.Join(list, ", ") + " FROM " + object
	if len(by) == 0 {
		return text
	}
	if kind != "" {
		return text + " GROUP BY " + kind + "(" + strings.Join(by, ", ") + ")"
	}
	return text + " GROUP BY " + strings.Join(by, ", ")
}

func rowText(row map[string]any, n int) string {
	var parts []string
	for i := range n {
		v := row[fmt.Sprintf("v%d", i)]
		if s, ok := v.(json.Number); ok {
			if d, err := schema.ParseDecimal(s.String()); err == nil {
				v = d.Round(9).String()
			}
		}
		parts = append(parts, fmt.Sprint(v))
	}
	return strings.Join(parts, " | ")
}

// groups computes the rows of a query of aggregates as texts.
func (n naive) groups(o *schema.Object, q *soql.Query, by int) []string {
	var rows []string
	found := n.found(o, n.world.records[o.Name], &soql.Query{Where: q.Where})
	for _, mask := range masksOf(q.Group, by) {
		buckets := map[string][]record{}
		for _, rec := range found {
			key := ""
			for i := range by {
				if mask&(1<<i) == 0 {
					v, f := n.value(o, rec, q.Select[i].(*soql.SelectTerm).Term)
					if s, ok := v.(string); ok && !isId(f) {
						v = store.Fold(s)
					}
					key += fmt.Sprintf("%v\x00", v)
				}
			}
			buckets[key] = append(buckets[key], rec)
		}
		if len(found) == 0 && mask == 1<<by-1 {
			buckets[""] = nil
		}
		for _, recs := range buckets {
			row := map[string]any{}
			for i, item := range q.Select {
				t := item.(*soql.SelectTerm).Term
				name := fmt.Sprintf("v%d", i)
				switch {
				case i >= by:
					row[name] = n.aggregate(o, recs, t.(*soql.Call))
				case mask&(1<<i) == 0:
					row[name] = n.least(o, recs, t)
				}
			}
			rows = append(rows, rowText(row, len(q.Select)))
		}
	}
	return rows
}

// masksOf lists the sub-totals, as bits of the terms that each is over.
func masksOf(g *soql.GroupBy, by int) []int {
	switch {
	case g == nil || g.Kind == soql.GroupPlain:
		return []int{0}
	case g.Kind == soql.GroupRollup:
		var out []int
		for kept := range by + 1 {
			out = append(out, (1<<by-1)&^(1<<kept-1))
		}
		return out
	}
	var out []int
	for m := range 1 << by {
		out = append(out, m)
	}
	return out
}

// least is what a group shows for a term.
func (n naive) least(o *schema.Object, recs []record, t soql.Term) any {
	var least any
	var of *schema.Field
	for _, rec := range recs {
		v, f := n.value(o, rec, t)
		of = f
		if s, ok := v.(string); ok && (least == nil || s < least.(string)) || !ok {
			least = v
		}
	}
	return decoded(of, least)
}

// value is the value of a field or of a date function in UTC, with a fiscal year that begins in April.
func (n naive) value(o *schema.Object, rec record, t soql.Term) (any, *schema.Field) {
	if p, ok := t.(*soql.Path); ok {
		return n.get(o, rec, p.Parts)
	}
	c := t.(*soql.Call)
	v, f := n.get(o, rec, c.Arg.(*soql.Path).Parts)
	out := partType
	if c.Func == soql.DayOnly {
		out = dayType
	}
	if v == nil {
		return nil, out
	}
	at := schema.DayNumber(v.(int64)).Time()
	if f.Kind == schema.KindDateTime {
		at = schema.AtMilli(v.(int64)).Time()
	}
	fiscal := at.AddDate(0, -3, 1-at.Day())
	parts := map[soql.Func]int{
		soql.CalendarYear: at.Year(), soql.CalendarMonth: int(at.Month()), soql.CalendarQuarter: (int(at.Month())-1)/3 + 1,
		soql.DayOnly: int(schema.On(at).Days()), soql.DayInWeek: int(at.Weekday()) + 1, soql.DayInYear: at.YearDay(),
		soql.HourInDay: at.Hour(), soql.WeekInYear: (at.YearDay()-1)/7 + 1, soql.WeekInMonth: (at.Day()-1)/7 + 1,
		soql.FiscalYear: fiscal.Year() + 1, soql.FiscalQuarter: (int(fiscal.Month())-1)/3 + 1,
	}
	return int64(parts[c.Func]), out
}

func (n naive) aggregate(o *schema.Object, recs []record, c *soql.Call) any {
	var values []any
	var f *schema.Field
	for _, rec := range recs {
		v, g := n.get(o, rec, c.Arg.(*soql.Path).Parts)
		f = g
		if v != nil {
			values = append(values, v)
		}
	}
	sum, distinct := schema.DecInt(0), map[any]bool{}
	for _, v := range values {
		if i, ok := v.(int64); ok {
			sum = sum.Add(schema.Dec(i, f.Scale))
		}
		if s, ok := v.(string); ok {
			v = store.Fold(s)
		}
		distinct[v] = true
	}
	switch {
	case c.Func == soql.Count:
		return json.Number(fmt.Sprint(len(values)))
	case c.Func == soql.CountDistinct:
		return json.Number(fmt.Sprint(len(distinct)))
	case len(values) == 0:
		return nil
	case c.Func == soql.Sum:
		return json.Number(sum.String())
	case c.Func == soql.Avg:
		return json.Number(sum.Quo(schema.DecInt(int64(len(values)))).String())
	}
	slices.SortFunc(values, func(a, b any) int { return order(a, b, f) })
	if c.Func == soql.Min {
		return decoded(f, values[0])
	}
	return decoded(f, values[len(values)-1])
}
