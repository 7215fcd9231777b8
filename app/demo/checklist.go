package demo

import (
	"fmt"
	"slices"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// step is a step of a kind of work's checklist.
type step struct {
	name   string
	asks   object.Question
	after  string // the step that decides whether this one is asked; "" is none
	answer string // that it is asked after
}

func tick(name string) step { return step{name: name} }

func must(name string, t object.StepType) step {
	return step{name: name, asks: object.Question{StepType: t, IsMandatory: true}}
}

// measure is a mandatory reading with its limits in tenths of the unit.
func measure(name, unit string, from, to int64) step {
	s := must(name, object.StepTypeNumber)
	s.asks.Unit, s.asks.Minimum, s.asks.Maximum = unit, schema.Dec(from, 1), schema.Dec(to, 1)
	return s
}

func choose(name, options string) step {
	s := must(name, object.StepTypeChoice)
	s.asks.Options = schema.LongText(options)
	return s
}

// when has a step asked only after an answer of an earlier one.
func (s step) when(after, answer string) step { s.after, s.answer = after, answer; return s }

// addSteps saves the checklist of a kind of work.
func (f *filler) addSteps(tx *record.Tx, j *job) error {
	plan := &object.WorkPlanTemplate{Name: j.name + " checklist", IsActive: true, RelativeExecutionOrder: schema.NewInt(1)}
	if err := tx.Save(plan); err != nil {
		return err
	}
	saved := map[string]schema.Ref[object.WorkStepTemplate]{}
	for i, s := range j.steps {
		t := &object.WorkStepTemplate{Name: s.name, IsActive: true, Question: s.asks, ShowIfStepId: saved[s.after]}
		t.ShowIfAnswer = s.answer
		if err := tx.Save(t); err != nil {
			return err
		}
		saved[s.name] = schema.Ref[object.WorkStepTemplate](t.Id)
		entry := &object.WorkPlanTemplateEntry{WorkPlanTemplateId: schema.Ref[object.WorkPlanTemplate](plan.Id), WorkStepTemplateId: saved[s.name], ExecutionOrder: schema.NewInt(int64(i + 1))}
		if err := tx.Save(entry); err != nil {
			return err
		}
	}
	return tx.Save(&object.WorkPlanSelectionRule{IsActive: true, WorkTypeId: schema.Ref[object.WorkType](j.workType.Id), WorkPlanTemplateId: schema.Ref[object.WorkPlanTemplate](plan.Id)})
}

// answerSteps does the checklists of the visits that are completed, as the technicians did, and half of those that are
// under way.
func (f *filler) answerSteps(tx *record.Tx, visits []*visit) error {
	byOrder := map[schema.Ref[object.WorkOrder]]*visit{}
	var ids []schema.Id
	for _, v := range visits {
		if v.order.Status == object.WorkStatusCompleted || v.order.Status == object.WorkStatusInProgress {
			byOrder[schema.Ref[object.WorkOrder](v.order.Id)] = v
			ids = append(ids, v.order.Id)
		}
	}
	for part := range slices.Chunk(ids, 100) {
		steps, err := record.Find[object.WorkStep](tx, "WorkOrderId IN ? ORDER BY WorkOrderId, ExecutionOrder", part)
		if err != nil {
			return err
		}
		answered := map[schema.Ref[object.WorkStep]]string{}
		for _, s := range steps {
			v := byOrder[s.WorkOrderId]
			if v.order.Status == object.WorkStatusInProgress && s.ExecutionOrder.Int64() > int64(len(v.job.steps)/2) {
				continue
			}
			if s.ShowIfStepId == "" || answered[s.ShowIfStepId] == s.ShowIfAnswer {
				answered[schema.Ref[object.WorkStep](s.Id)] = f.answer(s, v)
			}
		}
		if err := save(tx, steps); err != nil {
			return fmt.Errorf("checklists: %w", err)
		}
	}
	return nil
}

// findings are what technicians write where a step asks for words.
var findings = []schema.LongText{"Told by the contact on site, who could not say since when.", "Seen twice this week, always in the morning.", "The cabinet is in the cellar, behind thick walls."}

// answer does one step and returns the answer as text. Most measurements are good.
func (f *filler) answer(s *object.WorkStep, v *visit) string {
	if !s.IsMandatory && s.StepType == "" && f.rand.IntN(100) < 4 {
		s.Status, s.NotApplicableReason = object.StepStatusNotApplicable, "Done at the last visit"
		return ""
	}
	s.Status = object.StepStatusCompleted
	s.StartTime = schema.At(v.start.Add(time.Duration(s.ExecutionOrder.Int64()) * 5 * time.Minute))
	s.EndTime = s.StartTime.Add(4 * time.Minute)
	switch s.StepType {
	case object.StepTypePassFail:
		s.AnswerPass = object.Pass
		if f.rand.IntN(100) < 6 {
			s.AnswerPass = object.Fail
		}
		return string(s.AnswerPass)
	case object.StepTypeNumber:
		lo, _ := s.Minimum.Units(1)
		hi, _ := s.Maximum.Units(1)
		s.AnswerNumber = schema.Dec(lo+f.rand.Int64N(max(hi-lo, 1)*105/100+1), 1)
	case object.StepTypeMeterReading:
		s.AnswerNumber = schema.Dec(10_000+f.rand.Int64N(900_000), 1)
	case object.StepTypeChoice:
		s.AnswerChoice = pick(f.rand, splitLines(string(s.Options)))
		return s.AnswerChoice
	case object.StepTypeText:
		s.AnswerText = pick(f.rand, findings)
	case object.StepTypeBarcode:
		s.AnswerText = schema.LongText(v.job.barcode + number(f.rand) + number(f.rand))
	case object.StepTypePhoto:
		s.AnswerDocumentId = schema.Ref[org.ContentDocument](pick(f.rand, f.photos).Id)
	case object.StepTypeSignature:
		s.AnswerDocumentId = schema.Ref[org.ContentDocument](f.signature.Id)
	case object.StepTypeCheckbox:
		s.AnswerChecked = true
	}
	return ""
}
