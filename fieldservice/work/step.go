package work

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// fillStepPlace says which work a step belongs to: that of its plan.
func fillStepPlace(tx *record.Tx, c *record.Change[object.WorkStep]) error {
	s := c.New
	p, err := record.Get(tx, s.WorkPlanId)
	if err != nil {
		return err
	}
	s.WorkOrderId, s.WorkOrderLineItemId, s.ParentRecordId = p.WorkOrderId, p.WorkOrderLineItemId, p.ParentRecordId
	s.ParentRecordType, s.WorkPlanExecutionOrder = p.ParentRecordType, p.ExecutionOrder
	return nil
}

// fillStepAnswer lets an answer that is given complete its step, unless the caller says otherwise, flags answers out of
// limits, and notes when the step was begun and ended.
func fillStepAnswer(tx *record.Tx, c *record.Change[object.WorkStep]) error {
	s := c.New
	given := answer(s) != "" && answer(s) != answer(c.Old)
	if given && (c.Insert || s.Status == c.Old.Status) && !done(s) {
		s.Status = object.StepStatus(statusFor(tx.Catalog(), "WorkStep", string(object.StepCategoryCompleted)))
		s.StatusCategory = object.StepCategoryCompleted
	}
	s.IsOutOfLimits = outOfLimits(s)
	if s.StatusCategory != c.Old.StatusCategory || c.Insert {
		if s.StatusCategory == object.StepCategoryInProgress || s.StatusCategory == object.StepCategoryCompleted {
			setIfEmpty(&s.StartTime, schema.At(tx.Now()))
		}
		if s.StatusCategory == object.StepCategoryCompleted {
			setIfEmpty(&s.EndTime, later(schema.At(tx.Now()), s.StartTime))
		}
		if s.StatusCategory == object.StepCategoryInProgress {
			s.EndTime = schema.DateTime{}
		}
	}
	return nil
}

func later(a, b schema.DateTime) schema.DateTime {
	if b.After(a) {
		return b
	}
	return a
}

// done reports whether nothing more is to be done about a step.
func done(s *object.WorkStep) bool {
	return s.StatusCategory == object.StepCategoryCompleted || s.StatusCategory == object.StepCategoryNotApplicable
}

// outOfLimits reports whether an answer wants attention.
func outOfLimits(s *object.WorkStep) bool {
	n := s.AnswerNumber
	return s.AnswerPass == object.Fail || !n.IsNull() && (!s.Minimum.IsNull() && n.Cmp(s.Minimum) < 0 || !s.Maximum.IsNull() && n.Cmp(s.Maximum) > 0)
}

// answer returns what a step was answered as text, which branches compare; "" is not yet.
func answer(s *object.WorkStep) string {
	switch s.StepType {
	case object.StepTypePassFail:
		return string(s.AnswerPass)
	case object.StepTypeNumber, object.StepTypeMeterReading:
		return s.AnswerNumber.String()
	case object.StepTypeChoice:
		return s.AnswerChoice
	case object.StepTypeText, object.StepTypeBarcode:
		return strings.TrimSpace(string(s.AnswerText))
	case object.StepTypeDate:
		return s.AnswerDate.String()
	case object.StepTypePhoto, object.StepTypeSignature:
		if s.AnswerDocumentId != "" {
			return "Yes"
		}
	case object.StepTypeCheckbox:
		if s.AnswerChecked {
			return "Yes"
		}
	}
	return ""
}

// answerField is the field that an answer of a type is given in; "" for a step that is only ticked off.
var answerField = map[object.StepType]string{
	object.StepTypePassFail: "AnswerPass", object.StepTypeNumber: "AnswerNumber", object.StepTypeMeterReading: "AnswerNumber",
	object.StepTypeChoice: "AnswerChoice", object.StepTypeText: "AnswerText", object.StepTypeBarcode: "AnswerText",
	object.StepTypePhoto: "AnswerDocumentId", object.StepTypeSignature: "AnswerDocumentId", object.StepTypeCheckbox: "AnswerChecked",
	object.StepTypeDate: "AnswerDate",
}

