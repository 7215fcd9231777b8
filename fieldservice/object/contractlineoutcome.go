package object

import "truckroll/platform/schema"

// ContractLineOutcome is an outcome promised by a contract line, and how it is measured.
type ContractLineOutcome struct {
	schema.Standard `prefix:"3lp"`
	Owned

	Name        string
	Description schema.LongText

	ContractLineItemId        schema.Ref[ContractLineItem]        `children:"ContractLineOutcomes"`
	RecordsetFilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"ContractLineOutcomes" label:"Record Set Filter"`
	ServiceContractId         schema.Ref[ServiceContract]         `children:"ContractLineOutcomes"`

	StartDate           schema.DateTime
	EndDate             schema.DateTime
	NextDataCaptureDate schema.DateTime

	CalculationMethod schema.Picklist
	CaptureFrequency  schema.Picklist
	ComplianceStatus  schema.Picklist
}
