package paper

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The fonts are Noto Sans, under the SIL Open Font License in fonts/LICENSE.txt, as they are published.
var (
	//go:embed fonts/NotoSans-Regular.ttf
	regularTTF []byte

	//go:embed fonts/NotoSans-SemiBold.ttf
	semiboldTTF []byte
)

// missing is drawn for what the font does not have.
const missing = '\uFFFD'

// Clean makes text from outside fit to be set: composed, with line ends as \n, and without the characters that steer
// terminals, change the direction of what follows, or can't be seen.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s))
}

// coverage tells which characters the font draws.
type coverage struct {
	font   *sfnt.Font
	buf    sfnt.Buffer
	known  map[rune]bool
	lacked bool // something could not be drawn
}

func newCoverage() (*coverage, error) {
	f, err := sfnt.Parse(regularTTF)
	if err != nil {
		return nil, fmt.Errorf("the font: %w", err)
	}
	return &coverage{font: f, known: map[rune]bool{}}, nil
}

func (c *coverage) draws(r rune) bool {
	ok, seen := c.known[r]
	if !seen {
		i, err := c.font.GlyphIndex(&c.buf, r)
		ok = err == nil && i != 0 && r <= 0xFFFF // the PDF writer knows no more
		c.known[r] = ok
	}
	return ok
}

// fit replaces what the font can't draw.
func (c *coverage) fit(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case c.draws(r):
			return r
		}
		c.lacked = true
		if !c.draws(missing) {
			return '?'
		}
		return missing
	}, Clean(s))
}
