package object

import "truckroll/platform/schema"

// ExpenseReportEntry puts an expense into a report.
type ExpenseReportEntry struct {
	schema.Standard `prefix:"3zl" name:"ExpenseReportEntryNumber"`
	Priced

	ExpenseReportEntryNumber schema.AutoNumber         `format:"ERE-{0000}"`
	Title                    string                    `field:"readonly"`
	ExpenseReportId          schema.Ref[ExpenseReport] `field:"required createonly cascade" children:"ExpenseReportEntries"`
	ExpenseId                schema.Ref[Expense]       `field:"required cascade" children:"ExpenseReportEntries"`
	TransactionDate          schema.Date               `field:"readonly"`
	Amount                   schema.Currency           `field:"readonly"`
	ExpenseType              ExpenseType               `field:"readonly"`
}
