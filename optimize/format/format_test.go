package format

import (
	"os"
	"strings"
	"testing"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

// texts are the beginnings of small problems in every form, as far as telling them apart needs.
var texts = map[string]string{
	"vroom":       `{"vehicles": [{"id": 1, "start": [9, 47]}], "jobs": [{"id": 1, "location": [9, 47.1]}]}`,
	"hhcrsp":      `{"patients": [], "caregivers": [{"id": "c"}], "services": [], "central_offices": [{"id": "d"}], "distances": [[0]]}`,
	"solomon":     "x\nVEHICLE\nNUMBER CAPACITY\n1 1\nCUSTOMER\nCUST NO.\n0 0 0 0 0 1 0\n",
	"verolog2019": "DATASET = x\nNAME = x\n",
	"trsp":        "x\nINFO\nCREW COUNT\n1 0 0 0\nDEPOT\nID\n0 0 0 0 9 0 [] [] []\n1 0 0 0 9 0 [] [] []\n2 1 0 0 9 0 [] [] []\n",
}

func TestFormIsTold(t *testing.T) {
	for _, name := range Names() {
		text, has := texts[name]
		if !has {
			t.Fatalf("no text for %s", name)
		}
		told, toldErr := Read([]byte(text), "", Options{})
		named, namedErr := Read([]byte(text), name, Options{})
		if (toldErr == nil) != (namedErr == nil) || toldErr != nil && toldErr.Error() != namedErr.Error() {
			t.Errorf("%s: told %v, named %v", name, toldErr, namedErr)
		}
		if (told == nil) != (toldErr != nil) || (named == nil) != (namedErr != nil) {
			t.Errorf("%s: an instance with an error, or neither", name)
		}
	}
	for _, text := range []string{"", "hello", "{}", "\x00"} {
		if _, err := Read([]byte(text), "", Options{}); err == nil || !strings.Contains(err.Error(), "none of the known forms") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Read(nil, "tsplib", Options{}); err == nil || !strings.Contains(err.Error(), `"tsplib" is unknown`) {
		t.Errorf("tsplib: %v", err)
	}
}

func TestSolveInStages(t *testing.T) {
	for _, text := range []string{texts["trsp"], texts["vroom"]} {
		in, err := Read([]byte(text), "", Options{})
		if err != nil {
			t.Fatal(err)
		}
		solved, plan, err := Solve(t.Context(), in, route.Options{Iterations: 50, Seed: 1, Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range check.Plan(solved.Problem(), plan) {
			t.Error(fault)
		}
		if len(plan.Absent) > 0 || solved.Cost(plan) <= 0 {
			t.Errorf("absent %v, cost %g", plan.Absent, solved.Cost(plan))
		}
	}
}

func TestFleetFirstChangesTheConvention(t *testing.T) {
	data, err := os.ReadFile("../../test/instance/C101.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, fleet := range []bool{false, true} {
		in, err := Read(data, "", Options{FleetFirst: fleet})
		if err != nil {
			t.Fatal(err)
		}
		if in.Problem().Policy.FewFirst != fleet {
			t.Errorf("with %v the policy says %v", fleet, in.Problem().Policy.FewFirst)
		}
	}
}
