// Package merge fills texts with values: "Dear {!Contact.Name}, …".
//
// A merge field is a path of names between {! and }. Texts are read once, with the place of every mistake, and filled
// any number of times: as plain text, or as HTML in which a value can never become markup.
//
// It does not know what a path leads to, where values come from or what the text is for.
package merge

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Template is a text that has been read. It does not change and may be used from several goroutines.
type Template struct{ parts []part }

// part is a piece of text and the merge field after it; the last piece has none.
type part struct {
	text  string
	field string // "" is none
	url   bool   // in HTML, the field is the beginning of an address
	at    Place
}

// Place is where something stands in a text; both begin with 1.
type Place struct{ Line, Column int }

func (p Place) String() string { return fmt.Sprintf("line %d, column %d", p.Line, p.Column) }

// Mistake is what is wrong with a merge field, and where.
type Mistake struct {
	At    Place
	Field string // as it is written
	What  string
}

func (m *Mistake) Error() string { return fmt.Sprintf("%s: {!%s} %s", m.At, m.Field, m.What) }

// deepest is how many names a path may have.
const deepest = 6

var (
	path = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$`)
	// address is the end of a text after which an attribute's address begins.
	address = regexp.MustCompile(`(?i)\b(?:href|src|action|formaction|background)\s*=\s*["']?\s*$`)
	safe    = regexp.MustCompile(`(?i)^\s*(?:https?:|mailto:|tel:|/[^/\\]|#)`)
)

// Parse reads a text. The error is a *[Mistake].
func Parse(text string) (*Template, error) {
	t := &Template{}
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "{!")
		if !found {
			t.parts = append(t.parts, part{text: rest})
			return t, nil
		}
		at := placeOf(text, len(text)-len(rest)+len(before))
		name, next, closed := strings.Cut(after, "}")
		field := strings.TrimSpace(name)
		switch {
		case !closed || strings.ContainsAny(name, "\r\n{"):
			line, _, _ := strings.Cut(after, "\n")
			return nil, &Mistake{at, short(line), "has no end; write {!Object.Field}"}
		case !path.MatchString(field):
			return nil, &Mistake{at, short(name), "is not a merge field; write {!Object.Field}"}
		case strings.Count(field, ".") >= deepest:
			return nil, &Mistake{at, short(name), fmt.Sprintf("leads through more than %d names", deepest)}
		}
		t.parts = append(t.parts, part{text: before, field: field, url: address.MatchString(before), at: at})
		rest = next
	}
}

func placeOf(text string, offset int) Place {
	before := text[:offset]
	return Place{1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])}
}

func short(s string) string {
	r := []rune(strings.ToValidUTF8(s, "?"))
	return string(r[:min(len(r), 60)])
}

// Fields returns the merge fields as they are written, each once, in order of their first places.
func (t *Template) Fields() []string {
	var list []string
	for _, p := range t.parts {
		if p.field != "" && !slices.Contains(list, p.field) {
			list = append(list, p.field)
		}
	}
	return list
}

// At returns where a merge field stands first.
func (t *Template) At(field string) Place {
	for _, p := range t.parts {
		if p.field == field {
			return p.at
		}
	}
	return Place{}
}

// Text fills the template as plain text.
func (t *Template) Text(value func(field string) string) string {
	return t.fill(func(p part) string { return value(p.field) })
}

// HTML fills the template as HTML. Values are text: whatever they hold shows as it is, over several lines if it has
// them. Where one begins the address of a link or picture, it is left out unless it is one to the web, a mailbox or a
// telephone, so that it cannot be a script.
func (t *Template) HTML(value func(field string) string) string {
	return t.fill(func(p part) string {
		v := value(p.field)
		if p.url {
			if !safe.MatchString(v) {
				return ""
			}
			return html.EscapeString(strings.TrimSpace(v))
		}
		return strings.ReplaceAll(html.EscapeString(strings.ReplaceAll(v, "\r\n", "\n")), "\n", "<br>")
	})
}

func (t *Template) fill(value func(part) string) string {
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p.text)
		if p.field != "" {
			b.WriteString(value(p))
		}
	}
	return b.String()
}
