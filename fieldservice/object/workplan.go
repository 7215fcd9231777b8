package object

import "truckroll/platform/schema"

// WorkPlan is a checklist on a work order or one of its lines.
type WorkPlan struct {
	schema.Standard `prefix:"0gq" object:"search"`
	Owned
	Typed

	Name                string `field:"required"`
	Description         schema.LongText
	ParentRecordId      schema.AnyRef                 `to:"WorkOrder,WorkOrderLineItem" children:"NewWorkPlans"`
	WorkOrderId         schema.Ref[WorkOrder]         `field:"cascade" children:"WorkPlans"`
	WorkOrderLineItemId schema.Ref[WorkOrderLineItem] `field:"cascade" children:"WorkPlans"`
	WorkPlanTemplateId  schema.Ref[WorkPlanTemplate]  `children:"WorkPlans"` // Template it came from
	ExecutionOrder      schema.Int                    // Order among plans of the record
	ParentRecordType    string
}
