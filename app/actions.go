package app

import (
	"slices"

	"truckroll/fieldservice/asset"
	"truckroll/fieldservice/maintenance"
	"truckroll/fieldservice/price"
	"truckroll/fieldservice/report"
	"truckroll/fieldservice/stock"
	"truckroll/fieldservice/work"
	"truckroll/platform/action"
	"truckroll/platform/file"
)

// Actions are what can be asked of the house by name, room by room.
var Actions = slices.Concat(
	[]action.Action{action.Undelete},
	work.Actions,
	asset.Actions,
	maintenance.Actions,
	price.Actions,
	stock.Actions,
)

// actions returns them, with those that read and keep files, as a list to find them in.
func actions(files *file.Dir) (action.List, error) {
	return action.NewList(slices.Concat(Actions, report.Actions(files))...)
}
