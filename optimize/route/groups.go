package route

// groups are visits that links tie together: they are in the plan together or not at all.
type groups struct {
	of     []int32   // by visit node: its group, or -1
	list   [][]int32 // the members, in the order in which they are placed
	links  [][]tie   // by group
	loaded []int32   // by visit node: the first visit of the shipment that ends here, or -1
}

// tie is a Link between nodes.
type tie struct {
	kind          LinkKind
	first, second int32
	gap, most     int32
}

func newGroups(m *model) *groups { return nil }
