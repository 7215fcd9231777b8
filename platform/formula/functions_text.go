package formula

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

var textFunctions = []Function{
	{Name: "TEXT", Signature: "TEXT(value)", Help: "Gives a number, date, time or picklist as text.", overloads: []overload{
		{takes: []Type{TypeNumber}, gives: TypeText, key: "text_number", pg: pgText("trim_scale({0})::text"),
			eval: func(a []Value) Value { return Text(formatNumber(a[0].num)) }},
		{takes: []Type{TypeDate}, gives: TypeText, key: "text_date", pg: pgText("to_char(" + pgDate("{0}") + ", 'YYYY-MM-DD')"),
			eval: func(a []Value) Value { return Text(formatDate(a[0])) }},
		{takes: []Type{TypeDateTime}, gives: TypeText, key: "text_moment",
			pg: pgText("to_char(" + pgDate(pgDayOfMoment("{0}")) + " + interval '1 second' * (" + pgTimeOfMoment("{0}") +
				` / 1000), 'YYYY-MM-DD HH24:MI:SS"Z"')`),
			eval: func(a []Value) Value { return Text(formatDateTime(a[0])) }},
		{takes: []Type{TypeTime}, gives: TypeText, key: "text_time",
			pg:   pgText("to_char(interval '1 millisecond' * {0}, 'HH24:MI:SS.MS')"),
			eval: func(a []Value) Value { return Text(formatTime(a[0])) }},
		{takes: []Type{TypePicklist}, gives: TypeText, key: "text_picklist", lite: "{0}", pg: "{0}",
			eval: func(a []Value) Value { return Text(a[0].text) }},
		{takes: []Type{TypeText}, gives: TypeText, key: "text_text", lite: "{0}", pg: "{0}",
			eval: func(a []Value) Value { return Text(a[0].text) }},
	}},
	{Name: "VALUE", Signature: "VALUE(text)", Help: "Reads a number such as -12.50; other text is blank.", overloads: []overload{
		{takes: []Type{TypeText}, gives: TypeNumber, key: "value",
			pg: `CASE WHEN {0} ~ ` + pgNumberPattern + ` THEN btrim({0}, ` + pgSpace + `)::numeric END`,
			eval: func(a []Value) Value {
				n, _ := parseNumber(a[0].text)
				return ofNumber(n)
			}},
	}},
	{Name: "ISNUMBER", Signature: "ISNUMBER(text)", Help: "Holds when VALUE reads a number.", overloads: []overload{
		{takes: []Type{TypeText}, gives: TypeBoolean, key: "is_number", pg: `({0} ~ ` + pgNumberPattern + `)`,
			eval: func(a []Value) Value {
				_, ok := parseNumber(a[0].text)
				return Boolean(ok)
			}},
	}},
	{Name: "LEN", Signature: "LEN(text)", Help: "Counts the characters.", overloads: []overload{
		{takes: []Type{TypeText}, gives: TypeNumber, key: "len", pg: "char_length({0})::numeric",
			eval: func(a []Value) Value { return ofInt(utf8.RuneCountInString(a[0].text)) }},
	}},
	{Name: "LEFT", Signature: "LEFT(text, count)", Help: "Gives the first characters.", overloads: []overload{
		{takes: []Type{TypeText, TypeNumber}, gives: TypeText, key: "left", pg: "left({0}, " + pgCount("{1}", 0, maxCount) + ")",
			eval: func(a []Value) Value { return Text(firstRunes(a[0].text, count(a[1].num, 0, maxCount))) }},
	}},
	{Name: "RIGHT", Signature: "RIGHT(text, count)", Help: "Gives the last characters.", overloads: []overload{
		{takes: []Type{TypeText, TypeNumber}, gives: TypeText, key: "right", pg: "right({0}, " + pgCount("{1}", 0, maxCount) + ")",
			eval: func(a []Value) Value { return Text(lastRunes(a[0].text, count(a[1].num, 0, maxCount))) }},
	}},
	{Name: "MID", Signature: "MID(text, start, count)", Help: "Gives characters from a place on; the first place is 1.", overloads: []overload{
		{takes: []Type{TypeText, TypeNumber, TypeNumber}, gives: TypeText, key: "mid",
			pg: "substr({0}, " + pgCount("{1}", 1, maxStart) + ", " + pgCount("{2}", 0, maxCount) + ")",
			eval: func(a []Value) Value {
				rest := afterRunes(a[0].text, count(a[1].num, 1, maxStart)-1)
				return Text(firstRunes(rest, count(a[2].num, 0, maxCount)))
			}},
	}},
	{Name: "UPPER", Signature: "UPPER(text)", Help: "Makes letters capitals.", overloads: []overload{
		{takes: []Type{TypeText}, gives: TypeText, key: "upper", pg: fmt.Sprintf("translate({0}, '%s', '%s')", lowerLetters, upperLetters),
			eval: func(a []Value) Value { return Text(changeCase(a[0].text, toUpper)) }},
	}},
	{Name: "LOWER", Signature: "LOWER(text)", Help: "Makes letters small.", overloads: []overload{
		{takes: []Type{TypeText}, gives: TypeText, key: "lower", pg: fmt.Sprintf("translate({0}, '%s', '%s')", upperLetters, lowerLetters),
			eval: func(a []Value) Value { return Text(changeCase(a[0].text, toLower)) }},
	}},
	{Name: "TRIM", Signature: "TRIM(text)", Help: "Removes space at both ends.", overloads: []overload{
		{takes: []Type{TypeText}, gives: TypeText, key: "trim", pg: "btrim({0}, " + pgSpace + ")",
			eval: func(a []Value) Value { return Text(strings.Trim(a[0].text, space)) }},
	}},
	{Name: "CONTAINS", Signature: "CONTAINS(text, part)", Help: "Holds when the part is in the text, with its case.", overloads: []overload{
		{takes: []Type{TypeText, TypeText}, gives: TypeBoolean, key: "contains", lite: "(instr({0}, {1}) > 0)", pg: "(strpos({0}, {1}) > 0)",
			eval: func(a []Value) Value { return Boolean(strings.Contains(a[0].text, a[1].text)) }},
	}},
	{Name: "BEGINS", Signature: "BEGINS(text, part)", Help: "Holds when the text begins with the part, with its case.", overloads: []overload{
		{takes: []Type{TypeText, TypeText}, gives: TypeBoolean, key: "begins", pg: "starts_with({0}, {1})",
			eval: func(a []Value) Value { return Boolean(strings.HasPrefix(a[0].text, a[1].text)) }},
	}},
	{Name: "FIND", Signature: "FIND(part, text [, start])", Help: "Gives the place of the part in the text, 0 when it is not there.", overloads: []overload{
		{takes: []Type{TypeText, TypeText, TypeNumber}, defaults: []Value{Number(1, 0)}, gives: TypeNumber, key: "find",
			pg: fmt.Sprintf("COALESCE(NULLIF(strpos(substr({1}, %[1]s), NULLIF({0}, '')), 0) + %[1]s - 1, 0)::numeric", pgCount("{2}", 1, maxStart)),
			eval: func(a []Value) Value {
				return ofInt(find(a[0].text, a[1].text, count(a[2].num, 1, maxStart)))
			}},
	}},
	{Name: "SUBSTITUTE", Signature: "SUBSTITUTE(text, old, new)", Help: "Replaces every occurrence of a part.", overloads: []overload{
		{takes: []Type{TypeText, TypeText, TypeText}, gives: TypeText, key: "substitute",
			pg:   fmt.Sprintf("left(replace({0}, {1}, {2}), %d)", maxReplaced),
			eval: func(a []Value) Value { return Text(substitute(a[0].text, a[1].text, a[2].text)) }},
	}},
	{Name: "LPAD", Signature: "LPAD(text, count [, fill])", Help: "Makes the text so long, by filling before it or cutting its end.", overloads: []overload{
		{takes: []Type{TypeText, TypeNumber, TypeText}, defaults: []Value{Text(" ")}, gives: TypeText, key: "lpad",
			pg: "lpad({0}, " + pgCount("{1}", 0, maxCount) + ", {2})",
			eval: func(a []Value) Value {
				n := count(a[1].num, 0, maxCount)
				return Text(padding(a[0].text, n, a[2].text) + firstRunes(a[0].text, n))
			}},
	}},
	{Name: "RPAD", Signature: "RPAD(text, count [, fill])", Help: "Makes the text so long, by filling after it or cutting its end.", overloads: []overload{
		{takes: []Type{TypeText, TypeNumber, TypeText}, defaults: []Value{Text(" ")}, gives: TypeText, key: "rpad",
			pg: "rpad({0}, " + pgCount("{1}", 0, maxCount) + ", {2})",
			eval: func(a []Value) Value {
				n := count(a[1].num, 0, maxCount)
				return Text(firstRunes(a[0].text, n) + padding(a[0].text, n, a[2].text))
			}},
	}},
	{Name: "REGEX", Signature: "REGEX(text, pattern)", Help: "Holds when the whole text matches a regular expression (RE2), given as a text.", form: formRegex},
	{Name: "BR", Signature: "BR()", Help: "Gives a line break in HTML.", overloads: []overload{
		{gives: TypeText, key: "br", eval: func([]Value) Value { return Text("<br>") }, lite: "'<br>'", pg: "'<br>'::text"},
	}},
	{Name: "HYPERLINK", Signature: "HYPERLINK(address, label [, target])", Help: "Gives a link in HTML.", overloads: []overload{
		{takes: []Type{TypeText, TypeText, TypeText}, defaults: []Value{Text("_blank")}, gives: TypeText, key: "hyperlink",
			pg: `('<a href="' || ` + pgHTML("{0}") + ` || '" target="' || ` + pgHTML("{2}") + ` || '">' || ` + pgHTML("{1}") + ` || '</a>')`,
			eval: func(a []Value) Value {
				return Text(`<a href="` + escapeHTML(a[0].text) + `" target="` + escapeHTML(a[2].text) + `">` + escapeHTML(a[1].text) + `</a>`)
			}},
	}},
	{Name: "IMAGE", Signature: "IMAGE(address, text [, height, width])", Help: "Gives a picture in HTML, its size in pixels.", overloads: []overload{
		{takes: []Type{TypeText, TypeText}, gives: TypeText, key: "image",
			pg: `('<img src="' || ` + pgHTML("{0}") + ` || '" alt="' || ` + pgHTML("{1}") + ` || '">')`,
			eval: func(a []Value) Value {
				return Text(`<img src="` + escapeHTML(a[0].text) + `" alt="` + escapeHTML(a[1].text) + `">`)
			}},
		{takes: []Type{TypeText, TypeText, TypeNumber, TypeNumber}, gives: TypeText, key: "image_sized",
			pg: `('<img src="' || ` + pgHTML("{0}") + ` || '" alt="' || ` + pgHTML("{1}") + ` || '" style="height:' || ` +
				pgCount("{2}", 0, maxCount) + ` || 'px; width:' || ` + pgCount("{3}", 0, maxCount) + ` || 'px">')`,
			eval: func(a []Value) Value {
				return Text(fmt.Sprintf(`<img src="%s" alt="%s" style="height:%dpx; width:%dpx">`,
					escapeHTML(a[0].text), escapeHTML(a[1].text), count(a[2].num, 0, maxCount), count(a[3].num, 0, maxCount)))
			}},
	}},
}

// pgNumberPattern matches what parseNumber reads, and pgSpace is space.
const (
	pgNumberPattern = `E'^[ \\t\\r\\n]*[-+]?([0-9]{1,18}[.]?[0-9]{0,18}|[.][0-9]{1,18})[ \\t\\r\\n]*$'`
	pgSpace         = `E' \t\r\n'`
)
