package truckroll_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// What a reader is asked to take in at once, in lines. Tables and tests aside.
const (
	longestFunction = 60
	longestFile     = 400
)

// TestHabits holds what the house does without: functions and files that are too long to be taken in at once, work done
// because a package is imported, and, in the rooms, a clock of their own.
func TestHabits(t *testing.T) {
	for _, p := range house(t) {
		for _, f := range p.files {
			for _, broken := range habitsBroken(t, f.name, f.source) {
				t.Error(broken)
			}
		}
	}
}

// habitsBroken says what a file of the house does that none does.
func habitsBroken(t *testing.T, name string, source []byte) (all []string) {
	t.Helper()
	places := token.NewFileSet()
	f, err := parser.ParseFile(places, name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	at := func(n ast.Node) string { return places.Position(n.Pos()).String() }
	if strings.Count(string(source), "\n") > longestFile {
		all = append(all, name+" is a file of more than 400 lines")
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if places.Position(n.End()).Line-places.Position(n.Pos()).Line >= longestFunction {
				all = append(all, at(n)+": "+n.Name.Name+" is a function of more than 60 lines")
			}
			if n.Name.Name == "init" && n.Recv == nil {
				all = append(all, at(n)+": init does something because the package is imported")
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Since") && strings.HasPrefix(filepath.ToSlash(name), "fieldservice/") {
				all = append(all, at(n)+": a room asks the machine for the time instead of its transaction")
			}
		}
		return true
	})
	return all
}

// TestHabitsAreSeen holds that the test above would see what it looks for.
func TestHabitsAreSeen(t *testing.T) {
	long := strings.Repeat("\n", longestFunction)
	for about, c := range map[string]struct {
		name, source string
		want         int
	}{
		"a short file":                 {"app/a.go", "package a\nfunc f() {}\n", 0},
		"a long file":                  {"app/a.go", "package a\n" + strings.Repeat("\n", longestFile), 1},
		"a long function":              {"app/a.go", "package a\nfunc f() {" + long + "}\n", 1},
		"as long as a function may be": {"app/a.go", "package a\nfunc f() {" + long[1:] + "}\n", 0},
		"an init":                      {"app/a.go", "package a\nfunc init() {}\n", 1},
		"a method named init":          {"app/a.go", "package a\ntype b int\nfunc (b) init() {}\n", 0},
		"the time in a room":           {"fieldservice/sla/a.go", "package a\nimport \"time\"\nvar now = time.Now()\n", 1},
		"the time elsewhere":           {"app/a.go", "package a\nimport \"time\"\nvar now = time.Now()\n", 0},
	} {
		if got := habitsBroken(t, c.name, []byte(c.source)); len(got) != c.want {
			t.Errorf("%s: %q, want %d of them", about, got, c.want)
		}
	}
}

// TestWallsStand holds that the list of who may know whom refuses what crosses a wall.
func TestWallsStand(t *testing.T) {
	for edge, want := range map[string]bool{
		"cmd/truckroll -> app":                         true,
		"cmd/truckroll -> platform/store":              false,
		"app -> optimize/route":                        true,
		"server/api -> platform/record":                true,
		"server/api -> server/auth":                    true,
		"server/api -> fieldservice/work":              false,
		"server/api -> fieldservice/object":            false,
		"fieldservice/work -> fieldservice/object":     true,
		"fieldservice/work -> fieldservice/sla":        false,
		"fieldservice/work -> optimize/route":          false,
		"fieldservice/dispatch -> optimize/route":      true,
		"fieldservice/object -> platform/schema":       true,
		"fieldservice/object -> platform/record":       false,
		"platform/record -> platform/query":            true,
		"platform/query -> platform/record":            false,
		"platform/schema -> platform/soql":             false,
		"platform/store/migration -> platform/schema":  true,
		"platform/store -> fieldservice/object":        false,
		"platform/unlisted -> platform/schema":         false,
		"optimize/route -> optimize/travel":            true,
		"optimize/travel -> optimize/route":            false,
		"optimize/route -> platform/schema":            false,
		"platform/soql -> server/api":                  false,
		"fieldservice/housetest -> fieldservice/stock": false,
	} {
		from, to, _ := strings.Cut(edge, " -> ")
		if permitted(from, to) != want {
			t.Errorf("%s: %v, want %v", edge, !want, want)
		}
	}
}
