package formula

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a mistake in a formula, at a place of its text.
type Error struct {
	Row, Column int // from 1; the column counts characters
	Offset      int // bytes from the beginning of the text
	Message     string
	MemoryOnly  bool // the formula is right, but cannot be computed in SQL
}

// Error names the place and what is wrong.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Row, e.Column, e.Message)
}

func errorAt(text string, at int, format string, args ...any) *Error {
	before := text[:at]
	return &Error{
		Row:     strings.Count(before, "\n") + 1,
		Column:  utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1,
		Offset:  at,
		Message: fmt.Sprintf(format, args...),
	}
}
