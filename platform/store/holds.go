package store

import (
	"regexp"
	"slices"
	"strings"
)

// Holds reports whether a document meets m in the kinds of text that scope names, as [Tx.Search] would find it. It is
// for those who must leave some of a record's texts out.
func (d Document) Holds(m Match, scope Scope) bool {
	fields := [4][]string{joined(d.Name), joined(d.Email), joined(phones(d.Phone)), joined(d.Text)}
	for i := range fields {
		if scope != 0 && scope&(1<<i) == 0 {
			fields[i] = nil
		}
	}
	return holds(m, fields[:])
}

func holds(m Match, fields [][]string) bool {
	switch m := m.(type) {
	case All:
		return !slices.ContainsFunc(m, func(p Match) bool { return !holds(p, fields) })
	case Any:
		return slices.ContainsFunc(m, func(p Match) bool { return holds(p, fields) })
	case Not:
		return holds(m.Keep, fields) && !holds(m.Drop, fields)
	case Phrase:
		w := readPhrase(m)
		return slices.ContainsFunc(fields, w.in)
	}
	return false
}

// in reports whether words hold what is wanted.
func (w wanted) in(words []string) bool {
	if w.glob != "" {
		glob := regexp.MustCompile("^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(w.glob)) + "$")
		return slices.ContainsFunc(words, glob.MatchString)
	}
	for at := range len(words) - len(w.words) + 1 {
		if len(w.words) > 0 && w.begins(words[at:]) {
			return true
		}
	}
	return false
}

// begins reports whether words begin with the wanted ones, the last of which may be the beginning of its word.
func (w wanted) begins(words []string) bool {
	last := len(w.words) - 1
	for i, word := range w.words {
		if words[i] != word && (i < last || !w.prefix || !strings.HasPrefix(words[i], word)) {
			return false
		}
	}
	return true
}
