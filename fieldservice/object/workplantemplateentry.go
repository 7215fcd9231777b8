package object

import "truckroll/platform/schema"

// WorkPlanTemplateEntry places a step template in a plan template.
type WorkPlanTemplateEntry struct {
	schema.Standard `prefix:"8xu" name:"WorkPlanTemplateEntryNumber"`

	WorkPlanTemplateEntryNumber schema.AutoNumber            `format:"WPTE-{0000}"`
	WorkPlanTemplateId          schema.Ref[WorkPlanTemplate] `field:"required createonly cascade" children:"WorkStepTemplates"`
	WorkStepTemplateId          schema.Ref[WorkStepTemplate] `field:"required cascade" children:"WorkPlanTemplates"`
	ExecutionOrder              schema.Int                   // Order of the step
}
