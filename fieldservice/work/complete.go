package work

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// finished reports whether work of a category has been done: its mandatory steps must have been, too.
func finished(c object.WorkCategory) bool {
	return c == object.WorkCategoryCompleted || c == object.WorkCategoryClosed
}

// givenUp reports whether work of a category will not be done: nobody waits for its steps.
func givenUp(c object.WorkCategory) bool {
	return c == object.WorkCategoryCanceled || c == object.WorkCategoryCannotComplete
}

// completes reports whether a change of category says that work has been done. What was given up may be closed.
func completes(from, to object.WorkCategory) bool {
	if to == object.WorkCategoryClosed {
		return !finished(from) && !givenUp(from)
	}
	return finished(to) && to != from
}

// checkOrderComplete refuses to call an order complete while a mandatory step of it, or of a line that is not given up, is
// open.
func checkOrderComplete(r record.Reader, old, w object.WorkOrder) error {
	if w.Id == "" || !completes(old.StatusCategory, w.StatusCategory) {
		return nil
	}
	steps, err := record.FindBy[object.WorkStep](r, "WorkOrderId", w.Id)
	if err != nil {
		return err
	}
	return refuseOpen(r, steps, false)
}

// checkLineComplete is the same for a line.
func checkLineComplete(r record.Reader, old, l object.WorkOrderLineItem) error {
	if l.Id == "" || !completes(old.StatusCategory, l.StatusCategory) {
		return nil
	}
	steps, err := record.FindBy[object.WorkStep](r, "WorkOrderLineItemId", l.Id)
	if err != nil {
		return err
	}
	return refuseOpen(r, steps, true)
}

func refuseOpen(r record.Reader, steps []*object.WorkStep, ofLine bool) error {
	open, err := openSteps(r, steps, ofLine)
	if err != nil || len(open) == 0 {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "Status: mandatory steps are open: "+strings.Join(open, "; ")+". Complete them, or say why they are not applicable", "Status")
}

// openSteps returns the names of the mandatory steps that are still to be done: those of a line count whatever the line
// is, when it is the line that is asked about, and otherwise unless it is given up.
func openSteps(r record.Reader, steps []*object.WorkStep, ofLine bool) ([]string, error) {
	byId := map[schema.Ref[object.WorkStep]]*object.WorkStep{}
	for _, s := range steps {
		byId[schema.Ref[object.WorkStep](s.Id)] = s
	}
	var open []string
	for _, s := range steps {
		if !s.IsMandatory || done(s) || !reached(byId, s) {
			continue
		}
		if s.WorkOrderLineItemId != "" && !ofLine {
			l, err := record.Get(r, s.WorkOrderLineItemId)
			if err != nil {
				return nil, err
			}
			if givenUp(l.StatusCategory) {
				continue
			}
		}
		open = append(open, s.Name)
	}
	return open, nil
}

// reached reports whether a step is asked: it depends on no other, or that one is asked, done and answered so. When the
// deciding step was deleted nobody asks any more.
func reached(byId map[schema.Ref[object.WorkStep]]*object.WorkStep, s *object.WorkStep) bool {
	for n := 0; s.ShowIfAnswer != "" && n <= len(byId); n++ {
		d := byId[s.ShowIfStepId]
		if d == nil || d.StatusCategory != object.StepCategoryCompleted || !strings.EqualFold(decision(d), strings.TrimSpace(s.ShowIfAnswer)) {
			return false
		}
		s = d
	}
	return true
}

// decision is the answer of a completed step as branches compare it. A step that is only ticked off was answered Yes.
func decision(s *object.WorkStep) string {
	if s.StepType == "" {
		return "Yes"
	}
	return answer(s)
}

// frozen refuses changes of what was done once the work is finished.
func frozen(r record.Reader, s *object.WorkStep) error {
	w, err := record.Get(r, s.WorkOrderId)
	if err != nil {
		return err
	}
	what, number := "work order", string(w.WorkOrderNumber)
	if !finished(w.StatusCategory) {
		l, err := record.Get(r, s.WorkOrderLineItemId)
		if err != nil || !finished(l.StatusCategory) {
			return err
		}
		what, number = "line", string(l.LineItemNumber)
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("The %s %s is finished: take it up again before its step %q changes", what, number, s.Name), "Status")
}

// checkStepFrozen keeps the steps of finished work as they were.
func checkStepFrozen(r record.Reader, old, s object.WorkStep) error {
	same := s.StatusCategory == old.StatusCategory && answer(&s) == answer(&old) && s.Question == old.Question && s.ShowIfStepId == old.ShowIfStepId
	if old.Id != "" && same {
		return nil
	}
	return frozen(r, &s)
}

// lockStepOrder holds the order of a step whose state changes, so that nobody completes it at the same moment.
func lockStepOrder(tx *record.Tx, c *record.Change[object.WorkStep]) error {
	if c.Insert || c.New.WorkOrderId == "" {
		return nil
	}
	_, err := record.Lock(tx, c.New.WorkOrderId)
	return err
}

// undeleteStep refuses that an open mandatory step comes back to finished work.
func undeleteStep(tx *record.Tx, s *object.WorkStep) error {
	if !s.IsMandatory || done(s) {
		return nil
	}
	steps, err := record.FindBy[object.WorkStep](tx, "WorkOrderId", schema.Id(s.WorkOrderId))
	if err != nil {
		return err
	}
	if open, err := openSteps(tx, steps, false); err != nil || !slices.Contains(open, s.Name) {
		return err
	}
	return frozen(tx, s)
}

// checkLineReopened refuses that a line which was given up is taken up again under a finished order while it has open
// steps.
func checkLineReopened(r record.Reader, old, l object.WorkOrderLineItem) error {
	if l.Id == "" || !givenUp(old.StatusCategory) || givenUp(l.StatusCategory) {
		return nil
	}
	w, err := record.Get(r, l.WorkOrderId)
	if err != nil || !finished(w.StatusCategory) {
		return err
	}
	steps, err := record.FindBy[object.WorkStep](r, "WorkOrderLineItemId", l.Id)
	if err != nil {
		return err
	}
	if open, err := openSteps(r, steps, true); err != nil || len(open) == 0 {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: the work order %s is finished, and this line has open steps: take the order up again first", w.WorkOrderNumber), "Status")
}
