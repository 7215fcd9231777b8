package app

import (
	"slices"
	"strings"

	"truckroll/platform/layout"
)

// Layouts is how each object looks before an administrator lays it out anew: its sections, header, columns and lists.
// Objects that are not named are laid out by the kinds of their fields.
var Layouts = slices.Concat(workLayouts, peopleLayouts, customerLayouts, stockLayouts)

// rows is a related list with its columns, in the order that a field gives; a minus before it turns the order round.
func rows(list, fields, sort string) layout.Related {
	r := layout.Related{List: list, Fields: strings.Fields(fields), SortField: strings.TrimPrefix(sort, "-")}
	if sort != "" {
		r.SortOrder = "Asc"
		if strings.HasPrefix(sort, "-") {
			r.SortOrder = "Desc"
		}
	}
	return r
}

// The lists of work that several objects have.
var (
	ordersOf = rows("WorkOrders", "WorkOrderNumber Subject Status Priority StartDate", "-CreatedDate")
	visitsOf = rows("ServiceAppointments", "AppointmentNumber Subject Status SchedStartTime SchedEndTime", "-SchedStartTime")
	casesOf  = rows("Cases", "CaseNumber Subject Status Priority CreatedDate", "-CreatedDate")
	assetsOf = rows("Assets", "Name SerialNumber Status Product2Id InstallDate", "Name")
)
