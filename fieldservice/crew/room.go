// Package crew governs groups of technicians who are scheduled as one: who is in a crew when, who leads it, and that a
// visit which is given to a crew is given to its members.
//
// It does not know who can do which work or who is free (roster), or how visits are planned (dispatch).
package crew

import "truckroll/platform/record"

// Rules are what happens to crews when they are saved, in order of execution.
var Rules = record.Book{
	record.Fill("assignment: to a crew, names it", fillAssignment),

	record.Check("crew: has room for somebody", checkCrew),
	record.CheckWith("resource: of a crew, has one", checkResource),
	record.CheckWith("crew member: a technician with a calendar, for a while", checkMember),

	record.FollowAll("crew member: in one crew at a time, which has one leader", followMembers),
	record.FollowUndelete("crew member: does not come back into two crews", followMemberBack),
	record.FollowAll("assignment: to a crew, is to its members", followAssigned),
	record.FollowDelete("assignment: to a crew, ends for its members", followUnassigned),
	record.FollowUndelete("assignment: to a crew, is to its members again", followReassigned),
	record.FollowAll("appointment: at another time, is for the members of that time", followMoved),
}
