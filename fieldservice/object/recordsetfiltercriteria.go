package object

import "truckroll/platform/schema"

// RecordsetFilterCriteria is a named set of conditions on appointments or assets that shifts, bundles, plans and
// contracts use.
type RecordsetFilterCriteria struct {
	schema.Standard `prefix:"0hr" label:"Record Set Filter" plural:"Record Set Filters"`
	Owned

	Name            string `field:"required"`
	Description     schema.LongText
	IsActive        bool
	FilteredObject  schema.Picklist `field:"createonly" choices:"Asset;ServiceAppointment"` // What is filtered. Create-only
	LogicalOperator FilterLogic
	SourceObject    schema.Picklist `field:"createonly"` // What uses the criteria
	CustomLogic     string          // E.g. 1 AND (2 OR 3)
}

// FilterLogic is how the rules of a set combine.
type FilterLogic string

// The values of FilterLogic.
const (
	FilterLogicAND FilterLogic = "AND"
	FilterLogicOR  FilterLogic = "OR"
)

// Choices implements [schema.Choicer].
func (FilterLogic) Choices() []schema.Choice {
	return choices(FilterLogicAND, FilterLogicOR)
}
