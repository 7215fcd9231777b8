package api

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// view is a list of records of one object: one that someone saved, or one that every object has.
type view struct {
	id        schema.Id
	name      string
	label     string
	scope     string
	columns   []string
	condition string
	order     string
}

// The prefix of the ids of list views, and where the numbers of those begin that are not saved.
const (
	viewPrefix  = "00B"
	builtinFrom = 1 << 40
)

// views returns the list views of an object that the viewer may use, those that every object has first.
func (s *Server) views(c *call, o *schema.Object) ([]view, error) {
	usual, err := s.columnsOf(c, o, org.ListColumns)
	if err != nil {
		return nil, err
	}
	list := builtinViews(o, usual)
	if s.visible(c, "ListView") == nil {
		return list, nil
	}
	// Who may see all data sees other people's private lists as records, but does not use them.
	text := "SELECT Id, DeveloperName, Name, Scope, Columns, Condition, OrderBy FROM ListView WHERE SobjectType = " + soql.Quote(o.Name) +
		" AND (OwnerId = null OR OwnerId = " + soql.Quote(string(c.viewer.User())) + ") ORDER BY Name LIMIT 2000"
	err = s.read(c, func(tx *store.Tx) error {
		st, err := query.Compile(text, s.catalog(c), c.viewer, s.queryOptions(false))
		if err != nil {
			return err
		}
		return st.Each(tx, func(r query.Row) error {
			text := func(i int) string { t, _ := r.Value(i).(string); return t }
			v := view{id: r.Id(), name: text(1), label: text(2), scope: text(3), columns: s.viewColumns(c, o, text(4), usual), condition: text(5), order: text(6)}
			list = append(list, v)
			return nil
		})
	})
	return list, err
}

// builtinViews are all records, and the viewer's own where records have owners.
func builtinViews(o *schema.Object, columns []string) []view {
	var n uint64
	for _, r := range o.Prefix {
		n = n*128 + uint64(r)
	}
	list := []view{{id: schema.MakeId(viewPrefix, builtinFrom+2*n), name: "All" + o.Name, label: "All " + o.LabelPlural, scope: "everything", columns: columns}}
	if o.Owned() {
		list = append(list, view{id: schema.MakeId(viewPrefix, builtinFrom+2*n+1), name: "My" + o.Name, label: "My " + o.LabelPlural, scope: "mine", columns: columns})
	}
	return list
}

