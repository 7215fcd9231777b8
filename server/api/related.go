package api

import (
	"net/http"
	"strings"

	"truckroll/platform/history"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// readOfRecord answers GET /sobjects/{object}/{id}/{name}: the content of a blob field, the parent that a relationship
// leads to, or the records of a child relationship.
func (s *Server) readOfRecord(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	name := c.args["name"]
	if f := o.Field(name); f != nil && f.Kind == schema.KindBlob && c.viewer.Reads(o, f) {
		return s.readBlob(c, o, id, f)
	}
	if child := o.Child(name); child != nil {
		if to := s.visible(c, child.Object); to != nil && c.viewer.Reads(to, to.Field(child.Field)) {
			return s.readChildren(c, o, id, to, child.Field)
		}
		return nil, notFound()
	}
	if name == history.Relationship {
		return s.readHistory(c, o, id)
	}
	to, parent, err := s.parent(c, o, id)
	if err != nil {
		return nil, err
	}
	return s.showRecord(c, to, parent)
}

// readHistory answers with what happened to a record.
func (s *Server) readHistory(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	to, v := history.Object(s.catalog(c), c.viewer, history.Of(o))
	if to == nil {
		return nil, notFound()
	}
	as := *c
	as.viewer = v
	return s.readChildren(&as, o, id, to, to.Fields[1].Name)
}

// updateParent answers PATCH /sobjects/{object}/{id}/{relationship}.
func (s *Server) updateParent(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	to, parent, err := s.parent(c, o, id)
	if err != nil {
		return nil, err
	}
	return s.update(c, to, parent)
}

// deleteParent answers DELETE /sobjects/{object}/{id}/{relationship}.
func (s *Server) deleteParent(c *call, o *schema.Object, id schema.Id) (*answer, error) {
	to, parent, err := s.parent(c, o, id)
	if err != nil {
		return nil, err
	}
	return s.remove(c, to, parent)
}

// parent returns the record that a relationship of a record leads to.
func (s *Server) parent(c *call, o *schema.Object, id schema.Id) (*schema.Object, schema.Id, error) {
	f := o.Reference(c.args["name"])
	if f == nil || !c.viewer.Reads(o, f) {
		return nil, "", notFound()
	}
	var parent string
	err := s.read(c, func(tx *store.Tx) error {
		text := "SELECT " + f.Name + " FROM " + o.Name + " WHERE Id = " + soql.Quote(string(id))
		st, err := query.Compile(text, s.catalog(c), c.viewer, s.queryOptions(false))
		if err != nil {
			return err
		}
		return st.Each(tx, func(r query.Row) error {
			parent, _ = r.Value(0).(string)
			return nil
		})
	})
	if err != nil {
		return nil, "", err
	}
	to := s.catalog(c).ById(schema.Id(parent))
	if parent == "" || to == nil || s.visible(c, to.Name) == nil {
		return nil, "", notFound()
	}
	return to, schema.Id(parent), nil
}

// readChildren answers with the records of to whose reference leads to a record that the viewer may see.
func (s *Server) readChildren(c *call, o *schema.Object, id schema.Id, to *schema.Object, reference string) (*answer, error) {
	names, err := c.asked(to, c.query.Get("fields"))
	if err != nil {
		return nil, err
	}
	var page *query.Page
	err = s.read(c, func(tx *store.Tx) error {
		found, err := s.selectWhere(c, tx, o, []string{"Id"}, "Id", string(id))
		if err != nil {
			return err
		}
		if found.Len() == 0 {
			return noRecord(string(id))
		}
		a := s.ask(c, "SELECT "+strings.Join(names, ", ")+" FROM "+to.Name+" WHERE "+reference+" = "+soql.Quote(string(id)))
		if a.Batch, err = c.batchSize(); err != nil {
			return err
		}
		page, err = s.answerQuery(c, tx, a)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: page.AppendJSON(nil)}, nil
}
