package store

import (
	"errors"
	"regexp"
	"strings"
)

// Match is what a search looks for: [All], [Any], [Not] or [Phrase].
type Match interface{ matcher() }

type (
	// All is met by records that meet each of its parts.
	All []Match

	// Any is met by records that meet one of its parts.
	Any []Match

	// Not is met by records that meet Keep and do not meet Drop.
	Not struct{ Keep, Drop Match }

	// Phrase is met by records that hold its words in a row. In a single word * stands for any number of characters and
	// ? for one; in a phrase only a * at its very end has a meaning. \ takes the meaning away.
	Phrase string
)

func (All) matcher()    {}
func (Any) matcher()    {}
func (Not) matcher()    {}
func (Phrase) matcher() {}

// errNothing says that a part of a search can meet no record, as it holds no word or only words that never occur.
var errNothing = errors.New("nothing can match")

// maxExpansion is how many words a pattern with a wildcard inside may stand for.
const maxExpansion = 200

// combine joins the parts of All and Any. A part that meets nothing takes an All with it, and is left out of an Any.
func combine(parts []Match, op string, all bool, match func(Match) (string, error)) (string, error) {
	var texts []string
	for _, p := range parts {
		s, err := match(p)
		if errors.Is(err, errNothing) && !all {
			continue
		}
		if err != nil {
			return "", err
		}
		texts = append(texts, s)
	}
	if len(texts) == 0 {
		return "", errNothing
	}
	return "(" + strings.Join(texts, op) + ")", nil
}

// exclude writes Keep without Drop.
func exclude(m Not, op string, match func(Match) (string, error)) (string, error) {
	keep, err := match(m.Keep)
	if err != nil {
		return "", err
	}
	drop, err := match(m.Drop)
	if errors.Is(err, errNothing) {
		return keep, nil
	}
	return "(" + keep + op + drop + ")", err
}

// wanted is a phrase read into its words.
type wanted struct {
	words  []string
	prefix bool   // the last word is the beginning of one
	glob   string // a single word with wildcards inside, else ""
}

// wildcards matches the special characters of a pattern, and \ with what follows it.
var wildcards = regexp.MustCompile(`\\.|[*?]`)

