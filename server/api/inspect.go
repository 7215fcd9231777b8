package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"truckroll/platform/schema"
)

// inspect holds a text to be one JSON value that is not too deep, has not too many keys and says no key twice in one
// object. Whatever is read from a body has gone through it.
func inspect(data []byte, keys int) error {
	if !json.Valid(data) {
		return notJSON(data)
	}
	if !utf8.Valid(data) {
		return schema.Refuse("JSON_PARSER_ERROR", "The body is not valid UTF-8")
	}
	in := inspector{rest: data, most: keys}
	return in.value(0)
}

// notJSON says where a text stops being JSON.
func notJSON(data []byte) error {
	var v json.RawMessage
	err := json.Unmarshal(data, &v)
	var syntax *json.SyntaxError
	if s, ok := err.(*json.SyntaxError); ok {
		syntax = s
	}
	if syntax == nil || int(syntax.Offset) > len(data) || syntax.Error() == "unexpected end of JSON input" {
		return schema.Refuse("JSON_PARSER_ERROR", "The body ends before the JSON value does")
	}
	before := data[:max(0, int(syntax.Offset)-1)]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("%s at [line:%d, column:%d]", syntax.Error(), line, column))
}

// inspector walks through valid JSON.
type inspector struct {
	rest []byte
	keys int // passed so far
	most int
}

func (in *inspector) value(depth int) error {
	if depth > maxDepth {
		return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("The JSON value is nested more than %d deep", maxDepth))
	}
	in.space()
	switch in.rest[0] {
	case '{':
		return in.object(depth)
	case '[':
		return in.array(depth)
	case '"':
		in.text()
		return nil
	}
	n := slices.IndexFunc(in.rest, func(b byte) bool { return bytes.IndexByte([]byte(",]} \t\r\n"), b) >= 0 })
	if n < 0 {
		n = len(in.rest)
	}
	in.rest = in.rest[n:]
	return nil
}

func (in *inspector) object(depth int) error {
	var seen [][]byte
	for in.rest = in.rest[1:]; ; {
		in.space()
		switch in.rest[0] {
		case '}':
			in.rest = in.rest[1:]
			return twice(seen)
		case ',':
			in.rest = in.rest[1:]
			in.space()
		}
		seen = append(seen, in.text())
		if in.keys++; in.keys > in.most {
			return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("The body has more than %d keys", in.most))
		}
		in.space()
		in.rest = in.rest[1:] // the colon
		if err := in.value(depth + 1); err != nil {
			return err
		}
	}
}

// twice refuses an object in which a key comes twice. Keys that are written differently are read first.
func twice(keys [][]byte) error {
	for i, k := range keys {
		if bytes.IndexByte(k, '\\') >= 0 {
			var s string
			if json.Unmarshal(k, &s) == nil {
				keys[i], _ = json.Marshal(s)
			}
		}
	}
	slices.SortFunc(keys, bytes.Compare)
	for i := 1; i < len(keys); i++ {
		if bytes.Equal(keys[i-1], keys[i]) {
			key := string(keys[i][1 : len(keys[i])-1])
			return schema.Refuse("JSON_PARSER_ERROR", "Duplicate field: "+key, key)
		}
	}
	return nil
}

func (in *inspector) array(depth int) error {
	n := 0
	for in.rest = in.rest[1:]; ; n++ {
		in.space()
		switch in.rest[0] {
		case ']':
			in.rest = in.rest[1:]
			return nil
		case ',':
			in.rest = in.rest[1:]
		}
		if n > 10*in.most {
			return schema.Refuse("JSON_PARSER_ERROR", fmt.Sprintf("The body has a list of more than %d elements", 10*in.most))
		}
		if err := in.value(depth + 1); err != nil {
			return err
		}
	}
}

// text passes a string and returns it with its quotes.
func (in *inspector) text() []byte {
	for i := 1; ; i++ {
		switch in.rest[i] {
		case '\\':
			i++
		case '"':
			s := in.rest[:i+1]
			in.rest = in.rest[i+1:]
			return s
		}
	}
}

func (in *inspector) space() {
	for len(in.rest) > 0 && (in.rest[0] == ' ' || in.rest[0] == '\n' || in.rest[0] == '\t' || in.rest[0] == '\r') {
		in.rest = in.rest[1:]
	}
}
