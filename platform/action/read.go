package action

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// read reads a JSON object into in, a struct. A mistake is a fault that names the place.
func read(raw json.RawMessage, in reflect.Value) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return record.Refuse("JSON_PARSER_ERROR", "The input is not JSON: "+err.Error())
	}
	return fill(in, tree, "", nil)
}

// wrong returns the fault of a value that can't be used.
func wrong(place, what string) error {
	if place == "" {
		place = "input"
	}
	return record.Refuse("INVALID_ARGUMENT", place+": "+what, place)
}

// fill sets v, at place, to x: what encoding/json decoded, with numbers kept as json.Number.
func fill(v reflect.Value, x any, place string, tag *field) error {
	if x == nil {
		return nil // null is the zero value
	}
	if k := kindOf(v.Type()); k != nil {
		return fillScalar(v, k, x, place, tag)
	}
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		if err := fill(p.Elem(), x, place, tag); err != nil {
			return err
		}
		v.Set(p)
		return nil
	case reflect.Slice:
		return fillList(v, x, place, tag)
	case reflect.Map:
		return fillMap(v, x, place)
	case reflect.Struct:
		return fillStruct(v, x, place)
	case reflect.Interface:
		v.Set(reflect.ValueOf(x))
		return nil
	}
	return fillBasic(v, x, place, tag)
}

// fillScalar sets a value of package schema.
func fillScalar(v reflect.Value, k *schema.Field, x any, place string, tag *field) error {
	parsed, err := k.Parse(x)
	if err != nil {
		return wrong(place, err.Error())
	}
	if text, ok := parsed.(string); ok {
		if err := checkText(text, place, tag, k); err != nil {
			return err
		}
		if c := k.Choice(text); c != nil {
			text = c.Value
		}
		v.SetString(text)
		return nil
	}
	if v.Type() != reflect.TypeOf(parsed) {
		v = v.Field(0) // Currency and Percent embed their Decimal
	}
	v.Set(reflect.ValueOf(parsed))
	return nil
}

// checkText holds a text to its length and to its choices.
func checkText(text, place string, tag *field, k *schema.Field) error {
	if tag != nil && tag.max > 0 && utf8.RuneCountInString(text) > tag.max {
		return wrong(place, fmt.Sprintf("the text is longer than %d characters", tag.max))
	}
	if text != "" && k != nil && len(k.Choices) > 0 && k.Choice(text) == nil {
		return wrong(place, "choose one of "+strings.Join(values(k), ", "))
	}
	return nil
}

func values(k *schema.Field) []string {
	all := make([]string, len(k.Choices))
	for i, c := range k.Choices {
		all[i] = c.Value
	}
	return all
}

// fillBasic sets a Go string, boolean or whole number.
func fillBasic(v reflect.Value, x any, place string, tag *field) error {
	switch v.Kind() {
	case reflect.String:
		s, ok := x.(string)
		if !ok {
			return wrong(place, "a text is expected")
		}
		v.SetString(s)
		return checkText(s, place, tag, nil)
	case reflect.Bool:
		b, ok := x.(bool)
		if !ok {
			return wrong(place, "true or false is expected")
		}
		v.SetBool(b)
		return nil
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(fmt.Sprint(x), 10, 64)
		if err != nil || math.Abs(float64(n)) > 1<<53 {
			return wrong(place, "a whole number is expected")
		}
		v.SetInt(n)
		return nil
	}
	return fmt.Errorf("%s: no value for Go type %v", place, v.Type())
}

func fillList(v reflect.Value, x any, place string, tag *field) error {
	items, ok := x.([]any)
	if !ok {
		return wrong(place, "a list is expected")
	}
	list := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		if err := fill(list.Index(i), item, fmt.Sprintf("%s[%d]", place, i), tag); err != nil {
			return err
		}
	}
	v.Set(list)
	return nil
}

func fillMap(v reflect.Value, x any, place string) error {
	members, ok := x.(map[string]any)
	if !ok {
		return wrong(place, "an object is expected")
	}
	v.Set(reflect.MakeMap(v.Type()))
	for name, member := range members {
		item := reflect.New(v.Type().Elem()).Elem()
		if err := fill(item, member, join(place, name), nil); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), item)
	}
	return nil
}

// fillStruct sets the fields of a struct. A member that is no field, and a required one that is not there, is a fault.
func fillStruct(v reflect.Value, x any, place string) error {
	members, ok := x.(map[string]any)
	if !ok {
		return wrong(place, "an object is expected")
	}
	fields := fieldsOf(v.Type())
	for name := range members {
		if !slices.ContainsFunc(fields, func(f field) bool { return strings.EqualFold(f.name, name) }) {
			return wrong(join(place, name), "there is no such input")
		}
	}
	for i := range fields {
		f := &fields[i]
		x := member(members, f.name)
		if f.required && (x == nil || x == "") {
			return record.Refuse("REQUIRED_FIELD_MISSING", "Required fields are missing: ["+join(place, f.name)+"]", join(place, f.name))
		}
		if err := fill(v.FieldByIndex(f.index), x, join(place, f.name), f); err != nil {
			return err
		}
	}
	return nil
}

// member returns the value of a name, matched without case.
func member(members map[string]any, name string) any {
	if x, ok := members[name]; ok {
		return x
	}
	for other, x := range members {
		if strings.EqualFold(other, name) {
			return x
		}
	}
	return nil
}

func join(place, name string) string {
	if place == "" {
		return name
	}
	return place + "." + name
}

// field is one field of an input or output.
type field struct {
	name     string // in JSON
	label    string
	help     string
	max      int // characters
	required bool
	typ      reflect.Type
	index    []int
}

// fieldsOf lists the fields of a struct; those of an embedded struct are its own.
func fieldsOf(t reflect.Type) []field {
	var all []field
	for _, sf := range reflect.VisibleFields(t) {
		if sf.Anonymous || !sf.IsExported() {
			continue
		}
		max, _ := strconv.Atoi(sf.Tag.Get("max"))
		f := field{name: sf.Tag.Get("json"), label: sf.Tag.Get("label"), help: sf.Tag.Get("help"), max: max, typ: sf.Type, index: sf.Index}
		f.required = slices.Contains(strings.Fields(sf.Tag.Get("field")), "required")
		if f.name == "" {
			f.name = lowerFirst(sf.Name)
		}
		if f.label == "" {
			f.label = words(sf.Name)
		}
		all = append(all, f)
	}
	return all
}

// lowerFirst makes RecordId recordId.
func lowerFirst(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[size:]
}

// words makes RecordId "Record Id".
func words(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
