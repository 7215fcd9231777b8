package route

import "slices"

const (
	nearest     = 60  // visits that a visit is tried beside
	nearestRich = 50  // the same in rich models, where most visits are beside fewer that the same technician can make
	fewVisits   = 300 // where there are no more than these, it is tried beside
	nearOfFew   = 100
	doorsEach   = 24 // kinds of shift that a visit is always tried first in, if one of them is empty
	doorsUsed   = 10 // of those, the nearest, that it is tried first in even if none is
	strangers   = 4  // further empty shifts that it is tried in, chosen at random; four times as many if there is no place yet
	wander      = 48 // kinds of shift that are looked at for those while there is another place
)

// setNear lists for each visit the visits that it may well stand beside: cheap to go between, with little waiting and
// no hopeless lateness (Vidal, Crainic, Gendreau and Prins, Computers & Operations Research 40, 2013).
func (m *model) setNear() {
	most := nearest
	if m.rich != nil {
		most = nearestRich
	}
	if m.n <= fewVisits {
		most = nearOfFew
	}
	m.near = make([][]int32, m.n)
	lists := make([]int32, 0, m.n*min(most, max(0, m.n-1)))
	found := make([]ranked, 0, m.n)
	for i := range int32(m.n) {
		if m.stop.Load() {
			break
		}
		found = found[:0]
		for j := range int32(m.n) {
			if i != j {
				found = append(found, rank(j, min(m.detour(i, j), m.detour(j, i))))
			}
		}
		found = smallest(found, most)
		from := len(lists)
		for _, f := range found {
			lists = append(lists, f.node())
		}
		m.near[i] = lists[from:len(lists):len(lists)]
	}
	m.setDoors()
	m.setLeg()
}

// ranked is a node and its rank in one number, so that numbers compare as ranks do, and nodes where ranks are equal.
type ranked int64

func rank(node int32, by int64) ranked { return ranked(min(by, 1<<31-1)<<32 | int64(node)) }

func (r ranked) node() int32 { return int32(r) }

// smallest keeps the k entries of least rank, in order.
func smallest(list []ranked, k int) []ranked {
	if len(list) > 2*k {
		list = list[:partition(list, k)]
	}
	slices.Sort(list)
	return list[:min(k, len(list))]
}

// partition moves the k smallest entries to the front, in no order (Hoare's selection), and returns k.
func partition(list []ranked, k int) int {
	for lo, hi := 0, len(list)-1; lo < hi; {
		pivot, i, j := list[(lo+hi)/2], lo, hi
		for i <= j {
			for list[i] < pivot {
				i++
			}
			for list[j] > pivot {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return k
		}
	}
	return k
}

// detour is the cost of going from i to j directly, with unavoidable waiting and lateness, in the cost's unit.
func (m *model) detour(i, j int32) int64 {
	k := int(m.site[i])*m.sites + int(m.site[j])
	l, a, b := &m.lanes[0], &m.jobs[i], &m.jobs[j]
	reach := int64(a.time) + int64(l.time[k])
	wait := max(0, int64(b.lo)-int64(a.hi)-reach)
	warp := max(0, int64(a.lo)+reach-int64(b.hi))
	return int64(l.cost[k]) + wait/5 + warp
}

// setDoors lists for each visit the shifts to open for it: of each kind of twins one, nearest start first.
func (m *model) setDoors() {
	m.doors = make([][]int32, m.n)
	for k, twin := range m.twin {
		if int32(k) == twin {
			m.kinds = append(m.kinds, int32(k))
		}
	}
	var found []ranked
	for i := range int32(m.n) {
		found = found[:0]
		for _, k := range m.kinds {
			if m.able.has(i, k) {
				found = append(found, rank(k, m.approach(k, i)))
			}
		}
		for _, f := range smallest(found, doorsEach) {
			m.doors[i] = append(m.doors[i], f.node())
		}
	}
}

// setLeg finds the mean cost of a leg to a near visit, each by the mode of a shift that can make the visit. Where visits
// lie at one place, or there is only one, it is the mean cost of making a visit alone.
func (m *model) setLeg() {
	var legs, alone, count int64
	for i, doors := range m.doors {
		if len(doors) == 0 {
			continue
		}
		costs := m.lanes[m.lane[doors[0]]].cost[int(m.site[i])*m.sites:]
		for _, j := range m.near[i][:min(10, len(m.near[i]))] {
			legs, count = legs+int64(costs[m.site[j]]), count+1
		}
		alone += m.approach(doors[0], int32(i))
	}
	m.leg = max(1, legs/max(1, count))
	if legs == 0 {
		m.leg = max(1, alone/int64(max(1, m.n)))
	}
}

// approach is the cost of making visit i alone in a shift.
func (m *model) approach(shift, i int32) int64 {
	l, at := &m.lanes[m.lane[shift]], int(m.site[i])
	start, end := int(m.site[m.start(shift)]), int(m.site[m.end(shift)])
	return int64(l.cost[start*m.sites+at]) + int64(l.cost[at*m.sites+end]) + m.fixed[shift]
}
