package work

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// TestSequences does random things, allowed and not, to a family of work, and holds after each that all still agrees.
// `make test-sequences` does it 100,000 times.
func TestSequences(t *testing.T) {
	w := newWorld(t)
	wt := w.workType()
	decider := &object.WorkStepTemplate{Name: "Test", IsActive: true, Question: object.Question{StepType: object.StepTypePassFail, IsMandatory: true}}
	w.Save(decider)
	w.plan(wt, decider, &object.WorkStepTemplate{Name: "Why", ShowIfStepId: ref[object.WorkStepTemplate](decider.Id), Question: object.Question{StepType: object.StepTypeText, IsMandatory: true, ShowIfAnswer: "Fail"}},
		&object.WorkStepTemplate{Name: "Sweep", Question: object.Question{IsMandatory: true}})
	rapid.Check(t, func(t *rapid.T) {
		s := &sequence{t: t, w: w, wt: ref[object.WorkType](wt.Id)}
		err := w.Try(func(tx *record.Tx) error {
			s.tx = tx
			return s.run()
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.View(context.Background(), s.agree); err != nil {
			t.Fatal("as committed: ", err)
		}
	})
}

// sequence is one family of work: orders, and what belongs to them.
type sequence struct {
	t  *rapid.T
	tx *record.Tx
	w  *world
	wt schema.Ref[object.WorkType]

	orders, lines, visits, assigned []schema.Id
}

func (s *sequence) run() error {
	for range 2 {
		if err := s.newOrder(); err != nil {
			return err
		}
	}
	ops := []struct {
		name string
		do   func() error
	}{
		{"new order", s.newOrder}, {"new line", s.newLine}, {"new visit", s.newVisit}, {"assign", s.assign}, {"unassign", s.unassign},
		{"order status", s.orderStatus}, {"order parent", s.orderParent}, {"line status", s.lineStatus}, {"line price", s.linePrice}, {"visit status", s.visitStatus},
		{"answer", s.answer}, {"answer", s.answer}, {"reopen step", s.reopen}, {"delete", s.remove}, {"undelete", s.restore}, {"delete step", s.removeStep},
	}
	for range rapid.IntRange(4, 14).Draw(s.t, "length") {
		op := ops[rapid.IntRange(0, len(ops)-1).Draw(s.t, "op")]
		err := s.tx.Try(op.do)
		var one *record.Fault
		var many record.Faults
		if err != nil && !errors.As(err, &one) && !errors.As(err, &many) {
			return fmt.Errorf("%s: %w", op.name, err)
		}
		if err := s.agreeIn(s.tx); err != nil {
			return fmt.Errorf("after %s (%v): %w", op.name, err, err)
		}
	}
	return nil
}

func (s *sequence) pick(name string, from []schema.Id) schema.Id {
	if len(from) == 0 {
		return ""
	}
	return rapid.SampledFrom(from).Draw(s.t, name)
}

// update changes one of the records named by ids, if there is one.
func update[T any](s *sequence, id schema.Id, f func(*T)) error {
	if id == "" {
		return nil
	}
	rec, err := record.Get(s.tx, schema.Ref[T](id))
	if err != nil {
		return err
	}
	f(rec)
	return s.tx.Save(rec)
}

func (s *sequence) newOrder() error {
	o := &object.WorkOrder{AccountId: ref[object.Account](s.w.account.Id), Tax: schema.Currency{Decimal: schema.DecInt(rapid.Int64Range(0, 9).Draw(s.t, "tax"))}}
	if rapid.Bool().Draw(s.t, "typed") {
		o.WorkTypeId = s.wt
	}
	err := s.tx.Save(o)
	if err == nil {
		s.orders = append(s.orders, o.Id)
	}
	return err
}

func (s *sequence) money(name string) schema.Currency {
	return schema.Currency{Decimal: schema.Dec(rapid.Int64Range(0, 99_999).Draw(s.t, name), 2)}
}

func (s *sequence) newLine() error {
	l := &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](s.pick("order", s.orders)), Subtotal: s.money("subtotal"), TotalPrice: s.money("total")}
	if rapid.Bool().Draw(s.t, "typed") {
		l.WorkTypeId = s.wt
	}
	err := s.tx.Save(l)
	if err == nil {
		s.lines = append(s.lines, l.Id)
	}
	return err
}

func (s *sequence) linePrice() error {
	return update(s, s.pick("line", s.lines), func(l *object.WorkOrderLineItem) { l.Subtotal, l.TotalPrice = s.money("subtotal"), s.money("total") })
}

func (s *sequence) newVisit() error {
	now := schema.At(s.tx.Now())
	a := &object.ServiceAppointment{ParentRecordId: schema.AnyRef(s.pick("parent", append(s.lines, s.orders...))), EarliestStartTime: now, DueDate: now.Add(time.Hour)}
	err := s.tx.Save(a)
	if err == nil {
		s.visits = append(s.visits, a.Id)
	}
	return err
}

