package check

import (
	"slices"

	"truckroll/optimize/route"
)

// able holds a visit to be made by somebody who may and can.
func (w *walk) able(stop *route.Stop) {
	v, technician := &w.p.Visits[stop.Visit], w.shift.Technician
	t := &w.p.Technicians[technician]
	for _, need := range v.Skills {
		level, has := levelAt(t, need.Name, stop.Begin)
		w.want(has, w.where, "technician %s lacks the skill %q at %d", t.ID, need.Name, stop.Begin)
		w.want(!has || level >= need.Level, w.where, "technician %s has %q at level %d, needs %d", t.ID, need.Name, level, need.Level)
	}
	w.want(!w.hard(route.Territory, true) || w.inTerritory(v, t), w.where, "technician %s does not work in territory %q", t.ID, v.Territory)
	w.want(len(v.Required) == 0 || slices.Contains(v.Required, technician), w.where, "technician %s is none of those required", t.ID)
	w.want(!slices.Contains(v.Excluded, technician), w.where, "technician %s is excluded", t.ID)
}

// levelAt is the highest level of a skill that is valid at a moment.
func levelAt(t *route.Technician, name string, moment int64) (level int, has bool) {
	for _, s := range t.Skills {
		valid := s.From == 0 && s.Until == 0 || s.From <= moment && moment < s.Until
		if s.Name == name && valid && (!has || s.Level > level) {
			level, has = s.Level, true
		}
	}
	return level, has
}

func (c *checker) inTerritory(v *route.Visit, t *route.Technician) bool {
	return v.Territory == "" || len(t.Territories) == 0 || slices.Contains(t.Territories, v.Territory)
}

// hard says whether a Term must stay at zero; without says what holds where the policy does not name it.
func (c *checker) hard(kind route.TermKind, without bool) bool {
	for _, t := range c.p.Policy.Terms {
		if t.Kind == kind {
			return t.Hard
		}
	}
	return without
}

// load follows what is on board: deliveries from the start until they are made, pickups from then until the end, or
// until the second visit of their shipment; and the parts that visits use up.
func (w *walk) load() {
	used := map[string]int64{}
	for _, stop := range w.visitsMade() {
		for part, n := range w.p.Visits[stop].Parts {
			used[part] += n
		}
	}
	for part, n := range used {
		w.want(n <= w.shift.Stock[part], w.where, "uses %d of part %q, has %d", n, part, w.shift.Stock[part])
	}
	for d, room := range w.shift.Capacity {
		board := int64(0)
		for _, v := range w.visitsMade() {
			board += amount(w.p.Visits[v].Deliver, d)
		}
		w.want(board <= room, w.where, "leaves with %d on board in dimension %d, has room for %d", board, d, room)
		for _, v := range w.visitsMade() {
			board += amount(w.p.Visits[v].Pickup, d) - amount(w.p.Visits[v].Deliver, d) - w.dropped(v, d)
			w.want(board <= room, w.where, "has %d on board in dimension %d after %s, room for %d", board, d, w.visitName(v), room)
		}
	}
}

func (w *walk) visitsMade() (visits []int) {
	for _, stop := range w.r.Stops {
		if stop.Visit >= 0 {
			visits = append(visits, stop.Visit)
		}
	}
	return visits
}

// dropped is what a visit takes off board because it is the second of a shipment.
func (w *walk) dropped(visit, dimension int) (total int64) {
	for _, l := range w.p.Links {
		if l.Kind == route.Shipment && l.Second == visit {
			total += amount(w.p.Visits[l.First].Pickup, dimension)
		}
	}
	return total
}

func amount(list []int64, dimension int) int64 {
	if dimension < len(list) {
		return list[dimension]
	}
	return 0
}
