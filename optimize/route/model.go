package route

import "sync/atomic"

// far is later than any moment of a model, and early enough that a few durations can be added to it in 32 bits.
const far int32 = 1 << 30

// model is the problem as the search sees it: everything is a small integer, every rule that does not depend on the
// plan is already decided, and visits that lie near one another have near numbers, so that they share cache lines.
// It does not change once compiled, and all workers read it.
//
// Nodes are numbered: visits from 0 to n-1 (a visit with a crew is several), then the start of each shift, then its
// end.
type model struct {
	p     *Problem
	stop  *atomic.Bool // see compileUntil
	n, r  int
	base  int64   // the moment that is 0 in the model
	visit []int32 // by visit node: the problem's visit
	shift []int32 // by shift of the model: the problem's
	jobs  []job   // by node
	site  []int32 // by node
	sites int     // distinct sites, the width of tables
	lanes []lane
	lane  []uint8 // by shift

	windows   [][]span // by visit node, where there are several
	able      bitTable // by visit node: the shifts that can make it
	fixed     []int64  // by shift: cost of using it
	room      []int32  // by shift: capacity in the one dimension of a plain model
	twin      []int32  // by shift: the first shift that is just like it
	mostMoves int64    // visits of the present plan that may move
	tries     int      // see setTries
	rich      *rich    // nil if the model is plain: see there

	priority  []int64 // by visit node; a crew's first node carries it for all
	mandatory []int64 // by visit node: 1 if its absence counts
	optional  []int64 // by visit node: the price of leaving it out, in soft cost
	choosy    bool    // visits may be worth it, or possible, only together

	pinned []int64 // by visit node: 1 if its absence is a hard violation

	near   [][]int32 // by visit node: the visits that it may well stand beside, nearest first
	doors  [][]int32 // by visit node: shifts near whose start it may well stand, one of each kind
	kinds  []int32   // the first of each kind of twins
	remote []int64   // by visit node: how far it is from where shifts start
	choice []int64   // by visit node: how many shifts can make it
	leg    int64     // mean cost of a leg to a near visit: the unit of temperatures and prices
	open   int64     // mean share of a visit in the price of using a shift
}

// job is what the inner loop needs to know of a node.
type job struct {
	lo, hi int32 // first and last begin of service; the hull, if there are several windows
	time   int32 // of service at normal speed
	load   int32 // in the one dimension of a plain model
}

// span is a Window in model time.
type span struct{ lo, hi int32 }

// start and end are the nodes of a shift's two ends.
func (m *model) start(shift int32) int32 { return int32(m.n) + shift }
func (m *model) end(shift int32) int32   { return int32(m.n) + int32(m.r) + shift }

// day is the Day of a shift.
func (m *model) day(shift int32) int { return m.p.Shifts[m.shift[shift]].Day }

// moment turns a problem's moment into the model's.
func (m *model) moment(t int64) int32 { return int32(max(0, min(t-m.base, int64(far/2)))) }

// bitTable is a table of bits, row by row.
type bitTable struct {
	words int
	set   []uint64
}

func newBits(rows, columns int) bitTable {
	words := (columns + 63) / 64
	return bitTable{words, make([]uint64, rows*words)}
}

func (b bitTable) has(row, column int32) bool {
	return b.set[int(row)*b.words+int(column>>6)]>>(column&63)&1 != 0
}

func (b bitTable) add(row, column int32) {
	b.set[int(row)*b.words+int(column>>6)] |= 1 << (column & 63)
}