func (s *sequence) assign() error {
	id := s.pick("visit", s.visits)
	now := schema.At(s.tx.Now())
	if rapid.Bool().Draw(s.t, "timed") {
		if err := update(s, id, func(a *object.ServiceAppointment) { a.SchedStartTime, a.SchedEndTime = now, now.Add(time.Hour) }); err != nil {
			return err
		}
	}
	ar := &object.AssignedResource{ServiceAppointmentId: ref[object.ServiceAppointment](id), ServiceResourceId: ref[object.ServiceResource](s.w.resource.Id)}
	err := s.tx.Save(ar)
	if err == nil {
		s.assigned = append(s.assigned, ar.Id)
	}
	return err
}

func (s *sequence) unassign() error {
	if id := s.pick("assignment", s.assigned); id != "" {
		return s.tx.Delete(id)
	}
	return nil
}

func choice[T ~string](s *sequence, of []schema.Choice) T {
	return T(of[rapid.IntRange(0, len(of)-1).Draw(s.t, "status")].Value)
}

func (s *sequence) orderStatus() error {
	return update(s, s.pick("order", s.orders), func(o *object.WorkOrder) { o.Status = choice[object.WorkStatus](s, o.Status.Choices()) })
}

func (s *sequence) lineStatus() error {
	return update(s, s.pick("line", s.lines), func(l *object.WorkOrderLineItem) { l.Status = choice[object.WorkStatus](s, l.Status.Choices()) })
}

func (s *sequence) visitStatus() error {
	return update(s, s.pick("visit", s.visits), func(a *object.ServiceAppointment) {
		if a.Status = choice[object.AppointmentStatus](s, a.Status.Choices()); rapid.Bool().Draw(s.t, "reasoned") {
			a.CannotCompleteReason = "no part"
		}
	})
}

func (s *sequence) orderParent() error {
	return update(s, s.pick("order", s.orders), func(o *object.WorkOrder) {
		o.ParentWorkOrderId = ref[object.WorkOrder](s.pick("parent", append([]schema.Id{""}, s.orders...)))
	})
}

// step picks a step of the family.
func (s *sequence) step() (schema.Id, error) {
	steps, err := record.Find[object.WorkStep](s.tx, "WorkOrderId IN ? ORDER BY Id", s.orders)
	var ids []schema.Id
	for _, st := range steps {
		ids = append(ids, st.Id)
	}
	return s.pick("step", ids), err
}

func (s *sequence) answer() error {
	id, err := s.step()
	if err != nil {
		return err
	}
	return update(s, id, func(st *object.WorkStep) {
		switch {
		case rapid.IntRange(0, 5).Draw(s.t, "applies") == 0:
			st.Status, st.NotApplicableReason = object.StepStatusNotApplicable, rapid.SampledFrom([]string{"", "no use"}).Draw(s.t, "reason")
		case st.StepType == object.StepTypePassFail:
			st.AnswerPass = rapid.SampledFrom([]object.PassFail{object.Pass, object.Fail, ""}).Draw(s.t, "pass")
		case st.StepType == object.StepTypeText:
			st.AnswerText = "because"
		default:
			st.Status = object.StepStatusCompleted
		}
	})
}

func (s *sequence) reopen() error {
	id, err := s.step()
	if err != nil {
		return err
	}
	return update(s, id, func(st *object.WorkStep) { st.Status = object.StepStatusNew })
}

func (s *sequence) removeStep() error {
	id, err := s.step()
	if err != nil || id == "" {
		return err
	}
	return s.tx.Delete(id)
}

func (s *sequence) any() schema.Id {
	all := append(append(append([]schema.Id{}, s.orders...), s.lines...), s.visits...)
	return s.pick("record", all)
}

func (s *sequence) remove() error  { return s.tx.Delete(s.any()) }
func (s *sequence) restore() error { return s.tx.Undelete(s.any()) }

func (s *sequence) agree(v *record.View) error { return s.agreeIn(v) }

// agreeIn holds that everything about the family agrees.
func (s *sequence) agreeIn(r record.Reader) error {
	orders, err := record.Find[object.WorkOrder](r, "Id IN ?", s.orders)
	if err != nil {
		return err
	}
	lines, err := record.Find[object.WorkOrderLineItem](r, "WorkOrderId IN ?", s.orders)
	if err != nil {
		return err
	}
	byId := map[schema.Ref[object.WorkOrder]]*object.WorkOrder{}
	for _, o := range orders {
		byId[ref[object.WorkOrder](o.Id)] = o
	}
	for _, o := range orders {
		if err := errors.Join(sumsAgree(r, o, lines), treeAgrees(byId, o), stepsAgree(r, o)); err != nil {
			return fmt.Errorf("order %s: %w", o.WorkOrderNumber, err)
		}
	}
	visits, err := record.Find[object.ServiceAppointment](r, "Id IN ?", s.visits)
	if err != nil {
		return err
	}
	for _, a := range visits {
		if err := visitAgrees(r, a); err != nil {
			return fmt.Errorf("visit %s: %w", a.AppointmentNumber, err)
		}
	}
	return nil
}

