package route

// reachByClock is reach where travel depends on the time of day: a break comes before the drive or after it.
func (p *plan) reachByClock(shift int32, before []int32, k int, time, site int32) int32 {
	r := p.m.rich
	setup := min(time, r.setup[site])
	arrival := far
	if before[k] < far {
		arrival = r.arrive(shift, before[k], time-setup) + setup
	}
	if k > 0 && before[k-1] < far {
		rest := &r.rests[shift][k-1]
		if begin := rest.begin(before[k-1]); begin < far {
			arrival = min(arrival, r.arrive(shift, begin+rest.time, time-setup)+setup)
		}
		if begin := rest.begin(r.arrive(shift, before[k-1], time-setup) + setup); begin < far {
			arrival = min(arrival, begin+rest.time)
		}
	}
	return arrival
}

// arrive is when a drive that takes time in free flow ends.
func (r *rich) arrive(shift, depart, time int32) int32 {
	if clock := r.clocks[shift]; clock != nil && depart < far/2 {
		return int32(min(int64(far), clock.Arrival(int64(depart), time)))
	}
	return depart + time
}
