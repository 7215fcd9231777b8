package object

import "truckroll/platform/schema"

// RecordsetFilterCriteriaRule is one condition of a set of criteria.
type RecordsetFilterCriteriaRule struct {
	schema.Standard `prefix:"0hK" name:"RecordsetFilterCriteriaRuleNumber" label:"Record Set Filter Rule"`

	RecordsetFilterCriteriaRuleNumber schema.AutoNumber                   `format:"FCR-{0000}"`
	RecordsetFilterCriteriaId         schema.Ref[RecordsetFilterCriteria] `field:"required createonly cascade" children:"RecordsetFilterCriteriaRules" label:"Record Set Filter"`
	Type                              FilterRuleType                      // Criteria, UsageCounter (meter value), UsageDuration (elapsed run time)
	Index                             schema.Int                          // Position used in CustomLogic

	CriteriaField schema.Picklist `field:"required"` // E.g. ServiceAppointment.WorkTypeId, Asset.Status
	Operator      FilterOperator

	FirstOccurrence     string // Usage: meter value of the first service
	Frequency           string // Usage: every N units
	LastOccurrence      string
	NextOccurrenceField string // Field that stores the next threshold
	UsageRateField      string // Average use per day, for prediction
	UsageRateUnit       string
	Value               schema.LongText `max:"256"`
}

// FilterOperator is how a rule compares a field with its value.
type FilterOperator string

// The values of FilterOperator.
const (
	FilterOperatorEquals         FilterOperator = "Equals"
	FilterOperatorGreaterThan    FilterOperator = "GreaterThan"
	FilterOperatorGreaterOrEqual FilterOperator = "GreaterOrEqual"
	FilterOperatorLessThan       FilterOperator = "LessThan"
	FilterOperatorLessOrEqual    FilterOperator = "LessOrEqual"
)

// Choices implements [schema.Choicer].
func (FilterOperator) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(FilterOperatorEquals), Default: true},
		{Value: string(FilterOperatorGreaterThan)},
		{Value: string(FilterOperatorGreaterOrEqual)},
		{Value: string(FilterOperatorLessThan)},
		{Value: string(FilterOperatorLessOrEqual)},
	}
}

// FilterRuleType says whether a rule compares a value, counts a meter or measures running time.
type FilterRuleType string

// The values of FilterRuleType.
const (
	FilterRuleTypeCriteria      FilterRuleType = "Criteria"
	FilterRuleTypeUsageCounter  FilterRuleType = "UsageCounter"
	FilterRuleTypeUsageDuration FilterRuleType = "UsageDuration"
)

// Choices implements [schema.Choicer].
func (FilterRuleType) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(FilterRuleTypeCriteria), Default: true},
		{Value: string(FilterRuleTypeUsageCounter)},
		{Value: string(FilterRuleTypeUsageDuration)},
	}
}
