// Package paper sets documents for people to read, print and sign: as PDF, and as a page of HTML that looks the same.
//
// A [Document] is a heading, sections and a foot; everything in it is text that is ready to be read and pictures that
// [ReadPicture] has made safe. The same document gives the same bytes, in either form. Nothing in a document is ever
// run: there are no links, scripts or forms, and text is text.
//
// The PDF brings its own font, Noto Sans, which draws the Latin, Greek and Cyrillic scripts from left to right. What
// it can't draw, such as Arabic, Hebrew or Chinese, becomes a replacement sign, and the document says so at its end; the HTML form,
// which uses the fonts of its reader, has no such limit.
//
// It does not know what the documents are about, in which language they are, or where they are kept.
package paper

import (
	"fmt"
	"strconv"
	"time"
)

// Document is what is set.
type Document struct {
	Title    string
	Number   string // beside the title, and on every page
	Subtitle string
	Language string // BCP 47: de-DE
	Letter   bool   // on paper of North America; A4 otherwise
	Accent   Color
	Logo     *Picture
	From     []string // whom the document is from: a name, then an address
	Sections []Section
	Foot     string // small, on every page
	Words    Words
	Made     time.Time // what the PDF says of itself
}

// Words are what the setting itself says, in the document's language.
type Words struct {
	PageOf      string // "Page %d of %d"
	Unprintable string // that a PDF lacks characters
}

// Section is a part of a document with a heading; an empty heading is none.
type Section struct {
	Heading string
	Block   Block
}

// Block is what a section holds: [Facts], [Text], [Table], [Checklist] or [Signatures].
type Block interface{ isBlock() }

// Facts are short values with their labels, in two columns. A long value takes the whole width.
type Facts []Fact

// Fact is one value.
type Fact struct{ Label, Value string }

// Text is paragraphs.
type Text string

// Table is rows under titles, over as many pages as it takes, and sums below.
type Table struct {
	Columns []Column
	Rows    [][]string // as many cells as there are columns
	Totals  []Total
}

// Column is a column of a table.
type Column struct {
	Title  string
	Weight float64 // its share of the width; 0 is 1
	Right  bool    // numbers
}

// Total is a sum below a table.
type Total struct {
	Label, Value string
	Strong       bool
}

// Checklist is what was to be done, and what came of it.
type Checklist []Group

// Group is a list with a name of its own.
type Group struct {
	Name  string
	Steps []Step
}

// Step is a line of a checklist.
type Step struct {
	Mark     Mark
	Name     string
	Note     string // below the name
	Answer   string
	Flag     string // what is to be noticed about the answer
	Pictures []Picture
}

// Mark is what came of a step.
type Mark int

// What came of a step.
const (
	Open Mark = iota
	Done
	Failed
	Skipped
)

// Signatures are who signed, side by side.
type Signatures []Signature

// Signature is one of them. Without a picture there is a line to sign on.
type Signature struct {
	Role, Name, Where string // Where is the place and the time
	Picture           *Picture
}

func (Facts) isBlock()      {}
func (Text) isBlock()       {}
func (Table) isBlock()      {}
func (Checklist) isBlock()  {}
func (Signatures) isBlock() {}

// Color is an opaque colour.
type Color struct{ R, G, B uint8 }

// DefaultAccent is the colour of headings when nothing else is said.
var DefaultAccent = Color{0x0B, 0x5C, 0x8E}

// ParseColor reads a colour such as #0b5c8e.
func ParseColor(s string) (Color, error) {
	n, err := strconv.ParseUint(s[min(1, len(s)):], 16, 32)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return Color{}, fmt.Errorf("%q is not a colour; write one as #0b5c8e", s)
	}
	return Color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

// String returns the colour as [ParseColor] reads it.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// tint mixes the colour with white; share is how much of it stays.
func (c Color) tint(share float64) Color {
	mix := func(v uint8) uint8 { return uint8(255 - share*(255-float64(v)) + 0.5) }
	return Color{mix(c.R), mix(c.G), mix(c.B)}
}
