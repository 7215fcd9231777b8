package route

// reachByClock is reach where travel depends on the time of day: breaks come before the drive or after it.
func (p *plan) reachByClock(shift int32, before []int32, k int, time, site int32) int32 {
	r := p.m.rich
	setup := min(time, r.setup[site])
	arrival := far
	for taken := k; taken >= 0; taken-- {
		if before[taken] < far {
			soonest, _ := r.wayByClock(shift, before[taken], time-setup, setup, r.rests[shift][taken:k])
			arrival = min(arrival, soonest)
		}
	}
	return arrival
}

// wayByClock is the earliest arrival, or far, after a leg that takes time in free flow and setup, with breaks before the
// drive or after setup; and the time of driving and setup.
func (r *rich) wayByClock(shift, depart, time, setup int32, rests []rest) (arrival, travel int32) {
	arrival = far
	for before := len(rests); before >= 0; before-- {
		leave := afterRests(rests[:before], depart)
		if leave == far {
			continue
		}
		there := r.arrive(shift, leave, time) + setup
		if end := afterRests(rests[before:], there); end < arrival {
			arrival, travel = end, there-leave
		}
	}
	return arrival, travel
}

// afterRests is when breaks that are taken one after the other from a moment on are over, or far.
func afterRests(rests []rest, from int32) int32 {
	for i := range rests {
		if from = rests[i].begin(from); from == far {
			return far
		}
		from += rests[i].time
	}
	return from
}

// arrive is when a drive that takes time in free flow ends.
func (r *rich) arrive(shift, depart, time int32) int32 {
	if clock := r.clocks[shift]; clock != nil && depart < far/2 {
		return int32(min(int64(far), clock.Arrival(int64(depart), time)))
	}
	return depart + time
}
