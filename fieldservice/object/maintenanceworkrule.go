package object

import "truckroll/platform/schema"

// MaintenanceWorkRule says how often, or under which condition, a plan yields work of one type.
type MaintenanceWorkRule struct {
	schema.Standard `prefix:"7fc"`
	Owned

	Name  schema.AutoNumber `format:"MWR-{0000}"`
	Title string            `field:"required"`
	Type  WorkRuleType      // Calendar (default) or criteria based

	ParentMaintenancePlanId   schema.Ref[MaintenancePlan]         `children:"MaintenanceWorkRules"`
	ParentMaintenanceRecordId schema.Ref[MaintenanceAsset]        `field:"cascade" children:"MaintenanceWorkRules"`           // Its rules go before the plan's
	RecordsetFilterCriteriaId schema.Ref[RecordsetFilterCriteria] `children:"MaintenanceWorkRules" label:"Record Set Filter"` // Of a rule by condition
	WorkTypeId                schema.Ref[WorkType]                `children:"MaintenanceWorkRules"`

	NextSuggestedMaintenanceDate schema.Date
	SortOrder                    schema.Int `field:"required"` // Unique in its parent; the lowest wins a day
	DoesFloatingWorkOrder        bool       // The next date counts from the completion of the last work
	RecurrencePattern            string     // RFC 5545, such as FREQ=MONTHLY;INTERVAL=3
}

// WorkRuleType says whether work recurs by the calendar or by a condition.
type WorkRuleType string

// The values of WorkRuleType.
const (
	WorkRuleTypeCalendar WorkRuleType = "Calendar"
	WorkRuleTypeCriteria WorkRuleType = "Criteria"
)

// Choices implements [schema.Choicer].
func (WorkRuleType) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(WorkRuleTypeCalendar), Default: true},
		{Value: string(WorkRuleTypeCriteria)},
	}
}
