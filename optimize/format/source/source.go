// Package source reads the text of instance files and names the place of what is wrong with it: a line and field for
// texts, a line and path for JSON.
//
// It knows no format and no routing.
package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Fault is something wrong at a place of a file.
type Fault struct {
	Place string // such as "line 12, field 3" or "jobs[4].time_windows[0]"
	Text  string // what is wrong, and how to mend it
}

// Error is the place and the text.
func (f *Fault) Error() string { return f.Place + ": " + f.Text }

// Faultf makes a Fault at a place.
func Faultf(place, format string, args ...any) *Fault {
	return &Fault{Place: place, Text: fmt.Sprintf(format, args...)}
}

// JSON reads one JSON value. A fault names the line and, for a value of the wrong type, its path.
func JSON(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	err := decoder.Decode(into)
	var wrongType *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrongType):
		place := fmt.Sprintf("line %d", lineAt(data, wrongType.Offset))
		if wrongType.Field != "" {
			place += ", " + wrongType.Field
		}
		return Faultf(place, "is a JSON %s, expected %s", wrongType.Value, kind(wrongType.Type.Kind().String()))
	case errors.As(err, &syntax):
		return Faultf(fmt.Sprintf("line %d", lineAt(data, syntax.Offset)), "is not JSON: %v", syntax)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return Faultf(fmt.Sprintf("line %d", lineAt(data, int64(len(data)))), "the JSON ends before it is complete")
	case err != nil:
		return err
	}
	if rest, err := io.ReadAll(decoder.Buffered()); err == nil && len(bytes.TrimSpace(rest)) > 0 {
		return Faultf(fmt.Sprintf("line %d", lineAt(data, decoder.InputOffset())), "text after the end of the JSON value")
	}
	return nil
}

func lineAt(data []byte, offset int64) int {
	return bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n")) + 1
}

// kind says a Go kind in the words of JSON.
func kind(goKind string) string {
	switch {
	case strings.HasPrefix(goKind, "uint"):
		return "a whole number, 0 or more"
	case strings.HasPrefix(goKind, "int"):
		return "a whole number"
	case strings.HasPrefix(goKind, "float"):
		return "a number"
	case goKind == "slice", goKind == "array":
		return "a list"
	case goKind == "struct", goKind == "map":
		return "an object"
	case goKind == "bool":
		return "true or false"
	}
	return "a " + goKind
}

// Lines steps through the lines of a text that have something on them.
type Lines struct {
	rest   []byte
	number int
	fields []string
}

// NewLines starts before the first line.
func NewLines(data []byte) *Lines { return &Lines{rest: data} }

// Next steps to the next line that is not blank, and says whether there was one.
func (l *Lines) Next() bool {
	for len(l.rest) > 0 {
		line, rest, _ := bytes.Cut(l.rest, []byte("\n"))
		l.rest, l.number = rest, l.number+1
		if l.fields = strings.Fields(string(line)); len(l.fields) > 0 {
			return true
		}
	}
	l.fields = nil
	return false
}

// Skip steps n lines on as Next does, and says whether there were as many.
func (l *Lines) Skip(n int) bool {
	for range n {
		if !l.Next() {
			return false
		}
	}
	return true
}

// Fields are the words of the line, split at blanks.
func (l *Lines) Fields() []string { return l.fields }

// Text is the line with single blanks.
func (l *Lines) Text() string { return strings.Join(l.fields, " ") }

// Faultf makes a Fault at the line.
func (l *Lines) Faultf(format string, args ...any) error {
	return Faultf(fmt.Sprintf("line %d", max(l.number, 1)), format, args...)
}

// Number reads a field, counted from 0, as a finite number.
func (l *Lines) Number(field int, name string) (float64, error) {
	place := fmt.Sprintf("line %d, field %d (%s)", l.number, field+1, name)
	if field >= len(l.fields) {
		return 0, Faultf(place, "is missing; the line has %d fields", len(l.fields))
	}
	v, err := strconv.ParseFloat(l.fields[field], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, Faultf(place, "%q is not a number", l.fields[field])
	}
	return v, nil
}

// Amount reads a field as a number that is not negative and at most a hundred million.
func (l *Lines) Amount(field int, name string) (float64, error) {
	v, err := l.Number(field, name)
	if err == nil && (v < 0 || v > 1e8) {
		err = Faultf(fmt.Sprintf("line %d, field %d (%s)", l.number, field+1, name), "%g is not between 0 and 1e8", v)
	}
	return v, err
}

// Count reads a field as a whole number between 0 and most.
func (l *Lines) Count(field int, name string, most int) (int, error) {
	v, err := l.Number(field, name)
	if err != nil {
		return 0, err
	}
	if v != math.Trunc(v) || v < 0 || v > float64(most) {
		return 0, Faultf(fmt.Sprintf("line %d, field %d (%s)", l.number, field+1, name), "%g is not a whole number between 0 and %d", v, most)
	}
	return int(v), nil
}
