package work

import (
	"strings"
	"testing"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// checklist is an order whose plan asks for a test, and, only when that fails, for a reading and a photo.
func checklist(w *world) *object.WorkOrder {
	w.T.Helper()
	wt := w.workType()
	test := &object.WorkStepTemplate{Name: "Test", IsActive: true, Question: object.Question{StepType: object.StepTypePassFail, IsMandatory: true}}
	w.Save(test)
	after := func(name string, q object.Question) *object.WorkStepTemplate {
		q.IsMandatory, q.ShowIfAnswer = true, "fail"
		return &object.WorkStepTemplate{Name: name, Question: q, ShowIfStepId: ref[object.WorkStepTemplate](test.Id)}
	}
	w.plan(wt, after("Reading", object.Question{StepType: object.StepTypeNumber, Unit: "bar", Minimum: schema.DecInt(1), Maximum: schema.DecInt(4)}), test,
		after("Photo", object.Question{StepType: object.StepTypePhoto}),
		&object.WorkStepTemplate{Name: "Cause", Question: object.Question{StepType: object.StepTypeChoice, Options: "Dust\nWear"}},
		&object.WorkStepTemplate{Name: "Sweep"})
	return w.order(object.WorkOrder{WorkTypeId: ref[object.WorkType](wt.Id)})
}

func complete(o *object.WorkOrder) { o.Status = object.WorkStatusCompleted }

func TestMandatorySteps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := worldOn(t, db)
		o := checklist(w)
		is(t, "decided by", w.step(o, "Reading").ShowIfStepId, ref[object.WorkStep](w.step(o, "Test").Id))
		open := func(want string) {
			t.Helper()
			f := w.Refused(change(w, o, complete))
			if !strings.Contains(f.Message, "are open: "+want+". ") {
				t.Errorf("%q does not list %q", f.Message, want)
			}
		}
		open("Test")
		w.Do(change(w, w.step(o, "Test"), func(s *object.WorkStep) { s.AnswerPass = object.Fail }))
		s := w.step(o, "Test")
		is(t, "answered is completed", s.Status, object.StepStatusCompleted)
		is(t, "a failure is flagged", s.IsOutOfLimits, true)
		open("Reading; Photo")
		w.Do(change(w, w.step(o, "Reading"), func(s *object.WorkStep) { s.AnswerNumber = schema.Dec(45, 1) }))
		is(t, "too high is flagged", w.step(o, "Reading").IsOutOfLimits, true)
		f := w.Refused(change(w, w.step(o, "Photo"), func(s *object.WorkStep) { s.Status = object.StepStatusNotApplicable }))
		is(t, "asks for", f.Fields[0], "NotApplicableReason")
		w.Do(change(w, w.step(o, "Photo"), func(s *object.WorkStep) {
			s.Status, s.NotApplicableReason = object.StepStatusNotApplicable, "too dark"
		}))
		w.Do(change(w, o, complete))

		// What was done stays as it was done.
		w.Refused(change(w, w.step(o, "Test"), func(s *object.WorkStep) { s.Status = object.StepStatusNew }))
		w.RefusesToSave(&object.WorkStep{Name: "Late", WorkPlanId: s.WorkPlanId})
		w.Do(change(w, o, func(o *object.WorkOrder) { o.Status = object.WorkStatusInProgress }))
		w.Do(change(w, w.step(o, "Test"), func(s *object.WorkStep) { s.AnswerPass = object.Pass }))
		w.Do(change(w, o, complete))
	})
}

