package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// search answers GET /search?q.
func (s *Server) search(c *call) (*answer, error) {
	text := c.query.Get("q")
	if text == "" {
		return nil, schema.Refuse(query.CodeSearch, "SOSL statements cannot be empty or null; give one as the parameter q")
	}
	found, err := s.engine.Search(c.ctx, s.ask(c, text))
	if err != nil {
		return nil, err
	}
	return showFound(found), nil
}

func showFound(f *query.Found) *answer {
	return &answer{status: http.StatusOK, body: f.AppendJSON(make([]byte, 0, 4096))}
}

// wantedObject is an object to search, and what to tell of it.
type wantedObject struct {
	Name    string   `json:"name"`
	Fields  []string `json:"fields"`
	Where   string   `json:"where"`
	OrderBy string   `json:"orderBy"`
	Limit   int      `json:"limit"`
}

// wanted is a search put together from parameters.
type wanted struct {
	Text    string         `json:"q"`
	In      string         `json:"in"`
	Fields  []string       `json:"fields"`
	Objects []wantedObject `json:"sobjects"`
	Most    int            `json:"overallLimit"`
	Each    int            `json:"defaultLimit"`
}

// searchByParameters answers GET /parameterizedSearch.
func (s *Server) searchByParameters(c *call) (*answer, error) {
	w := wanted{Text: c.query.Get("q"), In: c.query.Get("in"), Fields: list(c.query["fields"])}
	var err error
	if w.Most, err = c.number("overallLimit", 0, 2000); err != nil {
		return nil, err
	}
	if w.Each, err = c.number("defaultLimit", 0, 2000); err != nil {
		return nil, err
	}
	for _, name := range list(c.query["sobject"]) {
		o := wantedObject{Name: name, Fields: list(c.query[name+".fields"]), Where: c.query.Get(name + ".where"), OrderBy: c.query.Get(name + ".orderBy")}
		if o.Limit, err = c.number(name+".limit", 0, 2000); err != nil {
			return nil, err
		}
		w.Objects = append(w.Objects, o)
	}
	return s.searchFor(c, w)
}

// searchByBody answers POST /parameterizedSearch.
func (s *Server) searchByBody(c *call) (*answer, error) {
	var w wanted
	if err := c.decode(&w); err != nil {
		return nil, err
	}
	return s.searchFor(c, w)
}

// list joins parameters that may come several times, or once with commas.
func list(values []string) []string {
	return strings.FieldsFunc(strings.Join(values, ","), func(r rune) bool { return r == ',' || r == ' ' })
}

// fieldGroups are the kinds of text that a search may look at, as clients spell them.
var fieldGroups = map[string]soql.Group{
	"": soql.GroupAll, "ALL": soql.GroupAll, "NAME": soql.GroupName, "EMAIL": soql.GroupEmail, "PHONE": soql.GroupPhone, "SIDEBAR": soql.GroupSidebar,
}

func (s *Server) searchFor(c *call, w wanted) (*answer, error) {
	find, err := soql.ParseFind(w.Text)
	if err != nil {
		return nil, schema.Refuse(query.CodeSearch, err.Error(), "q")
	}
	group, known := fieldGroups[strings.ToUpper(strings.TrimSuffix(strings.ToUpper(w.In), " FIELDS"))]
	if !known {
		return nil, schema.Refuse("INVALID_ARGUMENT", "in: '"+w.In+"' is none of ALL, NAME, EMAIL, PHONE, SIDEBAR", "in")
	}
	tree := &soql.Search{Text: w.Text, Find: find, In: group}
	if w.Most > 0 {
		tree.Limit = &soql.RowCount{N: w.Most}
	}
	for _, o := range w.Objects {
		r, err := o.returning(w)
		if err != nil {
			return nil, err
		}
		tree.Returning = append(tree.Returning, r)
	}
	found, err := s.engine.SearchTree(c.ctx, tree, s.ask(c, w.Text))
	if err != nil {
		return nil, err
	}
	return showFound(found), nil
}

// returning is what a search asks of one object. A condition and an order are read as those of a query are.
func (o wantedObject) returning(w wanted) (soql.Return, error) {
	r := soql.Return{Object: soql.Name{Text: o.Name}}
	fields := o.Fields
	if len(fields) == 0 {
		fields = w.Fields
	}
	for _, name := range fields {
		r.Select = append(r.Select, &soql.SelectTerm{Term: access.Path(name)})
	}
	if n := max(o.Limit, 0); n > 0 {
		r.Limit = &soql.RowCount{N: n}
	} else if w.Each > 0 {
		r.Limit = &soql.RowCount{N: w.Each}
	}
	if o.Where == "" && o.OrderBy == "" {
		return r, nil
	}
	text := "SELECT Id FROM X"
	if o.Where != "" {
		text += " WHERE " + o.Where
	}
	if o.OrderBy != "" {
		text += " ORDER BY " + o.OrderBy
	}
	q, err := soql.Parse(text)
	if err != nil || q.Limit != nil || q.Offset != nil || q.Group != nil {
		return r, schema.Refuse("MALFORMED_QUERY", fmt.Sprintf("%s: where %s, orderBy %s can't be read: %v", o.Name, strconv.Quote(o.Where), strconv.Quote(o.OrderBy), err))
	}
	r.Where, r.Order = q.Where, q.Order
	return r, nil
}
