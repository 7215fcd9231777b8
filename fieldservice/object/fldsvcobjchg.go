package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// FldSvcObjChg records a change of the schedule: who or what moved an appointment.
type FldSvcObjChg struct {
	schema.Standard `prefix:"1JF" label:"Field Service Change"`

	ServiceAppointmentId   schema.Ref[ServiceAppointment]
	UserId                 schema.Ref[org.User]
	ActivityTimeStamp      schema.DateTime
	Activity               schema.Picklist // Kind of action (schedule, optimise, dispatch, drag and drop…)
	TimeZone               schema.Picklist
	IsPrimary              bool // Main change of the transaction
	ActivityDetails        string
	OriginalSvcAppointment string // Id of the appointment that set off the change
	Transaction            string // Groups the changes made by one request
}
