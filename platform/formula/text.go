package formula

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of texts that functions make.
const (
	maxCount    = 10_000  // LEFT, RIGHT, MID, LPAD and RPAD count no further
	maxStart    = 100_000 // where MID and FIND begin at most
	maxReplaced = 32_000  // characters that SUBSTITUTE gives at most
)

// firstRunes is the first n characters.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// afterRunes is what follows the first n characters.
func afterRunes(s string, n int) string { return s[len(firstRunes(s, n)):] }

func lastRunes(s string, n int) string {
	return afterRunes(s, max(0, utf8.RuneCountInString(s)-n))
}

// find is the position of a text within another, from 1, at or after start; 0 when there is none.
func find(what, in string, start int) int {
	if what == "" {
		return 0
	}
	rest := afterRunes(in, start-1)
	i := strings.Index(rest, what)
	if i < 0 {
		return 0
	}
	return start + utf8.RuneCountInString(rest[:i])
}

// substitute replaces every occurrence, and stops when there is enough.
func substitute(s, old, new string) string {
	if old == "" {
		return firstRunes(s, maxReplaced)
	}
	var b strings.Builder
	for enough := utf8.UTFMax * maxReplaced; b.Len() <= enough; {
		i := strings.Index(s, old)
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteString(new)
		s = s[i+len(old):]
	}
	b.WriteString(s)
	return firstRunes(b.String(), maxReplaced)
}

// padding is what makes a text n characters long, of repetitions of fill.
func padding(s string, n int, fill string) string {
	missing := n - utf8.RuneCountInString(s)
	if missing <= 0 || fill == "" {
		return ""
	}
	return firstRunes(strings.Repeat(fill, missing/utf8.RuneCountInString(fill)+1), missing)
}

// lowerLetters and upperLetters are pairs of letters of the Latin, Greek and Cyrillic scripts. Case is changed by this
// list in memory and in SQL, because databases differ by version and locale.
var lowerLetters, upperLetters = letterPairs()

func letterPairs() (lower, upper string) {
	for r := 'a'; r <= 'я'+32; r++ {
		u := unicode.ToUpper(r)
		if u != r && unicode.ToLower(u) == r && u < 0x0530 {
			lower += string(r)
			upper += string(u)
		}
	}
	return lower, upper
}

var toUpper, toLower = caseTable(lowerLetters, upperLetters), caseTable(upperLetters, lowerLetters)

func caseTable(from, to string) map[rune]rune {
	table, target := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		table[r] = target[i]
	}
	return table
}

func changeCase(s string, table map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if to, ok := table[r]; ok {
			return to
		}
		return r
	}, s)
}

// chosen reports whether a multi-select picklist holds a choice.
func chosen(all, choice string) bool {
	if choice == "" || strings.Contains(choice, ";") {
		return false
	}
	return strings.Contains(";"+all+";", ";"+choice+";")
}

// escapeHTML escapes what would end a text or an attribute in double quotes.
func escapeHTML(s string) string { return htmlEscaper.Replace(s) }

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// caseSafe makes the 18-character form of a 15-character id: the three last characters say which of the others are
// capitals, five to a character. Anything else stays as it is.
func caseSafe(id string) string {
	if len(id) != 15 {
		return id
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	suffix := make([]byte, 3)
	for i := range suffix {
		bits := 0
		for j := range 5 {
			if c := id[i*5+j]; 'A' <= c && c <= 'Z' {
				bits |= 1 << j
			}
		}
		suffix[i] = alphabet[bits]
	}
	return id + string(suffix)
}

// wholePattern makes a pattern that matches the whole text, dots matching line breaks too.
func wholePattern(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?s)\A(?:` + pattern + `)\z`)
}
