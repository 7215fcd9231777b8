package org

import (
	"encoding/json"
	"slices"
	"strings"

	"truckroll/platform/layout"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// layoutRules hold that what is laid out is there, and that there is one layout for everybody.
var layoutRules = record.Book{
	record.Fill("layout: fits its object", fillLayout),
	record.Fill("layout assignment: one for a profile and record type", fillProfileLayout),
	record.Fill("compact layout: fits its object, one for a record type", fillCompactLayout),
	record.Fill("search layout: fits its object, one of a kind", fillSearchLayout),
	record.Follow("custom field: stands on the layouts of its object", layOutField),
}

// laidOut returns an object that pages can be laid out for.
func laidOut(tx *record.Tx, name string) (*schema.Object, error) {
	o := tx.Catalog().Object(name)
	if o == nil {
		return nil, badDefinition("TableEnumOrId", "There is no object %s", name)
	}
	return o, nil
}

func fillLayout(tx *record.Tx, c *record.Change[Layout]) error {
	l := c.New
	o, err := laidOut(tx, l.TableEnumOrId)
	if err != nil {
		return err
	}
	l.TableEnumOrId = o.Name
	if !c.Insert && c.Old.Body == l.Body {
		return nil
	}
	p, err := layout.Read(tx.Catalog(), o, []byte(l.Body))
	if err != nil {
		return err
	}
	b, err := json.Marshal(p)
	l.Body = schema.LongText(b)
	return err
}

func fillProfileLayout(tx *record.Tx, c *record.Change[ProfileLayout]) error {
	a := c.New
	l, err := record.Get[Layout](tx, a.LayoutId)
	if err != nil {
		return err
	}
	a.TableEnumOrId = l.TableEnumOrId
	if err := fitsRecordType(tx, a.RecordTypeId, a.TableEnumOrId); err != nil {
		return err
	}
	others, err := record.Find[ProfileLayout](tx, "TableEnumOrId = ?", a.TableEnumOrId)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(b *ProfileLayout) bool {
		return b.Id != a.Id && b.ProfileId == a.ProfileId && b.RecordTypeId == a.RecordTypeId
	}) {
		return schema.Refuse("DUPLICATE_VALUE", a.TableEnumOrId+" has a layout for this profile and record type already: change that assignment", "ProfileId", "RecordTypeId")
	}
	return nil
}

// fitsRecordType refuses the record type of another object.
func fitsRecordType(tx *record.Tx, id schema.Ref[RecordType], object string) error {
	if id == "" {
		return nil
	}
	t, err := record.Get[RecordType](tx, id)
	if err == nil && !strings.EqualFold(t.SobjectType, object) {
		err = badDefinition("RecordTypeId", "The record type %s is of %s, not of %s", t.Name, t.SobjectType, object)
	}
	return err
}

func fillCompactLayout(tx *record.Tx, c *record.Change[CompactLayout]) error {
	l := c.New
	o, err := laidOut(tx, l.TableEnumOrId)
	if err != nil {
		return err
	}
	names, err := layout.Columns(tx.Catalog(), o, string(l.Fields), "Fields")
	if err != nil {
		return err
	}
	l.TableEnumOrId, l.Fields = o.Name, schema.LongText(strings.Join(names, ","))
	if err := fitsRecordType(tx, l.RecordTypeId, o.Name); err != nil {
		return err
	}
	others, err := record.Find[CompactLayout](tx, "TableEnumOrId = ?", o.Name)
	if err == nil && slices.ContainsFunc(others, func(b *CompactLayout) bool { return b.Id != l.Id && b.RecordTypeId == l.RecordTypeId }) {
		err = schema.Refuse("DUPLICATE_VALUE", o.Name+" has a compact layout for this record type already: change that", "RecordTypeId")
	}
	return err
}

func fillSearchLayout(tx *record.Tx, c *record.Change[SearchLayout]) error {
	l := c.New
	o, err := laidOut(tx, l.TableEnumOrId)
	if err != nil {
		return err
	}
	names, err := layout.Columns(tx.Catalog(), o, string(l.Fields), "Fields")
	if err != nil {
		return err
	}
	l.TableEnumOrId, l.Fields = o.Name, schema.LongText(strings.Join(names, ","))
	others, err := record.Find[SearchLayout](tx, "TableEnumOrId = ? AND LayoutType = ?", o.Name, string(l.LayoutType))
	if err == nil && slices.ContainsFunc(others, func(b *SearchLayout) bool { return b.Id != l.Id }) {
		err = schema.Refuse("DUPLICATE_VALUE", o.Name+" has columns for "+string(l.LayoutType)+" already: change these", "LayoutType")
	}
	return err
}

// layOutField puts a new custom field at the end of the first section of every layout of its object, where its maker
// will look for it.
func layOutField(tx *record.Tx, c record.Change[CustomField]) error {
	if !c.Insert {
		return nil
	}
	layouts, err := record.Find[Layout](tx, "TableEnumOrId = ?", c.New.TableEnumOrId)
	if err != nil {
		return err
	}
	for _, l := range layouts {
		var p layout.Page
		if err := json.Unmarshal([]byte(l.Body), &p); err != nil {
			return err
		}
		if len(p.Sections) == 0 || slices.Contains(p.Names(), c.New.APIName()) {
			continue
		}
		p.Sections[0].Append(c.New.APIName())
		b, err := json.Marshal(p)
		if err != nil {
			return err
		}
		l.Body = schema.LongText(b)
		if err := tx.Save(l); err != nil {
			return err
		}
	}
	return nil
}
