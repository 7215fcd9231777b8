package record

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// Patch is a set of new values for one record. Whatever wants to change a record from outside (REST, bulk, sync, the
// board) arrives as a Patch.
type Patch struct {
	Id     schema.Id // of the record, where the body named it
	Values []Value   // each field at most once
	Links  []Link    // parents that are named by an external id

	Version         int64     // the version that the caller saw; 0 is any
	UnmodifiedSince time.Time // the record must not have changed after this second; zero is any
}

// Value is the new value of one field, in the Go type of the field's [schema.Store].
type Value struct {
	Field *schema.Field
	Value any
}

// Link names the record that a reference field shall point to by an external id: {"Account": {"Ext__c": "x"}}.
type Link struct {
	Field *schema.Field  // the reference
	To    *schema.Object // where to look
	By    *schema.Field  // unique among the records of To
	Value any
}

// Set adds a value, replacing what the patch holds of the same field.
func (p *Patch) Set(f *schema.Field, v any) {
	if i := slices.IndexFunc(p.Values, func(x Value) bool { return x.Field == f }); i >= 0 {
		p.Values[i].Value = v
		return
	}
	p.Values = append(p.Values, Value{f, v})
}

// value returns what p holds of f.
func (p *Patch) value(f *schema.Field) (any, bool) {
	for _, v := range p.Values {
		if v.Field == f {
			return v.Value, true
		}
	}
	return nil, false
}

// PatchReader reads patches of one object on behalf of one viewer. A field that the viewer may not read does not exist
// for it.
type PatchReader struct {
	catalog *schema.Catalog
	object  *schema.Object
	viewer  access.Viewer
	insert  bool
}

// NewPatchReader returns a reader of patches for records of o that are to be inserted or, when insert is false,
// updated. That a field is set for good on insert is not the reader's concern: the corridor refuses to change it.
func NewPatchReader(c *schema.Catalog, o *schema.Object, v access.Viewer, insert bool) *PatchReader {
	return &PatchReader{c, o, v, insert}
}

// JSON reads a JSON object. "attributes" is ignored; "Id" and "_version" go to the Patch's own fields. Every mistake is
// a [Fault] that names the field.
func (r *PatchReader) JSON(data []byte) (Patch, error) {
	var p Patch
	var wrong Faults
	err := eachMember(data, func(name string, raw json.RawMessage) error {
		f, ok := FaultsOf(r.member(&p, name, raw))
		if ok {
			wrong = append(wrong, f...)
		}
		return nil
	})
	if err != nil {
		return Patch{}, err
	}
	return p, gather(wrong).err()
}

// gather joins the faults about fields that can't be written into one, as the API does.
func gather(wrong Faults) Faults {
	var names []string
	rest := wrong[:0:0]
	for _, f := range wrong {
		if f.Code == "INVALID_FIELD_FOR_INSERT_UPDATE" {
			names = append(names, f.Fields...)
		} else {
			rest = append(rest, f)
		}
	}
	if len(names) > 0 {
		rest = append(rest, notWritable(names...))
	}
	return rest
}

// member reads one member of the JSON object of a record.
func (r *PatchReader) member(p *Patch, name string, raw json.RawMessage) error {
	switch {
	case strings.EqualFold(name, "attributes"):
		return nil
	case name == "_version":
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || n < 1 {
			return unreadable("_version: value not of required type: the whole number that a read gave", name)
		}
		p.Version = n
		return nil
	}
	if f := r.object.Reference(name); f != nil && len(raw) > 0 && raw[0] == '{' && r.viewer.Reads(r.object, f) {
		return r.link(p, f, raw)
	}
	return r.put(p, name, scalar(raw))
}

