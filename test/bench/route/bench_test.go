package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"truckroll/optimize/format/vroom"
	"truckroll/optimize/generate"
	"truckroll/optimize/route"
)

func TestSamplesHaveEveryClass(t *testing.T) {
	all, err := bestKnown()
	if err != nil {
		t.Fatal(err)
	}
	classes := map[string]int{}
	for name, k := range all {
		if k.dist <= 0 || k.vehicles <= 0 || k.hier <= 0 {
			t.Errorf("%s: %+v", name, k)
		}
		size, class := "100", strings.TrimRight(name, "0123456789")+name[strings.IndexAny(name, "12"):][:1]
		if f := strings.Split(name, "_"); len(f) == 3 {
			size, class = f[1], f[0]
		}
		classes[size+" "+class]++
	}
	for size, want := range map[string]map[string]int{
		"100": {"C1": 9, "C2": 8, "R1": 12, "R2": 11, "RC1": 8, "RC2": 8},
		"2":   {"C1": 2, "C2": 2, "R1": 2, "R2": 2, "RC1": 2, "RC2": 2},
		"4":   {"C1": 2, "C2": 2, "R1": 2, "R2": 2, "RC1": 2, "RC2": 2},
		"10":  {"C1": 2, "C2": 2, "R1": 2, "R2": 2, "RC1": 2, "RC2": 2},
	} {
		for class, n := range want {
			if got := classes[size+" "+class]; got != n {
				t.Errorf("%d instances of %s with %s, want %d", got, class, size, n)
			}
		}
	}
	for _, kind := range []string{"pillac", "hhcrsp"} {
		if costs, err := published(kind); err != nil || len(costs) != 12 {
			t.Errorf("%s: %d costs, %v", kind, len(costs), err)
		}
	}
}

func TestFigureFallsShort(t *testing.T) {
	var out bytes.Buffer
	b := &bench{out: &out}
	b.figure("a", 0.1, "%", "<=", 0.1)
	b.figure("b", 0.1004, "%", "<=", 0.1)
	b.figure("c", 55, "instances", ">=", 56)
	want := "figure a 0.1 % target <= 0.1 ok\nfigure b 0.1 % target <= 0.1 short\nfigure c 55 instances target >= 56 short\n"
	if out.String() != want || b.short != 2 {
		t.Errorf("%s", out.String())
	}
}

// TestExportedDayIsTheSame holds a day that went through VROOM's JSON to what it was.
func TestExportedDayIsTheSame(t *testing.T) {
	p, err := generate.Day(5, 5, daySeed).Problem()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(vroomOf(p))
	if err != nil {
		t.Fatal(err)
	}
	in, err := vroom.Read(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	q := in.Problem()
	for i, v := range p.Visits {
		w := q.Visits[i]
		if v.Duration != w.Duration || v.Priority != w.Priority || v.Place != w.Place || len(v.Windows) != len(w.Windows) || len(v.Skills) != len(w.Skills) {
			t.Fatalf("visit %d: %+v became %+v", i, v, w)
		}
	}
	for i, s := range p.Shifts {
		if w := q.Shifts[i]; s.Window != w.Window || s.Start != w.Start || len(w.Breaks) != 1 || w.Breaks[0].Duration != s.Breaks[0].Duration {
			t.Fatalf("shift %d: %+v became %+v", i, s, w)
		}
	}
	if p.Modes[0].Matrix.Duration(1, 7) != q.Modes[0].Matrix.Duration(1, 7) {
		t.Error("the matrices differ")
	}
}

func TestMovedCountsChangesOfShift(t *testing.T) {
	p := &route.Problem{Present: []route.Placed{{Visit: 0, Shift: 0}, {Visit: 1, Shift: 0}, {Visit: 2, Shift: 1}}}
	plan := &route.Solution{Routes: []route.Route{{Shift: 0, Stops: []route.Stop{{Visit: 0}, {Visit: 2}}}, {Shift: 1}}}
	if n := moved(p, plan); n != 2 { // one is absent, one in another shift
		t.Errorf("%d moved", n)
	}
}

func TestBehindInPriorityThenTravel(t *testing.T) {
	ten := reference{priority: 200, travel: 1000}
	if got := (reference{priority: 190, travel: 500}).behind(ten); math.Abs(got-5) > 1e-9 {
		t.Errorf("%v %% behind in priority, want 5", got)
	}
	if got := (reference{priority: 200, travel: 1030}).behind(ten); math.Abs(got-3) > 1e-9 {
		t.Errorf("%v %% behind in travel, want 3", got)
	}
}
