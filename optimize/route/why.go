package route

// why finds the reason for which a visit is absent: the obstacle that the most promising shift meets.
func (p *Problem) why(s *Solution, visit int) Reason {
	best := NoReason
	for k := range p.Shifts {
		if best = max(best, p.blocks(s, visit, k)); best >= NoRoom {
			break
		}
	}
	if best == NoReason {
		return NoSkill // there is no shift at all
	}
	return best
}

// blocks is what keeps an absent visit out of one shift of a solution.
func (p *Problem) blocks(s *Solution, visit, shift int) Reason {
	v := &p.Visits[visit]
	if reason := p.obstacle(v, shift); reason != NoReason {
		return reason
	}
	if _, ok := p.timetable(shift, []call{{visit: visit}}); !ok {
		return OutOfReach
	}
	if p.waitsFor(s, visit) {
		return PartnerAbsent
	}
	if v.Optional && p.insertable(s, visit, shift) {
		return NotWorth
	}
	return NoRoom
}

// waitsFor tells whether a linked visit can be made by nobody, or is absent too.
func (p *Problem) waitsFor(s *Solution, visit int) bool {
	for _, l := range p.Links {
		if l.First == visit || l.Second == visit {
			other := l.First + l.Second - visit
			alone := false
			for k := range p.Shifts {
				if p.obstacle(&p.Visits[other], k) == NoReason {
					if _, ok := p.timetable(k, []call{{visit: other}}); ok {
						alone = true
						break
					}
				}
			}
			if !alone {
				return true
			}
		}
	}
	return false
}

// insertable tells whether the visit fits between two stops of a shift as the solution has it.
func (p *Problem) insertable(s *Solution, visit, shift int) bool {
	for range p.insertions(s, visit, shift) {
		return true
	}
	return false
}
