package object

import "truckroll/platform/schema"

// ExpenseReport is a group of expenses handed in together.
type ExpenseReport struct {
	schema.Standard `prefix:"6g5" name:"ExpenseReportNumber"`
	Owned
	Priced

	ExpenseReportNumber schema.AutoNumber `format:"ER-{0000}"`
	Title               string            `max:"120"`
	Description         schema.LongText
	TotalExpenseAmount  schema.Currency `rollup:"SUM ExpenseReportEntry.ExpenseReportId Amount"`
}
