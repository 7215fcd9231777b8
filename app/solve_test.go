package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"truckroll/optimize/check"
	"truckroll/optimize/format/vroom"
)

// run parses a command line and solves.
func run(t *testing.T, input string, args ...string) (out, log string, err error) {
	t.Helper()
	var line struct {
		Solve SolveCmd `cmd:""`
	}
	parser, err := kong.New(&line)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"solve"}, args...)); err != nil {
		t.Fatal(err)
	}
	var o, l bytes.Buffer
	err = line.Solve.solve(t.Context(), strings.NewReader(input), &o, &l)
	return o.String(), l.String(), err
}

func TestSolveSolomon(t *testing.T) {
	first, log, err := run(t, "", "--iterations=2000", "--seed=3", "--threads=1", "--progress", "../test/instance/C101.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(first, "Cost 827.3\n") || !strings.HasPrefix(first, "Route #1: ") {
		t.Errorf("C101's best known cost is 827.3; got\n%s", first)
	}
	if !strings.Contains(log, "iterations") {
		t.Errorf("no progress was told: %q", log)
	}
	again, _, err := run(t, "", "--iterations=2000", "--seed=3", "--threads=2", "../test/instance/C101.txt")
	if err != nil {
		t.Fatal(err)
	}
	if first != again {
		t.Errorf("the same seed and iterations gave two plans:\n%s\n%s", first, again)
	}
}

func TestSolveFleetFirst(t *testing.T) {
	out, _, err := run(t, "", "--iterations=20000", "--fleet", "../test/instance/C101.txt")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(out, "Route #") != 10 || !strings.HasSuffix(out, "Cost 828.9369\n") {
		t.Errorf("C101 needs 10 vehicles and 828.9369; got\n%s", out)
	}
}

const town = `{
 "vehicles": [{"id": 1, "start": [7.4246, 43.7384], "end": [7.4246, 43.7384], "profile": "foot"}],
 "jobs": [{"id": 1, "location": [7.4200, 43.7350]}, {"id": 2, "location": [7.4280, 43.7400]}]
}`

func TestSolveFromStandardInput(t *testing.T) {
	duration := func(args ...string) int64 {
		out, _, err := run(t, town, append(args, "--iterations=100", "-")...)
		if err != nil {
			t.Fatal(err)
		}
		var plan vroom.Output
		if err := json.Unmarshal([]byte(out), &plan); err != nil {
			t.Fatal(err)
		}
		if plan.Summary.Unassigned != 0 || len(plan.Routes) != 1 {
			t.Errorf("plan %s", out)
		}
		return plan.Summary.Duration
	}
	estimated, measured := duration(), duration("--map=../optimize/travel/testdata/monaco.osm.gz")
	if estimated == measured || measured < estimated/2 || measured > estimated*4 {
		t.Errorf("estimated %d s, measured on roads %d s", estimated, measured)
	}
}

func TestSolveFaults(t *testing.T) {
	for _, c := range []struct {
		want, input string
		args        []string
	}{
		{"-: this looks like none of the known forms", "hello", []string{"-"}},
		{`-: format "ods" is unknown`, "hello", []string{"--format=ods", "-"}},
		{"-: jobs[0].location: is missing", `{"vehicles":[{"id":1,"start":[1,1]}],"jobs":[{"id":1}]}`, []string{"-"}},
		{"no such file", "", []string{"nowhere.txt"}},
		{"give one of --map", town, []string{"--osrm=http://localhost", "--valhalla=http://localhost", "-"}},
		{"no travel times for \"foot\"", town, []string{"--osrm=http://127.0.0.1:1", "-"}},
		{"no travel times for \"foot\"", town, []string{"--valhalla=http://127.0.0.1:1", "-"}},
	} {
		_, _, err := run(t, c.input, c.args...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.args, err, c.want)
		}
	}
}

func TestInterruptPrintsTheBestPlan(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data, err := os.ReadFile(filepath.Join("..", "test", "instance", "C101.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c := SolveCmd{File: "-"}
	if err := c.solve(ctx, bytes.NewReader(data), &out, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Cost ") {
		t.Errorf("got %q", out.String())
	}
}

func TestRefusedPlanIsNotPrinted(t *testing.T) {
	err := verdict([]check.Fault{{Where: "shift 1", What: "has no stops but spends time"}})
	if err == nil || !strings.Contains(err.Error(), "\n  shift 1: has no stops") {
		t.Errorf("%v", err)
	}
	if err := verdict(nil); err != nil {
		t.Error(err)
	}
}

// Two jobs of which one fits: who asks why hears it of each vehicle.
func TestSolveWhy(t *testing.T) {
	_, log, err := run(t, `{
		"vehicles": [
			{"id": 1, "start_index": 0, "end_index": 0, "time_window": [0, 100], "skills": [1]},
			{"id": 2, "start_index": 0, "end_index": 0, "time_window": [0, 100]}],
		"jobs": [
			{"id": 1, "location_index": 1, "service": 70, "skills": [1], "priority": 9},
			{"id": 2, "location_index": 1, "service": 60, "skills": [1], "priority": 1}],
		"matrices": {"car": {"durations": [[0, 10], [10, 0]]}}}`, "--iterations=200", "--why", "-")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(log), "\n")
	if len(lines) != 2 || !strings.HasSuffix(lines[0], "no room beside visits that matter more") || !strings.HasSuffix(lines[1], "the skills are missing") {
		t.Errorf("%q", log)
	}
}
