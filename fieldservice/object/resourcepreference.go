package object

import "truckroll/platform/schema"

// ResourcePreference says that a customer or a piece of work prefers, requires or excludes a resource.
type ResourcePreference struct {
	schema.Standard `prefix:"0Kz" name:"ResourcePreferenceNumber"`

	ResourcePreferenceNumber schema.AutoNumber           `format:"RP-{0000}"`
	RelatedRecordId          schema.AnyRef               `field:"required createonly cascade" to:"Account,WorkOrder,WorkOrderLineItem,Location,Asset" children:"ResourcePreferences"`
	ServiceResourceId        schema.Ref[ServiceResource] `field:"required cascade" children:"ResourcePreferences"`
	PreferenceType           PreferenceType              `field:"required"` // The first feeds an objective, the others are hard rules
}

// PreferenceType is how strongly a resource is wanted.
type PreferenceType string

// The values of PreferenceType.
const (
	PreferenceTypePreferred PreferenceType = "Preferred"
	PreferenceTypeRequired  PreferenceType = "Required"
	PreferenceTypeExcluded  PreferenceType = "Excluded"
)

// Choices implements [schema.Choicer].
func (PreferenceType) Choices() []schema.Choice {
	return choices(PreferenceTypePreferred, PreferenceTypeRequired, PreferenceTypeExcluded)
}
