package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// toolingRoutes are the addresses by which administrators change objects, fields and rules while the house runs.
func (s *Server) toolingRoutes() []route {
	return []route{
		{method: "GET", pattern: "/tooling", about: "The resources of the tooling API", do: s.toolingRoot},
		{method: "GET", pattern: "/tooling/sobjects", about: "What can be defined, in brief", do: s.toolingObjects},
		{method: "GET", pattern: "/tooling/sobjects/{object}/describe", about: "A definition described like an object", do: s.toolingDescribe},
		{method: "POST", pattern: "/tooling/sobjects/{object}", about: "Define an object, a field or a rule", do: s.toolingCreate},
		{method: "GET", pattern: "/tooling/sobjects/{object}/{key}", about: "Read a definition with its metadata", do: s.toolingRead},
		{method: "PATCH", pattern: "/tooling/sobjects/{object}/{key}", about: "Change a definition", do: s.toolingUpdate},
		{method: "DELETE", pattern: "/tooling/sobjects/{object}/{key}", about: "Put a definition into the recycle bin", do: s.toolingDelete},
		{method: "GET", pattern: "/tooling/query", about: "Answer a query about definitions", do: s.readQuery(false)},
		{method: "GET", pattern: "/tooling/query/{locator}", about: "The next page of an answer", do: s.readMore},
	}
}

// definable is a kind of definition that has metadata.
type definable struct {
	object string
	// read makes metadata into a record; old is what it was, nil for a new one.
	read func(c *call, catalog *schema.Catalog, fullName string, metadata json.RawMessage, old any) (any, error)
	// show returns the full name and the metadata of a record.
	show func(rec any) (fullName string, metadata any)
}

// definables lists what can be defined through metadata.
var definables = []definable{
	{"CustomField", readFieldMetadata, showFieldMetadata},
	{"CustomObject", readObjectMetadata, showObjectMetadata},
	{"ValidationRule", readRuleMetadata, showRuleMetadata},
	{"StandardValueSet", readValuesMetadata, showValuesMetadata},
	{"Layout", readLayoutMetadata, showLayoutMetadata},
	{"CompactLayout", readCompactMetadata, showCompactMetadata},
}

// standardValueSet is the name under which the API knows the changed values of a declared picklist.
const standardValueSet = "StandardValueSet"

// definable returns the kind of definition that the address names, and the object whose records keep it.
func (s *Server) definable(c *call) (definable, *schema.Object, error) {
	i := slices.IndexFunc(definables, func(d definable) bool { return strings.EqualFold(d.object, c.args["object"]) })
	if i < 0 {
		return definable{}, nil, notFound()
	}
	name := definables[i].object
	if name == standardValueSet {
		name = "StandardDefinition"
	}
	o := s.visible(c, name)
	if o == nil {
		return definable{}, nil, notFound()
	}
	return definables[i], o, nil
}

func (s *Server) toolingRoot(c *call) (*answer, error) {
	base := c.base() + "/tooling"
	return ok(map[string]string{"sobjects": base + "/sobjects", "query": base + "/query"})
}

func (s *Server) toolingObjects(c *call) (*answer, error) {
	d := s.describer(c)
	d.base += "/tooling"
	list := []sobjectBrief{}
	for _, k := range definables {
		if o := d.catalog.Object(k.object); o != nil && d.visible(o) {
			list = append(list, d.brief(o))
		}
	}
	return s.cached(c, map[string]any{"encoding": "UTF-8", "maxBatchSize": maxCollection, "sobjects": list})
}

// toolingDescribe answers GET /tooling/sobjects/{object}/describe. The catalogue's own objects can be described, too.
func (s *Server) toolingDescribe(c *call) (*answer, error) {
	o := s.visible(c, c.args["object"])
	if v := s.engine.Virtual; o == nil && v != nil {
		o = v.Virtual(c.args["object"])
	}
	if o == nil || !c.viewer.Object(o).Has(access.Read) {
		return nil, notFound()
	}
	d := s.describer(c)
	d.base += "/tooling"
	return s.cached(c, d.whole(o))
}

// toolingBody is a definition as clients send it.
type toolingBody struct {
	FullName string
	Metadata json.RawMessage
}

func (c *call) toolingBody() (b toolingBody, err error) {
	if len(c.body) == 0 {
		return b, schema.Refuse("JSON_PARSER_ERROR", "The body is empty; send {\"FullName\": …, \"Metadata\": {…}}")
	}
	if err := c.decode(&b); err != nil {
		return b, err
	}
	return b, nil
}

