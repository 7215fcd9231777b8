package merge

import (
	"errors"
	"html"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFill(t *testing.T) {
	values := func(f string) string {
		return map[string]string{"Job.Name": "Pump & Co <b>", "Job.Link": "https://x.example/?a=1&b=\"2\"", "Job.Bad": "javascript:alert(1)", "Job.Text": "one\r\ntwo"}[f]
	}
	for _, c := range []struct{ in, text, html string }{
		{"plain", "plain", "plain"},
		{"Dear {!Job.Name}!", "Dear Pump & Co <b>!", "Dear Pump &amp; Co &lt;b&gt;!"},
		{"{! Job.Name }{!Job.Name}", "Pump & Co <b>Pump & Co <b>", "Pump &amp; Co &lt;b&gt;Pump &amp; Co &lt;b&gt;"},
		{"{!Job.Text}", "one\r\ntwo", "one<br>two"},
		{`<a href="{!Job.Link}">`, `<a href="https://x.example/?a=1&b="2"">`, `<a href="https://x.example/?a=1&amp;b=&#34;2&#34;">`},
		{`<a HREF = '{!Job.Bad}'>`, `<a HREF = 'javascript:alert(1)'>`, `<a HREF = ''>`},
		{`<a title="{!Job.Bad}">`, `<a title="javascript:alert(1)">`, `<a title="javascript:alert(1)">`},
		{"{ ! } {}", "{ ! } {}", "{ ! } {}"},
		{"{!Job.None}.", ".", "."},
	} {
		tpl, err := Parse(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if got := tpl.Text(values); got != c.text {
			t.Errorf("%q as text: %q, want %q", c.in, got, c.text)
		}
		if got := tpl.HTML(values); got != c.html {
			t.Errorf("%q as HTML: %q, want %q", c.in, got, c.html)
		}
	}
}

func TestMistakesHaveTheirPlace(t *testing.T) {
	for in, want := range map[string]string{
		"a\nbü {!Job.}":              "line 2, column 4: {!Job.} is not a merge field; write {!Object.Field}",
		"{!Name}":                    "line 1, column 1: {!Name} is not a merge field; write {!Object.Field}",
		"{!Job.Name":                 "line 1, column 1: {!Job.Name} has no end; write {!Object.Field}",
		"{!Job.Na\nme}":              "line 1, column 1: {!Job.Na} has no end; write {!Object.Field}",
		"{!Job.Na {!Job.Name}":       "line 1, column 1: {!Job.Na {!Job.Name}} has no end; write {!Object.Field}",
		"{!A.B.C.D.E.F.G}":           "line 1, column 1: {!A.B.C.D.E.F.G} leads through more than 6 names",
		"{!Job.Name}\n\n {!1.Price}": "line 3, column 2: {!1.Price} is not a merge field; write {!Object.Field}",
	} {
		var m *Mistake
		if _, err := Parse(in); !errors.As(err, &m) || m.Error() != want {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
}

func TestFieldsStandOnceInOrder(t *testing.T) {
	tpl, err := Parse("{!B.x} {!A.y}\n{!B.x} {!A.Z__c}")
	if err != nil || !slices.Equal(tpl.Fields(), []string{"B.x", "A.y", "A.Z__c"}) {
		t.Fatalf("%v %v", tpl.Fields(), err)
	}
	if at := tpl.At("A.Z__c"); at != (Place{2, 8}) {
		t.Errorf("A.Z__c stands at %v", at)
	}
}

// Whatever a value is, the HTML has as many elements as without it, and shows the value.
func TestNoValueBecomesMarkup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.String().Draw(t, "value")
		tpl, err := Parse("<p>{!A.b}</p>")
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimSuffix(strings.TrimPrefix(tpl.HTML(func(string) string { return v }), "<p>"), "</p>")
		plain := strings.ReplaceAll(got, "<br>", "")
		if strings.ContainsAny(plain, "<>\"'") {
			t.Fatalf("markup in %q", got)
		}
		if back := html.UnescapeString(strings.ReplaceAll(got, "<br>", "\n")); back != strings.ReplaceAll(v, "\r\n", "\n") {
			t.Fatalf("%q shows as %q", v, back)
		}
	})
}

// Every text is read or refused with a place in it; one without fields comes out as it went in.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Dear {!Contact.Name},", "{!", "{!A.b}{!A.b}}", "a\n{! x.y }", `<a href="{!A.b}">`, "{!\xff.a}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tpl, err := Parse(text)
		var m *Mistake
		if errors.As(err, &m) {
			if m.At.Line < 1 || m.At.Line > 1+strings.Count(text, "\n") || m.At.Column < 1 {
				t.Fatalf("%q: a mistake at %v", text, m.At)
			}
			return
		}
		if len(tpl.Fields()) == 0 && tpl.Text(nil) != text {
			t.Fatalf("%q became %q", text, tpl.Text(nil))
		}
		if got := tpl.Text(func(f string) string { return "{!" + f + "}" }); len(got) > len(text) {
			t.Fatalf("%q grew to %q", text, got)
		}
	})
}
