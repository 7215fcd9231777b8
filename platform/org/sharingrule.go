package org

import "truckroll/platform/schema"

// SharingRule opens records of some owners, or records that meet a condition, to a group of users.
type SharingRule struct {
	schema.Standard `prefix:"zP1" name:"Label" object:"setup"`

	SobjectType   string `field:"required createonly" max:"80"`
	DeveloperName string `field:"required unique" max:"80"`
	Label         string `field:"required" max:"80"`
	Description   string
	Kind          SharingRuleKind `field:"required createonly"`
	IsActive      bool            `default:"true"`

	FromGroupId schema.Ref[Group] `field:"cascade"` // the owners, for the kind Owner
	Criteria    schema.LongText   `max:"3900"`      // a condition as after WHERE in a query, for the kind Criteria
	ToGroupId   schema.Ref[Group] `field:"required cascade"`
	AccessLevel AccessLevel       `field:"required" default:"Read"`
}

// SharingRuleKind says what a sharing rule goes by.
type SharingRuleKind string

// The values of SharingRuleKind.
const (
	SharingByOwner    SharingRuleKind = "Owner"
	SharingByCriteria SharingRuleKind = "Criteria"
)

// Choices implements [schema.Choicer].
func (SharingRuleKind) Choices() []schema.Choice { return choices(SharingByOwner, SharingByCriteria) }
