package truckroll_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "truckroll/"

// may lists, package by package, which packages of its floor each one may know. Schema, soql and travel know nothing;
// each of the others knows lower ones only.
var may = map[string]string{
	"platform/schema":  "",
	"platform/soql":    "",
	"platform/formula": "schema",
	"platform/store":   "schema",
	"platform/audit":   "schema store",
	"platform/event":   "schema store",
	"platform/job":     "schema store",
	"platform/file":    "schema store",
	"platform/mail":    "",
	"platform/paper":   "",
	"platform/merge":   "",
	"platform/sheet":   "",
	"platform/layout":  "schema",
	"platform/access":  "schema soql",
	"platform/query":   "schema soql access store formula",
	"platform/why":     "schema soql access store query",
	"platform/history": "schema soql access store audit query",
	"platform/record":  "schema soql access store query audit event job formula file",
	"platform/action":  "schema access record",
	"platform/org":     "schema soql access store query audit event job formula file record action layout merge",
	"platform/bulk":    "schema access store query audit job file record org",

	"optimize/travel": "",
	"optimize/route":  "travel", // for its matrix
}

// edges are the imports that cross a wall of the house, each with the reason why it may.
var edges = map[string]string{
	"fieldservice/object -> platform/org":          "a reference to a user or a profile carries their types",
	"fieldservice/dispatch -> optimize":            "a plan of the day is a problem for the optimiser",
	"fieldservice/dispatch -> fieldservice/roster": "who can do this work, and who is free, is one algorithm",
}

// permitted reports whether the package at path from may import the one at path to.
func permitted(from, to string) bool {
	for edge := range edges {
		a, b, _ := strings.Cut(edge, " -> ")
		if from == a && (to == b || strings.HasPrefix(to, b+"/")) {
			return true
		}
	}
	floor, _, _ := strings.Cut(from, "/")
	below, _, _ := strings.Cut(to, "/")
	switch floor {
	case "cmd":
		return below == "app"
	case "app", "test":
		return true
	case "server":
		return below == "platform" || below == "server"
	case "fieldservice":
		if from == "fieldservice/object" {
			return to == "platform/schema"
		}
		return below == "platform" || to == "fieldservice/object"
	case "platform":
		return below == floor && withinList(from, to)
	case "optimize":
		_, listed := may[from]
		return below == floor && (!listed || withinList(from, to)) // what reads instances or judges plans knows both
	}
	return false
}

// withinList reports whether may lets from know to, two packages of one floor. A package inside a listed one may know
// the same, and its own kind.
func withinList(from, to string) bool {
	for listed, list := range may {
		if from != listed && !strings.HasPrefix(from, listed+"/") {
			continue
		}
		_, name, _ := strings.Cut(to, "/")
		return slices.Contains(strings.Fields(list), name) || to == listed || strings.HasPrefix(to, listed+"/")
	}
	return false
}

// TestDependencies holds who may know whom. Tests may look further.
func TestDependencies(t *testing.T) {
	for _, p := range house(t) {
		for _, f := range p.files {
			for _, spec := range f.syntax.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				to, ours := strings.CutPrefix(path, module)
				if ours && !permitted(p.path, to) {
					t.Errorf("%s imports %s, which %s may not know", f.name, to, p.path)
				}
			}
		}
	}
}

// TestPackageDocs holds that every package says once what it is for, and what it does not know.
func TestPackageDocs(t *testing.T) {
	for _, p := range house(t) {
		var docs []string
		for _, f := range p.files {
			if f.syntax.Doc != nil {
				docs = append(docs, f.syntax.Doc.Text())
			}
		}
		opening := "Package " + p.name + " "
		if p.name == "main" {
			opening = "Command " + filepath.Base(p.path) + " "
		}
		switch {
		case len(docs) != 1:
			t.Errorf("%s has %d package docs, not one", p.path, len(docs))
		case !strings.HasPrefix(docs[0], opening):
			t.Errorf("%s: the package doc does not begin with %q", p.path, opening)
		case p.name != "main" && !strings.Contains(docs[0], "know"):
			t.Errorf("%s: the package doc does not say what the package does not know", p.path)
		}
	}
}

