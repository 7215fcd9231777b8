package paper

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html.tmpl
var pageText string

// HTML writes the document as one page of HTML that stands alone: pictures and styles are within it, and it loads and
// runs nothing. The same document gives the same bytes.
func HTML(w io.Writer, d *Document) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"kind": blockKind, "image": imageSource, "clean": Clean, "mark": func(m Mark) string { return [...]string{"open", "done", "failed", "skipped"}[m] },
		"right": func(t Table, i int) bool { return i < len(t.Columns) && t.Columns[i].Right },
		"color": func(c Color) template.CSS { return template.CSS(c.String()) }, // digits of a number
		"faint": func(c Color) template.CSS { return template.CSS(c.tint(0.1).String()) },
	}).Parse(pageText)
	if err != nil {
		return fmt.Errorf("the page: %w", err)
	}
	return t.Execute(w, d)
}

// blockKind names a block for the template.
func blockKind(b Block) string {
	switch b.(type) {
	case Facts:
		return "facts"
	case Text:
		return "text"
	case Table:
		return "table"
	case Checklist:
		return "checklist"
	case Signatures:
		return "signatures"
	}
	return ""
}

// imageSource is safe because a Picture is always one that this package has drawn itself.
func imageSource(p any) template.URL {
	switch p := p.(type) {
	case *Picture:
		return template.URL(p.dataURI())
	case Picture:
		return template.URL(p.dataURI())
	}
	return ""
}