// viewColumns reads the columns of a saved list. Those that the viewer may not read are left out; of none left it has
// the usual ones.
func (s *Server) viewColumns(c *call, o *schema.Object, text string, usual []string) []string {
	var names []string
	for _, name := range list([]string{text}) {
		if _, err := query.Compile("SELECT "+name+" FROM "+o.Name, s.catalog(c), c.viewer, s.queryOptions(false)); err == nil {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return usual
	}
	return names
}

// soql is the query that a list stands for.
func (v view) soql(o *schema.Object) string {
	fields := slices.Clone(v.columns)
	if !slices.Contains(fields, "Id") {
		fields = append(fields, "Id")
	}
	text := "SELECT " + strings.Join(fields, ", ") + " FROM " + o.Name
	if v.scope != "" && v.scope != "everything" {
		text += " USING SCOPE " + v.scope
	}
	if v.condition != "" {
		text += " WHERE " + v.condition
	}
	if v.order != "" {
		return text + " ORDER BY " + v.order
	}
	return text
}

// view returns the list view that the address names, by its id or by its developer name.
func (s *Server) view(c *call, o *schema.Object) (view, error) {
	all, err := s.views(c, o)
	if err != nil {
		return view{}, err
	}
	id, _ := schema.ParseId(c.args["view"])
	for _, v := range all {
		if v.id == id || strings.EqualFold(v.name, c.args["view"]) {
			return v, nil
		}
	}
	return view{}, notFound()
}

// viewEntry is a list view in a list of them.
type viewEntry struct {
	DescribeURL   string    `json:"describeUrl"`
	DeveloperName string    `json:"developerName"`
	Id            schema.Id `json:"id"`
	Label         string    `json:"label"`
	ResultsURL    string    `json:"resultsUrl"`
	Compatible    bool      `json:"soqlCompatible"`
	URL           string    `json:"url"`
}

func (v view) entry(c *call, o *schema.Object) viewEntry {
	url := c.base() + "/sobjects/" + o.Name + "/listviews/" + string(v.id)
	return viewEntry{url + "/describe", v.name, v.id, v.label, url + "/results", true, url}
}

// readViews answers GET /sobjects/{object}/listviews.
func (s *Server) readViews(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	all, err := s.views(c, o)
	if err != nil {
		return nil, err
	}
	entries := make([]viewEntry, len(all))
	for i, v := range all {
		entries[i] = v.entry(c, o)
	}
	return ok(map[string]any{"done": true, "listviews": entries, "nextRecordsUrl": nil, "size": len(entries), "sobjectType": o.Name})
}

// readView answers GET /sobjects/{object}/listviews/{view}.
func (s *Server) readView(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	v, err := s.view(c, o)
	if err != nil {
		return nil, err
	}
	return ok(v.entry(c, o))
}

// viewColumn is a column of a list.
type viewColumn struct {
	Ascending  *string `json:"ascendingLabel"`
	Descending *string `json:"descendingLabel"`
	Path       string  `json:"fieldNameOrPath"`
	Hidden     bool    `json:"hidden"`
	Label      string  `json:"label"`
	Item       string  `json:"selectListItem"`
	Direction  *string `json:"sortDirection"`
	Index      *int    `json:"sortIndex"`
	Sortable   bool    `json:"sortable"`
	Type       string  `json:"type"`
}

func (v view) describe(st *query.Statement) []viewColumn {
	var out []viewColumn
	for _, col := range st.Columns {
		e := viewColumn{Path: col.Name, Item: col.Name, Label: col.Label, Hidden: !slices.Contains(v.columns, col.Name), Type: "string"}
		if f := col.Field; f != nil {
			e.Label, e.Type, e.Sortable = f.Label, string(f.Kind), f.Kind != schema.KindLongText && !f.Kind.Compound()
		}
		out = append(out, e)
	}
	return out
}

// describeView answers GET /sobjects/{object}/listviews/{view}/describe.
func (s *Server) describeView(c *call) (*answer, error) {
	o, v, st, err := s.compiledView(c)
	if err != nil {
		return nil, err
	}
	order := []string{}
	if v.order != "" {
		order = append(order, v.order)
	}
	return ok(map[string]any{"columns": v.describe(st), "id": v.id, "orderBy": order, "query": v.soql(o), "relatedEntityId": nil, "scope": v.scope,
		"scopeEntityId": nil, "sobjectType": o.Name, "whereCondition": map[string]any{"conditions": []string{v.condition}, "conjunction": nil}})
}

func (s *Server) compiledView(c *call) (*schema.Object, view, *query.Statement, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, view{}, nil, err
	}
	v, err := s.view(c, o)
	if err != nil {
		return nil, view{}, nil, err
	}
	st, err := query.Compile(v.soql(o), s.catalog(c), c.viewer, s.queryOptions(false))
	return o, v, st, err
}

// viewCell is the value of one column as text; null is none.
type viewCell struct {
	Path  string  `json:"fieldNameOrPath"`
	Value *string `json:"value"`
}

// viewResults answers GET /sobjects/{object}/listviews/{view}/results?limit&offset.
func (s *Server) viewResults(c *call) (*answer, error) {
	o, v, _, err := s.compiledView(c)
	if err != nil {
		return nil, err
	}
	n, err := c.number("limit", 25, 2000)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("%s LIMIT %d", v.soql(o), n+1)
	if c.query.Get("offset") != "" && c.query.Get("offset") != "0" {
		skip, err := c.number("offset", 0, 2000)
		if err != nil {
			return nil, err
		}
		text += " OFFSET " + itoa(skip)
	}
	st, err := query.Compile(text, s.catalog(c), c.viewer, s.queryOptions(false))
	if err != nil {
		return nil, err
	}
	rows, err := s.cells(c, st)
	if err != nil {
		return nil, err
	}
	done := len(rows) <= n
	rows = rows[:min(n, len(rows))]
	return ok(map[string]any{"columns": v.describe(st), "developerName": v.name, "done": done, "id": v.id, "label": v.label, "records": rows, "size": len(rows)})
}

func (s *Server) cells(c *call, st *query.Statement) ([]map[string][]viewCell, error) {
	rows := []map[string][]viewCell{}
	err := s.read(c, func(tx *store.Tx) error {
		return st.Each(tx, func(r query.Row) error {
			cells := make([]viewCell, len(st.Columns))
			for i, col := range st.Columns {
				cells[i].Path = col.Name
				if !r.IsNull(i) {
					text := string(r.AppendText(nil, i))
					cells[i].Value = &text
				}
			}
			rows = append(rows, map[string][]viewCell{"columns": cells})
			return nil
		})
	})
	return rows, err
}
