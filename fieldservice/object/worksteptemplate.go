package object

import "truckroll/platform/schema"

// WorkStepTemplate is a step to be copied into checklists.
type WorkStepTemplate struct {
	schema.Standard `prefix:"4L0"`
	Owned

	Name         string          `field:"required"`
	Description  schema.LongText `max:"500"`
	IsActive     bool
	Question                                  // Own: what its steps ask for
	ShowIfStepId schema.Ref[WorkStepTemplate] `children:"Branches" label:"Asked after Step"` // The step of the same plan that decides whether this one is asked

	ActionDefinition schema.Picklist
	ActionType       schema.Picklist `field:"readonly" choices:"Flow;QuickAction"`
}
