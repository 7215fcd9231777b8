// Package asset governs the things that are serviced: what product they are, the warranties that begin with them, their
// attributes and times out of service, what replaced them, and the campaigns in which many of them are worked on.
//
// It does not know how assets hang together as trees or how work on them goes on (work), the units in stock that become
// assets (stock), or when maintenance is due (maintenance).
package asset

import (
	"truckroll/platform/action"
	"truckroll/platform/job"
	"truckroll/platform/record"
)

// Rules are what happens to assets when they are saved, in order of execution.
var Rules = record.Book{
	record.Fill("asset: shows what its product is", fillProduct),
	record.Fill("asset: belongs to the account of its contact", fillAccount),
	record.Fill("asset: figures of its uptime", fillUptime),
	record.Fill("attribute: is called and written as its definition says", fillAttribute),
	record.Fill("downtime: counts within the record of uptime", fillDowntime),
	record.Fill("warranty: ends as its term says", fillWarranty),

	record.Check("asset: belongs to someone", checkOwner),
	record.Check("asset: dates and hours make sense", checkAsset),
	record.CheckWith("attribute: one of each definition, with a value that fits", checkAttribute),
	record.Check("attribute definition: can have values", checkDefinition),
	record.Check("downtime: ends after it begins", checkDowntime),
	record.Check("warranty term: durations and shares make sense", checkTerm),
	record.Check("product warranty: for a product or a family", checkProductTerm),
	record.Check("warranty: dates and shares make sense", checkWarranty),
	record.Check("relationship: of two assets, in time", checkRelationship),
	record.CheckWith("campaign item: once in a campaign", checkItem),

	record.FollowAll("product: its assets show it", followProduct),
	record.Follow("asset: warranties begin", followWarranties),
	record.Follow("asset: downtime follows its record of uptime", followUptime),
	record.Follow("downtime: its asset's figures follow", followDowntime),
	record.FollowDelete("downtime: its asset's figures follow its end", gone),
	record.FollowUndelete("downtime: its asset's figures follow its return", gone),
	record.Follow("work order: completes its campaign item", followCampaignOrder),
}

// Actions are what can be asked about assets.
var Actions = []action.Action{
	action.Do("installAsset", "Install asset", install).With("Marks an asset as installed, at a place and on a day; its warranties begin.", ""),
	action.Do("replaceAsset", "Replace asset", replace).With("Puts another asset in the place of one, takes the old one out of use and notes the relationship.", ""),
	action.Ask("assetServiceHistory", "Service history of an asset", history).With("Tells what was done to an asset and the assets below it: work, readings, parts, downtime and reports, newest first.", ""),
	action.Do("addCampaignItems", "Add campaign items", addItems).With("Adds every asset of the campaign's product that is not among its items yet.", ""),
	action.Do("createCampaignWorkOrders", "Create campaign work orders", createOrders).With("Makes a work order for each open item of a campaign that has none.", ""),
}

// Jobs are what happens to assets by itself.
var Jobs = []job.Job[*record.Keeper]{refreshUptime}