// checkStep holds a step to its question: the answer has its type, is there when the step is done, and a step that is
// not applicable has a reason.
func checkStep(_, s object.WorkStep) error {
	field := answerField[s.StepType]
	for name, given := range map[string]bool{
		"AnswerPass": s.AnswerPass != "", "AnswerNumber": !s.AnswerNumber.IsNull(), "AnswerChoice": s.AnswerChoice != "",
		"AnswerText": s.AnswerText != "", "AnswerChecked": s.AnswerChecked, "AnswerDocumentId": s.AnswerDocumentId != "",
		"AnswerDate": !s.AnswerDate.IsNull(),
	} {
		if given && name != field {
			return record.Refuse("INVALID_FIELD", fmt.Sprintf("%s: the step %q is answered in %s", name, s.Name, orNothing(slices.DeleteFunc([]string{field}, func(f string) bool { return f == "" }))), name)
		}
	}
	if s.StepType == object.StepTypeChoice && s.AnswerChoice != "" && !slices.Contains(options(&s.Question), s.AnswerChoice) {
		return record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("AnswerChoice: %q is none of %s", s.AnswerChoice, strings.Join(options(&s.Question), ", ")), "AnswerChoice")
	}
	switch s.StatusCategory {
	case object.StepCategoryCompleted:
		if field != "" && answer(&s) == "" {
			return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("%s: the step %q can't be completed without its answer", field, s.Name), field)
		}
	case object.StepCategoryNotApplicable:
		if strings.TrimSpace(s.NotApplicableReason) == "" {
			return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("NotApplicableReason: say why the step %q is not applicable", s.Name), "NotApplicableReason")
		}
	}
	if s.EndTime.Before(s.StartTime) {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "EndTime: must not be before StartTime", "EndTime", "StartTime")
	}
	if err := checkBranch(string(s.ShowIfStepId), s.ShowIfAnswer); err != nil {
		return err
	}
	return checkQuestion(&s.Question)
}

// checkBranch holds that a step which depends on another says on which answer.
func checkBranch(decider, answer string) error {
	if decider != "" && strings.TrimSpace(answer) == "" {
		return record.Refuse("REQUIRED_FIELD_MISSING", "ShowIfAnswer: say with which answer of the deciding step this one is asked", "ShowIfAnswer")
	}
	return nil
}

// options are the answers that a choice offers.
func options(q *object.Question) []string {
	var all []string
	for line := range strings.SplitSeq(string(q.Options), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// checkQuestion refuses a question that can't be answered.
func checkQuestion(q *object.Question) error {
	switch {
	case q.StepType == object.StepTypeChoice && len(options(q)) == 0:
		return record.Refuse("REQUIRED_FIELD_MISSING", "Options: a choice needs its options, one a line", "Options")
	case !q.Minimum.IsNull() && !q.Maximum.IsNull() && q.Minimum.Cmp(q.Maximum) > 0:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "Minimum: must not be above Maximum", "Minimum", "Maximum")
	}
	return nil
}

func checkStepTemplate(_, t object.WorkStepTemplate) error {
	if t.Id != "" && schema.Id(t.ShowIfStepId) == t.Id {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ShowIfStepId: a step can't decide about itself", "ShowIfStepId")
	}
	if err := checkBranch(string(t.ShowIfStepId), t.ShowIfAnswer); err != nil {
		return err
	}
	return checkQuestion(&t.Question)
}

// checkDecider holds that what decides about a step is another, earlier step of its plan.
func checkDecider(r record.Reader, _, s object.WorkStep) error {
	for at, n := s.ShowIfStepId, 0; at != ""; n++ {
		d, err := record.Get(r, at)
		if err != nil {
			return err
		}
		if d.WorkPlanId != s.WorkPlanId {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ShowIfStepId: must be a step of the same plan", "ShowIfStepId")
		}
		if d.Id == s.Id || n > 1000 {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("ShowIfStepId: the step %q would decide about itself", s.Name), "ShowIfStepId")
		}
		at = d.ShowIfStepId
	}
	return nil
}

// followFile takes a file that is put on a step which wants a photo or a signature as its answer.
func followFile(tx *record.Tx, c record.Change[org.ContentDocumentLink]) error {
	o := tx.Catalog().ById(schema.Id(c.New.LinkedEntityId))
	if !c.Insert || o == nil || o.Name != "WorkStep" {
		return nil
	}
	s, err := record.Get(tx, schema.Ref[object.WorkStep](c.New.LinkedEntityId))
	if err != nil || s.AnswerDocumentId != "" || answerField[s.StepType] != "AnswerDocumentId" {
		return err
	}
	s.AnswerDocumentId = c.New.ContentDocumentId
	return tx.Save(s)
}
