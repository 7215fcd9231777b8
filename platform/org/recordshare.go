package org

import "truckroll/platform/schema"

// RecordShare opens one record to a user or a group. Queries find the shares of one object under its name, too: see
// [Shares].
type RecordShare struct {
	schema.Standard `prefix:"zP2" name:"" object:"leaf"`

	SobjectType   string        `field:"createonly index" max:"80"` // of the record; filled by the house
	ParentId      schema.AnyRef `field:"required createonly cascade" to:"*" children:"Shares"`
	UserOrGroupId schema.AnyRef `field:"required createonly cascade" to:"User,Group"`
	AccessLevel   AccessLevel   `field:"required" default:"Read"`
	RowCause      ShareCause    `field:"createonly" default:"Manual"`
}

// AccessLevel is how much of a record a share opens.
type AccessLevel string

// The values of AccessLevel.
const (
	AccessRead AccessLevel = "Read"
	AccessEdit AccessLevel = "Edit"
	AccessAll  AccessLevel = "All" // delete, transfer and share, too
)

// Choices implements [schema.Choicer].
func (AccessLevel) Choices() []schema.Choice { return choices(AccessRead, AccessEdit, AccessAll) }

// ShareCause is why a record is shared. What a person shared stays until a person takes it back.
type ShareCause string

// The values of ShareCause.
const (
	CauseManual ShareCause = "Manual"
	CauseOwner  ShareCause = "Owner"
	CauseRule   ShareCause = "Rule"
	CauseTeam   ShareCause = "Team"
)

// Choices implements [schema.Choicer].
func (ShareCause) Choices() []schema.Choice {
	return choices(CauseManual, CauseOwner, CauseRule, CauseTeam)
}
