package route

import (
	"slices"

	"truckroll/optimize/travel"
)

// rich is what a model holds beyond one time window and one capacity. Where a problem needs none of it, the model is
// plain and the search takes its quickest paths.
type rich struct {
	depth int      // one more than the most breaks of any shift
	rests [][]rest // by shift

	rate  []int32   // by shift: which of times holds
	times [][]int32 // by efficiency, by visit node: seconds of service

	dims            int     // of load
	deliver, pickup []int32 // by visit node and dimension
	room            []int32 // by shift and dimension
	through         bool    // loads differ along a tour: there are both deliveries and pickups

	parts int
	needs [][]need // by visit node
	stock []int32  // by shift and part

	limits    []limits
	clocks    []*travel.Clock // by shift; nil is free flow
	setup     []int32         // by site
	perSecond []int64         // by shift: price of travel
	regular   []int32         // by shift: end of regular hours

	affinity  []int32 // by visit node and shift: soft cost of the pair; nil if there is none
	staff     []int32 // by shift: its technician, for Terms that count by technician
	weights   weights
	noWaiting bool    // the policy forbids it
	released  []int64 // by visit node, for Soon
	due       []int32 // by visit node, for Late; far if there is none
	closes    []int32 // by visit node: a hard due date; far if there is none
	home      []int32 // by visit node: its shift in the present plan, or -1
	planned   []int32 // by visit node: its begin there
	lead      []int32 // by visit node: the first node of its visit, whose crew follows; nil without a present plan

	walking bool   // some of walks
	walks   []bool // by shift: labels are not enough, a candidate's whole tour must be walked
	held    []bool // by visit node: it is pinned in a sequence and never moves
	prefix  [][]int32
	groups  *groups
}

// rest is a Break in model time.
type rest struct {
	windows []span
	time    int32
}

// need is a number of parts.
type need struct{ part, n int32 }

// limits of a shift; far is none.
type limits struct{ tasks, travel, duration, dist int32 }

// weights of the Terms that depend on when things happen, and of those that count by technician.
type weights struct {
	overtime, waiting, soon, late, stable int64
	fairness, used                        int64
}

func (w weights) timed() bool { return w.overtime+w.waiting+w.soon+w.late+w.stable > 0 }

// setRich decides whether the model is plain, and fills what it needs if it is not.
func (m *model) setRich() {
	if m.isPlain() {
		m.setPlain()
		return
	}
	r := &rich{}
	m.rich = r
	r.setRests(m)
	r.setTimes(m)
	r.setLoads(m)
	r.setParts(m)
	r.setLimits(m)
	r.setTerms(m)
	r.setAffinity(m)
	r.setPins(m)
	r.groups = newGroups(m)
	for k := range m.shift {
		walks := r.clocks[k] != nil || r.weights.timed() || r.noWaiting || r.limits[k].duration < far
		r.walks, r.walking = append(r.walks, walks), r.walking || walks
	}
}

// isPlain holds where one window, one load summed over the tour, one lane and prices of legs say everything.
func (m *model) isPlain() bool {
	p := m.p
	for _, t := range p.Policy.Terms {
		if t.Weight > 0 && !t.Hard && !slices.Contains([]TermKind{Travel, Distance, SameSite}, t.Kind) || t.Hard && t.Kind == Waiting {
			return false
		}
	}
	for _, s := range m.shift {
		s := &p.Shifts[s]
		limits := int64(s.MaxTasks) + s.MaxDistance + s.MaxTravel + s.MaxDuration
		efficiency := p.efficiency(s)
		if len(s.Breaks) > 0 || limits > 0 || len(s.Capacity) > 1 || s.Mode != 0 || efficiency != 100 || !p.Modes[s.Mode].Clock.Free() {
			return false
		}
	}
	deliver, pickup := false, false
	for i, v := range m.visit {
		v := &p.Visits[v]
		deliver, pickup = deliver || amount(v.Deliver, 0) > 0, pickup || amount(v.Pickup, 0) > 0
		if m.windows[i] != nil || v.Pin != nil || v.Crew > 1 || len(v.Parts) > 0 || deliver && pickup {
			return false
		}
	}
	return len(p.Links) == 0 && len(p.Present) == 0
}

func (m *model) setPlain() {
	m.room = make([]int32, m.r)
	for k, s := range m.shift {
		m.room[k] = far
		if c := m.p.Shifts[s].Capacity; len(c) > 0 {
			m.room[k] = int32(c[0])
		}
	}
	for i, v := range m.visit {
		m.jobs[i].load = int32(amount(m.p.Visits[v].Deliver, 0) + amount(m.p.Visits[v].Pickup, 0))
	}
}
