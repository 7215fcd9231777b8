package soql

import "testing"

// FuzzParse: no text brings the parser down, and every tree survives being printed.
func FuzzParse(f *testing.F) {
	for _, l := range verdicts(f, "testdata/corpus.txt") {
		f.Add(l.query)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err == nil && len(q.String()) > MaxText {
			return // printing may spell out more than was written
		}
		checkResult(t, text, q, err)
	})
}

// FuzzParseSearch is FuzzParse for searches.
func FuzzParseSearch(f *testing.F) {
	f.Add(`FIND {"a b" OR c* AND NOT (d\} e?)} IN NAME FIELDS RETURNING Account(Id WHERE Name = 'x' LIMIT 1), Lead WITH HIGHLIGHT LIMIT 2`)
	f.Add(`FIND {\a\"b} WITH NETWORK IN ('x') UPDATE VIEWSTAT`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSearch(text)
		switch {
		case err != nil:
			if _, ok := err.(*Error); !ok {
				t.Errorf("%q: %v", text, err)
			}
		case len(s.String()) <= MaxText:
			checkSearch(t, text, s)
		}
	})
}

// BenchmarkParse reads a usual query of a list: nine columns, two of them of parents, three conditions.
func BenchmarkParse(b *testing.B) {
	const text = "SELECT Id, WorkOrderNumber, Subject, Status, Priority, StartDate, EndDate, Account.Name, ServiceTerritory.Name " +
		"FROM WorkOrder WHERE Status IN ('New', 'In Progress') AND CreatedDate = LAST_N_DAYS:30 AND Account.Name LIKE 'A%' " +
		"ORDER BY CreatedDate DESC NULLS LAST LIMIT 200"
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
