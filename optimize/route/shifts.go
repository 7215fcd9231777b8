package route

import (
	"fmt"
	"slices"
)

// setShifts fills what is kept by shift.
func (m *model) setShifts() {
	m.lane, m.fixed = make([]uint8, m.r), make([]int64, m.r)
	for k, s := range m.shift {
		m.lane[k] = uint8(m.p.Shifts[s].Mode)
		m.fixed[k] = m.p.Shifts[s].Fixed
	}
	m.setTwins()
}

// setTwins finds shifts that are alike in everything a plan can depend on. Of empty twins only one need be tried.
func (m *model) setTwins() {
	m.twin = make([]int32, m.r)
	named := m.named()
	first := map[string]int32{}
	for k, s := range m.shift {
		shift := m.p.Shifts[s]
		technician := m.p.Technicians[shift.Technician]
		m.twin[k] = int32(k)
		if named[shift.Technician] {
			continue
		}
		shift.ID, technician.ID, shift.Technician = "", "", 0
		key := fmt.Sprint(shift, technician)
		if twin, known := first[key]; known {
			m.twin[k] = twin
		} else {
			first[key] = int32(k)
		}
	}
}

// named tells which technicians are told apart by more than their attributes: because a visit, the present plan or a
// link speaks of them, or because they work several shifts.
func (m *model) named() []bool {
	named := make([]bool, len(m.p.Technicians))
	for _, v := range m.visit {
		visit := &m.p.Visits[v]
		for _, t := range slices.Concat(visit.Required, visit.Preferred, visit.Excluded) {
			named[t] = true
		}
		if visit.Pin != nil && visit.Pin.Shift >= 0 {
			named[m.p.Shifts[visit.Pin.Shift].Technician] = true
		}
	}
	for _, at := range m.p.Present {
		named[m.p.Shifts[at.Shift].Technician] = true
	}
	shifts := make([]int, len(m.p.Technicians))
	for _, s := range m.shift {
		t := m.p.Shifts[s].Technician
		shifts[t]++
		named[t] = named[t] || shifts[t] > 1
	}
	return named
}
