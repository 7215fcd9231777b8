package route

import (
	"time"

	"truckroll/optimize/travel"
)

// Anywhere stands for a place that does not matter: a shift that begins or ends wherever its first or last visit is.
const Anywhere = -1

// Never stands for a moment that is not set: no due date, no latest time, no largest gap.
const Never = int64(1) << 40

// Problem is a horizon of shifts and the visits that may be made in them. Moments are seconds since one origin of the
// caller's choosing (a midnight, if modes have a Clock), durations seconds, distances metres. Lists refer to one
// another by index.
type Problem struct {
	Name        string
	Modes       []Mode
	Technicians []Technician
	Shifts      []Shift
	Visits      []Visit
	Links       []Link
	Policy      Policy

	// Present is the plan in force, if there is one: what stability is measured against and the search starts from.
	Present []Placed
}

// Mode is a way of travelling: a car, a van, on foot.
type Mode struct {
	Name   string
	Matrix travel.Matrix
	Clock  travel.Clock // traffic by time of day; the zero Clock is free flow

	// PerSecond and PerMetre are prices that the policy's weights of Travel and Distance are multiplied by; 0 is 1.
	PerSecond, PerMetre int64
}

// Technician is somebody, or a team, who works shifts.
type Technician struct {
	ID          string
	Skills      []Skill
	Territories []string // where they work; none is everywhere
	Efficiency  int      // percent of normal speed: 200 halves service times; 0 is 100
}

// Skill is an ability at a level, held during a period.
type Skill struct {
	Name        string
	Level       int
	From, Until int64 // it counts in shifts that lie within From and Until; both zero is always
}

// Shift is one stretch of work of one technician, from Start at Window.From back to End.
type Shift struct {
	ID         string
	Technician int
	Mode       int
	Start, End int    // places, or Anywhere
	Window     Window // regular hours: leave Start at Window.From or later, arrive at End by Window.Until
	Latest     int64  // hard end with overtime; 0 is Window.Until
	Breaks     []Break
	Day        int   // which shifts are on the same day, for links
	Fixed      int64 // price of using this shift at all

	MaxTasks    int   // 0 is no limit, here and below
	MaxDistance int64 // metres
	MaxTravel   int64 // seconds of travel, breaks not counted
	MaxDuration int64 // seconds from leaving Start to reaching End

	Capacity []int64          // by dimension; none is no limit
	Stock    map[string]int64 // parts on board
}

// Window is from From to Until, both included.
type Window struct{ From, Until int64 }

// Break is a rest that begins within one of Windows and lasts Duration. It may interrupt travel but not service.
// A shift's breaks are taken in their order in every shift that is used, several on one way if need be.
type Break struct {
	ID       string
	Windows  []Window
	Duration int64
}

// Visit is work at a place.
type Visit struct {
	ID       string
	Place    int
	Duration int64    // of service at normal speed
	Setup    int64    // added after travel from another place, before service
	Windows  []Window // service begins in one of them; none is always
	Release  int64    // earliest begin of service; 0 is none
	Due      int64    // service should end by then (the Term Late); 0 is none
	Priority int64    // 0 and more; a plan that serves more priority is better before anything else
	Optional bool     // may be left out for Price in place of priority
	Price    int64    // soft cost of leaving an optional visit out

	Skills    []SkillNeed
	Territory string           // "" is anywhere
	Parts     map[string]int64 // taken from a shift's stock
	Deliver   []int64          // load on board from the shift's start until this visit, by dimension
	Pickup    []int64          // load on board from this visit until the shift's end, by dimension
	Crew      int              // technicians who start together here, each with the skills, the parts and the load; 0 is 1

	Required  []int // only these technicians
	Preferred []int // rather these technicians (the Term Preferred)
	Excluded  []int // never these technicians

	Pin *Pin // nil is free
}

// SkillNeed is an ability at a level or above.
type SkillNeed struct {
	Name  string
	Level int
}

// Pin fixes what has been promised or has begun. A pinned visit that is left out is a hard violation.
type Pin struct {
	Shift int   // or -1 for any
	Start int64 // when service begins, or Never; with a Rank, not before this moment: it may be pushed back
	Rank  int   // position from the start of the shift, or -1; ranks of a shift run from 0 without a hole
}

// Placed is a visit in the present plan.
type Placed struct {
	Visit, Shift int
	Start        int64
}

// LinkKind is what a Link demands.
type LinkKind int

// The kinds of Link. Where one of two visits is absent, so is the other, unless that one is pinned in a sequence.
const (
	SameStart       LinkKind = iota // both begin at the same moment
	StartAfter                      // Second begins MinGap to MaxGap seconds after First ends
	SameDay                         // in shifts of one Day
	Follows                         // Second directly follows First in the same shift
	SameTechnician                  //
	OtherTechnician                 // by different technicians
	SameShift                       // both in one shift, First before Second
	Shipment                        // as SameShift; First's Pickup stays on board only until Second
)

// Link ties two visits together.
type Link struct {
	Kind           LinkKind
	First, Second  int
	MinGap, MaxGap int64 // for StartAfter; MaxGap 0 is no limit
}

// TermKind names what a Term measures.
type TermKind int

// The kinds of Term, with the unit each is measured in.
const (
	Travel    TermKind = iota // seconds under way
	Distance                  // metres
	Overtime                  // seconds after the regular end of a shift
	Waiting                   // seconds idle between a shift's departure and its end, breaks not counted
	Soon                      // minutes from a visit's release (or moment 0, if it has none) to its begin
	Late                      // seconds from a visit's due date to its end
	Preferred                 // visits with preferred technicians made by somebody else
	Surplus                   // levels of skill above those needed
	Territory                 // visits made by a technician of another territory
	Fairness                  // over technicians, the square of whole quarters of an hour of service, setup not counted
	SameSite                  // arrivals at a place from another one
	Stable                    // changes against the present plan: minutes moved, or 60 for another shift or none
	Used                      // technicians with any visit
)

// Term is one weighted aim of a plan. A hard Term must stay at zero; its weight is not used. Only Overtime, Waiting,
// Late, Preferred, Surplus and Territory can be hard. Territory is hard unless the policy has it as a soft Term.
type Term struct {
	Kind   TermKind
	Weight int64 // soft cost of one unit
	Hard   bool
}

// Policy is what makes one plan better than another, once priority is served. No Terms is Travel with weight 1.
type Policy struct {
	Terms    []Term
	FewFirst bool // use as few shifts as can be before any Term counts
	MaxMoves int  // visits of the present plan that may change shift or drop out; 0 is no limit
}

// Options bounds a run. At least one of Time, Iterations or the context's deadline should be set; what is zero does
// not bind.
type Options struct {
	Time       time.Duration
	Iterations int64 // at most, of all threads, on a first plan; with it the plan depends on Seed alone, not on Threads or the clock
	Seed       uint64
	Threads    int // 0 is the number of processors
	Progress   func(Progress)
	// Clock is what Time is measured by; nil is the time that passes. It never runs backwards, and is asked by several
	// threads. One that counts processor time lets a busy machine search as far as a quiet one.
	Clock func() time.Duration
}

var termNames = [...]string{"travel", "distance", "overtime", "waiting", "soon", "late", "preferred", "surplus",
	"territory", "fairness", "sameSite", "stable", "used"}

// String is the Term's name, as policies and reports spell it.
func (k TermKind) String() string { return termNames[k] }
