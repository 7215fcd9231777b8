package route

import (
	"math"
	"math/rand/v2"
	"testing"

	"truckroll/optimize/travel"
)

// bench makes a worker on a plan of the given size, warmed up. rich adds what a plain model does not have.
func bench(tb testing.TB, visits int, rich bool) *worker {
	dice := rand.New(rand.NewPCG(1, 1))
	n := visits + 1
	x, y := make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], y[i] = dice.Float64()*3000, dice.Float64()*3000
	}
	times := make([]int32, n*n)
	for i := range times {
		times[i] = int32(math.Hypot(x[i/n]-x[i%n], y[i/n]-y[i%n]))
	}
	table, err := travel.NewTable(n, times, nil)
	if err != nil {
		tb.Fatal(err)
	}
	p := &Problem{Modes: []Mode{{Matrix: table}}}
	for t := range visits / 8 {
		shift := Shift{Technician: t, Window: Window{0, 9 * 3600}}
		if rich {
			shift.Breaks = []Break{{Windows: []Window{{3 * 3600, 5 * 3600}}, Duration: 1800}}
		}
		p.Technicians, p.Shifts = append(p.Technicians, Technician{}), append(p.Shifts, shift)
	}
	for i := range visits {
		at := dice.Int64N(8) * 3600
		p.Visits = append(p.Visits, Visit{Place: i + 1, Duration: 1800, Windows: []Window{{at, at + 7200}}})
	}
	m, err := compile(p, all(len(p.Shifts)), all(visits))
	if err != nil {
		tb.Fatal(err)
	}
	w := newWorker(m, newDice(1, 0))
	w.attach(newPlan(m), m.whole())
	w.prepare(40)
	w.heat = m.heat(0.5)
	for range 5000 {
		w.iterate()
	}
	return w
}

// Once its buffers have grown, an iteration allocates nothing.
func TestIterationsDoNotAllocate(t *testing.T) {
	for _, rich := range []bool{false, true} {
		w := bench(t, 200, rich)
		if n := testing.AllocsPerRun(2000, w.iterate); n > 0 {
			t.Errorf("rich %v: %v allocations in an iteration", rich, n)
		}
	}
}

func BenchmarkIterate(b *testing.B) {
	for _, size := range []struct {
		name   string
		visits int
		rich   bool
	}{{"plain200", 200, false}, {"plain1000", 1000, false}, {"rich200", 200, true}, {"rich1000", 1000, true}} {
		b.Run(size.name, func(b *testing.B) {
			w := bench(b, size.visits, size.rich)
			b.ReportAllocs()
			for b.Loop() {
				w.iterate()
			}
		})
	}
}