// readPhrase splits a phrase into words and wildcards.
func readPhrase(p Phrase) wanted {
	s := strings.TrimSpace(string(p))
	plain := func(s string) string {
		return wildcards.ReplaceAllStringFunc(s, func(m string) string { return strings.TrimLeft(strings.TrimPrefix(m, `\`), "*?") })
	}
	body, prefix := strings.CutSuffix(s, "*")
	if strings.HasSuffix(body, `\`) {
		body, prefix = s, false
	}
	at := wildcards.FindAllString(body, -1)
	inside := false
	for _, m := range at {
		inside = inside || m == "*" || m == "?"
	}
	if inside && len(Words(plain(strings.NewReplacer("*", "x", "?", "x").Replace(body)))) == 1 {
		return wanted{glob: globOf(s)}
	}
	return wanted{words: Words(plain(body)), prefix: prefix}
}

// head returns what comes before the first wildcard.
func (w wanted) head() string { return w.glob[:strings.IndexAny(w.glob, "*?")] }

// words runs a query for words of the index; none is errNothing.
func (tx *Tx) words(query string, args ...any) ([]string, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	if len(all) == 0 {
		return nil, errors.Join(rows.Err(), errNothing)
	}
	return all, rows.Err()
}

// globOf returns the pattern of one word with its letters folded as words are.
func globOf(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if s[0] == '*' || s[0] == '?' {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		n := strings.IndexAny(s, "*?")
		if n < 0 {
			n = len(s)
		}
		b.WriteString(strings.Join(Words(s[:n]), ""))
		s = s[n:]
	}
	return b.String()
}

// liteSearch writes queries of SQLite's FTS5.
type liteSearch struct{ tx *Tx }

func (c *liteSearch) match(m Match) (string, error) {
	switch m := m.(type) {
	case All:
		return combine(m, " AND ", true, c.match)
	case Any:
		return combine(m, " OR ", false, c.match)
	case Not:
		return exclude(m, " NOT ", c.match)
	case Phrase:
		return c.phrase(readPhrase(m))
	}
	return "", errNothing
}

func (c *liteSearch) phrase(w wanted) (string, error) {
	if w.glob != "" {
		words, err := c.tx.words("SELECT term FROM search_word WHERE term >= ? AND term GLOB ? LIMIT ?", w.head(), w.glob, maxExpansion)
		if err != nil {
			return "", err
		}
		return `("` + strings.Join(words, `" OR "`) + `")`, nil
	}
	if len(w.words) == 0 {
		return "", errNothing
	}
	s := `"` + strings.Join(w.words, " ") + `"`
	if w.prefix {
		s += " *"
	}
	return s, nil
}

func (c *liteSearch) statement(cond string, scope Scope) (string, []any) {
	if scope != 0 {
		var in []string
		for i, name := range []string{"name", "email", "phone", "words"} {
			if scope&(1<<i) != 0 {
				in = append(in, name)
			}
		}
		cond = "{" + strings.Join(in, " ") + "} : " + cond
	}
	return "SELECT e.object, e.record FROM search_text AS t JOIN search_entry AS e ON e.n = t.rowid WHERE search_text MATCH ?", []any{cond}
}

func (*liteSearch) order() string { return " ORDER BY bm25(search_text, 10, 5, 5, 1), e.record" }

// serverSearch writes queries of PostgreSQL's text search.
type serverSearch struct {
	tx    *Tx
	marks string // the weights looked at; "" is all
}

func newServerSearch(tx *Tx, scope Scope) *serverSearch {
	c := &serverSearch{tx: tx}
	for i := range weights {
		if scope&(1<<i) != 0 {
			c.marks += weights[i : i+1]
		}
	}
	return c
}

func (c *serverSearch) match(m Match) (string, error) {
	switch m := m.(type) {
	case All:
		return combine(m, " & ", true, c.match)
	case Any:
		return combine(m, " | ", false, c.match)
	case Not:
		return exclude(m, " & !", c.match)
	case Phrase:
		return c.phrase(readPhrase(m))
	}
	return "", errNothing
}

func (c *serverSearch) phrase(w wanted) (string, error) {
	op := " <-> "
	if w.glob != "" {
		like := strings.NewReplacer("*", "%", "?", "_").Replace(w.glob)
		query := "SELECT DISTINCT u.lexeme FROM search_entry AS e, unnest(e.words) AS u WHERE u.lexeme LIKE ?"
		args := []any{like}
		if head := w.head(); head != "" {
			query += " AND e.words @@ CAST(? AS tsquery)"
			args = append(args, "'"+head+"':*")
		}
		words, err := c.tx.words(query+" LIMIT ?", append(args, maxExpansion)...)
		if err != nil {
			return "", err
		}
		w, op = wanted{words: words}, " | "
	}
	if len(w.words) == 0 {
		return "", errNothing
	}
	parts := make([]string, len(w.words))
	for i, word := range w.words {
		marks := c.marks
		if w.prefix && i == len(w.words)-1 {
			marks = "*" + marks
		}
		if parts[i] = "'" + word + "'"; marks != "" {
			parts[i] += ":" + marks
		}
	}
	return "(" + strings.Join(parts, op) + ")", nil
}

func (c *serverSearch) statement(cond string, _ Scope) (string, []any) {
	return "SELECT e.object, e.record FROM search_entry AS e, CAST(? AS tsquery) AS q WHERE e.words @@ q", []any{cond}
}

func (*serverSearch) order() string {
	return " ORDER BY ts_rank('{0.1, 0.5, 0.5, 1.0}', e.words, q) DESC, e.record"
}
