package soql

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The generators below make any tree that the grammar allows, so that printing and parsing can be held to each other.

var genName = rapid.Custom(func(t *rapid.T) Name {
	return Name{Text: rapid.SampledFrom([]string{
		"Id", "Name", "Account", "custom__c", "group", "Order", "offset", "typeof", "End", "fields", "count", "TODAY", "usd5", "x_1",
	}).Draw(t, "name")}
})

var genPath = rapid.Custom(func(t *rapid.T) *Path {
	p := &Path{Parts: []Name{genName.Draw(t, "part")}}
	for range rapid.IntRange(0, 2).Draw(t, "parents") {
		p.Parts = append(p.Parts, Name{Text: rapid.SampledFrom([]string{"Owner", "from", "null", "Id"}).Draw(t, "part")})
	}
	return p
})

var genTerm = rapid.Custom(func(t *rapid.T) Term {
	switch rapid.IntRange(0, 5).Draw(t, "term") {
	case 0:
		f := rapid.SampledFrom([]Func{Count, CountDistinct, Sum, Grouping, CalendarYear, DayOnly, ToLabel, Format}).Draw(t, "func")
		return &Call{Func: f, Arg: genPath.Draw(t, "arg")}
	case 1:
		return &Call{Func: HourInDay, Arg: &Call{Func: ConvertTimezone, Arg: genPath.Draw(t, "arg")}}
	case 2:
		return &Distance{Field: genPath.Draw(t, "field"), Unit: Miles,
			From: Geolocation{Latitude: genNumber.Draw(t, "latitude"), Longitude: genNumber.Draw(t, "longitude")}}
	}
	return genPath.Draw(t, "path")
})

var genNumber = rapid.Custom(func(t *rapid.T) *Number {
	return &Number{Text: rapid.StringMatching(`-?[0-9]{1,9}(\.[0-9]{1,4})?`).Draw(t, "number")}
})

var genLiteral = rapid.Custom(func(t *rapid.T) Literal {
	moment := time.UnixMilli(rapid.Int64Range(-62e12, 253e12).Draw(t, "moment")).UTC()
	switch rapid.IntRange(0, 8).Draw(t, "kind") {
	case 0:
		return genNumber.Draw(t, "number")
	case 1:
		return &Bool{Value: rapid.Bool().Draw(t, "bool")}
	case 2:
		return &Null{}
	case 3:
		return &Date{Year: moment.Year(), Month: moment.Month(), Day: moment.Day()}
	case 4:
		return &DateTime{Time: moment}
	case 5:
		return &Time{Ms: rapid.IntRange(0, msPerDay-1).Draw(t, "ms")}
	case 6:
		return genSpan.Draw(t, "span")
	case 7:
		return &Currency{Code: "EUR", Amount: strings.TrimPrefix(genNumber.Draw(t, "amount").Text, "-")}
	}
	return genString.Draw(t, "string")
})

var genString = rapid.Custom(func(t *rapid.T) *String { return &String{Value: rapid.String().Draw(t, "string")} })

var genSpan = rapid.Custom(func(t *rapid.T) *DateLiteral {
	if rapid.Bool().Draw(t, "numbered") {
		return &DateLiteral{Name: LastNFiscalQuarters, N: rapid.IntRange(0, 9999).Draw(t, "n")}
	}
	return &DateLiteral{Name: ThisWeek}
})

func genExpr(depth int) *rapid.Generator[Expr] {
	return rapid.Custom(func(t *rapid.T) Expr {
		left := func() Term { return genTerm.Draw(t, "left") }
		kind := rapid.IntRange(0, 8).Draw(t, "expr")
		if depth == 0 && kind > 5 {
			kind = 0
		}
		switch kind {
		case 0:
			return &Compare{Left: left(), Op: Like, Right: genPattern.Draw(t, "pattern")}
		case 1:
			return &In{Left: left(), Not: rapid.Bool().Draw(t, "not"), Values: rapid.SliceOfN(genLiteral, 1, 3).Draw(t, "values")}
		case 2:
			return &Includes{Left: left(), Not: rapid.Bool().Draw(t, "not"), Values: rapid.SliceOfN(genString, 1, 2).Draw(t, "values")}
		case 6:
			return &And{Terms: rapid.SliceOfN(genExpr(depth-1), 2, 3).Draw(t, "terms")}
		case 7:
			return &Or{Terms: rapid.SliceOfN(genExpr(depth-1), 2, 3).Draw(t, "terms")}
		case 8:
			if rapid.Bool().Draw(t, "negate") {
				return &Not{X: genExpr(depth-1).Draw(t, "x")}
			}
			sub := &Query{Select: []SelectItem{&SelectTerm{Term: genPath.Draw(t, "field")}}, From: From{Object: genPath.Draw(t, "object")}}
			sub.Where = genExpr(depth-1).Draw(t, "where")
			return &In{Left: left(), Sub: sub}
		}
		op := rapid.SampledFrom([]Op{Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual}).Draw(t, "op")
		return &Compare{Left: left(), Op: op, Right: genLiteral.Draw(t, "right")}
	})
}

