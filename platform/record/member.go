package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// eachMember calls f for the members of a JSON object, in order. A name that comes twice is refused.
func eachMember(data []byte, f func(name string, raw json.RawMessage) error) error {
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		return unreadable(syntaxError(err))
	}
	s := members{data: whole}
	if s.space(); s.next() != '{' {
		return unreadable("The record must be a JSON object")
	}
	seen := make([]string, 0, 32)
	for s.space(); s.next() != '}'; s.space() {
		if s.data[s.at] == ',' {
			s.at++
			s.space()
		}
		name := s.name()
		if slices.ContainsFunc(seen, func(other string) bool { return strings.EqualFold(other, name) }) {
			return unreadable(fmt.Sprintf("Duplicate field '%s'", name), name)
		}
		seen = append(seen, name)
		if err := f(name, s.value()); err != nil {
			return err
		}
	}
	return nil
}

// syntaxError words a mistake of JSON.
func syntaxError(err error) string {
	if s := new(json.SyntaxError); errors.As(err, &s) {
		return fmt.Sprintf("%s at offset %d", s.Error(), s.Offset)
	}
	return err.Error()
}

// members goes through a JSON object that is known to be well formed.
type members struct {
	data []byte
	at   int
}

func (s *members) space() {
	for s.at < len(s.data) && strings.IndexByte(" \t\r\n", s.data[s.at]) >= 0 {
		s.at++
	}
}

// next returns the byte at hand. An opening brace is stepped over.
func (s *members) next() byte {
	c := s.data[s.at]
	if c == '{' {
		s.at++
	}
	return c
}

// name reads a name and the colon behind it.
func (s *members) name() string {
	from := s.at
	s.text()
	name := unquote(s.data[from:s.at])
	s.space()
	s.at++ // the colon
	s.space()
	return name
}

// value steps over a value and returns its text.
func (s *members) value() json.RawMessage {
	from, depth := s.at, 0
	for {
		switch c := s.data[s.at]; {
		case c == '"':
			s.text()
		case c == '{' || c == '[':
			depth++
			s.at++
		case c == '}' || c == ']':
			if depth == 0 {
				return s.data[from:s.at]
			}
			depth--
			s.at++
		case c == ',' && depth == 0, depth == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
			return s.data[from:s.at]
		default:
			s.at++
			continue
		}
		if depth == 0 {
			return s.data[from:s.at]
		}
	}
}

// text steps over a string.
func (s *members) text() {
	for s.at++; s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			s.at++
		}
	}
	s.at++
}

// unquote returns what a JSON string stands for.
func unquote(raw []byte) string {
	inner := raw[1 : len(raw)-1]
	plain := true
	for _, c := range inner {
		if plain = plain && c >= ' ' && c < 0x7f && c != '\\'; !plain {
			break
		}
	}
	if plain {
		return string(inner)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return string(inner) // it is well formed, so that this does not happen
	}
	return s
}

// scalar returns a JSON value as [schema.Field.Parse] takes it. What is no scalar is given as it is, to be refused.
func scalar(raw json.RawMessage) any {
	switch raw[0] {
	case 'n':
		return nil
	case 't':
		return true
	case 'f':
		return false
	case '"':
		return unquote(raw)
	case '{', '[':
		return raw
	}
	return json.Number(raw)
}
