package soql

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// samePlaceOrNot compares trees without their positions and source.
var samePlaceOrNot = cmp.Options{
	cmpopts.IgnoreTypes(Pos(0)),
	cmpopts.IgnoreFields(Query{}, "Text"),
	cmpopts.IgnoreFields(Search{}, "Text"),
}

func diffTrees[T any](a, b T) string { return cmp.Diff(a, b, samePlaceOrNot, cmpopts.EquateEmpty()) }

// verdicts reads a file of lines "valid<tab>query" and "invalid<tab>query"; ␤ stands for a line break.
func verdicts(t testing.TB, file string) (lines []struct {
	valid bool
	query string
}) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		verdict, query, ok := strings.Cut(line, "\t")
		if !ok || verdict != "valid" && verdict != "invalid" {
			t.Fatalf("%s: strange line %q", file, line)
		}
		lines = append(lines, struct {
			valid bool
			query string
		}{verdict == "valid", strings.ReplaceAll(query, "␤", "\n")})
	}
	return lines
}

func TestCorpus(t *testing.T) {
	lines := verdicts(t, "testdata/corpus.txt")
	if len(lines) < 368 {
		t.Fatalf("only %d lines", len(lines))
	}
	for _, l := range lines {
		q, err := Parse(l.query)
		if (err == nil) != l.valid {
			t.Errorf("valid=%v: %s: %v", l.valid, l.query, err)
		}
		checkResult(t, l.query, q, err)
	}
}

// TestGrammar holds the parser to Salesforce's verdicts on constructions, except where it differs on purpose.
func TestGrammar(t *testing.T) {
	for _, l := range verdicts(t, "testdata/grammar.txt") {
		q, err := Parse(l.query)
		_, differs := onPurpose[l.query]
		if (err == nil) != (l.valid != differs) {
			t.Errorf("valid=%v, differs=%v: %s: %v", l.valid, differs, l.query, err)
		}
		checkResult(t, l.query, q, err)
	}
}

// checkResult holds a result to what Parse promises whatever the text.
func checkResult(t testing.TB, text string, q *Query, err error) {
	t.Helper()
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || q != nil || e.Message == "" || e.Row < 1 || e.Column < 1 {
			t.Errorf("%s: not a proper error: %#v", text, err)
		}
		return
	}
	again, err := Parse(q.String())
	if err != nil {
		t.Errorf("%s\nis printed as\n%s\nwhich is refused: %v", text, q, err)
		return
	}
	if diff := diffTrees(q, again); diff != "" {
		t.Errorf("%s\nis printed as\n%s\nwhich differs: %s", text, q, diff)
	}
}
