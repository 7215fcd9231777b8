package object

import "truckroll/platform/schema"

// Case is a customer's issue, which may lead to work orders.
type Case struct {
	schema.Standard `prefix:"500" name:"CaseNumber" object:"search"`
	Owned
	Typed

	CaseNumber  schema.AutoNumber `format:"{00000000}"`
	Subject     string
	Description schema.LongText

	Status   CaseStage       `field:"index"` // Drives IsClosed through CaseStatus rows
	IsClosed bool            `field:"readonly"`
	Origin   schema.Picklist `choices:"Phone;Email;Web"`
	Priority schema.Picklist `choices:"High;Medium;Low" default:"Medium"`
	Reason   schema.Picklist `choices:"Installation;Equipment Complexity;Performance;Breakdown;Equipment Design;Feedback;Other"`
	Type     schema.Picklist `choices:"Question;Problem;Feature Request"`

	AccountId         schema.Ref[Account]         `children:"Cases"`
	AssetId           schema.Ref[Asset]           `children:"Cases"`
	AssetWarrantyId   schema.Ref[AssetWarranty]   `children:"Cases"`
	BusinessHoursId   schema.Ref[BusinessHours]   `field:"required restrict" children:"Cases"`
	ContactId         schema.Ref[Contact]         `children:"Cases"`
	EntitlementId     schema.Ref[Entitlement]     `children:"Cases"` // Starts the milestones of its process
	ParentId          schema.Ref[Case]            `children:"Cases"`
	ProductId         schema.Ref[Product2]        `children:"Cases"`
	ServiceContractId schema.Ref[ServiceContract] `children:"Cases"`

	ClosedDate    schema.DateTime `field:"readonly"`
	SlaStartDate  schema.DateTime `label:"Service Level Start"`
	SlaExitDate   schema.DateTime `field:"readonly" label:"Service Level End"`
	StopStartDate schema.DateTime `field:"readonly" label:"Stopped Since"`

	ContactEmail  schema.Email `field:"readonly"`
	ContactFax    schema.Phone `field:"readonly"`
	ContactMobile schema.Phone `field:"readonly"`
	ContactPhone  schema.Phone `field:"readonly"`

	IsClosedOnCreate bool
	IsEscalated      bool
	IsStopped        bool   // Pauses milestones
	MilestoneStatus  string `field:"readonly" max:"30"`
}

// CaseStage is the status of a case. Its category is Closed or Open.
type CaseStage string

// The values of CaseStage.
const (
	CaseStageNew       CaseStage = "New"
	CaseStageWorking   CaseStage = "Working"
	CaseStageEscalated CaseStage = "Escalated"
	CaseStageOnHold    CaseStage = "On Hold"
	CaseStageClosed    CaseStage = "Closed"
)

// Choices implements [schema.Choicer].
func (CaseStage) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(CaseStageNew), Category: "Open", Default: true},
		{Value: string(CaseStageWorking), Category: "Open"},
		{Value: string(CaseStageEscalated), Category: "Open"},
		{Value: string(CaseStageOnHold), Category: "Open"},
		{Value: string(CaseStageClosed), Category: "Closed"},
	}
}
