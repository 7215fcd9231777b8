package org

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/schema"
)

// ValueSet is the values of a picklist as the Tooling API writes them.
type ValueSet struct {
	Restricted       bool           `json:"restricted"`
	ControllingField string         `json:"controllingField,omitempty"`
	Definition       ValueSetBody   `json:"valueSetDefinition"`
	Settings         []ValueSetting `json:"valueSettings,omitempty"`
}

// ValueSetBody is the list of values itself.
type ValueSetBody struct {
	Sorted bool          `json:"sorted"`
	Values []CustomValue `json:"value"`
}

// CustomValue is one value. It is named ValueName in JSON and FullName where the metadata was XML.
type CustomValue struct {
	ValueName string `json:"valueName,omitempty"`
	FullName  string `json:"fullName,omitempty"`
	Label     string `json:"label,omitempty"`
	Default   bool   `json:"default"`
	Active    *bool  `json:"isActive,omitempty"`       // nil is active
	Category  string `json:"groupingString,omitempty"` // of a status: what rules depend on
	Color     string `json:"color,omitempty"`          // one of [schema.Colors]
}

// ValueSetting says under which controlling values a value may be chosen.
type ValueSetting struct {
	Controlling []string `json:"controllingFieldValue"`
	ValueName   string   `json:"valueName"`
}

// Name returns the value as it is stored.
func (v CustomValue) Name() string {
	if v.ValueName != "" {
		return v.ValueName
	}
	return v.FullName
}

// maxValues is how many values a picklist may have.
const maxValues = 1000

// readValueSet reads the kept values of the picklist of a field. Faults name that field.
func readValueSet(text, field string) (ValueSet, []schema.Choice, error) {
	var set ValueSet
	refuse := func(format string, args ...any) (ValueSet, []schema.Choice, error) {
		return set, nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", field+": "+fmt.Sprintf(format, args...), "Picklist")
	}
	if err := json.Unmarshal([]byte(text), &set); err != nil {
		return refuse("the value set can't be read: %v", err)
	}
	if len(set.Definition.Values) == 0 || len(set.Definition.Values) > maxValues {
		return refuse("a picklist has 1 to %d values", maxValues)
	}
	var choices []schema.Choice
	defaults := 0
	for _, v := range set.Definition.Values {
		name := strings.TrimSpace(v.Name())
		switch {
		case name == "" || len([]rune(name)) > 255:
			return refuse("a value has 1 to 255 characters")
		case strings.Contains(name, ";"):
			return refuse("the value %q may not hold a semicolon", name)
		case slices.ContainsFunc(choices, func(c schema.Choice) bool { return strings.EqualFold(c.Value, name) }):
			return refuse("the value %q comes twice", name)
		case v.Color != "" && !slices.Contains(schema.Colors, v.Color):
			return refuse("the value %q can't have the color %q; choose one of %s", name, v.Color, strings.Join(schema.Colors, ", "))
		case v.Default && v.Active != nil && !*v.Active:
			return refuse("the default value %q is not active", name)
		}
		if v.Default {
			defaults++
		}
		choices = append(choices, schema.Choice{Value: name, Label: v.Label, Category: v.Category, Color: v.Color, Default: v.Default, Inactive: v.Active != nil && !*v.Active, ValidFor: set.validFor(name)})
	}
	if defaults > 1 {
		return refuse("one value can be the default, not %d", defaults)
	}
	if set.Definition.Sorted {
		slices.SortStableFunc(choices, func(a, b schema.Choice) int {
			return strings.Compare(strings.ToLower(shown(a)), strings.ToLower(shown(b)))
		})
	}
	return set, choices, nil
}

func shown(c schema.Choice) string {
	if c.Label != "" {
		return c.Label
	}
	return c.Value
}

// never is a controlling value that no record has: values are trimmed and not empty.
const never = " "

// validFor lists the controlling values under which a value may be chosen; none is all. A value that is listed without
// any may never be chosen.
func (s *ValueSet) validFor(name string) []string {
	var under []string
	for _, v := range s.Settings {
		if !strings.EqualFold(v.ValueName, name) {
			continue
		}
		if under = append(under, v.Controlling...); len(under) == 0 {
			return []string{never}
		}
	}
	return under
}

// WriteValueSet returns the choices of a field as a value set.
func WriteValueSet(f *schema.Field) ValueSet {
	set := ValueSet{Restricted: f.Restricted, ControllingField: f.Controller, Definition: ValueSetBody{Values: []CustomValue{}}}
	for _, c := range f.Choices {
		active := !c.Inactive
		set.Definition.Values = append(set.Definition.Values, CustomValue{ValueName: c.Value, Label: shown(c), Default: c.Default, Active: &active, Category: c.Category, Color: c.Color})
		if len(c.ValidFor) > 0 {
			set.Settings = append(set.Settings, ValueSetting{Controlling: c.ValidFor, ValueName: c.Value})
		}
	}
	return set
}
