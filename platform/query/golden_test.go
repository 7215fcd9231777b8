package query

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

var update = flag.Bool("update", false, "write what the queries of testdata compile to")

// TestGolden holds queries to the SQL that they compile to. A file of testdata is a list of blocks parted by empty
// lines: who asks and the query, then for each dialect the statement and its arguments. What is the same for both is
// written once.
func TestGolden(t *testing.T) {
	c := worldCatalog(t)
	dialects := []store.Dialect{storetest.SQLite(t, store.Options{}).Dialect()}
	t.Run("postgres", func(t *testing.T) { dialects = append(dialects, storetest.Postgres(t, store.Options{}).Dialect()) })
	viewers := map[string]access.Viewer{"all": access.Everything{}, "clerk": clerk{id: schema.MakeId("005", 2)}}
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var blocks []string
		for block := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
			question, want, _ := strings.Cut(block, "\n")
			who, text, ok := strings.Cut(question, "> ")
			if !ok || viewers[who] == nil {
				t.Fatalf("%s: %q does not begin with a viewer", file, question)
			}
			got := compiled(text, c, viewers[who], dialects)
			blocks = append(blocks, question+"\n"+got)
			if !*update && len(dialects) == 2 && got != want {
				t.Errorf("%s: %s\ngot\n%s\nwant\n%s", file, question, got, want)
			}
		}
		if *update {
			if err := os.WriteFile(file, []byte(strings.Join(blocks, "\n\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func compiled(text string, c *schema.Catalog, v access.Viewer, dialects []store.Dialect) string {
	st, err := Compile(text, c, v, Options{Now: noon})
	if err != nil {
		return strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n\n", "\n")
	}
	var lines []string
	for _, d := range dialects {
		sql, args := st.SQL(d, 200)
		line := sql + " --"
		for _, a := range args {
			line += fmt.Sprintf(" %v", a)
		}
		if len(lines) == 1 && lines[0] == line {
			return "both: " + line
		}
		lines = append(lines, line)
	}
	for i, d := range dialects {
		lines[i] = d.Name() + ": " + lines[i]
	}
	return strings.Join(lines, "\n")
}
