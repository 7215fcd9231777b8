package object

import "truckroll/platform/schema"

// ContractLineOutcomeData is one measurement of a promised outcome.
type ContractLineOutcomeData struct {
	schema.Standard `prefix:"7sD" plural:"Contract Line Outcome Data"`

	Name                    string
	ContractLineOutcomeId   schema.Ref[ContractLineOutcome] `field:"required createonly cascade" children:"OutcomeCaptures"`
	CaptureDate             schema.DateTime
	CalculatedValue         schema.Decimal
	Value                   schema.Decimal
	KeyPerformanceIndicator string
}
