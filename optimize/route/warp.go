package route

// seg sums up a run of stops in which service may begin late, as if time were turned back for as long as needed to be
// punctual: that time is counted as warp (Nagata, Bräysy and Dullaert, Computers & Operations Research 37(4), 2010).
// Two runs are joined in constant time (Vidal, Crainic, Gendreau and Prins, Computers & Operations Research 40, 2013).
type seg struct {
	time        int32 // least seconds from the first begin to the last end of service, waiting and warp included
	warp        int32
	early, late int32 // begins of the first service between which time and warp are least
}

// then is the run a followed by b, with travel between them.
func (a seg) then(b seg, travel int32) seg {
	gap := a.time - a.warp + travel
	wait := max(b.early-gap-a.late, 0)
	warp := max(a.early+gap-b.late, 0)
	return seg{
		a.time + b.time + travel + wait, a.warp + b.warp + warp,
		max(b.early-gap, a.early) - wait, min(b.late-gap, a.late) + warp,
	}
}

// warpWith is the warp of the run a followed by b.
func (a seg) warpWith(b seg, travel int32) int32 {
	return a.warp + b.warp + max(a.early+a.time-a.warp+travel-b.late, 0)
}
