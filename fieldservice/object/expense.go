package object

import "truckroll/platform/schema"

// Expense is a cost incurred on a work order.
type Expense struct {
	schema.Standard `prefix:"1V4" name:"ExpenseNumber" object:"search"`
	Owned
	Typed
	Priced

	ExpenseNumber schema.AutoNumber `format:"EXP-{0000}"`
	Title         string
	Description   schema.LongText

	AccountId   schema.Ref[Account]   `children:"Expenses"`
	WorkOrderId schema.Ref[WorkOrder] `children:"Expenses"`

	ExpenseStartDate schema.Date
	ExpenseEndDate   schema.Date
	TransactionDate  schema.Date `field:"required"`

	Discount schema.Percent
	Quantity schema.Decimal

	Amount     schema.Currency `field:"required"`
	Subtotal   schema.Currency
	TotalPrice schema.Currency // Subtotal less discount
	UnitPrice  schema.Currency

	ExpenseType ExpenseType
}

// ExpenseType says whether an expense is charged on.
type ExpenseType string

// The values of ExpenseType.
const (
	ExpenseTypeBillable    ExpenseType = "Billable"
	ExpenseTypeNonBillable ExpenseType = "Non-Billable"
)

// Choices implements [schema.Choicer].
func (ExpenseType) Choices() []schema.Choice {
	return choices(ExpenseTypeBillable, ExpenseTypeNonBillable)
}
