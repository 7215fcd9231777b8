package api

import (
	"net/http"

	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// keyField returns the field of o by which an address may name a record; nil when name is none.
func keyField(c *call, o *schema.Object, name string) *schema.Field {
	f := o.Field(name)
	if f == nil || !c.viewer.Reads(o, f) || f.Kind != schema.KindId && !f.ExternalId && !f.Unique {
		return nil
	}
	return f
}

// nested answers /sobjects/{object}/{key}/{name}, which is one of two: a record by an external id, or what belongs to
// a record.
func (s *Server) nested(byKey func(*call, *schema.Object, *schema.Field) (*answer, error), ofRecord func(*call, *schema.Object, schema.Id) (*answer, error)) operation {
	return func(c *call) (*answer, error) {
		o, err := s.object(c)
		if err != nil {
			return nil, err
		}
		if f := keyField(c, o, c.args["key"]); f != nil {
			return byKey(c, o, f)
		}
		o, id, err := s.target(c)
		if err != nil {
			return nil, err
		}
		return ofRecord(c, o, id)
	}
}

// readByKey answers GET /sobjects/{object}/{field}/{value}.
func (s *Server) readByKey(c *call, o *schema.Object, f *schema.Field) (*answer, error) {
	id, err := s.idByKey(c, o, f)
	if err != nil {
		return nil, err
	}
	return s.showRecord(c, o, id)
}

// deleteByKey answers DELETE /sobjects/{object}/{field}/{value}.
func (s *Server) deleteByKey(c *call, o *schema.Object, f *schema.Field) (*answer, error) {
	id, err := s.idByKey(c, o, f)
	if err != nil {
		return nil, err
	}
	return s.remove(c, o, id)
}

// idByKey returns the id of the one record that has the value of the address in a field.
func (s *Server) idByKey(c *call, o *schema.Object, f *schema.Field) (schema.Id, error) {
	value := c.args["name"]
	if f.Kind == schema.KindId {
		id, err := schema.ParseId(value)
		if err != nil || id.Prefix() != o.Prefix {
			return "", noRecord(value)
		}
		return id, nil
	}
	if _, err := f.ParseText(value); err != nil {
		return "", noRecord(value)
	}
	var ids []schema.Id
	err := s.read(c, func(tx *store.Tx) error {
		page, err := s.selectWhere(c, tx, o, []string{"Id"}, f.Name, value)
		if err == nil {
			ids = page.Ids()
		}
		return err
	})
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", noRecord(value)
	case len(ids) > 1:
		return "", &record.MultipleMatches{Field: f, Ids: ids}
	}
	return ids[0], nil
}

// upsertByKey answers PATCH /sobjects/{object}/{field}/{value}: the record that has the value in the field is changed,
// or made when there is none.
func (s *Server) upsertByKey(c *call, o *schema.Object, f *schema.Field) (*answer, error) {
	patch, err := s.patch(c, o, c.body, false)
	if err != nil {
		return nil, err
	}
	if err := c.precondition(&patch); err != nil {
		return nil, err
	}
	only := c.query.Get("updateOnly") == "true" || f.Kind == schema.KindId
	if err := key(&patch, o, f, c.args["name"]); err != nil {
		return nil, err
	}
	r, err := s.apply(c, record.Batch{Op: record.Upsert, Object: o, Patches: []record.Patch{patch}, By: f, UpdateOnly: only})
	if err != nil {
		return nil, gone(err, schema.Id(c.args["name"]))
	}
	status := http.StatusOK
	if r.Created {
		status = http.StatusCreated
	}
	a, err := answerWith(status, saved{Id: &r.Id, Success: true, Errors: []rowProblem{}, Created: &r.Created})
	if err != nil {
		return nil, err
	}
	a.set("Location", c.base()+"/sobjects/"+o.Name+"/"+string(r.Id))
	a.set("ETag", etag(r.Version))
	return a, s.remember(c, o, r.Id)
}

// key sets the field by which an upsert finds its record to the value of the address.
func key(p *record.Patch, o *schema.Object, f *schema.Field, value string) error {
	if f.Kind == schema.KindId {
		id, err := schema.ParseId(value)
		if err != nil || id.Prefix() != o.Prefix {
			return noRecord(value)
		}
		p.Id = id
		return nil
	}
	v, err := f.ParseText(value)
	if err != nil {
		return schema.Refuse("INVALID_FIELD", f.Name+": "+err.Error()+": "+value, f.Name)
	}
	p.Set(f, v)
	return nil
}

// createUnderId answers POST /sobjects/{object}/Id, an upsert without an id.
func (s *Server) createUnderId(c *call) (*answer, error) {
	if keyName := c.args["key"]; keyName != "Id" && keyName != "id" {
		return nil, &wrongMethod{schema.Refuse("METHOD_NOT_ALLOWED", "HTTP Method 'POST' not allowed. Allowed are GET, PATCH, DELETE"), "GET, PATCH, DELETE"}
	}
	return s.createRecord(c)
}
