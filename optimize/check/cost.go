package check

import (
	"slices"

	"truckroll/optimize/route"
)

// cost recomputes what the plan states about its price.
func (c *checker) cost() {
	var want route.Cost
	for i, v := range c.p.Visits {
		if len(c.served[i]) > 0 {
			continue
		}
		switch {
		case v.Optional:
			want.Soft += v.Price
		default:
			want.Unserved += v.Priority
			want.Absent++
		}
		if v.Pin != nil {
			want.Hard++
		}
	}
	want.Hard += c.brokenPins()
	for i := range c.s.Routes {
		if len(c.s.Routes[i].Stops) > 0 {
			want.Soft += c.p.Shifts[i].Fixed
			if c.p.Policy.FewFirst {
				want.Shifts++
			}
		}
	}
	want.Soft += c.terms()
	for _, part := range []struct {
		name         string
		stated, want int64
	}{
		{"hard", c.s.Cost.Hard, want.Hard}, {"unserved priority", c.s.Cost.Unserved, want.Unserved},
		{"absent visits", c.s.Cost.Absent, want.Absent}, {"shifts", c.s.Cost.Shifts, want.Shifts},
		{"soft", c.s.Cost.Soft, want.Soft},
	} {
		c.want(part.stated == part.want, "cost", "states %s of %d, but it is %d", part.name, part.stated, part.want)
	}
}

// brokenPins is the seconds by which pinned visits begin outside their windows.
func (c *checker) brokenPins() (seconds int64) {
	for i, v := range c.p.Visits {
		if v.Pin == nil || len(c.served[i]) == 0 {
			continue
		}
		begin := c.served[i][0].stop.Begin
		off := int64(0)
		for k, w := range v.Windows {
			miss := max(w.From-begin, begin-w.Until, 0)
			if k == 0 || miss < off {
				off = miss
			}
		}
		if v.Release != 0 {
			off = max(off, v.Release-begin)
		}
		seconds += off
	}
	return seconds
}

// terms checks each Term of the policy and returns their sum.
func (c *checker) terms() (soft int64) {
	policy := c.p.Policy.Terms
	if len(policy) == 0 {
		policy = []route.Term{{Kind: route.Travel, Weight: 1}}
	}
	for _, term := range policy {
		units := c.units(term.Kind)
		if term.Hard {
			c.want(units == 0, "policy", "%v must stay at zero and is %d", term.Kind, units)
			continue
		}
		soft += units * term.Weight
		i := slices.IndexFunc(c.s.Terms, func(charge route.Charge) bool { return charge.Kind == term.Kind })
		if i < 0 {
			c.want(units*term.Weight == 0, "cost", "the charge for %v is missing: %d units", term.Kind, units)
			continue
		}
		charge := c.s.Terms[i]
		c.want(charge.Units == units && charge.Weight == term.Weight, "cost", "charges %d × %d for %v, but it is %d × %d",
			charge.Units, charge.Weight, term.Kind, units, term.Weight)
	}
	return soft
}

// units measures one Term over the whole plan.
func (c *checker) units(kind route.TermKind) (units int64) {
	switch kind {
	case route.Fairness:
		return c.fairness()
	case route.Stable:
		return c.changes()
	case route.Used:
		return c.used()
	}
	for i := range c.s.Routes {
		r := &c.s.Routes[i]
		if len(r.Stops) == 0 {
			continue
		}
		units += c.unitsOfRoute(kind, r)
	}
	return units
}

func (c *checker) unitsOfRoute(kind route.TermKind, r *route.Route) (units int64) {
	shift := &c.p.Shifts[r.Shift]
	mode := &c.p.Modes[shift.Mode]
	switch kind {
	case route.Travel:
		return r.Travel * max(1, mode.PerSecond)
	case route.Distance:
		return r.Distance * max(1, mode.PerMetre)
	case route.Overtime:
		return max(0, r.Finish-shift.Window.Until)
	case route.Waiting:
		return r.Waiting
	}
	at := shift.Start
	for _, stop := range r.Stops {
		if stop.Visit >= 0 {
			units += c.unitsOfStop(kind, shift, stop, at)
			at = c.p.Visits[stop.Visit].Place
		}
	}
	if kind == route.SameSite && arrives(at, shift.End) {
		units++
	}
	return units
}

func (c *checker) unitsOfStop(kind route.TermKind, shift *route.Shift, stop route.Stop, from int) int64 {
	v, t := &c.p.Visits[stop.Visit], &c.p.Technicians[shift.Technician]
	switch kind {
	case route.Soon:
		return max(0, stop.Begin-v.Release) / 60
	case route.Late:
		if v.Due != 0 {
			return max(0, stop.End-v.Due)
		}
	case route.Preferred:
		return count(len(v.Preferred) > 0 && !slices.Contains(v.Preferred, shift.Technician))
	case route.Surplus:
		surplus := int64(0)
		for _, need := range v.Skills {
			level, _ := levelAt(t, need.Name, stop.Begin)
			surplus += int64(max(0, level-need.Level))
		}
		return surplus
	case route.Territory:
		return count(!c.inTerritory(v, t))
	case route.SameSite:
		return count(arrives(from, v.Place))
	}
	return 0
}

func arrives(from, to int) bool { return from != to && from != route.Anywhere && to != route.Anywhere }

func count(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// fairness is, over technicians, the square of their whole quarters of an hour of service, setup not counted.
func (c *checker) fairness() (units int64) {
	service := make([]int64, len(c.p.Technicians))
	for _, r := range c.s.Routes {
		for _, stop := range r.Stops {
			if stop.Visit >= 0 {
				service[c.p.Shifts[r.Shift].Technician] += stop.End - stop.Begin
			}
		}
	}
	for _, seconds := range service {
		units += (seconds / 900) * (seconds / 900)
	}
	return units
}

// changes is 60 for each visit of the present plan that moved to another shift, else the minutes that it moved.
func (c *checker) changes() (units int64) {
	for _, at := range c.p.Present {
		if !c.stays(at) {
			units += 60
			continue
		}
		for _, call := range c.served[at.Visit] {
			if call.shift == at.Shift {
				units += max(call.stop.Begin-at.Start, at.Start-call.stop.Begin) / 60
			}
		}
	}
	return units
}

func (c *checker) used() (units int64) {
	busy := map[int]bool{}
	for _, r := range c.s.Routes {
		if len(r.Stops) > 0 {
			busy[c.p.Shifts[r.Shift].Technician] = true
		}
	}
	return int64(len(busy))
}
