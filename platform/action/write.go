package action

import (
	"reflect"
	"slices"
	"strconv"

	"truckroll/platform/schema"
)

// AppendJSON appends an action's output as JSON: the fields of structs in their order, nulls as null, lists never null.
func AppendJSON(b []byte, output any) []byte { return appendValue(b, reflect.ValueOf(output)) }

func appendValue(b []byte, v reflect.Value) []byte {
	if !v.IsValid() {
		return append(b, "null"...)
	}
	if k := kindOf(v.Type()); k != nil {
		return k.Append(b, plain(v))
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, "null"...)
		}
		return appendValue(b, v.Elem())
	case reflect.String:
		return schema.AppendJSONString(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Slice:
		return appendList(b, v)
	case reflect.Map:
		return appendMap(b, v)
	case reflect.Struct:
		return appendStruct(b, v)
	}
	return append(b, "null"...)
}

// plain returns a value of package schema as schema.Field.Get returns it.
func plain(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case schema.Currency:
		return x.Decimal
	case schema.Percent:
		return x.Decimal
	}
	if v.Kind() == reflect.String {
		return v.String()
	}
	return v.Interface()
}

func appendList(b []byte, v reflect.Value) []byte {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendValue(b, v.Index(i))
	}
	return append(b, ']')
}

// appendMap appends the members of a map in the order of their names.
func appendMap(b []byte, v reflect.Value) []byte {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int {
		if x.String() < y.String() {
			return -1
		}
		return 1
	})
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(schema.AppendJSONString(b, k.String()), ':')
		b = appendValue(b, v.MapIndex(k))
	}
	return append(b, '}')
}

func appendStruct(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	for i, f := range fieldsOf(v.Type()) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(schema.AppendJSONString(b, f.name), ':')
		b = appendValue(b, v.FieldByIndex(f.index))
	}
	return append(b, '}')
}
