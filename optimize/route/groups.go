package route

import "slices"

// groups are visits that links or a crew tie together: they are in the plan together or not at all.
//
// A tie in time is kept by narrowing the window of each of its visits to a span, chosen when they are placed, such
// that whatever both do within their spans, the tie holds. Tours stay independent of one another that way, and labels
// exact. To be moved in time, a group is taken out and put back.
type groups struct {
	of     []int32   // by visit node: its group, or -1
	list   [][]int32 // the members, each behind those that it must follow
	ties   [][]tie   // by visit node
	loaded []int32   // by visit node: the first visit of the shipment that ends here, or -1
	glued  []int32   // by visit node: what must directly follow it, or -1
}

// tie is a Link from one node's point of view.
type tie struct {
	kind  LinkKind
	other int32
	first bool // this node is the link's First
	least int32
	most  int32 // far is no limit
}

// newGroups is nil if nothing is tied.
func newGroups(m *model) *groups {
	g := &groups{ties: make([][]tie, m.n), loaded: filled(m.n, -1), glued: filled(m.n, -1), of: filled(m.n, -1)}
	nodes := map[int32][]int32{}
	for i, v := range m.visit {
		for _, mate := range nodes[v] {
			g.tie(SameStart, mate, int32(i), 0, 0)
			g.tie(OtherTechnician, mate, int32(i), 0, 0)
		}
		nodes[v] = append(nodes[v], int32(i))
	}
	for _, l := range m.p.Links {
		g.link(l, nodes[int32(l.First)], nodes[int32(l.Second)])
	}
	g.collect()
	if len(g.list) == 0 {
		return nil
	}
	return g
}

func filled(n int, value int32) []int32 {
	return slices.Repeat([]int32{value}, n)
}

// link ties the nodes of two visits. An order within a shift holds for the first of each crew, sameness of technician
// for pairs, everything else for all.
func (g *groups) link(l Link, first, second []int32) {
	for a, i := range first {
		for b, j := range second {
			switch l.Kind {
			case Follows, SameShift, Shipment:
				if a+b > 0 {
					continue
				}
			case SameTechnician:
				if a != b {
					continue
				}
			}
			g.tie(l.Kind, i, j, l.MinGap, l.MaxGap)
		}
	}
}

func (g *groups) tie(kind LinkKind, first, second int32, least, most int64) {
	limit := far
	if most != 0 {
		limit = int32(max(-int64(far/4), min(most, int64(far/2))))
	}
	gap := int32(max(-int64(far/4), min(least, int64(far/4))))
	g.ties[first] = append(g.ties[first], tie{kind, second, true, gap, limit})
	g.ties[second] = append(g.ties[second], tie{kind, first, false, gap, limit})
	switch kind {
	case Follows:
		g.glued[first] = second
	case Shipment:
		g.loaded[second] = first
	}
}

// collect finds the groups, and for each an order in which a visit comes behind those that precede it.
func (g *groups) collect() {
	for i := range g.ties {
		if len(g.ties[i]) == 0 || g.of[i] >= 0 {
			continue
		}
		number := int32(len(g.list))
		members := []int32{int32(i)}
		g.of[i] = number
		for k := 0; k < len(members); k++ {
			for _, t := range g.ties[members[k]] {
				if g.of[t.other] < 0 {
					g.of[t.other] = number
					members = append(members, t.other)
				}
			}
		}
		g.list = append(g.list, g.ordered(members))
	}
}

// ordered sorts members topologically as far as ties allow it.
func (g *groups) ordered(members []int32) []int32 {
	var order []int32
	done := map[int32]bool{}
	for len(order) < len(members) {
		next := int32(-1)
		for _, i := range members {
			waits := slices.ContainsFunc(g.ties[i], func(t tie) bool { return !t.first && t.directed() && !done[t.other] })
			if !done[i] && (next < 0 || !waits) {
				next = i
				if !waits {
					break
				}
			}
		}
		done[next] = true
		order = append(order, next)
	}
	return order
}

// directed tells whether a tie wants its first visit before its second.
func (t tie) directed() bool {
	return t.kind == StartAfter || t.kind == Follows || t.kind == SameShift || t.kind == Shipment
}

// members of the group of visit i, or nil.
func (p *plan) members(i int32) []int32 {
	if p.labels == nil || p.m.rich.groups == nil {
		return nil
	}
	g := p.m.rich.groups
	if g.of[i] < 0 {
		return nil
	}
	return g.list[g.of[i]]
}

// setSpan narrows or widens when a tied visit may begin; its tour is to be settled.
func (p *plan) setSpan(i int32, s span) {
	p.undo.spans = append(p.undo.spans, savedSpan{i, p.labels.spans[i]})
	p.labels.spans[i] = s
}
