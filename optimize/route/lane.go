package route

import (
	"fmt"
	"slices"
	"sync/atomic"

	"truckroll/optimize/travel"
)

// lane is a mode of travel with its prices, as tables over the sites of a model: one by the site that is left and one
// by the site that is reached, so that both rows of a visit that is being placed are contiguous. Symmetric tables
// share their memory, as does cost that equals time.
type lane struct {
	time, timeTo []int32
	cost, costTo []int32
	dist         []int32 // nil unless a shift limits distance
}

// site is a place, with the setup that arriving from elsewhere takes. place -1 is Anywhere.
type site struct {
	place int
	setup int32
}

// fare is what a leg costs.
type fare struct {
	perSecond, perMetre, perArrival int64
}

func (p *Problem) fare(mode *Mode) fare {
	travel, distance := p.weight(Travel), p.weight(Distance)
	return fare{travel * max(1, mode.PerSecond), distance * max(1, mode.PerMetre), p.weight(SameSite)}
}

// newLane tabulates one mode.
func newLane(stop *atomic.Bool, mode *Mode, sites []site, f fare, distances bool) (lane, error) {
	n := len(sites)
	l := lane{time: make([]int32, n*n), cost: make([]int32, n*n)}
	if distances {
		l.dist = make([]int32, n*n)
	}
	for i, from := range sites {
		if stop.Load() {
			return l, errStopped
		}
		for j, to := range sites {
			if from.place < 0 || to.place < 0 {
				continue
			}
			k := i*n + j
			time, cost, err := f.leg(mode.Matrix, from, to)
			if err != nil {
				return l, err
			}
			l.time[k], l.cost[k] = time, cost
			if distances {
				l.dist[k] = mode.Matrix.Distance(from.place, to.place)
			}
		}
	}
	l.share(n)
	return l, nil
}

func (f fare) leg(m travel.Matrix, from, to site) (time, cost int32, err error) {
	time = m.Duration(from.place, to.place)
	price := f.perSecond * int64(time)
	if f.perMetre > 0 {
		price += f.perMetre * int64(m.Distance(from.place, to.place))
	}
	if from.place != to.place {
		price += f.perArrival
		time += to.setup
	}
	if time >= travel.Unreachable {
		return travel.Unreachable, 1 << 29, nil
	}
	if price > 1<<29 {
		return 0, 0, fmt.Errorf("policy: a leg from place %d to place %d costs %d; use smaller weights", from.place, to.place, price)
	}
	return time, int32(price), nil
}

// share drops tables that say the same.
func (l *lane) share(n int) {
	l.timeTo = transposed(l.time, n)
	if slices.Equal(l.time, l.cost) {
		l.cost, l.costTo = l.time, l.timeTo
		return
	}
	l.costTo = transposed(l.cost, n)
}

// transposed is the table itself if it is symmetric.
func transposed(table []int32, n int) []int32 {
	if symmetric(table, n) {
		return table
	}
	turned := make([]int32, n*n)
	for i := range n {
		for j := range n {
			turned[j*n+i] = table[i*n+j]
		}
	}
	return turned
}

func symmetric(table []int32, n int) bool {
	for i := range n {
		for j := range i {
			if table[i*n+j] != table[j*n+i] {
				return false
			}
		}
	}
	return true
}
