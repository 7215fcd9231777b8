package query

import (
	"context"
	"fmt"
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

// asked are the fields that random queries are about, by object.
var asked = map[string][]string{
	"Company": {"Id", "Name", "Code", "Rating", "Revenue", "Staff", "Founded", "Opens", "Seen", "IsListed", "ParentId", "OwnerId",
		"Parent.Name", "Parent.Rating", "Parent.IsListed", "Parent.Parent.Revenue", "Owner.Name", "Parent.Owner.Name"},
	"Person": {"Id", "Name", "Phone", "Score", "Joined", "IsAdult", "CompanyId", "Company.Name", "Company.IsListed",
		"Company.Rating", "Company.Owner.Name", "Company.Parent.Staff"},
	"Ticket": {"Id", "Number", "AboutId", "Cost", "Due", "PersonId", "About.Name", "Person.Name", "Person.Company.Name",
		"Person.Company.Parent.IsListed", "Person.IsAdult"},
}

// sets are the children that random queries ask for, by object.
var sets = map[string][]string{"Company": {"People:Person", "Tickets:Ticket", "Subsidiaries:Company"}, "Person": {"Reported:Ticket", "Tickets:Ticket"}}

// joined are the semi-joins of random queries, by object.
var joined = map[string][]string{
	"Company": {"Id:CompanyId:Person", "ParentId:Id:Company", "Id:AboutId:Ticket"},
	"Person":  {"CompanyId:Id:Company", "Id:PersonId:Ticket"},
	"Ticket":  {"PersonId:Id:Person", "AboutId:CompanyId:Person"},
}

// asker makes up queries.
type asker struct {
	t *rapid.T
	w *world
}

func (a asker) pick(what string, from []string) string {
	return rapid.SampledFrom(from).Draw(a.t, what)
}

func (a asker) chance(n int) bool { return rapid.IntRange(1, n).Draw(a.t, "chance") == 1 }

func (a asker) query(object, from string, depth int) string {
	items := map[string]bool{}
	var list []string
	for range rapid.IntRange(1, 4).Draw(a.t, "fields") {
		if f := a.pick("field", asked[object]); !items[f] {
			items[f] = true
			list = append(list, f)
		}
	}
	if depth < 2 && len(sets[object]) > 0 && a.chance(3) {
		relationship, child, _ := strings.Cut(a.pick("set", sets[object]), ":")
		list = append(list, "("+a.query(child, relationship, depth+1)+")")
	}
	q := "SELECT " + strings.Join(list, ", ") + " FROM " + from
	if !a.chance(4) {
		q += " WHERE " + a.cond(object, 0)
	}
	q += a.order(object)
	if a.chance(3) {
		q += fmt.Sprintf(" LIMIT %d", rapid.IntRange(0, 12).Draw(a.t, "limit"))
		if a.chance(2) {
			q += fmt.Sprintf(" OFFSET %d", rapid.IntRange(0, 5).Draw(a.t, "offset"))
		}
	}
	return q
}

// order always orders, because rows of a small unordered query come in any order.
func (a asker) order(object string) string {
	var terms []string
	for range rapid.IntRange(1, 3).Draw(a.t, "terms") {
		terms = append(terms, a.pick("by", asked[object])+a.pick("way", []string{"", " DESC", " ASC"})+a.pick("nulls", []string{"", " NULLS FIRST", " NULLS LAST"}))
	}
	return " ORDER BY " + strings.Join(terms, ", ")
}

func (a asker) cond(object string, depth int) string {
	if depth < 3 && a.chance(2) {
		l, r := a.cond(object, depth+1), a.cond(object, depth+1)
		switch rapid.IntRange(0, 2).Draw(a.t, "joint") {
		case 0:
			return "(" + l + " AND " + r + ")"
		case 1:
			return "(" + l + " OR " + r + ")"
		}
		return "(NOT " + l + ")"
	}
	switch {
	case a.chance(8):
		p := strings.Split(a.pick("join", joined[object]), ":")
		sub := fmt.Sprintf("SELECT %s FROM %s", p[1], p[2])
		if depth < 3 && a.chance(2) {
			sub += " WHERE " + a.cond(p[2], 3)
		}
		return p[0] + a.pick("in", []string{" IN (", " NOT IN ("}) + sub + ")"
	case object == "Company" && a.chance(8):
		return "Tags " + a.pick("has", []string{"INCLUDES", "EXCLUDES"}) + " (" + a.pick("tags", []string{"'Red'", "'red;Green'", "'Blue', 'Green;Red'"}) + ")"
	}
	return a.comparison(object)
}

func (a asker) comparison(object string) string {
	path := a.pick("of", asked[object])
	f := a.field(object, strings.Split(path, "."))
	values, compare := a.literals(f)
	if f.Kind == schema.KindBoolean {
		return path + a.pick("op", []string{" = ", " != "}) + a.pick("value", values)
	}
	values = append(values, "NULL")
	if a.chance(4) {
		return path + a.pick("in", []string{" IN (", " NOT IN ("}) + a.pick("value", values) + ", " + a.pick("value", values) + ")"
	}
	v := a.pick("value", values)
	ops := []string{" = ", " != "}
	if v != "NULL" && v != "''" && compare {
		ops = append(ops, " < ", " <= ", " > ", " >= ")
	}
	if f.Kind.Store() == schema.StoreText && !isId(f) && v != "NULL" && v != "''" {
		if a.chance(3) {
			return path + " LIKE " + a.pick("pattern", []string{"'%a'", "'b_ta'", `'%\_%'`, `'%\\%'`, "'%50\\%'", "'ÜNDER%'", "'o\\'n%'", "'%'", "'hot'"})
		}
	}
	return path + a.pick("op", ops) + v
}

// field finds what kind of value a path has.
func (a asker) field(object string, parts []string) *schema.Field {
	o := a.w.catalog.Object(object)
	for _, p := range parts[:len(parts)-1] {
		o = a.w.catalog.Object(o.Reference(p).To[0])
	}
	return o.Field(parts[len(parts)-1])
}

func (a asker) literals(f *schema.Field) (values []string, compare bool) {
	if isId(f) {
		for _, name := range append([]string{"Company"}, f.To...) {
			for i := range 3 {
				values = append(values, "'"+string(schema.MakeId(a.w.catalog.Object(name).Prefix, uint64(i+1)))+"'")
			}
		}
		return values, false
	}
	switch f.Kind.Store() {
	case schema.StoreBool:
		return []string{"TRUE", "FALSE"}, false
	case schema.StoreInt, schema.StoreDecimal:
		return []string{"0", "1", "2.5", "-1.25", "0.125", "2.499", "2.501", "-0.0001", "3.75", "99999999999999999"}, true
	case schema.StoreDate:
		return []string{"2026-07-15", "2026-03-01", "TODAY", "THIS_MONTH", "LAST_N_DAYS:30", "2025-01-01"}, true
	case schema.StoreInstant:
		return []string{"2026-07-15T12:00:00Z", "2026-07-15T12:00:00.001+02:00", "TODAY", "THIS_MONTH", "LAST_N_DAYS:7"}, true
	case schema.StoreTime:
		return []string{"08:00:00.000Z", "23:00:00Z", "00:00:00Z"}, true
	}
	return []string{"'ALPHA'", "'beta'", "'GAMMA'", "'delta 50%'", "'ÜNDER_SCORE'", `'o\'neil'`, `'back\\slash'`, "'hot'", "'Cold'", "''"}, true
}

// TestAgree holds the answers of both engines to those of the naive evaluator, for the house and for a clerk.
func TestAgree(t *testing.T) {
	w := newWorld(t, 7, 40)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w.load(t, db)
		e := testEngine(t, db)
		rapid.Check(t, func(t *rapid.T) {
			a := asker{t, w}
			object := a.pick("object", []string{"Company", "Person", "Ticket"})
			text := a.query(object, object, 0)
			viewer := rapid.SampledFrom([]access.Viewer{access.Everything{}, utcClerk{clerk{id: schema.MakeId("005", 2)}}}).Draw(t, "viewer")
			agree(t, e, w, viewer, object, text)
		})
	})
}

// utcClerk is a clerk in Greenwich, so that the naive evaluator need not know zones.
type utcClerk struct{ clerk }

func (utcClerk) Location() *time.Location { return time.UTC }

func agree(t *rapid.T, e *Engine, w *world, viewer access.Viewer, object, text string) {
	q, err := soql.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	page, err := e.Query(context.Background(), Ask{Catalog: w.catalog, Viewer: viewer, Text: text})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	n := naive{w, viewer}
	o := w.catalog.Object(object)
	want := n.answer(o, n.found(o, w.records[object], q), q)
	got := decodeJSON(page.AppendJSON(nil)).(map[string]any)["records"].([]any)
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("%s\n%s", text, d)
	}
	if page.Total != len(want) || !page.Done {
		t.Fatalf("%s: total %d, done %v, want %d", text, page.Total, page.Done, len(want))
	}
}
