package route

import (
	"testing"

	"pgregory.net/rapid"
	"truckroll/optimize/travel"
)

// Joining runs in any order says the same as following the stops and turning the clock back at each late one.
func TestWarpIsWhatIsTurnedBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Int32Range(0, 50)
		var runs []seg
		var travels []int32
		now, warp := int32(0), int32(0)
		for k := range rapid.IntRange(1, 8).Draw(t, "stops") {
			s := seg{time: number.Draw(t, "time"), early: number.Draw(t, "early")}
			s.late = s.early + number.Draw(t, "wide")
			way := number.Draw(t, "travel")
			if k == 0 {
				s.late, now = s.early, s.early // it begins at a fixed moment, as shifts do
			} else {
				travels = append(travels, way)
				now = max(now+way, s.early)
				warp += max(0, now-s.late)
				now = min(now, s.late)
			}
			now += s.time
			runs = append(runs, s)
		}
		for len(runs) > 1 {
			k := rapid.IntRange(0, len(runs)-2).Draw(t, "joined")
			if got, want := runs[k].warpWith(runs[k+1], travels[k]), runs[k].then(runs[k+1], travels[k]).warp; got != want {
				t.Fatalf("warpWith %d, then %d", got, want)
			}
			runs[k] = runs[k].then(runs[k+1], travels[k])
			runs = append(runs[:k+1], runs[k+2:]...)
			travels = append(travels[:k], travels[k+1:]...)
		}
		if runs[0].warp != warp {
			t.Fatalf("warp %d, turned back %d", runs[0].warp, warp)
		}
	})
}

// drawAlike makes a small random problem whose shifts are all alike: one place to begin at, one capacity.
func drawAlike(t *rapid.T) *Problem {
	places := rapid.IntRange(2, 9).Draw(t, "places")
	number := func(lo, hi int64, name string) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	var times []int32
	for i := range places * places {
		time := int32(number(1, 900, "time"))
		if i/places == i%places {
			time = 0
		}
		times = append(times, time)
	}
	table, err := travel.NewTable(places, times, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &Problem{Modes: []Mode{{Matrix: table}}}
	fixed := number(0, 1, "dear") * 500
	for range rapid.IntRange(2, 4).Draw(t, "shifts") {
		p.Shifts = append(p.Shifts, Shift{Technician: len(p.Technicians), Window: Window{0, 6000}, Capacity: []int64{8}, Fixed: fixed})
		p.Technicians = append(p.Technicians, Technician{})
	}
	for range rapid.IntRange(2, 9).Draw(t, "visits") {
		v := Visit{Place: int(number(1, int64(places-1), "place")), Duration: number(0, 300, "service"), Deliver: []int64{number(0, 4, "load")}}
		from := number(0, 4000, "from")
		v.Windows = []Window{{from, from + number(0, 2000, "wide")}}
		p.Visits = append(p.Visits, v)
	}
	return p
}

// What a move of local search promises is the difference that it makes, and no visit is lost or doubled.
func TestMovesOfLooseDelta(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawAlike(t)
		m, err := compile(p, all(len(p.Shifts)), all(len(p.Visits)))
		if err != nil {
			t.Fatal(err)
		}
		l := newLoose(m, newDice(1, 0))
		l.toll = toll{rapid.Int64Range(1, 200).Draw(t, "late"), rapid.Int64Range(1, 9000).Draw(t, "over")}
		l.load(nextOf(m, newDraft(p)))
		for _, i := range rapid.Permutation(all(m.n)).Draw(t, "order") {
			after := m.start(int32(rapid.IntRange(0, m.r-1).Draw(t, "shift")))
			if rapid.Bool().Draw(t, "behind") {
				after = l.stops[l.stops[after].next].prev
			}
			before := l.sum()
			delta := l.detour(i, after)
			next := l.stops[after].next
			l.join(after, i)
			l.join(i, next)
			l.settle(l.stops[after].shift)
			if l.sum()-before != delta {
				t.Fatalf("detour promised %d, difference %d", delta, l.sum()-before)
			}
		}
		visit := rapid.Int32Range(0, int32(m.n-1))
		for range 30 {
			before := l.sum()
			delta := l.anyMove(t, visit.Draw(t, "u"), visit.Draw(t, "v"))
			if delta > 0 || l.sum()-before != delta {
				t.Fatalf("promised %d, difference %d", delta, l.sum()-before)
			}
			l.sameAfresh(t)
		}
		before := l.sum()
		l.descend()
		if l.sum() > before {
			t.Fatalf("descended from %d to %d", before, l.sum())
		}
		l.sameAfresh(t)
	})
}

func (l *loose) sum() (sum int64) {
	for k := range l.loops {
		sum += l.loops[k].cost + l.loops[k].fine
	}
	return sum
}

// anyMove draws one kind of move.
func (l *loose) anyMove(t *rapid.T, u, v int32) int64 {
	if u == v {
		return 0
	}
	a, b := l.runFrom(u), l.runFrom(v)
	if start := l.stops[v].prev; rapid.Bool().Draw(t, "start") && int(start) >= l.m.n {
		v = start
	}
	if rapid.Bool().Draw(t, "tails") {
		if l.stops[u].shift != l.stops[v].shift {
			return l.swapTails(u, v)
		}
		return 0
	}
	for range rapid.IntRange(0, 2).Draw(t, "longer") {
		l.longer(&a)
	}
	if rapid.Bool().Draw(t, "gap") {
		b = l.gap(v)
	} else if rapid.Bool().Draw(t, "two") {
		l.longer(&b)
	}
	return l.swapRuns(&a, &b)
}

// sameAfresh compares a plan with one that is built from its order alone.
func (l *loose) sameAfresh(t *rapid.T) {
	b := l.member()
	again := newLoose(l.m, newDice(1, 0))
	again.toll = l.toll
	again.load(b.next)
	o := again.member()
	if b.cost != o.cost || b.late != o.late || b.over != o.over || b.used != o.used || l.sum() != again.sum() {
		t.Fatalf("%+v, afresh %+v", *b, *o)
	}
	visits := 0
	for k := range again.loops {
		visits += int(again.loops[k].size)
	}
	if visits != l.m.n {
		t.Fatalf("%d of %d visits in tours", visits, l.m.n)
	}
}
