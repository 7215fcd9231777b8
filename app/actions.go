package app

import (
	"slices"

	"truckroll/fieldservice/price"
	"truckroll/fieldservice/stock"
	"truckroll/platform/action"
)

// Actions are what can be asked of the house by name, room by room.
var Actions = slices.Concat(
	price.Actions,
	stock.Actions,
)

// actions returns them as a list to find them in.
func actions() (action.List, error) { return action.NewList(Actions...) }
