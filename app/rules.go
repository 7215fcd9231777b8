package app

import (
	"slices"

	"truckroll/fieldservice/asset"
	"truckroll/fieldservice/crew"
	"truckroll/fieldservice/price"
	"truckroll/fieldservice/stock"
	"truckroll/fieldservice/timesheet"
	"truckroll/fieldservice/work"
	"truckroll/platform/org"
	"truckroll/platform/record"
)

// Rules is the rule book: everything that the house does to a record beyond storing it. Their order is the order of
// execution.
var Rules record.Book = slices.Concat(
	org.Rules,
	work.Rules,
	asset.Rules,
	price.Rules,
	stock.Rules,
	timesheet.Rules,
	crew.Rules,
)
