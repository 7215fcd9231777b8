package object

import "truckroll/platform/schema"

// ServiceContract is the agreement under which service is given. Contract lines and entitlements belong to it.
type ServiceContract struct {
	schema.Standard `prefix:"810" object:"search"`
	Owned
	Typed
	Priced

	Name           string            `field:"required"`
	ContractNumber schema.AutoNumber `format:"{00000000}"`
	Description    schema.LongText
	Status         ContractStatus `field:"readonly"` // From the dates

	AccountId               schema.Ref[Account]         `children:"ServiceContracts"`
	ContactId               schema.Ref[Contact]         `children:"ServiceContracts"`
	ParentServiceContractId schema.Ref[ServiceContract] `children:"ChildServiceContracts"`
	Pricebook2Id            schema.Ref[Pricebook2]      `children:"ServiceContracts"`
	RootServiceContractId   schema.Ref[ServiceContract] `field:"readonly self" children:"DescendantServiceContracts"`

	StartDate      schema.Date
	EndDate        schema.Date
	ActivationDate schema.DateTime

	AdditionalDiscount schema.Percent
	Discount           schema.Percent `field:"readonly"` // Weighted average of lines
	LineItemCount      schema.Int     `rollup:"COUNT ContractLineItem.ServiceContractId"`
	Term               schema.Int     // Months

	GrandTotal       schema.Currency `field:"readonly"` // TotalPrice + Tax + ShippingHandling
	ShippingHandling schema.Currency
	Subtotal         schema.Currency `rollup:"SUM ContractLineItem.ServiceContractId Subtotal"` // Of the lines, before discount
	Tax              schema.Currency
	TotalPrice       schema.Currency `rollup:"SUM ContractLineItem.ServiceContractId TotalPrice"`

	BillingAddress  schema.Address
	ShippingAddress schema.Address
	ApprovalStatus  schema.Picklist `choices:"Draft;In Approval Process;Activated"`
	SpecialTerms    schema.LongText
}

// ContractStatus follows from the dates of a contract, a line or an entitlement.
type ContractStatus string

// The values of ContractStatus.
const (
	ContractStatusInactive ContractStatus = "Inactive"
	ContractStatusActive   ContractStatus = "Active"
	ContractStatusExpired  ContractStatus = "Expired"
)

// Choices implements [schema.Choicer].
func (ContractStatus) Choices() []schema.Choice {
	return choices(ContractStatusInactive, ContractStatusActive, ContractStatusExpired)
}
