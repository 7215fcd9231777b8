package object

import "truckroll/platform/schema"

// ProductRequest asks for parts; its lines say which.
type ProductRequest struct {
	schema.Standard `prefix:"0TS" name:"ProductRequestNumber" object:"search"`
	Owned
	Typed

	ProductRequestNumber schema.AutoNumber `format:"PREQ-{0000}"`
	Description          schema.LongText
	Status               RequestStatus

	AccountId             schema.Ref[Account] `children:"ProductRequests"`
	CareProgramEnrolleeId schema.Ref[CareProgramEnrollee]
	CaseId                schema.Ref[Case]              `children:"ProductRequests"`
	DestinationLocationId schema.Ref[Location]          `children:"DestinationProductRequests"`
	SourceLocationId      schema.Ref[Location]          `children:"SourceProductRequests"`
	WorkOrderId           schema.Ref[WorkOrder]         `children:"ProductRequests"`
	WorkOrderLineItemId   schema.Ref[WorkOrderLineItem] `children:"ProductRequests"`

	NeedByDate    schema.DateTime
	ShipToAddress schema.Address
	ShipmentType  schema.Picklist `choices:"Rush;Overnight;Next Business Day;Pick Up"`
}

// RequestStatus is the status of a request for parts.
type RequestStatus string

// The values of RequestStatus.
const (
	RequestStatusDraft     RequestStatus = "Draft"
	RequestStatusSubmitted RequestStatus = "Submitted"
	RequestStatusReceived  RequestStatus = "Received"
)

// Choices implements [schema.Choicer].
func (RequestStatus) Choices() []schema.Choice {
	return choices(RequestStatusDraft, RequestStatusSubmitted, RequestStatusReceived)
}