var genPattern = rapid.Custom(func(t *rapid.T) *String {
	parts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "é", "'", "\n", "\x01", "%", "_", `\%`, `\_`, `\\`})).Draw(t, "pattern")
	return &String{Pattern: true, Value: strings.Join(parts, "")}
})

func genItem(depth int) *rapid.Generator[SelectItem] {
	return rapid.Custom(func(t *rapid.T) SelectItem {
		kind := rapid.IntRange(0, 5).Draw(t, "item")
		switch {
		case kind == 0:
			return &FieldSet{Set: SetCustom}
		case kind == 1:
			return &TypeOf{
				Reference: genPath.Draw(t, "reference"),
				When:      []When{{Object: genName.Draw(t, "object"), Fields: rapid.SliceOfN(genPath, 1, 2).Draw(t, "then")}},
				Else:      rapid.SliceOfN(genPath, 1, 2).Draw(t, "else"),
			}
		case kind == 2 && depth > 0:
			return &SubQuery{Query: genQuery(depth-1).Draw(t, "children")}
		}
		item := &SelectTerm{Term: genTerm.Draw(t, "term")}
		if rapid.Bool().Draw(t, "alias") {
			item.Alias = genName.Draw(t, "alias")
		}
		return item
	})
}

func genQuery(depth int) *rapid.Generator[*Query] {
	return rapid.Custom(func(t *rapid.T) *Query {
		q := &Query{
			Select: rapid.SliceOfN(genItem(depth), 1, 3).Draw(t, "select"),
			From:   From{Object: genPath.Draw(t, "object")},
		}
		maybe := func(what string) bool { return rapid.Bool().Draw(t, what) }
		if maybe("alias") {
			q.From.Alias = genName.Draw(t, "alias")
			q.From.More = []Related{{Path: genPath.Draw(t, "related"), Alias: genName.Draw(t, "alias")}}
		}
		if maybe("scope") {
			q.Scope = Name{Text: "mine"}
		}
		if maybe("where") {
			q.Where = genExpr(depth).Draw(t, "where")
		}
		if maybe("with") {
			q.With = &With{Mode: ModeCategories, Categories: []Category{{Group: genName.Draw(t, "group"), Where: "AT", Names: []Name{{Text: "a"}, {Text: "b"}}}}}
		}
		if maybe("group") {
			kind := rapid.SampledFrom([]GroupKind{GroupPlain, GroupRollup, GroupCube}).Draw(t, "kind")
			q.Group = &GroupBy{Kind: kind, Terms: rapid.SliceOfN(genTerm, 1, 3).Draw(t, "terms")}
			q.Having = genExpr(depth).Draw(t, "having")
		}
		if maybe("order") {
			q.Order = []OrderTerm{{Term: genTerm.Draw(t, "term"), Desc: maybe("desc"), NullsLast: maybe("last")}}
		}
		if maybe("limit") {
			q.Limit, q.Offset = &RowCount{N: 20}, &RowCount{N: 0}
			q.For, q.Update = []Purpose{ForView, ForReference}, []Purpose{UpdateTracking}
		}
		return q
	})
}

// TestPrintedQueryIsReadAgain: parsing what is printed gives the tree that was printed.
func TestPrintedQueryIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := genQuery(2).Draw(t, "query")
		text := q.String()
		again, err := Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := diffTrees(q, again); diff != "" {
			t.Fatalf("%s: %s", text, diff)
		}
	})
}

// TestQuotedTextIsReadAgain holds the quoting that others use when they make queries.
func TestQuotedTextIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		e, err := ParseCondition("a = " + Quote(value))
		if err != nil || e.(*Compare).Right.(*String).Value != value {
			t.Fatalf("%v %v", e, err)
		}
		pattern := EscapePattern(value)
		e, err = ParseCondition("a LIKE " + QuotePattern(pattern))
		if err != nil || e.(*Compare).Right.(*String).Value != pattern {
			t.Fatalf("%v %v", e, err)
		}
	})
}
