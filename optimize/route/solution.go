package route

import (
	"cmp"
	"time"
)

// Cost compares plans, the first field that differs deciding: less is better.
type Cost struct {
	Hard     int64 // pinned visits left out, and seconds by which a pinned sequence breaks its windows or outlasts its shift
	Unserved int64 // priority of absent visits
	Absent   int64 // visits left out that are not Optional
	Shifts   int64 // shifts used, if the policy says FewFirst
	Soft     int64 // weighted Terms, fixed prices of shifts, prices of optional visits left out
}

// Compare is negative if c is better than d.
func (c Cost) Compare(d Cost) int {
	return cmp.Or(cmp.Compare(c.Hard, d.Hard), cmp.Compare(c.Unserved, d.Unserved), cmp.Compare(c.Absent, d.Absent),
		cmp.Compare(c.Shifts, d.Shifts), cmp.Compare(c.Soft, d.Soft))
}

// Solution is a plan and what it costs.
type Solution struct {
	Routes []Route // one for each shift, in the problem's order
	Absent []Absent
	Cost   Cost
	Terms  []Charge // what each Term of the policy adds to Soft
	Run    Run
}

// Route is what one shift does. A shift without visits has no Stops.
type Route struct {
	Shift int
	Stops []Stop

	// Leave and Finish are when the shift leaves its start and reaches its end; it leaves as late as it can without
	// beginning any visit later. Travel, Service (with Setup), Rest (breaks) and Waiting add up to Finish - Leave.
	Leave, Finish int64
	Travel        int64
	Service       int64
	Rest          int64
	Waiting       int64
	Overtime      int64
	Distance      int64 // metres
}

// Stop is a visit or a break. Service (or rest) begins at Begin; Begin - Arrival is waiting and, for a visit, setup.
type Stop struct {
	Visit               int // index, or -1 for a break
	Break               int // index among the shift's breaks, if Visit is -1
	Arrival, Begin, End int64
	Travel              int64 // seconds of travel since the stop before; a break takes none
	Distance            int64 // metres likewise
}

// Absent is a visit that is not in the plan, and why.
type Absent struct {
	Visit  int
	Reason Reason
}

// Charge is the part of a Term in the soft cost.
type Charge struct {
	Kind   TermKind
	Units  int64 // in the Term's own unit; of Travel and Distance, times their price in the mode
	Weight int64 // soft cost of a unit; 0 if the Term is hard
}

// Run tells how a solution came about.
type Run struct {
	Iterations int64
	Elapsed    time.Duration
	Threads    int
}

// Progress is told now and then while a run goes on, from one goroutine at a time.
type Progress struct {
	Elapsed    time.Duration
	Iterations int64
	Cost       Cost
}

// Reason is why a visit is absent.
type Reason int

// The reasons, from the one that says least about other visits to the one that says most.
const (
	NoReason      Reason = iota
	NoSkill              // no technician has the skills at the levels needed
	NoTerritory          // none who has works in its territory
	NotAllowed           // none of those is required, or all are excluded
	NoParts              // no shift of those has the parts or the room for its load
	OutOfReach           // no shift of those reaches it in time, even with nothing else to do
	PartnerAbsent        // a linked visit cannot be made
	NoRoom               // some shift could make it, but not beside visits that matter more
	NotWorth             // optional, and dearer than its price
)

var reasonTexts = [...]string{
	NoReason:      "nothing is in the way",
	NoSkill:       "the skills are missing",
	NoTerritory:   "it lies outside the territory",
	NotAllowed:    "it is not allowed here",
	NoParts:       "parts or capacity are missing",
	OutOfReach:    "it cannot be reached within its windows",
	PartnerAbsent: "a linked visit cannot be made",
	NoRoom:        "no room beside visits that matter more",
	NotWorth:      "it costs more than its price",
}

// String is a short sentence.
func (r Reason) String() string { return reasonTexts[r] }
