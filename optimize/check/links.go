package check

import (
	"fmt"

	"truckroll/optimize/route"
)

// links holds every pair of linked visits to be both made or both absent, and in the relation that the link demands.
func (c *checker) links() {
	for i, l := range c.p.Links {
		where := fmt.Sprintf("link %d (%s and %s)", i, c.visitName(l.First), c.visitName(l.Second))
		first, second := c.served[l.First], c.served[l.Second]
		if len(first) == 0 || len(second) == 0 {
			c.want(len(first) == len(second), where, "one is made and the other absent")
			continue
		}
		if wrong := c.broken(l, first, second); wrong != "" {
			c.fault(where, "%s", wrong)
		}
	}
}

// broken says what is wrong between two visits. Where one has a crew, an order within a shift must hold for somebody
// who makes both, sameness of technician for the smaller crew, and everything else for everyone.
func (c *checker) broken(l route.Link, first, second []call) (wrong string) {
	switch l.Kind {
	case route.SameTechnician, route.OtherTechnician:
		return c.hands(l, first, second)
	}
	someone := l.Kind == route.Follows || l.Kind == route.SameShift || l.Kind == route.Shipment
	for _, a := range first {
		for _, b := range second {
			wrong = c.pair(l, a, b)
			if someone == (wrong == "") {
				return wrong
			}
		}
	}
	return wrong
}

func (c *checker) pair(l route.Link, a, b call) string {
	one, other := &c.p.Shifts[a.shift], &c.p.Shifts[b.shift]
	gap := b.stop.Begin - a.stop.End
	switch {
	case l.Kind == route.SameStart && a.stop.Begin != b.stop.Begin:
		return fmt.Sprintf("begin at %d and %d, not together", a.stop.Begin, b.stop.Begin)
	case l.Kind == route.StartAfter && gap < l.MinGap:
		return fmt.Sprintf("the second begins %d s after the first ends, needs %d", gap, l.MinGap)
	case l.Kind == route.StartAfter && l.MaxGap != 0 && gap > l.MaxGap:
		return fmt.Sprintf("the second begins %d s after the first ends, at most %d", gap, l.MaxGap)
	case l.Kind == route.SameDay && one.Day != other.Day:
		return fmt.Sprintf("on days %d and %d", one.Day, other.Day)
	case l.Kind == route.Follows && (a.shift != b.shift || b.position != a.position+1):
		return "the second does not directly follow the first"
	case (l.Kind == route.SameShift || l.Kind == route.Shipment) && (a.shift != b.shift || a.position >= b.position):
		return "not in one shift with the first before the second"
	}
	return ""
}

// hands compares who makes two visits: the same technicians, or none in common.
func (c *checker) hands(l route.Link, first, second []call) string {
	in := map[int]bool{}
	for _, a := range first {
		in[c.p.Shifts[a.shift].Technician] = true
	}
	common, needed := 0, min(len(first), len(second))
	for _, b := range second {
		if in[c.p.Shifts[b.shift].Technician] {
			common++
		}
	}
	switch {
	case l.Kind == route.OtherTechnician && common > 0:
		return fmt.Sprintf("%d technicians make both, none may", common)
	case l.Kind == route.SameTechnician && common < needed:
		return fmt.Sprintf("%d technicians make both, needs %d", common, needed)
	}
	return ""
}