func sumsAgree(r record.Reader, o *object.WorkOrder, lines []*object.WorkOrderLineItem) error {
	n, sub, total := int64(0), schema.DecInt(0), schema.DecInt(0)
	for _, l := range lines {
		if l.WorkOrderId == ref[object.WorkOrder](o.Id) {
			n, sub, total = n+1, sub.Add(l.Subtotal.Decimal), total.Add(l.TotalPrice.Decimal)
		}
	}
	visits, err := record.Count[object.ServiceAppointment](r, "ParentRecordId = ?", o.Id)
	switch {
	case err != nil:
		return err
	case o.LineItemCount != schema.NewInt(n), o.Subtotal.Decimal != sub, o.TotalPrice.Decimal != total, o.GrandTotal.Decimal != total.Add(o.Tax.Decimal):
		return fmt.Errorf("says %v lines, %v, %v, %v: they are %d, %v, %v", o.LineItemCount, o.Subtotal, o.TotalPrice, o.GrandTotal, n, sub, total)
	case o.ServiceAppointmentCount != schema.NewInt(int64(visits)):
		return fmt.Errorf("says %v visits: they are %d", o.ServiceAppointmentCount, visits)
	case string(o.StatusCategory) != categoryIn(o.Status.Choices(), string(o.Status)):
		return fmt.Errorf("has the status %s and the category %s", o.Status, o.StatusCategory)
	}
	return nil
}

func categoryIn(all []schema.Choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return c.Category
		}
	}
	return "?"
}

func treeAgrees(all map[schema.Ref[object.WorkOrder]]*object.WorkOrder, o *object.WorkOrder) error {
	top := o
	for n := 0; top.ParentWorkOrderId != ""; n++ {
		if top = all[top.ParentWorkOrderId]; top == nil || n > len(all) {
			return errors.New("its parents lead nowhere, or in a circle")
		}
	}
	if o.RootWorkOrderId != ref[object.WorkOrder](top.Id) {
		return fmt.Errorf("names the root %s: it is %s", o.RootWorkOrderId, top.Id)
	}
	return nil
}

// stepsAgree holds that finished work has no mandatory step that is still to be done. A test that failed asks for Why;
// without its test, nobody does.
func stepsAgree(r record.Reader, o *object.WorkOrder) error {
	if o.StatusCategory != object.WorkCategoryCompleted {
		return nil
	}
	steps, err := record.Find[object.WorkStep](r, "WorkOrderId = ?", o.Id)
	if err != nil {
		return err
	}
	failed := map[schema.Ref[object.WorkPlan]]bool{}
	for _, s := range steps {
		if s.Name == "Test" {
			failed[s.WorkPlanId] = s.AnswerPass == object.Fail && s.Status == object.StepStatusCompleted
		}
	}
	for _, s := range steps {
		open := s.Status != object.StepStatusCompleted && s.Status != object.StepStatusNotApplicable
		if !open || s.Name == "Why" && !failed[s.WorkPlanId] {
			continue
		}
		l, err := record.Get(r, s.WorkOrderLineItemId)
		if err != nil {
			return err
		}
		if l.Status != object.WorkStatusCanceled && l.Status != object.WorkStatusCannotComplete {
			return fmt.Errorf("is completed while %s is open", s.Name)
		}
	}
	return nil
}

func visitAgrees(r record.Reader, a *object.ServiceAppointment) error {
	n, err := record.Count[object.AssignedResource](r, "ServiceAppointmentId = ?", a.Id)
	off := a.StatusCategory == object.AppointmentCategoryNone || a.StatusCategory == object.AppointmentCategoryCanceled
	planned := a.StatusCategory == object.AppointmentCategoryScheduled || a.StatusCategory == object.AppointmentCategoryDispatched
	switch {
	case err != nil:
		return err
	case off && n > 0:
		return fmt.Errorf("is %s, and %d people go there", a.Status, n)
	case planned && a.SchedStartTime.IsNull(), a.SchedStartTime.IsNull() != a.SchedEndTime.IsNull():
		return fmt.Errorf("is %s from %v to %v", a.Status, a.SchedStartTime, a.SchedEndTime)
	case a.StatusCategory == object.AppointmentCategoryCannotComplete && a.CannotCompleteReason == "":
		return errors.New("failed without a reason")
	case !a.SchedStartTime.IsNull() && a.OriginalSchedStartTime.IsNull():
		return errors.New("forgot its first plan")
	}
	return nil
}
