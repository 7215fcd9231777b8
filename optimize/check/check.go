// Package check judges a plan: it recomputes every time, rule and cost from the problem alone and says in words what
// does not agree.
//
// It shares no code with the solver, only the types of the problem and the solution, and it does not know how a plan
// came about. It is written to be read, not to be fast.
package check

import (
	"fmt"

	"truckroll/optimize/route"
)

// Fault is one thing wrong with a plan.
type Fault struct {
	Where string // such as "shift Ann, stop 3"
	What  string
}

// String is the place and what is wrong.
func (f Fault) String() string { return f.Where + ": " + f.What }

// Plan lists what is wrong with a solution of a problem that is valid itself. No fault means that the plan keeps
// every constraint, that its times are those which its order of stops brings about, and that its cost is the cost that
// it states.
func Plan(p *route.Problem, s *route.Solution) []Fault {
	c := &checker{p: p, s: s, served: make([][]call, len(p.Visits))}
	if !c.shape() {
		return c.faults // nothing else can be read safely
	}
	for i := range s.Routes {
		c.route(&s.Routes[i])
	}
	c.attendance()
	c.pins()
	c.links()
	c.moves()
	c.cost()
	return c.faults
}

// checker collects what it reads of a plan and the faults that it finds.
type checker struct {
	p      *route.Problem
	s      *route.Solution
	served [][]call // by visit: who makes it; several for a crew
	faults []Fault
}

// call is one technician's part in a visit.
type call struct {
	shift, position int // position among the visits of the shift, from 0
	stop            *route.Stop
}

func (c *checker) fault(where, what string, args ...any) {
	c.faults = append(c.faults, Fault{where, fmt.Sprintf(what, args...)})
}

// want states a fault unless ok.
func (c *checker) want(ok bool, where, what string, args ...any) {
	if !ok {
		c.fault(where, what, args...)
	}
}

func (c *checker) shiftName(i int) string {
	if id := c.p.Shifts[i].ID; id != "" {
		return "shift " + id
	}
	return fmt.Sprintf("shift %d", i)
}

func (c *checker) visitName(i int) string {
	if id := c.p.Visits[i].ID; id != "" {
		return "visit " + id
	}
	return fmt.Sprintf("visit %d", i)
}

// shape says whether every index of the plan refers to something.
func (c *checker) shape() bool {
	c.want(len(c.s.Routes) == len(c.p.Shifts), "plan", "%d routes for %d shifts", len(c.s.Routes), len(c.p.Shifts))
	for i, r := range c.s.Routes {
		if r.Shift != i || i >= len(c.p.Shifts) {
			c.fault("plan", "route %d is of shift %d", i, r.Shift)
			continue
		}
		for k, stop := range r.Stops {
			where := fmt.Sprintf("%s, stop %d", c.shiftName(i), k)
			c.want(stop.Visit >= -1 && stop.Visit < len(c.p.Visits), where, "visit %d does not exist", stop.Visit)
			if stop.Visit == -1 {
				c.want(stop.Break >= 0 && stop.Break < len(c.p.Shifts[i].Breaks), where, "break %d does not exist", stop.Break)
			}
		}
	}
	for k, a := range c.s.Absent {
		c.want(a.Visit >= 0 && a.Visit < len(c.p.Visits), "plan", "absent[%d]: visit %d does not exist", k, a.Visit)
	}
	return len(c.faults) == 0
}

// attendance holds every visit to be made once, by as many as its crew, or to be absent once with a reason.
func (c *checker) attendance() {
	absent := make([]int, len(c.p.Visits))
	for _, a := range c.s.Absent {
		absent[a.Visit]++
		c.want(a.Reason != route.NoReason, c.visitName(a.Visit), "is absent without a reason")
	}
	for i, v := range c.p.Visits {
		name, crew := c.visitName(i), max(1, v.Crew)
		switch n := len(c.served[i]); {
		case n == 0:
			c.want(absent[i] == 1, name, "is lost: neither made nor named as absent once (%d times)", absent[i])
		case absent[i] > 0:
			c.fault(name, "is both made and absent")
		case n != crew:
			c.fault(name, "is made by %d, needs %d", n, crew)
		case crew > 1:
			c.together(i)
		}
	}
}

// together holds a crew to begin at one moment and to be different people.
func (c *checker) together(visit int) {
	seen := map[int]bool{}
	for _, call := range c.served[visit] {
		technician := c.p.Shifts[call.shift].Technician
		c.want(!seen[technician], c.visitName(visit), "technician %d stands twice in the crew", technician)
		seen[technician] = true
		c.want(call.stop.Begin == c.served[visit][0].stop.Begin, c.visitName(visit), "its crew begins at %d and at %d", c.served[visit][0].stop.Begin, call.stop.Begin)
	}
}

// pins holds promised visits to their shift, moment and place in the sequence.
func (c *checker) pins() {
	for i, v := range c.p.Visits {
		if v.Pin == nil {
			continue
		}
		for _, call := range c.served[i] {
			name := c.visitName(i)
			c.want(v.Pin.Shift < 0 || v.Pin.Shift == call.shift, name, "is pinned to %s but stands in %s", c.pinShift(v.Pin), c.shiftName(call.shift))
			// A visit of a pinned sequence may be late, if what comes before it is.
			exact := v.Pin.Start == call.stop.Begin || v.Pin.Rank >= 0 && v.Pin.Start <= call.stop.Begin
			c.want(v.Pin.Start == route.Never || exact, name, "is pinned to begin at %d but begins at %d", v.Pin.Start, call.stop.Begin)
			c.want(v.Pin.Rank < 0 || v.Pin.Rank == call.position, name, "is pinned to position %d but stands at %d", v.Pin.Rank, call.position)
		}
	}
}

func (c *checker) pinShift(pin *route.Pin) string {
	if pin.Shift < 0 {
		return "any shift"
	}
	return c.shiftName(pin.Shift)
}

// moves holds the plan to the most visits of the present plan that may change hands or drop out.
func (c *checker) moves() {
	if c.p.Policy.MaxMoves == 0 {
		return
	}
	moved := 0
	for _, at := range c.p.Present {
		if !c.stays(at) {
			moved++
		}
	}
	c.want(moved <= c.p.Policy.MaxMoves, "plan", "%d visits of the present plan moved, at most %d may", moved, c.p.Policy.MaxMoves)
}

func (c *checker) stays(at route.Placed) bool {
	for _, call := range c.served[at.Visit] {
		if call.shift == at.Shift {
			return true
		}
	}
	return false
}
