// Package stock governs parts: where they are, how they move, and which are missing.
//
// Stock is kept by double entry: whatever changes the quantity of a [object.ProductItem] writes a
// [object.ProductItemTransaction], and the sum of its journal is the quantity on hand. No more leaves a stock than is
// there, unless its location allows it. Consumption, transfers, returns and counts all move stock through one function,
// post; edits of a quantity are written to the journal as adjustments.
//
// It does not know what parts cost (price), what work is (work), or who drives which van beyond the location that a
// resource names (roster).
package stock

import (
	"truckroll/platform/action"
	"truckroll/platform/job"
	"truckroll/platform/record"
)

// Rules are what happens to stock when records are saved, in order of execution.
var Rules = record.Book{
	// What records take over from others.
	record.Fill("stock: shows its product", fillItem),
	record.Fill("parts used: come from the van of who used them", fillFromVan),
	record.Fill("parts used: show their product", fillConsumed),
	record.Fill("request: begins as a draft", fillRequest),
	record.Fill("request line: takes over from its request", fillRequestLine),
	record.Fill("return line: takes over from what comes back", fillReturnLine),
	record.Fill("transfer: takes over from request, return, stock and shipment", fillTransfer),
	record.Fill("shipment: notes its delivery", fillShipment),
	record.Fill("unit: is available stock at first", fillUnit),
	record.Fill("count: notes when it is posted", fillCount),
	record.Fill("count entry: compares with the books", fillCountEntry),
	record.Fill("work order: shows its return", fillOrderReturn),
	record.Fill("line: shows its return", fillLineReturn),

	// What is refused.
	record.CheckWith("stock: at an inventory location, and not below zero", checkItem),
	record.CheckWith("product: units are numbered from the first or not at all", checkSerialized),
	record.CheckWith("parts used: some, on a line of the order", checkConsumed),
	record.Check("request line: asks for something", checkRequestLine),
	record.Check("return line: says what comes back", checkReturnLine),
	record.CheckWith("transfer: can move, and stays once it has", checkTransfer),
	record.CheckWith("transfer: all units received are named, or none", checkTransferUnits),
	record.Check("shipment: goes its way", checkShipment),
	record.CheckWith("unit: of a numbered product", checkUnit),
	record.CheckWith("parts used: a unit was in that stock", checkConsumedUnit),
	record.CheckWith("transfer: a unit leaves from where it is", checkTransferUnit),
	record.Check("count: stays when it is posted", checkCount),
	record.CheckWith("count entry: of stock at the location, while it is counted", checkCountEntry),
	record.CheckWith("reorder point: one for a product and location", checkReorderPoint),
	record.CheckDelete("stock: does not vanish", checkItemDelete),
	record.CheckDelete("transfer: stays once stock has moved", checkTransferDelete),

	// What follows.
	record.FollowAll("stock: what people change is written to the journal", followItems),
	record.FollowAll("parts used: leave stock", followConsumed),
	record.FollowDelete("parts used: go back when that is deleted", followUnconsumed),
	record.FollowUndelete("parts used: leave stock again", followReconsumed),
	record.FollowAll("transfer: moves stock when it is received", followTransfers),
	record.FollowAll("transfer: its units go along", followTransferUnits),
	record.FollowAll("transfer: a unit that is named later is sent", followTransferUnit),
	record.FollowDelete("transfer: a unit that does not go is available", followTransferUnitGone),
	record.FollowAll("transfer: fulfils the request", followArrivals),
	record.FollowAll("transfer: the return has arrived", followReturns),
	record.FollowAll("request: its lines are submitted with it", followRequested),
	record.FollowAll("request: received when all its lines are", followReceivedLines),
	record.FollowAll("shipment: its transfers follow", followShipments),
	record.FollowAll("unit: no other of the product has its number", followNumbers),
	record.FollowAll("unit: what becomes of it is written to its journal", followUnits),
	record.FollowAll("parts used: their units leave stock", followConsumedUnits),
	record.FollowDelete("parts used: a unit goes back", followUnconsumedUnit),
	record.FollowUndelete("parts used: a unit leaves stock again", followReconsumedUnit),
	record.FollowAll("count entry: of each stock once", followCountEntries),
	record.Follow("count: begins with all that the location holds", followNewCount),
	record.Follow("count: corrects stock when it is posted", followPosted),
}

// Actions are what can be asked of stock.
var Actions = []action.Action{
	action.Ask("missingParts", "Missing parts", missingParts).With("Which parts a work order requires that were not consumed and are not in the vans of those who are assigned.", ""),
	action.Do("transferRequest", "Transfer a product request", transferRequest).With("Makes a product transfer for each line of a request of which something is still to be sent.", ""),
	action.Do("suggestRequests", "Suggest product requests", suggestRequests).With("Makes drafts of product requests where stock has fallen below its reorder point.", ""),
	action.Do("auditStock", "Audit stock", runAudit).With("Compares every stock with the sum of its journal and records what differs.", "ModifyAllData"),
}

// Jobs are what happens to stock by itself.
var Jobs = []job.Job[*record.Keeper]{reorder, audit}
