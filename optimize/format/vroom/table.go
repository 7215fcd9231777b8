package vroom

import (
	"fmt"
	"strconv"

	"truckroll/optimize/format/source"
	"truckroll/optimize/travel"
)

// table is a square of whole numbers. It is read by hand because a matrix is most of a large file, and because a hole
// (null) must not silently become a drive that takes no time.
type table struct {
	cells []int32
	rows  []int // where each row ends in cells

	faultAt, fault string // the place of the first fault within the table, and what it is
}

// UnmarshalJSON keeps the first fault for later, when the path to the table is known. The decoder has already made
// sure that data is JSON.
func (t *table) UnmarshalJSON(data []byte) error {
	*t = table{}
	depth, start := 0, -1
	for i, b := range data {
		switch {
		case b >= '0' && b <= '9' || b == '-' || b == '.' || b == 'e' || b == 'E' || b == '+':
			if start < 0 {
				start = i
			}
			continue
		case start >= 0:
			t.add(string(data[start:i]), depth)
			start = -1
		}
		switch b {
		case '[':
			depth++
		case ']':
			if depth == 2 {
				t.rows = append(t.rows, len(t.cells))
			}
			depth--
		case ',', ' ', '\n', '\t', '\r':
		default:
			t.blame("is not a number; give every drive a duration, a very large one where there is no way")
		}
		if t.fault != "" {
			return nil
		}
	}
	if start >= 0 || len(data) > 0 && data[0] != '[' {
		t.fault = "expected a list of rows of numbers"
	}
	return nil
}

// add takes one number at a depth of brackets.
func (t *table) add(text string, depth int) {
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case depth != 2:
		t.blame("is not inside a row; expected a list of rows of numbers")
	case err != nil || v != float64(int64(v)):
		t.blame("%s is not a whole number", text)
	case v < 0:
		t.blame("%s is negative", text)
	default:
		t.cells = append(t.cells, int32(min(v, float64(travel.Unreachable))))
	}
}

func (t *table) blame(format string, args ...any) {
	if t.fault == "" {
		row, column := len(t.rows), len(t.cells)
		if row > 0 {
			column -= t.rows[row-1]
		}
		t.faultAt, t.fault = fmt.Sprintf("[%d][%d]", row, column), fmt.Sprintf(format, args...)
	}
}

// check says whether the table is a square of the wanted size; 0 is any.
func (t *table) check(place string, want int) error {
	if t.fault != "" {
		return source.Faultf(place+t.faultAt, "%s", t.fault)
	}
	n := len(t.rows)
	if want > 0 && n != want {
		return source.Faultf(place, "has %d rows, the durations have %d", n, want)
	}
	before := 0
	for i, end := range t.rows {
		if end-before != n {
			return source.Faultf(fmt.Sprintf("%s[%d]", place, i), "has %d entries for %d rows; the matrix must be square", end-before, n)
		}
		before = end
	}
	return nil
}
