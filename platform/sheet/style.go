package sheet

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// readStyles finds out which styles show a number as a date.
func (b *Book) readStyles() error {
	formats := map[string]string{}
	within := ""
	return b.each("xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "cellXfs", "cellStyleXfs", "dxfs":
			within = e.Name.Local
		case "numFmt":
			if within == "" && len(formats) < maxStyles {
				formats[attribute(e, "numFmtId")] = attribute(e, "formatCode")
			}
		case "xf":
			if within != "cellXfs" {
				return nil
			}
			if len(b.dates) == maxStyles {
				return ErrTooLarge
			}
			id := attribute(e, "numFmtId")
			n, _ := strconv.Atoi(id)
			b.dates = append(b.dates, n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58 || showsDate(formats[id]))
		}
		return nil
	})
}

// quotedParts are the parts of a format that stand for themselves, and its colours and conditions.
var quotedParts = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// showsDate reports whether a format of numbers shows a date or a time.
func showsDate(format string) bool {
	format, _, _ = strings.Cut(quotedParts.ReplaceAllString(format, ""), ";")
	return strings.ContainsAny(strings.ReplaceAll(strings.ToLower(format), "general", ""), "ymdhs")
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped reads the characters that the format spells out, such as _x000D_.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16)
		if utf16.IsSurrogate(rune(n)) {
			return ""
		}
		return string(rune(n))
	})
}
