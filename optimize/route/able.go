package route

import "slices"

// setAble decides for every visit and shift whatever does not depend on the plan: skills, territory, required and
// excluded technicians, pins, and whether the shift overlaps the visit's windows at all.
func (m *model) setAble() {
	m.able = newBits(m.n, m.r)
	for i := range int32(m.n) {
		if m.stop.Load() {
			return
		}
		visit := &m.p.Visits[m.visit[i]]
		for k, s := range m.shift {
			if m.p.obstacle(visit, int(s)) == NoReason && m.overlaps(i, int32(k)) {
				m.able.add(i, int32(k))
			}
		}
	}
}

// overlaps is false where the shift is over before the visit may begin, or begins after the last moment for it.
func (m *model) overlaps(i, shift int32) bool {
	return m.jobs[m.start(shift)].lo <= m.jobs[i].hi && m.jobs[i].lo <= m.jobs[m.end(shift)].hi
}

// obstacle is the rule that keeps a visit out of a shift whatever else the plan holds, or NoReason.
func (p *Problem) obstacle(v *Visit, shift int) Reason {
	s := &p.Shifts[shift]
	technician := &p.Technicians[s.Technician]
	switch {
	case !p.skilled(v, technician, s):
		return NoSkill
	case p.hardTerritory() && !technician.worksIn(v.Territory):
		return NoTerritory
	case !p.allowed(v, s.Technician), v.Pin != nil && v.Pin.Shift >= 0 && v.Pin.Shift != shift:
		return NotAllowed
	case !p.carries(v, s):
		return NoParts
	}
	return NoReason
}

// skilled holds where every needed skill is there at its level, and valid for the whole shift.
func (p *Problem) skilled(v *Visit, t *Technician, s *Shift) bool {
	for _, need := range v.Skills {
		level, has := t.level(need.Name, s)
		if !has || level < need.Level || p.hard(Surplus) && level > need.Level {
			return false
		}
	}
	return true
}

// level is the highest level of a skill that is valid throughout a shift.
func (t *Technician) level(name string, s *Shift) (level int, has bool) {
	for _, skill := range t.Skills {
		always := skill.From == 0 && skill.Until == 0
		if skill.Name == name && (always || skill.From <= s.Window.From && s.Window.Until <= skill.Until) {
			if !has || skill.Level > level {
				level, has = skill.Level, true
			}
		}
	}
	return level, has
}

func (t *Technician) worksIn(territory string) bool {
	return territory == "" || len(t.Territories) == 0 || slices.Contains(t.Territories, territory)
}

func (p *Problem) allowed(v *Visit, technician int) bool {
	if len(v.Required) > 0 && !slices.Contains(v.Required, technician) || slices.Contains(v.Excluded, technician) {
		return false
	}
	return !p.hard(Preferred) || len(v.Preferred) == 0 || slices.Contains(v.Preferred, technician)
}

// carries holds where the shift has the parts and the room for this visit alone.
func (p *Problem) carries(v *Visit, s *Shift) bool {
	for part, n := range v.Parts {
		if n > s.Stock[part] {
			return false
		}
	}
	for d, room := range s.Capacity {
		if max(amount(v.Deliver, d), amount(v.Pickup, d)) > room {
			return false
		}
	}
	return true
}

func amount(list []int64, dimension int) int64 {
	if dimension < len(list) {
		return list[dimension]
	}
	return 0
}

func (p *Problem) term(kind TermKind) (Term, bool) {
	if len(p.Policy.Terms) == 0 && kind == Travel {
		return Term{Kind: Travel, Weight: 1}, true
	}
	for _, t := range p.Policy.Terms {
		if t.Kind == kind {
			return t, true
		}
	}
	return Term{}, false
}

// weight is the price of one unit of a soft Term, 0 if the policy does not have it.
func (p *Problem) weight(kind TermKind) int64 {
	if t, has := p.term(kind); has && !t.Hard {
		return t.Weight
	}
	return 0
}

func (p *Problem) hard(kind TermKind) bool {
	t, has := p.term(kind)
	return has && t.Hard
}

// hardTerritory is the default: only a policy that prices work outside of one's territory allows it.
func (p *Problem) hardTerritory() bool {
	t, has := p.term(Territory)
	return !has || t.Hard
}
