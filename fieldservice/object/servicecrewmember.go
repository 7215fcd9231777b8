package object

import "truckroll/platform/schema"

// ServiceCrewMember makes a technician a member of a crew for a period.
type ServiceCrewMember struct {
	schema.Standard `prefix:"1cm" name:"ServiceCrewMemberNumber"`

	ServiceCrewMemberNumber schema.AutoNumber           `format:"SCM-{0000}"`
	ServiceCrewId           schema.Ref[ServiceCrew]     `field:"required createonly cascade" children:"ServiceCrewMembers"`
	ServiceResourceId       schema.Ref[ServiceResource] `field:"required cascade" children:"ServiceCrewMembers"` // A technician with a calendar
	StartDate               schema.DateTime             `field:"required"`                                       // In several crews only at different times
	EndDate                 schema.DateTime
	IsLeader                bool
}