// link reads {"Ext__c": "x"} as the parent that f shall point to. "attributes" may give its object, which a
// polymorphic reference needs.
func (r *PatchReader) link(p *Patch, f *schema.Field, raw json.RawMessage) error {
	if err := r.writable(f); err != nil {
		return err
	}
	to := r.catalog.Object(f.To[0])
	by, key := "", any(nil)
	err := eachMember(raw, func(name string, raw json.RawMessage) error {
		if name == "attributes" {
			var a struct {
				Type string `json:"type"`
			}
			if json.Unmarshal(raw, &a) == nil && a.Type != "" {
				to = r.catalog.Object(a.Type)
			}
			return nil
		}
		if by != "" {
			return unreadable(f.Relationship()+": name the parent by one external id field", f.Relationship())
		}
		by, key = name, scalar(raw)
		return nil
	})
	if err != nil {
		return err
	}
	return r.addLink(p, f, to, by, key)
}

// addLink adds a parent named by the external id by of object to.
func (r *PatchReader) addLink(p *Patch, f *schema.Field, to *schema.Object, by string, key any) error {
	k, err := r.linkKey(f, to, by)
	if err != nil {
		return err
	}
	v, err := k.Parse(key)
	if err != nil || schema.IsNull(v) {
		return unreadable(fmt.Sprintf("%s.%s: a value is needed to find the parent", f.Relationship(), k.Name), f.Relationship())
	}
	if k.Kind == schema.KindId {
		p.Set(f, v)
		return nil
	}
	p.Links = append(p.Links, Link{f, to, k, v})
	return nil
}

// linkKey returns the field of to by which a record can be named that f shall point to.
func (r *PatchReader) linkKey(f *schema.Field, to *schema.Object, by string) (*schema.Field, error) {
	if to == nil || !slices.Contains(f.To, to.Name) || !r.viewer.Object(to).Has(access.Read) {
		return nil, fault("INVALID_FIELD", fmt.Sprintf("%s leads to %s", f.Relationship(), strings.Join(f.To, " or ")), f.Relationship())
	}
	k := to.Field(by)
	if k == nil || !r.viewer.Reads(to, k) {
		return nil, noSuchField(to, by)
	}
	if k.Kind != schema.KindId && !k.ExternalId && !k.Unique {
		return nil, fault("INVALID_FIELD", fmt.Sprintf("Foreign key external ID: %s.%s is not an external id", to.Name, k.Name), f.Relationship())
	}
	return k, nil
}

// put parses v, the API's form of a value, and adds it to p.
func (r *PatchReader) put(p *Patch, name string, v any) error {
	f := r.object.Field(name)
	if f == nil || !r.viewer.Reads(r.object, f) {
		return noSuchField(r.object, name)
	}
	if f.Kind == schema.KindId {
		return readId(p, v)
	}
	if err := r.writable(f); err != nil {
		return err
	}
	x, err := f.Parse(v)
	if err != nil {
		return wrongKind(f, v, err)
	}
	if text, ok := x.(string); ok && f.Kind != schema.KindLongText {
		x = strings.TrimSpace(text)
	}
	p.Set(f, x)
	return nil
}

func readId(p *Patch, v any) error {
	if v == nil || v == "" {
		return nil
	}
	s, _ := v.(string)
	id, err := schema.ParseId(s)
	if err != nil {
		return fault("MALFORMED_ID", fmt.Sprintf("Record ID: id value of incorrect type: %s", shorten(fmt.Sprint(v))), "Id")
	}
	p.Id = id
	return nil
}

// wrongKind words a value that f cannot take.
func wrongKind(f *schema.Field, v any, err error) *Fault {
	text := fmt.Sprint(v)
	if raw, ok := v.(json.RawMessage); ok {
		text = string(raw)
	}
	if f.Kind == schema.KindReference {
		return malformedId(f, text)
	}
	return unreadable(fmt.Sprintf("%s: %s: %s", f.Name, err, shorten(text)), f.Name)
}

// auditFields may be set on insert by a viewer with the permission CreateAuditFields, who brings data from elsewhere.
var auditFields = []string{"CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById"}

// writable reports, as an error, that the caller may not set f.
func (r *PatchReader) writable(f *schema.Field) error {
	switch {
	case r.insert && slices.Contains(auditFields, f.Name) && r.viewer.May("CreateAuditFields"):
		return nil
	case !f.Createable(), !r.viewer.Edits(r.object, f):
		return notWritable(f.Name)
	}
	return nil
}
