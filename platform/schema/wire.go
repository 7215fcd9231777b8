package schema

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads the API's form of a value: what encoding/json decoded with numbers kept as json.Number, or the text of
// a CSV cell. It returns the Go type of f's [Store]; null is the zero value. Lengths and choices are not its concern.
func (f *Field) Parse(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return f.Zero(), nil
	case string:
		return f.ParseText(v)
	case bool:
		if f.Kind == KindBoolean {
			return v, nil
		}
	case json.Number:
		return f.parseNumber(v.String())
	case float64:
		return f.parseNumber(strconv.FormatFloat(v, 'g', -1, 64))
	}
	return nil, fmt.Errorf("value not of required type: %s", f.wants())
}

// ParseText reads the text form of a value; "" is null.
func (f *Field) ParseText(s string) (any, error) {
	if s == "" {
		return f.Zero(), nil
	}
	switch f.Kind.Store() {
	case StoreText:
		return f.parseString(s)
	case StoreBool:
		switch strings.ToLower(s) {
		case "true", "1", "yes":
			return true, nil
		case "false", "0", "no":
			return false, nil
		}
	case StoreInt, StoreDecimal:
		return f.parseNumber(s)
	case StoreDate:
		return wrap(ParseDate(s))
	case StoreInstant:
		return wrap(ParseDateTime(s))
	case StoreTime:
		return wrap(ParseTime(s))
	}
	return nil, fmt.Errorf("value not of required type: %s", f.wants())
}

func (f *Field) parseString(s string) (any, error) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return nil, fmt.Errorf("the text is not valid UTF-8 or holds a NUL")
	}
	if f.Kind == KindReference || f.Kind == KindId {
		id, err := ParseId(s)
		return string(id), err
	}
	return s, nil
}

func (f *Field) parseNumber(s string) (any, error) {
	switch f.Kind.Store() {
	case StoreDecimal:
		return wrap(ParseDecimal(s))
	case StoreInt:
		d, err := ParseDecimal(s)
		if err != nil || d.scale != 0 || d.units > math.MaxInt32 || d.units < math.MinInt32 {
			return nil, fmt.Errorf("value not of required type: %s", f.wants())
		}
		return NewInt(d.units), nil
	}
	return nil, fmt.Errorf("value not of required type: %s", f.wants())
}

func wrap[T any](v T, err error) (any, error) { return v, err }

// wants says in words what a value of f looks like.
func (f *Field) wants() string {
	switch f.Kind.Store() {
	case StoreBool:
		return "true or false"
	case StoreInt:
		return "a whole number"
	case StoreDecimal:
		return "a number"
	case StoreDate:
		return ErrDate.Error()
	case StoreInstant:
		return ErrDateTime.Error()
	case StoreTime:
		return ErrTime.Error()
	}
	return "a text"
}

// Append appends the API's JSON form of x, as [Field.Get] returns it, to b.
func (f *Field) Append(b []byte, x any) []byte {
	if IsNull(x) {
		return append(b, "null"...)
	}
	switch x := x.(type) {
	case string:
		return AppendJSONString(b, x)
	case bool:
		return strconv.AppendBool(b, x)
	case Int:
		return strconv.AppendInt(b, x.n, 10)
	case Decimal:
		return AppendDecimal(b, x)
	case interface{ String() string }:
		return AppendJSONString(b, x.String())
	}
	return append(b, "null"...)
}

// AppendDecimal appends d as a JSON number with a point, as the API writes doubles: 2.0, 2.5.
func AppendDecimal(b []byte, d Decimal) []byte {
	b = d.Append(b)
	if d.scale == 0 {
		b = append(b, ".0"...)
	}
	return b
}

const hex = "0123456789abcdef"

// AppendJSONString appends s as a JSON string. Characters that could end a script element are escaped.
func AppendJSONString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
				i++
				continue
			}
			b = append(b, s[from:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + 1
		}
		i += size
	}
	return append(append(b, s[from:]...), '"')
}
