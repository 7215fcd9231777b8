package org

import "truckroll/platform/schema"

// Group is a set of users: a public group, a queue, or one that stands for a role.
type Group struct {
	schema.Standard `prefix:"00G" object:"setup"`

	Name          string               `field:"required" max:"80"`
	DeveloperName string               `field:"unique" max:"80"`
	Type          GroupType            `field:"required createonly" default:"Regular"`
	RelatedId     schema.Ref[UserRole] `field:"createonly cascade"` // of a group that stands for a role
	OwnerId       schema.Ref[User]
	Email         schema.Email // of a queue
	Description   string

	DoesSendEmailToMembers bool
	DoesIncludeBosses      bool `default:"true"` // who stands above a member shares in what the group sees
}

// GroupType is what a group is for.
type GroupType string

// The values of GroupType.
const (
	GroupRegular             GroupType = "Regular"
	GroupQueue               GroupType = "Queue"
	GroupRole                GroupType = "Role"
	GroupRoleAndSubordinates GroupType = "RoleAndSubordinates"
	GroupOrganization        GroupType = "Organization"
)

// Choices implements [schema.Choicer].
func (GroupType) Choices() []schema.Choice {
	return choices(GroupRegular, GroupQueue, GroupRole, GroupRoleAndSubordinates, GroupOrganization)
}

// choices lists the values of a picklist whose labels are its values.
func choices[T ~string](values ...T) []schema.Choice {
	all := make([]schema.Choice, len(values))
	for i, v := range values {
		all[i] = schema.Choice{Value: string(v)}
	}
	return all
}
