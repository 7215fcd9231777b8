// Package work governs work itself: orders and their lines, the visits in which they are done, the checklists on them,
// what a work type brings, and the customers that work is done for. It says which changes of status are allowed, what
// records take over from those that they belong to, when work may be called complete, and what customers see.
//
// It does not know who does the work or who is free (roster, dispatch), prices of lines (price), stock (stock), service
// levels (sla), or how a report looks (report).
package work

import (
	"truckroll/platform/access"
	"truckroll/platform/action"
	"truckroll/platform/org"
	"truckroll/platform/record"
)

// Rules are what happens to work when it is saved, in order of execution.
var Rules = record.Book{
	// Names and statuses.
	record.FillAny("person: first and last name make the name", hasPersonName, fillPersonName),
	record.FillAny("status: brings its category", hasCategory, fillCategory),

	// What records take over from others.
	record.Fill("work order: takes over from its case", fillFromCase),
	record.Fill("work order: takes over from its work type", fillOrderFromType),
	record.Fill("line: takes over from its work type", fillLineFromType),
	record.Fill("work order: has the address of its place", fillAddress),
	record.Fill("work order: sums of money", fillOrderMoney),
	record.Fill("line: begins without appointments", fillLineCount),
	record.FillAny("tree: says which root and level", inTree, fillTree),
	record.Fill("appointment: takes over from its parent", fillFromParent),
	record.Fill("appointment: has a duration", fillDuration),
	record.Fill("appointment: times are whole minutes, and the first plan is kept", fillTimes),
	record.Fill("appointment: counts visits", fillVisit),
	record.FillAny("duration: in minutes too", hasDuration, fillMinutes),
	record.Fill("plan: belongs to an order or a line", fillPlan),
	record.Fill("step: belongs to the work of its plan", fillStepPlace),
	record.Fill("step: holds its order while it changes", lockStepOrder),
	record.Fill("step: an answer completes it", fillStepAnswer),

	// What is refused.
	record.CheckAny("status: changes as the transitions allow", hasCategory, checkTransition),
	record.CheckWith("transition: names statuses and fields that are there", checkStatusTransition),
	record.Check("settings: make sense", checkSetting),
	record.CheckWith("settings: are one record", checkOneSetting),
	record.CheckAny("tree: no circles", inTree, checkTree),
	record.CheckWith("work order: complete when its mandatory steps are", checkOrderComplete),
	record.CheckWith("line: complete when its mandatory steps are", checkLineComplete),
	record.CheckWith("line: not taken up again with open steps under a finished order", checkLineReopened),
	record.Check("appointment: has a status", checkAppointmentStatus),
	record.Check("appointment: times agree", checkTimes),
	record.Check("appointment: has a time when scheduled, and a reason when it failed", checkScheduled),
	record.CheckWith("appointment: a return is for the same customer", checkReturn),
	record.CheckWith("assignment: only of a visit that has a time", checkAssignable),
	record.Check("plan: stays with its work", checkPlan),
	record.Check("step: is answered as it asks", checkStep),
	record.CheckWith("step: an earlier one of its plan decides", checkDecider),
	record.CheckWith("step: stays as it was once the work is finished", checkStepFrozen),
	record.Check("step template: can be answered", checkStepTemplate),

	// What follows.
	record.FollowEach("tree: at most 10,000", inTree, followGrowth),
	record.FollowAny("tree: moves as a whole", inTree, followTree),
	record.FollowUndeleteAny("tree: finds its place again", inTree, reviveTree),
	record.FollowAll("work order: brings what its work type and the selection rules say", followOrders),
	record.FollowAll("line: brings what its work type and the selection rules say", followLines),
	record.FollowAll("work order: its appointments follow", followOrderVisits),
	record.FollowAll("line: its appointments follow", followLineVisits),
	record.FollowAll("assignment: schedules the visit", followAssigned),
	record.FollowDelete("assignment: the last one unschedules the visit", followUnassigned),
	record.FollowAll("appointment: frees its people when it is called off", followCalledOff),
	record.FollowUndelete("step: does not come back open to finished work", undeleteStep),
	record.Follow("file: answers a step that wants one", followFile),
	record.Follow("standard definition: lists of statuses follow", func(tx *record.Tx, _ record.Change[org.StandardDefinition]) error { return SyncStatuses(tx) }),
	record.FollowDelete("standard definition: lists of statuses follow when it is dropped", func(tx *record.Tx, _ *org.StandardDefinition) error { return SyncStatuses(tx) }),
	record.FollowUndelete("standard definition: lists of statuses follow when it is back", func(tx *record.Tx, _ *org.StandardDefinition) error { return SyncStatuses(tx) }),
}

// Actions are what can be asked about work.
var Actions = []action.Action{
	action.Do("createWorkOrderFromCase", "Create Work Order from Case", orderFromCase).With("Makes a work order of a case, with its contact, account, asset and files.", ""),
	action.Do("createWorkOrderFromProductRequest", "Create Work Order from Product Request", orderFromRequest).With("Makes a work order of a request for parts, with its account, address, parts and files.", ""),
	action.Do("createWorkOrderFromReturnOrder", "Create Work Order from Return Order", orderFromReturn).With("Makes a work order of a return, with its account, contact, case, address and files.", ""),
	action.Do("addWorkPlan", "Add Work Plan", addPlan).With("Puts the plan of a template, with its steps, onto a work order or a line.", ""),
	action.Ask("timeline", "Timeline", askTimeline).With("Tells what happened to a record and to what belongs to it, the newest first.", ""),
}

// account is the account that a customer belongs to: the one of the contact that their user stands for.
const account = "SELECT AccountId FROM Contact WHERE Id IN (SELECT ContactId FROM User WHERE Id = :user)"

// Scopes say what customers see.
var Scopes = []access.Scope{
	{Object: "Account", Name: "the customer's own account", Level: access.ReadLevel, External: true, Condition: access.Where("Id IN (" + account + ")")},
	{Object: "Contact", Name: "of the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "Asset", Name: "of the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "WorkOrder", Name: "for the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "ServiceAppointment", Name: "for the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "Case", Name: "of the customer's account", Level: access.EditLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "ServiceContract", Name: "of the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
}
