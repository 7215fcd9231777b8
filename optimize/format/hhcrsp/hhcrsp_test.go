package hhcrsp

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
)

func small(t testing.TB) string {
	data, err := os.ReadFile("testdata/small.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestRead(t *testing.T) {
	in, err := Read([]byte(small(t)))
	if err != nil {
		t.Fatal(err)
	}
	p := in.Problem()
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	want := route.Visit{ID: "p3 lift", Place: 3, Duration: 4000, Due: 34_000, Skills: []route.SkillNeed{{Name: "lift"}}}
	if diff := cmp.Diff(want, p.Visits[4]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	links := []route.Link{
		{Kind: route.OtherTechnician, First: 1, Second: 2}, {Kind: route.SameStart, First: 1, Second: 2},
		{Kind: route.OtherTechnician, First: 3, Second: 4}, {Kind: route.StartAfter, First: 3, Second: 4, MinGap: 2000, MaxGap: 3500},
	}
	if diff := cmp.Diff(links, p.Links); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := p.Modes[0].Matrix.Duration(1, 2); d != 2250 {
		t.Errorf("2.25 became %d", d)
	}
}

func TestCost(t *testing.T) {
	in, err := Read([]byte(small(t)))
	if err != nil {
		t.Fatal(err)
	}
	plan := &route.Solution{Routes: []route.Route{
		{Stops: []route.Stop{{Visit: 1, Begin: 13_000}, {Visit: 3, Begin: 32_500}}}, {},
	}}
	want := Figures{Distance: 4 + 1 + 5, Tardiness: 1 + 2.5, MaxTardiness: 2.5}
	if got := in.Figures(plan); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if cost := in.Cost(plan); math.Abs(cost-16./3) > 1e-9 {
		t.Errorf("cost %g", cost)
	}
}

func TestSolved(t *testing.T) {
	in, err := Read([]byte(small(t)))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := route.Solve(t.Context(), in.Problem(), route.Options{Iterations: 2000, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(in.Problem(), plan) {
		t.Error(fault)
	}
	var text bytes.Buffer
	if err := in.Write(&text, plan); err != nil {
		t.Fatal(err)
	}
	var out output
	if err := json.Unmarshal(text.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	stops := 0
	for _, r := range out.Routes {
		stops += len(r.Stops)
	}
	if len(out.Absent) != 0 || stops != 5 {
		t.Errorf("%s", text.String())
	}
}

func TestFaultsNameThePath(t *testing.T) {
	text := small(t)
	for _, c := range []struct{ from, to, want string }{
		{`[10, 20]`, `[20, 10]`, "patients[0].time_window: [20 10] is not a window"},
		{`[10, 20]`, `[20]`, "patients[0].time_window: [20] is not a window"},
		{`"duration": 5`, `"duration": -5`, "patients[0].required_caregivers[0].duration: -5 is not between"},
		{`"service": "wash", "duration": 5`, `"service": "cook"`, `patients[0].required_caregivers[0].service: there is no service "cook"`},
		{`"abilities": ["lift", "wash"]`, `"abilities": []`, `patients[1].required_caregivers[1].service: no caregiver has the ability "lift"`},
		{`"type": "simultaneous"`, `"type": "often"`, `patients[1].synchronization.type: "often" is neither`},
		{`[8, 9.5]`, `[9.5, 8]`, "patients[2].synchronization.distance: [9.5 8] is not"},
		{`[{"service": "wash", "duration": 5}]`, `[]`, "patients[0].required_caregivers: has 0 entries"},
		{`"id": "bob"`, `"id": "ann"`, `caregivers[1].id: "ann" is empty or stands twice`},
		{`"default_duration": 6`, `"default_duration": -6`, "services[0].default_duration: -6"},
		{`[{"id": "d"}]`, `[]`, "central_offices: has 0 entries"},
		{`[3.5, 0, 2.25, 4], `, ``, "distances: has 3 rows, expected 4"},
		{`[3.5, 0, 2.25, 4]`, `[3.5, 0, 4]`, "distances[1]: has 3 entries, expected 4"},
		{`[3.5, 0, 2.25, 4]`, `[3.5, 0, -2, 4]`, "distances[1][2]: -2 is not between"},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		if changed == text {
			t.Fatalf("%q is not in the sample", c.from)
		}
		if _, err := Read([]byte(changed)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.to, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := Read(data)
		if err != nil {
			return
		}
		if err := in.Problem().Validate(); err != nil {
			t.Fatalf("read without a fault, but: %v", err)
		}
	})
}
