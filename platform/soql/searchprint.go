package soql

import (
	"fmt"
	"strings"
)

// String is the search as text.
func (s *Search) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "FIND {%s} IN %s FIELDS", s.Find, s.In)
	if s.Returning != nil {
		b.WriteString(" RETURNING ")
		list(&b, s.Returning, Return.print)
	}
	for _, w := range s.With {
		b.WriteString(" WITH ")
		w.print(&b)
	}
	count(&b, " LIMIT ", s.Limit)
	purposes(&b, " UPDATE ", ", ", s.Update)
	return b.String()
}

func (r Return) print(b *strings.Builder) {
	b.WriteString(r.Object.Text)
	if r.Select == nil {
		return
	}
	b.WriteByte('(')
	list(b, r.Select, printItem)
	name(b, " USING ListView = ", r.ListView)
	clause(b, " WHERE ", r.Where)
	printTail(b, r.Order, r.Limit, r.Offset)
	b.WriteByte(')')
}

func (w SearchWith) print(b *strings.Builder) {
	b.WriteString(w.Name)
	switch {
	case w.Categories != nil:
		printCategories(b, w.Categories)
	case w.Name == "SNIPPET" && w.Args != nil:
		fmt.Fprintf(b, "(target_length = %s)", w.Args[0])
	case len(w.Args) == 1:
		fmt.Fprintf(b, " = %s", w.Args[0])
	case w.Args != nil:
		b.WriteString(" IN (")
		list(b, w.Args, text)
		b.WriteByte(')')
	}
}

// String is the expression as text.
func (f *FindAll) String() string { return joinFind(f.Terms, " AND ") }

// String is the expression as text.
func (f *FindAny) String() string { return joinFind(f.Terms, " OR ") }

// String is the expression as text.
func (f *FindNot) String() string {
	return joinFind([]Find{f.Keep, f.Drop}, " AND NOT ")
}

// String is the word, with its signs escaped.
func (f *FindWord) String() string {
	for _, operator := range []string{"AND", "OR", "NOT"} {
		if strings.EqualFold(f.Pattern, operator) {
			return `"` + f.Pattern + `"`
		}
	}
	return findEscaper.Replace(f.Pattern)
}

// String is the phrase in quotes.
func (f *FindPhrase) String() string {
	words := make([]string, len(f.Words))
	for i, w := range f.Words {
		words[i] = findEscaper.Replace(w)
	}
	return `"` + strings.Join(words, " ") + `"`
}

// findEscaper escapes the signs of the expression. Patterns hold their own escapes of * ? and \ already.
var findEscaper = strings.NewReplacer(
	`\\`, `\\`, `\*`, `\*`, `\?`, `\?`,
	`(`, `\(`, `)`, `\)`, `{`, `\{`, `}`, `\}`, `"`, `\"`)

func joinFind(terms []Find, by string) string {
	texts := make([]string, len(terms))
	for i, t := range terms {
		switch t.(type) {
		case *FindAll, *FindAny, *FindNot:
			texts[i] = "(" + t.String() + ")"
		default:
			texts[i] = t.String()
		}
	}
	return strings.Join(texts, by)
}
