package object

import (
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// WorkStep is one step of a checklist.
type WorkStep struct {
	schema.Standard `prefix:"0hF"`
	Typed

	Name        string               `field:"required"`
	WorkPlanId  schema.Ref[WorkPlan] `field:"required createonly cascade" children:"WorkSteps"`
	Description schema.LongText      `max:"500"`

	Status         StepStatus
	StatusCategory StepCategory `field:"readonly"`

	ParentRecordId        schema.AnyRef `to:"WorkOrder,WorkOrderLineItem" children:"NewWorkSteps"`
	PausedFlowInterviewId schema.Ref[FlowInterview]
	WorkOrderId           schema.Ref[WorkOrder]         `field:"readonly cascade" children:"WorkSteps"`
	WorkOrderLineItemId   schema.Ref[WorkOrderLineItem] `field:"readonly cascade" children:"WorkSteps"`

	StartTime              schema.DateTime
	EndTime                schema.DateTime
	ExecutionOrder         schema.Int
	WorkPlanExecutionOrder schema.Int `field:"readonly" label:"Order of the Plan"` // Copied from plan

	Question // Own: what the step asks for

	// Own: the answer, in the field of its type.
	AnswerPass          PassFail
	AnswerNumber        schema.Decimal `scale:"6"`
	AnswerChoice        string
	AnswerText          schema.LongText
	AnswerChecked       bool
	AnswerDate          schema.Date
	AnswerDocumentId    schema.Ref[org.ContentDocument] `label:"File"`     // A photo or a signature
	IsOutOfLimits       bool                            `field:"readonly"` // A number below Minimum or above Maximum, or a failure
	NotApplicableReason string                          // Needed when the step is not applicable
	ShowIfStepId        schema.Ref[WorkStep]            `children:"Branches" label:"Asked after Step"` // The earlier step that decides whether this one is asked
	WorkStepTemplateId  schema.Ref[WorkStepTemplate]    `field:"createonly" children:"WorkSteps"`

	ActionDefinition schema.Picklist // What the step starts
	ActionType       schema.Picklist `field:"readonly" choices:"Flow;QuickAction"`
	ProcessType      schema.Picklist
	ParentRecordType string
}

// StepStatus is the status of a step.
type StepStatus string

// The values of StepStatus.
const (
	StepStatusNew           StepStatus = "New"
	StepStatusInProgress    StepStatus = "In Progress"
	StepStatusPaused        StepStatus = "Paused"
	StepStatusCompleted     StepStatus = "Completed"
	StepStatusNotApplicable StepStatus = "Not Applicable"
)

// Choices implements [schema.Choicer].
func (StepStatus) Choices() []schema.Choice {
	return []schema.Choice{
		{Value: string(StepStatusNew), Category: string(StepCategoryNew), Default: true},
		{Value: string(StepStatusInProgress), Category: string(StepCategoryInProgress)},
		{Value: string(StepStatusPaused), Category: string(StepCategoryPaused)},
		{Value: string(StepStatusCompleted), Category: string(StepCategoryCompleted)},
		{Value: string(StepStatusNotApplicable), Category: string(StepCategoryNotApplicable)},
	}
}

// StepCategory is what a status of a step means to rules.
type StepCategory string

// The values of StepCategory.
const (
	StepCategoryNew           StepCategory = "New"
	StepCategoryInProgress    StepCategory = "InProgress"
	StepCategoryPaused        StepCategory = "Paused"
	StepCategoryCompleted     StepCategory = "Completed"
	StepCategoryNotApplicable StepCategory = "NotApplicable"
)

// Choices implements [schema.Choicer].
func (StepCategory) Choices() []schema.Choice {
	return choices(
		StepCategoryNew, StepCategoryInProgress, StepCategoryPaused, StepCategoryCompleted,
		StepCategoryNotApplicable,
	)
}