func TestAnswersHaveTypes(t *testing.T) {
	w := newWorld(t)
	o := checklist(w)
	for name, f := range map[string]func(*object.WorkStep){
		"Test":    func(s *object.WorkStep) { s.AnswerText = "fine" },
		"Cause":   func(s *object.WorkStep) { s.AnswerChoice = "Magic" },
		"Sweep":   func(s *object.WorkStep) { s.AnswerChecked = true },
		"Reading": func(s *object.WorkStep) { s.Status = object.StepStatusCompleted },
		"Photo":   func(s *object.WorkStep) { s.ShowIfStepId = ref[object.WorkStep](s.Id) },
	} {
		w.Refused(change(w, w.step(o, name), f))
	}
	w.Do(change(w, w.step(o, "Cause"), func(s *object.WorkStep) { s.AnswerChoice = "Wear" }))
	w.Do(change(w, w.step(o, "Sweep"), func(s *object.WorkStep) { s.Status = object.StepStatusCompleted }))
	is(t, "ended", w.step(o, "Sweep").EndTime, schema.At(w.Now()))
	due := &object.WorkStep{Name: "Next inspection", WorkPlanId: w.step(o, "Test").WorkPlanId, Question: object.Question{StepType: object.StepTypeDate}}
	w.Save(due)
	w.Refused(change(w, w.step(o, due.Name), func(s *object.WorkStep) { s.AnswerText = "in May" }))
	w.Do(change(w, w.step(o, due.Name), func(s *object.WorkStep) { s.AnswerDate = schema.Day(2027, 5, 1) }))
	is(t, "a day is the answer", w.step(o, due.Name).StatusCategory, object.StepCategoryCompleted)
	file := &org.ContentDocument{Title: "coil"}
	w.Save(file)
	w.Save(&org.ContentDocumentLink{ContentDocumentId: ref[org.ContentDocument](file.Id), LinkedEntityId: schema.AnyRef(w.step(o, "Photo").Id), ShareType: "V", Visibility: "AllUsers"})
	is(t, "a file is the answer", w.step(o, "Photo").StatusCategory, object.StepCategoryCompleted)
	for _, bad := range []object.Question{{StepType: object.StepTypeChoice}, {StepType: object.StepTypeNumber, Minimum: schema.DecInt(2), Maximum: schema.DecInt(1)}} {
		w.RefusesToSave(&object.WorkStepTemplate{Name: "bad", Question: bad})
	}
}

// A line's open steps keep the order open, unless the line was given up; and none slips in through the back.
func TestStepsOfLines(t *testing.T) {
	w := newWorld(t)
	o := w.order(object.WorkOrder{})
	l := &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](o.Id)}
	w.Save(l)
	p := &object.WorkPlan{Name: "By hand", ParentRecordId: schema.AnyRef(l.Id)}
	w.Save(p)
	is(t, "order of the plan", p.WorkOrderId, ref[object.WorkOrder](o.Id))
	s := &object.WorkStep{Name: "Must", WorkPlanId: ref[object.WorkPlan](p.Id), Question: object.Question{IsMandatory: true}}
	w.Save(s)
	w.Refused(change(w, o, complete))
	w.Refused(change(w, l, func(l *object.WorkOrderLineItem) { l.Status = object.WorkStatusCompleted }))
	w.Do(change(w, l, func(l *object.WorkOrderLineItem) { l.Status = object.WorkStatusCanceled }))
	w.Do(change(w, o, complete))
	w.Refused(change(w, l, func(l *object.WorkOrderLineItem) { l.Status = object.WorkStatusNew }))
	w.Refused(change(w, l, func(l *object.WorkOrderLineItem) { l.Status = object.WorkStatusCompleted }))
	w.Delete(s.Id)
	w.Do(change(w, l, func(l *object.WorkOrderLineItem) { l.Status = object.WorkStatusNew }))
	w.Refused(func(tx *record.Tx) error { return tx.Undelete(s.Id) })
}

func TestSelectionRules(t *testing.T) {
	w := newWorld(t)
	wt := w.workType()
	tpl := w.plan(wt, &object.WorkStepTemplate{Name: "Look"})
	w.Save(&object.WorkPlanSelectionRule{IsActive: true, WorkPlanTemplateId: ref[object.WorkPlanTemplate](tpl.Id), AccountId: ref[object.Account](w.account.Id), WorkTypeId: ref[object.WorkType](wt.Id)},
		&object.WorkPlanSelectionRule{IsActive: true, WorkPlanTemplateId: ref[object.WorkPlanTemplate](tpl.Id), LocationId: ref[object.Location](w.place.Id)})
	plans := func(o *object.WorkOrder) int {
		return len(housetest.Find[object.WorkPlan](w.House, "WorkOrderId = ?", o.Id))
	}
	is(t, "two rules, one template", plans(w.order(object.WorkOrder{WorkTypeId: ref[object.WorkType](wt.Id)})), 1)
	is(t, "another type", plans(w.order(object.WorkOrder{})), 0)
	is(t, "its place", plans(w.order(object.WorkOrder{LocationId: ref[object.Location](w.place.Id)})), 1)
	is(t, "already done", plans(w.order(object.WorkOrder{WorkTypeId: ref[object.WorkType](wt.Id), Status: object.WorkStatusCompleted})), 0)
}
