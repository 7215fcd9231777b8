package object

import "truckroll/platform/schema"

// ResourceAbsence is a period in which a resource can't be scheduled.
type ResourceAbsence struct {
	schema.Standard `prefix:"0Hw" name:"AbsenceNumber"`
	Typed

	AbsenceNumber               schema.AutoNumber           `format:"RA-{0000}"`
	ResourceId                  schema.Ref[ServiceResource] `field:"required createonly cascade" children:"ResourceAbsences"`
	Description                 schema.LongText
	Type                        schema.Picklist `field:"required" choices:"Vacation;Meeting;Training;Medical"`
	Start                       schema.DateTime `field:"required index"`
	End                         schema.DateTime `field:"required"`
	Address                     schema.Address
	ApprovalStatus              AbsenceApproval
	IsAbsenceTravelFromHomeBase bool
}

// AbsenceApproval is how far the approval of an absence is.
type AbsenceApproval string

// The values of AbsenceApproval.
const (
	AbsenceApprovalSubmitted AbsenceApproval = "Submitted"
	AbsenceApprovalApproved  AbsenceApproval = "Approved"
	AbsenceApprovalCancelled AbsenceApproval = "Cancelled"
	AbsenceApprovalRejected  AbsenceApproval = "Rejected"
)

// Choices implements [schema.Choicer].
func (AbsenceApproval) Choices() []schema.Choice {
	return choices(
		AbsenceApprovalSubmitted, AbsenceApprovalApproved, AbsenceApprovalCancelled, AbsenceApprovalRejected,
	)
}
