package travel

// search is the state of Dijkstra's algorithm, kept between runs so that none allocates.
type search struct {
	distance []weight
	touched  []int32
	pending  queue[weight]
}

func newSearch(nodes int) search {
	s := search{distance: make([]weight, nodes)}
	for n := range s.distance {
		s.distance[n] = unreached
	}
	return s
}

// reset forgets the last run in time proportional to what it touched.
func (s *search) reset() {
	for _, n := range s.touched {
		s.distance[n] = unreached
	}
	s.touched = s.touched[:0]
	s.pending.clear()
}

// reach notes a path to a node if it is the shortest yet.
func (s *search) reach(n int32, w weight) {
	if w >= s.distance[n] {
		return
	}
	if s.distance[n] == unreached {
		s.touched = append(s.touched, n)
	}
	s.distance[n] = w
	s.pending.push(n, w)
}

// around measures from start without passing through avoided, until everything within
// farthest, or limit nodes, are settled. Distances it had no time to settle are still lengths
// of real paths.
func (s *search) around(out [][]step, start, avoided int32, farthest weight, limit int) {
	s.reset()
	s.reach(start, 0)
	for settled := 0; !s.pending.empty() && settled < limit; settled++ {
		n, w := s.pending.pop()
		if w > farthest {
			return
		}
		if w > s.distance[n] {
			continue
		}
		for _, step := range out[n] {
			if step.to != avoided {
				s.reach(step.to, w+step.weight)
			}
		}
	}
}

// ascend settles everything that can be climbed to from the given entrances and shows each
// to visit. A node to which a more important one leads faster is not visited: no shortest
// path runs over it (stall on demand).
func (s *search) ascend(along, against *climb, entrances []step, visit func(n int32, w weight)) {
	s.reset()
	for _, e := range entrances {
		s.reach(e.to, e.weight)
	}
	for !s.pending.empty() {
		n, w := s.pending.pop()
		if w > s.distance[n] || s.stalled(against, n, w) {
			continue
		}
		visit(n, w)
		for _, step := range along.from(n) {
			s.reach(step.to, w+step.weight)
		}
	}
}

func (s *search) stalled(against *climb, n int32, w weight) bool {
	for _, step := range against.from(n) {
		if d := s.distance[step.to]; d != unreached && d+step.weight < w {
			return true
		}
	}
	return false
}
