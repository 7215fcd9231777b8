package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// cell is a cell as the file has it.
type cell struct {
	Ref    string `xml:"r,attr"`
	Type   string `xml:"t,attr"`
	Style  int    `xml:"s,attr"`
	Value  string `xml:"v"`
	Inline *inner `xml:"is"`
}

// inner is a text that stands in the cell itself.
type inner struct{ text string }

// UnmarshalXML reads the runs of the text.
func (i *inner) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) (err error) {
	i.text, err = richText(d)
	return err
}

// Rows gives each row of a sheet that is not empty to f, with its number from 1. Cells are texts as people expect them
// in a table: numbers with a point, dates as 2006-01-02, moments as 2006-01-02T15:04:05 by the clock, booleans as true
// and false, and what a formula came to. Empty cells at the end of a row are left out.
func (b *Book) Rows(s Sheet, f func(n int, row []string) error) error {
	n, count := 0, 0
	var row []string
	end := func() error {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if n == 0 || len(row) == 0 {
			return nil
		}
		return f(n, row)
	}
	err := b.each(s.path, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			if err := end(); err != nil {
				return err
			}
			row = row[:0]
			if r, err := strconv.Atoi(attribute(e, "r")); err == nil && r > n {
				n = r
			} else {
				n++
			}
		case "c":
			var c cell
			if err := d.DecodeElement(&c, &e); err != nil {
				return unreadable(err)
			}
			at := column(c.Ref)
			if at < 0 {
				at = len(row)
			}
			if count += max(1, at+1-len(row)); count > MaxCells || at >= MaxColumns {
				return ErrTooLarge
			}
			for len(row) <= at {
				row = append(row, "")
			}
			row[at] = b.text(&c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return end()
}

func unreadable(err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNotSheet) {
		return err
	}
	return fmt.Errorf("%w: %v", ErrNotSheet, err)
}

// column is the number of a cell's column from its reference: 0 of A1, 27 of AB3; -1 of none.
func column(ref string) int {
	n := 0
	for i := 0; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			if i == 0 {
				return -1
			}
			break
		}
		if n = n*26 + int(c-'A') + 1; n > MaxColumns {
			return MaxColumns
		}
	}
	return n - 1
}

// text is what a cell holds, as a text.
func (b *Book) text(c *cell) string {
	switch c.Type {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(c.Value)); err == nil && i >= 0 && i < len(b.texts) {
			return b.texts[i]
		}
		return ""
	case "inlineStr":
		if c.Inline != nil {
			return c.Inline.text
		}
		return ""
	case "b":
		return strconv.FormatBool(strings.TrimSpace(c.Value) == "1")
	case "str":
		return unescaped(c.Value)
	case "e", "d":
		return c.Value
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(c.Value), 64)
	if err != nil {
		return c.Value
	}
	if c.Style >= 0 && c.Style < len(b.dates) && b.dates[c.Style] {
		return b.moment(n)
	}
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatInt(int64(n), 10)
	}
	// Spreadsheets show 15 digits; more are noise of the arithmetic.
	short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		short = n
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// moment writes a number of days as a date, a time of day, or both.
func (b *Book) moment(n float64) string {
	if b.early {
		n += 1462
	}
	if n < 0 || n > 2_958_466 { // behind the year 9999
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	seconds := int64(math.Round(n * 86_400)) // too many for a Duration
	at := epoch.AddDate(0, 0, int(seconds/86_400)).Add(time.Duration(seconds%86_400) * time.Second)
	switch {
	case n < 1:
		return at.Format("15:04:05")
	case n == math.Trunc(n):
		return at.Format("2006-01-02")
	}
	return at.Format("2006-01-02T15:04:05")
}
