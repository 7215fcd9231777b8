package api

import (
	"encoding/json"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/layout"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// keptLayout is a layout that an administrator made.
type keptLayout struct {
	id   schema.Id
	name string
	page layout.Page
}

// given is a layout's assignment. An empty profile or record type is all that have no layout of their own.
type given struct{ layout, profile, recordType schema.Id }

// laidOut is how administrators laid an object out.
type laidOut struct {
	layouts []keptLayout
	given   []given
}

// each asks a query on behalf of the house: layouts are applied to people who may not read them as records.
func (s *Server) each(c *call, text string, f func(r query.Row) error) error {
	return s.read(c, func(tx *store.Tx) error {
		st, err := query.Compile(text, s.catalog(c), access.Everything{}, s.queryOptions(false))
		if err != nil {
			return err
		}
		return st.Each(tx, f)
	})
}

// textAt is the text of a column; "" for none.
func textAt(r query.Row, i int) string { t, _ := r.Value(i).(string); return t }

func (s *Server) laidOut(c *call, o *schema.Object) (l laidOut, err error) {
	of := " WHERE TableEnumOrId = " + soql.Quote(o.Name) + " ORDER BY Id"
	if s.catalog(c).Object("Layout") == nil {
		return l, nil
	}
	err = s.each(c, "SELECT Id, Name, Body FROM Layout"+of, func(r query.Row) error {
		k := keptLayout{id: r.Id(), name: textAt(r, 1)}
		l.layouts = append(l.layouts, k)
		return json.Unmarshal([]byte(textAt(r, 2)), &l.layouts[len(l.layouts)-1].page)
	})
	if err != nil || len(l.layouts) == 0 {
		return l, err
	}
	err = s.each(c, "SELECT LayoutId, ProfileId, RecordTypeId FROM ProfileLayout"+of, func(r query.Row) error {
		l.given = append(l.given, given{schema.Id(textAt(r, 0)), schema.Id(textAt(r, 1)), schema.Id(textAt(r, 2))})
		return nil
	})
	return l, err
}

// of returns the layout for a profile and a record type: theirs; the profile's; the record type's; everybody's. nil is
// none: the program's own.
func (l laidOut) of(profile, recordType schema.Id) *keptLayout {
	for _, want := range []given{{profile: profile, recordType: recordType}, {profile: profile}, {recordType: recordType}, {}} {
		i := slices.IndexFunc(l.given, func(g given) bool { return g.profile == want.profile && g.recordType == want.recordType })
		if i < 0 {
			continue
		}
		if k := slices.IndexFunc(l.layouts, func(k keptLayout) bool { return k.id == l.given[i].layout }); k >= 0 {
			return &l.layouts[k]
		}
	}
	return nil
}

// profileOf returns the profile of the viewer.
func (s *Server) profileOf(c *call) (schema.Id, error) {
	p, err := s.people.Person(c.ctx, c.viewer.User())
	if err != nil || p == nil {
		return "", err
	}
	return p.Profile, nil
}

// columnsOf are the columns in which records of an object are listed where nobody chose others, as far as the viewer
// may read them.
func (s *Server) columnsOf(c *call, o *schema.Object, kind org.SearchLayoutType) ([]string, error) {
	names := s.layouts.Columns(o)
	if kind != org.ListColumns {
		names = s.layouts.Found(o)
	}
	if s.catalog(c).Object("SearchLayout") != nil {
		text := "SELECT Fields FROM SearchLayout WHERE TableEnumOrId = " + soql.Quote(o.Name) + " AND LayoutType = " + soql.Quote(string(kind))
		if err := s.each(c, text, func(r query.Row) error { names = list([]string{textAt(r, 0)}); return nil }); err != nil {
			return nil, err
		}
	}
	if names = s.open(c, o, names); len(names) == 0 {
		names = []string{"Id"}
	}
	return names, nil
}

// open leaves out the fields, of the object or of its parents, that the viewer may not read or that are gone.
func (s *Server) open(c *call, o *schema.Object, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		if f := o.Field(name); f != nil {
			return f.Hidden || !c.viewer.Reads(o, f)
		}
		_, err := query.Compile("SELECT "+name+" FROM "+o.Name, s.catalog(c), c.viewer, s.queryOptions(false))
		return err != nil || !strings.Contains(name, ".")
	})
}

// headOf are the fields of a record's header: the name, and what a compact layout or the program's design says.
func (s *Server) headOf(c *call, o *schema.Object, recordType schema.Id) (names []string, id *string, err error) {
	names = s.layouts.Header(o)
	if s.catalog(c).Object("CompactLayout") != nil {
		text := "SELECT Id, Fields, RecordTypeId FROM CompactLayout WHERE TableEnumOrId = " + soql.Quote(o.Name) + " ORDER BY RecordTypeId NULLS FIRST"
		err = s.each(c, text, func(r query.Row) error {
			if of := schema.Id(textAt(r, 2)); of == "" || of == recordType {
				own := string(r.Id())
				names, id = list([]string{textAt(r, 1)}), &own
			}
			return nil
		})
	}
	if f := o.NameField(); f != nil {
		names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == f.Name })
		names = append([]string{f.Name}, names...)
	}
	names = slices.DeleteFunc(s.open(c, o, names), func(n string) bool { return o.Field(n) == nil })
	return names, id, err
}

// labelOf is the heading of a column: a field's label; of a parent's name, what leads to the parent.
func labelOf(catalog *schema.Catalog, o *schema.Object, name string) string {
	first, rest, deeper := strings.Cut(name, ".")
	if !deeper {
		if f := o.Field(name); f != nil {
			return f.Label
		}
		return name
	}
	ref := o.Reference(first)
	if ref == nil {
		return name
	}
	target := catalog.Object(ref.To[0])
	if f := target.Field(rest); f != nil && f.NameField {
		return ref.Label
	}
	return ref.Label + " " + labelOf(catalog, target, rest)
}

// searchLayout is the columns in which records of an object are listed.
type searchLayout struct {
	Label   string         `json:"label"`
	Limit   int            `json:"limitRows"`
	Object  string         `json:"objectType"`
	Columns []searchColumn `json:"searchColumns"`
}

type searchColumn struct {
	Field  string  `json:"field"`
	Format *string `json:"format"`
	Label  string  `json:"label"`
	Name   string  `json:"name"`
}

// searchLayouts answers GET /search/layout?q: the columns in which what a search finds of each object is listed. With
// for=Lookup, which is our own, they are those of look-ups; with for=ListView those of lists.
func (s *Server) searchLayouts(c *call) (*answer, error) {
	kind := org.FoundColumns
	if k := c.query.Get("for"); k != "" {
		kind = org.SearchLayoutType(k)
		if kind != org.ListColumns && kind != org.LookupColumns && kind != org.FoundColumns {
			return nil, schema.Refuse("INVALID_QUERY_VALUE", "for: "+k+" is none of ListView, SearchResult, Lookup", "for")
		}
	}
	all := []searchLayout{}
	for _, name := range list(c.query["q"]) {
		o := s.visible(c, name)
		if o == nil {
			return nil, schema.Refuse("INVALID_TYPE", "sObject type '"+name+"' is not supported.", "q")
		}
		names, err := s.columnsOf(c, o, kind)
		if err != nil {
			return nil, err
		}
		l := searchLayout{Label: "Search Results", Limit: 25, Object: o.Name, Columns: []searchColumn{}}
		for _, n := range names {
			l.Columns = append(l.Columns, searchColumn{Field: o.Name + "." + n, Label: labelOf(s.catalog(c), o, n), Name: n})
		}
		all = append(all, l)
	}
	return s.cached(c, all)
}