// mayCustomize refuses those who may not change definitions.
func (c *call) mayCustomize() error {
	if c.viewer.May(access.CustomizeApplication) {
		return nil
	}
	return schema.Refuse("INSUFFICIENT_ACCESS", "The permission CustomizeApplication is needed to change objects, fields and rules")
}

func (s *Server) toolingCreate(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	d, o, err := s.definable(c)
	if err != nil {
		return nil, err
	}
	b, err := c.toolingBody()
	if err != nil {
		return nil, err
	}
	if b.Metadata == nil && d.object != standardValueSet {
		c.args["object"] = o.Name
		return s.createRecord(c)
	}
	var id schema.Id
	err = s.write(c, func(tx *record.Tx) error {
		rec, err := d.read(c, tx.Catalog(), b.FullName, b.Metadata, nil)
		if err != nil {
			return err
		}
		err = tx.Save(rec)
		id = schema.StandardOf(rec).Id
		return err
	})
	if err != nil {
		return nil, err
	}
	return answerWith(http.StatusCreated, map[string]any{"id": id, "success": true, "errors": []any{}, "warnings": []any{}, "infos": []any{}})
}

// toolingTarget returns the record of a definition that the address names by its id or its full name; nil when there
// is none.
func (s *Server) toolingTarget(c *call, r record.Reader, d definable, o *schema.Object) (any, error) {
	key := c.args["key"]
	if id, err := schema.ParseId(key); err == nil && id.Prefix() == o.Prefix {
		rec, err := record.GetAny(r, id)
		if errors.Is(err, record.ErrNotFound) {
			return nil, noRecord(key)
		}
		return rec, err
	}
	all, err := record.FindAny(r, o, "ORDER BY Id")
	if err != nil {
		return nil, err
	}
	for _, rec := range all {
		if name, _ := d.show(rec); strings.EqualFold(name, key) {
			return rec, nil
		}
	}
	return nil, nil
}

func (s *Server) toolingRead(c *call) (*answer, error) {
	d, o, err := s.definable(c)
	if err != nil {
		return nil, err
	}
	var rec any
	err = s.keeper.View(c.ctx, func(v *record.View) error {
		rec, err = s.toolingTarget(c, v, d, o)
		return err
	})
	if err == nil && rec == nil && d.object == standardValueSet {
		rec, err = declaredValues(s.catalog(c), c.args["key"])
	}
	if err == nil && rec == nil && d.object == "Layout" {
		rec, err = s.designed(c, c.args["key"])
	}
	if err != nil {
		return nil, err
	}
	if rec == nil {
		return nil, noRecord(c.args["key"])
	}
	name, metadata := d.show(rec)
	out := map[string]any{"FullName": name, "Metadata": metadata,
		"attributes": map[string]string{"type": d.object, "url": c.base() + "/tooling/sobjects/" + d.object + "/" + string(schema.StandardOf(rec).Id)}}
	for _, f := range o.Fields {
		if f.Kind.Store() != schema.StoreNone && c.viewer.Reads(o, f) && !f.Hidden {
			out[f.Name] = json.RawMessage(f.Append(nil, f.Get(rec)))
		}
	}
	return ok(out)
}

func (s *Server) toolingUpdate(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	d, o, err := s.definable(c)
	if err != nil {
		return nil, err
	}
	b, err := c.toolingBody()
	if err != nil {
		return nil, err
	}
	if b.Metadata == nil {
		c.args["object"] = o.Name
		return s.updateRecord(c)
	}
	err = s.write(c, func(tx *record.Tx) error {
		old, err := s.toolingTarget(c, tx, d, o)
		if err != nil {
			return err
		}
		if old == nil && d.object != standardValueSet {
			return noRecord(c.args["key"])
		}
		if old == nil && b.FullName == "" {
			b.FullName = c.args["key"]
		}
		rec, err := d.read(c, tx.Catalog(), b.FullName, b.Metadata, old)
		if err != nil {
			return err
		}
		return tx.Save(rec)
	})
	if err != nil {
		return nil, err
	}
	return done()
}

func (s *Server) toolingDelete(c *call) (*answer, error) {
	if err := c.mayCustomize(); err != nil {
		return nil, err
	}
	d, o, err := s.definable(c)
	if err != nil {
		return nil, err
	}
	err = s.write(c, func(tx *record.Tx) error {
		rec, err := s.toolingTarget(c, tx, d, o)
		if err != nil {
			return err
		}
		if rec == nil {
			return noRecord(c.args["key"])
		}
		return tx.Delete(schema.StandardOf(rec).Id)
	})
	if err != nil {
		return nil, err
	}
	return done()
}
