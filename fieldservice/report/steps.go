package report

import (
	"errors"
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/paper"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// maxPhotos is how many pictures of one step are shown.
const maxPhotos = 12

// steps makes the checklists of the order and its lines, or of the one line, plan by plan.
func (c *composer) steps(photos bool) (part paper.Section, err error) {
	if !c.open("WorkStep") {
		return part, nil
	}
	where, of := "WorkOrderId = ?", c.order.Id
	if c.line != nil {
		where, of = "WorkOrderLineItemId = ?", c.line.Id
	}
	all, err := record.Find[object.WorkStep](c.Reader, where+" ORDER BY WorkPlanExecutionOrder, WorkPlanId, ExecutionOrder, Id", of)
	if err != nil {
		return part, err
	}
	var list paper.Checklist
	last := schema.Ref[object.WorkPlan]("")
	for _, s := range all {
		if branchNotTaken(s) {
			continue
		}
		if s.WorkPlanId != last || len(list) == 0 {
			plan, err := record.Get(c.Reader, s.WorkPlanId)
			if err != nil {
				return part, err
			}
			last, list = s.WorkPlanId, append(list, paper.Group{Name: plan.Name})
		}
		step, err := c.step(s, photos)
		if err != nil {
			return part, err
		}
		group := &list[len(list)-1]
		group.Steps = append(group.Steps, step)
	}
	if len(list) == 0 {
		return part, nil
	}
	return paper.Section{Heading: c.word("steps"), Block: list}, nil
}

// branchNotTaken reports whether a step was never asked: it depends on an earlier answer and nobody has touched it.
func branchNotTaken(s *object.WorkStep) bool {
	return s.ShowIfStepId != "" && s.StatusCategory == object.StepCategoryNew
}

func (c *composer) step(s *object.WorkStep, photos bool) (step paper.Step, err error) {
	step = paper.Step{Name: s.Name, Note: string(s.Description), Answer: c.answer(s)}
	switch {
	case s.StatusCategory == object.StepCategoryNotApplicable:
		step.Mark, step.Answer = paper.Skipped, c.word("skipped")
		if s.NotApplicableReason != "" {
			step.Answer += ": " + s.NotApplicableReason
		}
	case s.AnswerPass == object.Fail:
		step.Mark = paper.Failed
	case s.StatusCategory == object.StepCategoryCompleted:
		step.Mark = paper.Done
	case step.Answer == "":
		step.Answer = c.word("notDone")
	}
	if s.IsOutOfLimits && s.AnswerPass == "" {
		step.Mark, step.Flag = paper.Failed, c.limits(s)
	}
	if photos {
		step.Pictures, err = c.photos(s)
	}
	return step, err
}

// answer writes the answer to a step.
func (c *composer) answer(s *object.WorkStep) string {
	switch s.StepType {
	case object.StepTypePassFail:
		return c.choice(string(s.AnswerPass), string(s.AnswerPass))
	case object.StepTypeNumber, object.StepTypeMeterReading:
		return c.measured(s.AnswerNumber, s.Unit)
	case object.StepTypeChoice:
		return s.AnswerChoice
	case object.StepTypeText, object.StepTypeBarcode:
		return string(s.AnswerText)
	case object.StepTypeDate:
		return c.day(s.AnswerDate)
	case object.StepTypeCheckbox:
		if s.AnswerChecked {
			return c.word("yes")
		}
	}
	if s.StatusCategory == object.StepCategoryCompleted {
		return c.word("done")
	}
	return ""
}

func (c *composer) measured(d schema.Decimal, unit string) string {
	if d.IsNull() || unit == "" {
		return c.trimmed(d)
	}
	return c.trimmed(d) + nobr + unit
}

// limits says which limits an answer is outside of.
func (c *composer) limits(s *object.WorkStep) string {
	low, high := c.measured(s.Minimum, s.Unit), c.measured(s.Maximum, s.Unit)
	switch {
	case s.Minimum.IsNull():
		return fmt.Sprintf(c.word("atMost"), high)
	case s.Maximum.IsNull():
		return fmt.Sprintf(c.word("atLeast"), low)
	}
	return fmt.Sprintf(c.word("limits"), c.trimmed(s.Minimum), high)
}

// photos reads the picture that answers a step, and those attached to it, oldest first.
func (c *composer) photos(s *object.WorkStep) ([]paper.Picture, error) {
	links, err := record.FindBy[org.ContentDocumentLink](c.Reader, "LinkedEntityId", s.Id)
	if err != nil {
		return nil, err
	}
	var documents []schema.Ref[org.ContentDocument]
	if s.AnswerDocumentId != "" {
		documents = append(documents, s.AnswerDocumentId)
	}
	for _, l := range links {
		if !slices.Contains(documents, l.ContentDocumentId) {
			documents = append(documents, l.ContentDocumentId)
		}
	}
	var all []paper.Picture
	for _, d := range documents[:min(len(documents), maxPhotos)] {
		p, err := c.document(d, s.StepType == object.StepTypeSignature)
		if err != nil {
			return nil, err
		}
		if p != nil {
			all = append(all, *p)
		}
	}
	return all, nil
}

// document reads the latest version of a document as a picture; nil when it is none.
func (c *composer) document(id schema.Ref[org.ContentDocument], drawing bool) (*paper.Picture, error) {
	d, err := record.Get(c.Reader, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v, err := record.Get(c.Reader, d.LatestPublishedVersionId)
	if err != nil {
		return nil, err
	}
	return c.picture(v.VersionData, drawing)
}
