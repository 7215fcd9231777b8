package soql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a mistake at a place in a text. Its text is laid out as Salesforce does for MALFORMED_QUERY and
// INVALID_FIELD: the line, a marker below the place, the place, the reason.
type Error struct {
	Row, Column int    // from 1; the column counts characters
	Offset      Pos    // bytes from the beginning of the text
	Message     string // what is wrong, and the mend
	Near        string // the word or sign at the place; empty at the end of the text
	line        string // the line, or the part of it that is shown
	marker      int    // characters before the marker within line
}

// excerpt is how many characters of a long line are shown on each side of the place.
const excerpt = 60

// NewError tells what is wrong at a place of a text that was parsed, for whoever resolves the tree:
// a name that does not exist is shown like a mistake of grammar.
func NewError(text string, at Pos, message string) *Error {
	at = min(max(at, 0), Pos(len(text)))
	start := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		end = int(at) + n
	}
	before, after := []rune(text[start:at]), []rune(text[at:end])
	e := &Error{
		Row:     strings.Count(text[:at], "\n") + 1,
		Column:  len(before) + 1,
		Offset:  at,
		Message: message,
		Near:    near(text, int(at)),
	}
	before, after = before[max(0, len(before)-excerpt):], after[:min(len(after), excerpt)]
	e.line, e.marker = strings.ReplaceAll(string(before)+string(after), "\t", " "), len(before)
	return e
}

// near is the word at an offset, or the single character.
func near(text string, at int) string {
	end := at
	for end < len(text) && isWord(text[end]) {
		end++
	}
	if end == at {
		_, size := utf8.DecodeRuneInString(text[at:])
		end += size
	}
	return text[at:end]
}

// Error is the text in Salesforce's layout; it begins with an empty line, as theirs does.
func (e *Error) Error() string {
	return fmt.Sprintf("\n%s\n%s^\nERROR at Row:%d:Column:%d\n%s",
		e.line, strings.Repeat(" ", e.marker), e.Row, e.Column, e.Message)
}
