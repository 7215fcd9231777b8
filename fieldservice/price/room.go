// Package price governs money: price books and their entries, what a line costs, which currency amounts are in, expenses
// and the reports they are handed in with, and what hours of work come to.
//
// A line has the list price of its entry, a unit price that starts as the price of the contract or else the list price,
// and sums that follow: Subtotal = UnitPrice × quantity and TotalPrice = Subtotal less Discount, each exact and rounded
// half up to the places of its field.
//
// It does not know how an order sums up its lines (work), where parts come from (stock), or who worked when (timesheet).
package price

import (
	"truckroll/platform/action"
	"truckroll/platform/record"
)

// Rules are what happens to amounts when they are saved, in order of execution.
var Rules = record.Book{
	// Which currency and which price book.
	record.FillAny("money: is in a currency", hasCurrency, fillCurrency),
	record.Fill("work order: has the price book of its contract, else the standard one", fillOrderBook),
	record.Fill("contract: has the standard price book", fillContractBook),

	// What things cost.
	record.Fill("price book entry: is called as its product", fillEntryName),
	record.Fill("price book entry: may follow the standard price", fillStandardPrice),
	record.FillAny("line: entry and product belong together", isLine, fillEntry),
	record.FillAny("line: prices and sums", isLine, fillPrice),
	record.Fill("contract: sums of its lines", fillContractSums),
	record.Fill("return line: sums", fillReturnLine),
	record.Fill("return: sums of its lines", fillReturnSums),
	record.Fill("expense: sums", fillExpense),
	record.Fill("expense report: an entry shows its expense", fillReportEntry),

	// What is refused.
	record.CheckAny("money: in a currency of the organisation", hasCurrency, checkCurrency),
	record.CheckAny("money: sums are of one currency", hasCurrency, checkOneCurrency),
	record.CheckAny("money: a currency stays once there are lines in it", hasCurrency, checkCurrencyKept),
	record.CheckWith("price book entry: one for a product and currency", checkEntry),
	record.CheckWith("price book: one is the standard", checkStandardBook),
	record.CheckAny("line: its entry is of the price book", isLine, checkLine),
	record.CheckWith("work order: keeps its price book once lines have prices of it", checkOrderBook),
	record.CheckWith("contract: keeps its price book once lines have prices of it", checkContractBook),
	record.Check("expense: amounts and dates make sense", checkExpense),
	record.CheckWith("expense: is in one report", checkReportEntry),

	// What follows.
	record.FollowAll("product: its entries are called as it is", followProductName),
	record.FollowAll("standard price: others follow it", followStandardPrice),
	record.FollowAll("expense: its report follows", followExpense),
}

// Actions are what can be asked of prices.
var Actions = []action.Action{
	action.Do("billLabor", "Bill labor", billLabor).With("Makes a line of a work order from the hours in time sheets that no line bills yet.", ""),
}
