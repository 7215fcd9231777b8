package solomon

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"truckroll/optimize/route"
)

const small = `small

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.   XCOORD.   YCOORD.    DEMAND   READY TIME   DUE DATE   SERVICE TIME

    0       0   0   0   0  100   0
    1       3   4   5  10   20   2
    2       1   1   6   0   90   2
`

func TestRead(t *testing.T) {
	for _, c := range []struct {
		convention           Convention
		five, diagonal       int32
		ready, until, window int64
	}{
		{Dimacs, 50, 14, 100, 1000, 200},
		{Sintef, 50_000, 14_143, 100_000, 1_000_000, 200_000},
	} {
		in, err := Read([]byte(small), c.convention)
		if err != nil {
			t.Fatal(err)
		}
		p := in.Problem()
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		m := p.Modes[0].Matrix
		if m.Duration(0, 1) != c.five || m.Duration(0, 2) != c.diagonal {
			t.Errorf("distances 5 and 1.414…: %d and %d", m.Duration(0, 1), m.Duration(0, 2))
		}
		v := p.Visits[0]
		if v.Windows[0] != (route.Window{From: c.ready, Until: c.window}) || p.Shifts[1].Window.Until != c.until || v.Deliver[0] != 5 {
			t.Errorf("visit %+v", v)
		}
		if p.Policy.FewFirst != (c.convention == Sintef) {
			t.Error("FewFirst")
		}
	}
}

func TestCostAndWrite(t *testing.T) {
	stops := func(visits ...int) (list []route.Stop) {
		for _, v := range visits {
			list = append(list, route.Stop{Visit: v})
		}
		return list
	}
	plan := &route.Solution{Routes: []route.Route{{}, {Stops: stops(0)}}, Absent: []route.Absent{{Visit: 1, Reason: route.NoRoom}}}
	dimacs, err := Read([]byte(small), Dimacs)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := dimacs.Write(&text, plan); err != nil {
		t.Fatal(err)
	}
	if want := "Route #1: 1\nUnserved 2: no room beside visits that matter more\nCost 10.0\n"; text.String() != want {
		t.Errorf("%q, want %q", text.String(), want)
	}
	both := &route.Solution{Routes: []route.Route{{Stops: stops(1, 0)}}}
	if got := dimacs.Cost(both); got != 1.4+3.6+5 { // 2,3 apart: 3.605… is cut to 3.6
		t.Errorf("cost %v", got)
	}
	sintef, _ := Read([]byte(small), Sintef)
	if got := sintef.Cost(both); got < 10.0197 || got > 10.0198 {
		t.Errorf("cost %v", got)
	}
	if sintef.Used(plan) != 1 {
		t.Errorf("%d vehicles used", sintef.Used(plan))
	}
}

func TestFaultsNameTheLine(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{small, "", "line 1: the file is empty"},
		{"VEHICLE", "TRUCK", `line 3: expected the heading "VEHICLE", found "TRUCK"`},
		{"  2         10", "  2", "line 5, field 2 (capacity): is missing"},
		{"  2         10", "  -2    10", "line 5, field 1 (number of vehicles): -2 is not a whole number"},
		{"5  10   20   2", "5  30   20   2", "line 11: customer 1: the window from 30 to 20 is empty"},
		{"5  10   20   2", "5  10   20   -2", "line 11, field 7 (service time): -2 is not between"},
		{"5  10   20   2", "5   1    4   2", "line 11: customer 1 cannot be reached in time: the earliest arrival is 5.0, the window closes at 4"},
		{"5  10   20   2", "50 10   20   2", "line 11: customer 1: demand 50 is more than a vehicle's capacity, 10"},
		{"    2       1   1", "    1       1   1", "line 12: customer 1 stands twice"},
		{"    2       1   1", "    2       x   1", `line 12, field 2 (x): "x" is not a number`},
		{"    2       1   1   6   0   90", "    2  5e7  1   6   0   9e7", "coordinates this far apart"},
		{small[strings.Index(small, "    0  "):], "", "the table has no line"},
	} {
		_, err := Read([]byte(strings.Replace(small, c.from, c.to, 1)), Dimacs)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v\nwant %s", c.to, err, c.want)
		}
	}
}

func TestSamples(t *testing.T) {
	for _, name := range []string{"C101", "R101", "RC208"} {
		data, err := os.ReadFile("../../../test/instance/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		in, err := Read(data, Dimacs)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !Is(data) || in.Name != name || len(in.Problem().Visits) != 100 || len(in.Problem().Shifts) != 25 {
			t.Errorf("%s: %d visits, %d shifts", in.Name, len(in.Problem().Visits), len(in.Problem().Shifts))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(strings.ReplaceAll(small, " ", "\t")))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, convention := range []Convention{Dimacs, Sintef} {
			in, err := Read(data, convention)
			if err != nil {
				continue
			}
			if err := in.Problem().Validate(); err != nil {
				t.Fatalf("read without a fault, but: %v", err)
			}
		}
	})
}