// business finds the words that the platform has never heard.
var business = regexp.MustCompile(`(?i)work ?orders?\b|work ?types?\b|service ?appointment|service ?territor|service ?resource|` +
	`assigned ?resource|maintenance ?plan|time ?sheet|technician|dispatcher|field ?service|truck ?roll(ed|ing)\b`)

// TestPlatformWords holds that the platform holds no word of field service, in code or in comments.
func TestPlatformWords(t *testing.T) {
	for _, p := range house(t) {
		if !strings.HasPrefix(p.path, "platform/") {
			continue
		}
		for _, f := range p.files {
			for i, line := range strings.Split(string(f.source), "\n") {
				if word := business.FindString(line); word != "" {
					t.Errorf("%s:%d: %q is a word of the business", f.name, i+1, word)
				}
			}
		}
	}
}

// plate are the lists that a room may show.
var plate = []string{"Rules", "Actions", "Jobs", "Scopes"}

// shown lists what else a room exports, each with the one who uses it.
var shown = map[string]string{
	"fieldservice/price.Plant":       "app gives an empty organisation its standard price book",
	"fieldservice/report.Plant":      "app gives an empty organisation its layout",
	"fieldservice/work.Plant":        "app gives an empty organisation its settings and transitions",
	"fieldservice/work.SyncStatuses": "app has the lists of statuses follow the picklists",
}

// TestRooms holds that each room has a door plate and exports nothing but what stands on it.
func TestRooms(t *testing.T) {
	for _, p := range house(t) {
		room, ok := strings.CutPrefix(p.path, "fieldservice/")
		if !ok || room == "object" || room == "housetest" || strings.Contains(room, "/") {
			continue
		}
		i := slices.IndexFunc(p.files, func(f file) bool { return filepath.Base(f.name) == "room.go" })
		if i < 0 {
			t.Errorf("%s has no room.go", p.path)
			continue
		}
		if p.files[i].syntax.Doc == nil {
			t.Errorf("%s: the package doc does not stand in room.go", p.path)
		}
		for _, f := range p.files {
			for _, name := range exported(f.syntax) {
				onPlate := slices.Contains(plate, name) && filepath.Base(f.name) == "room.go"
				if _, used := shown[p.path+"."+name]; !onPlate && !used {
					t.Errorf("%s exports %s, which is not on the door plate", f.name, name)
				}
			}
		}
	}
}

// exported returns the names that a file declares for other packages.
func exported(f *ast.File) []string {
	var names []string
	add := func(id *ast.Ident) {
		if id.IsExported() {
			names = append(names, id.Name)
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				add(d.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					add(s.Name)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						add(id)
					}
				}
			}
		}
	}
	return names
}

// pkg is a package of the house without its tests.
type pkg struct {
	path  string // from the root of the repository
	name  string
	files []file
}

type file struct {
	name   string
	source []byte
	syntax *ast.File
}

// house reads every package of the repository. It parses the files itself: the result of a program run by a test
// would be remembered when the files that the program reads have changed.
func house(t *testing.T) []*pkg {
	t.Helper()
	var all []*pkg
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f := file{name: path}
		if f.source, err = os.ReadFile(path); err != nil {
			return err
		}
		if f.syntax, err = parser.ParseFile(token.NewFileSet(), path, f.source, parser.ParseComments); err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		i := slices.IndexFunc(all, func(p *pkg) bool { return p.path == dir })
		if i < 0 {
			i, all = len(all), append(all, &pkg{path: dir, name: f.syntax.Name.Name})
		}
		all[i].files = append(all[i].files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no packages found")
	}
	return all
}
