package org

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// TypeChoices says, by picklist, which of its values records of a type may have.
type TypeChoices map[string]TypeChoice

// TypeChoice is the values of one picklist that go with a record type, and which of them a new record begins with.
type TypeChoice struct {
	Values  []string `json:"values"`
	Default string   `json:"default,omitempty"`
}

// Choices returns what r says of picklists; nil where it says nothing.
func (r *RecordType) Choices() (TypeChoices, error) {
	if r.PicklistValues == "" {
		return nil, nil
	}
	var c TypeChoices
	if err := json.Unmarshal([]byte(r.PicklistValues), &c); err != nil {
		return nil, badDefinition("PicklistValues", `the values can't be read: %v; write {"Priority": {"values": ["Low", "High"], "default": "Low"}}`, err)
	}
	return c, nil
}

// recordTypeRules are the rules by which records take the choices of their type.
var recordTypeRules = record.Book{
	record.Fill("record type: about an object that has them, once, with choices that are there", fillRecordType),
	record.FillAny("record type: a new record begins with a choice of its type", hasRecordType, fillTypeDefaults),
	record.CheckAny("record type: a record has choices of its type", hasRecordType, checkTypeChoices),
}

func hasRecordType(o *schema.Object) bool { return o.Field("RecordTypeId") != nil }

func fillRecordType(tx *record.Tx, c *record.Change[RecordType]) error {
	r := c.New
	o := tx.Catalog().Object(r.SobjectType)
	if o == nil || !hasRecordType(o) {
		return badDefinition("SobjectType", "%s is no object whose records have types", r.SobjectType)
	}
	r.SobjectType = o.Name
	if r.DeveloperName == "" {
		r.DeveloperName = strings.ReplaceAll(strings.TrimSpace(r.Name), " ", "_")
	}
	if c.Insert || c.Old.DeveloperName != r.DeveloperName {
		if err := checkDeveloperName(r.DeveloperName); err != nil {
			return err
		}
		others, err := record.Find[RecordType](tx, "SobjectType = ? AND DeveloperName = ?", o.Name, r.DeveloperName)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(others, func(other *RecordType) bool { return other.Id != r.Id }) {
			return schema.Refuse("DUPLICATE_DEVELOPER_NAME", o.Name+" has a record type "+r.DeveloperName+" already", "DeveloperName")
		}
	}
	return r.tidy(o)
}

// tidy writes the choices with the names and values that the catalogue has, and refuses what it has not.
func (r *RecordType) tidy(o *schema.Object) error {
	choices, err := r.Choices()
	if err != nil || choices == nil {
		return err
	}
	tidied := TypeChoices{}
	for name, t := range choices {
		f := o.Field(name)
		if f == nil || f.Kind != schema.KindPicklist && f.Kind != schema.KindMultiPicklist {
			return badDefinition("PicklistValues", "%s has no picklist %s", o.Name, name)
		}
		for i, v := range t.Values {
			c := f.Choice(v)
			if c == nil {
				return badDefinition("PicklistValues", "%s has no value %s", f.Name, v)
			}
			t.Values[i] = c.Value
		}
		if t.Default != "" && !slices.Contains(t.Values, t.Default) {
			return badDefinition("PicklistValues", "%s: the default %s is not among the values of the record type", f.Name, t.Default)
		}
		if len(t.Values) == 0 && f.Required {
			return badDefinition("PicklistValues", "%s can't be empty: leave it at least one value", f.Name)
		}
		tidied[f.Name] = t
	}
	b, err := json.Marshal(tidied)
	r.PicklistValues = schema.LongText(b)
	return err
}

// typeChoices returns the choices that go with the type of a record; nil where all do.
func typeChoices(r record.Reader, c record.AnyChange) (*RecordType, TypeChoices, error) {
	id := schema.Ref[RecordType](c.Object.Field("RecordTypeId").Text(c.New))
	if id == "" {
		return nil, nil, nil
	}
	t, err := record.Get(r, id)
	if err != nil {
		return nil, nil, err
	}
	choices, err := t.Choices()
	return t, choices, err
}

// fillTypeDefaults gives a new record the default of its type where it has one that does not go with the type. A value
// that somebody chose is not changed: it is refused later.
func fillTypeDefaults(tx *record.Tx, c record.AnyChange) error {
	if !c.Insert {
		return nil
	}
	_, choices, err := typeChoices(tx, c)
	if err != nil {
		return err
	}
	for name, t := range choices {
		f := c.Object.Field(name)
		if f == nil {
			continue // deleted since
		}
		value := f.Text(c.New)
		if value == "" && t.Default != "" || value != "" && value == f.Default && !slices.Contains(t.Values, value) {
			f.Set(c.New, t.Default)
		}
	}
	return nil
}

// checkTypeChoices refuses choices that do not go with the type. What a record had before stays until it is changed.
func checkTypeChoices(r record.Reader, c record.AnyChange) error {
	t, choices, err := typeChoices(r, c)
	if err != nil || choices == nil {
		return err
	}
	fresh := c.Insert || c.Changed("RecordTypeId")
	var faults record.Faults
	for name, allowed := range choices {
		f := c.Object.Field(name)
		if f == nil || f.Null(c.New) || !fresh && !c.Changed(name) {
			continue
		}
		for value := range strings.SplitSeq(f.Text(c.New), ";") {
			if !slices.Contains(allowed.Values, value) {
				faults = append(faults, record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
					fmt.Sprintf("%s: %s does not go with the record type %s; choose %s", f.Label, value, t.Name, cmp.Or(strings.Join(allowed.Values, ", "), "nothing")), f.Name).(*record.Fault))
			}
		}
	}
	if len(faults) == 0 {
		return nil
	}
	slices.SortFunc(faults, func(a, b *record.Fault) int { return strings.Compare(a.Message, b.Message) })
	return faults
}
