// Package timesheet governs time that people spend: sheets, their entries, and the sheets that come by themselves.
//
// Nobody is in two places at once, and what was handed in stays as it was. It does not know what an hour costs (price),
// or how visits are planned (work, roster).
package timesheet

import (
	"truckroll/platform/job"
	"truckroll/platform/record"
)

// Rules are what happens to time sheets when they are saved, in order of execution.
var Rules = record.Book{
	record.Fill("time sheet: sums of its entries", fillSheet),
	record.Fill("time entry: how long it took", fillEntry),

	record.Check("time sheet: has a period, and a status that may follow", checkSheet),
	record.CheckWith("time entry: within its open sheet, and not back in time", checkEntry),
	record.CheckWith("time sheet template: can be followed", checkTemplate),
	record.CheckDelete("time sheet: stays once it is handed in", checkSheetDelete),
	record.CheckDelete("time entry: stays once it is handed in", checkEntryDelete),

	record.FollowAll("time entry: nobody is in two places at once", followEntries),
	record.FollowUndelete("time entry: does not come back into other time", followEntryBack),
	record.FollowAll("time sheet: its entries are handed in with it", followSheets),
	record.FollowAll("appointment: time of a finished visit is entered", followVisits),
}

// Jobs are what happens to time sheets by itself.
var Jobs = []job.Job[*record.Keeper]{sheets}
