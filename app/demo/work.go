package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// batch is how many work orders one transaction saves when nothing else is said.
const batch = 500

// horizon is the span of the demo around today, in days.
const (
	daysBack  = 60
	daysAhead = 30
)

// addWork saves the work orders with their lines, appointments and assignments, oldest first. What technicians did about
// them is saved in their names.
func (f *filler) addWork(ctx context.Context, k *record.Keeper) error {
	for done := 0; done < f.WorkOrders; {
		n := min(cmp.Or(f.AtOnce, batch), f.WorkOrders-done)
		if err := f.addBatch(ctx, k, done, n); err != nil {
			return fmt.Errorf("demo: work orders %d to %d: %w", done+1, done+n, err)
		}
		done += n
		if f.Progress != nil {
			f.Progress(done, f.WorkOrders)
		}
	}
	return nil
}

// visit is a work order in the making.
type visit struct {
	customer   *customer
	job        *job
	technician *technician
	start      time.Time
	travel     int64 // minutes
	becomes    object.WorkStatus
	order      *object.WorkOrder
	meeting    *object.ServiceAppointment
	failed     *object.ServiceAppointment // the first visit, when it took a second; nil when not
}

func (f *filler) addBatch(ctx context.Context, k *record.Keeper, from, n int) error {
	visits := make([]*visit, n)
	for i := range visits {
		visits[i] = f.plan(from + i)
	}
	if err := k.Do(ctx, f.cause(), func(tx *record.Tx) error { return f.addOrders(tx, visits) }); err != nil {
		return err
	}
	for _, t := range f.technicians {
		own := slices.DeleteFunc(slices.Clone(visits), func(v *visit) bool { return v.technician != t || v.becomes == object.WorkStatusNew })
		if len(own) == 0 {
			continue
		}
		cause := f.cause()
		cause.Viewer = person{user: t.user.Id}
		if err := k.Do(ctx, cause, func(tx *record.Tx) error { return f.doWork(tx, own) }); err != nil {
			return fmt.Errorf("%s: %w", t.resource.Name, err)
		}
	}
	return nil
}

func (f *filler) addOrders(tx *record.Tx, visits []*visit) error {
	if err := f.addCases(tx, visits); err != nil {
		return err
	}
	orders := make([]*object.WorkOrder, len(visits))
	for i, v := range visits {
		orders[i] = v.order
	}
	if err := save(tx, orders); err != nil {
		return err
	}
	if err := f.addVisits(tx, visits); err != nil {
		return err
	}
	if err := f.assign(tx, visits); err != nil {
		return err
	}
	return f.addMilestones(tx, visits)
}

// doWork is what a technician does about visits: the checklists, the parts, the time, and how it ended.
func (f *filler) doWork(tx *record.Tx, visits []*visit) error {
	orders := make([]*object.WorkOrder, len(visits))
	for i, v := range visits {
		order, err := record.Get(tx, schema.Ref[object.WorkOrder](v.order.Id)) // with the sums of its lines
		if err != nil {
			return err
		}
		order.Status, order.PostWorkSummary = v.becomes, f.summary(v)
		v.order, orders[i] = order, order
	}
	if err := f.answerSteps(tx, visits); err != nil {
		return err
	}
	if err := f.useParts(tx, visits); err != nil {
		return err
	}
	if err := f.enterTime(tx, visits); err != nil {
		return err
	}
	if err := f.spendMoney(tx, visits); err != nil {
		return err
	}
	return save(tx, orders) // now that all hangs together, with what has become of them
}

// addVisits saves the lines of orders and their appointments: first those that failed, so that the others are returns.
func (f *filler) addVisits(tx *record.Tx, visits []*visit) error {
	var lines []*object.WorkOrderLineItem
	var failed, meetings []*object.ServiceAppointment
	for _, v := range visits {
		lines = append(lines, v.newLine(f))
		v.meeting.ParentRecordId = schema.AnyRef(v.order.Id)
		meetings = append(meetings, v.meeting)
		if v.meeting.Status == object.AppointmentStatusCompleted && f.rand.IntN(100) < 8 {
			v.failed = v.firstVisit(f)
			failed = append(failed, v.failed)
		}
	}
	if err := save(tx, lines); err != nil {
		return err
	}
	if err := save(tx, failed); err != nil {
		return err
	}
	return save(tx, meetings)
}

// firstVisit is the visit two days before that did not get the work done.
func (v *visit) firstVisit(f *filler) *object.ServiceAppointment {
	first := *v.meeting
	first.Status, first.CannotCompleteReason = object.AppointmentStatusCannotComplete, pick(f.rand, reasons)
	for _, t := range []*schema.DateTime{&first.EarliestStartTime, &first.SchedStartTime, &first.SchedEndTime, &first.ActualStartTime, &first.ActualEndTime, &first.ArrivalWindowStartTime, &first.ArrivalWindowEndTime} {
		*t = t.Add(-48 * time.Hour)
	}
	return &first
}

// reasons are why visits fail.
var reasons = []string{"Part not on the van", "Nobody at home", "Site not safe", "Needs a second person"}

// assign gives visits that have a time to their technicians.
func (f *filler) assign(tx *record.Tx, visits []*visit) error {
	var sent []*object.AssignedResource
	for _, v := range visits {
		for _, m := range []*object.ServiceAppointment{v.failed, v.meeting} {
			if m == nil || m.Status == object.AppointmentStatusNone || m.Status == object.AppointmentStatusCanceled {
				continue
			}
			sent = append(sent, &object.AssignedResource{ServiceAppointmentId: schema.Ref[object.ServiceAppointment](m.Id), ServiceResourceId: schema.Ref[object.ServiceResource](v.technician.resource.Id),
				IsPrimaryResource: true, EstimatedTravelTime: schema.DecInt(v.travel)})
		}
	}
	return save(tx, sent)
}

// plan chooses customer, work, time and technician of the i-th visit. Days fill evenly from the oldest on.
func (f *filler) plan(i int) *visit {
	v := &visit{customer: pick(f.rand, f.customers)}
	total := 0
	for _, j := range v.customer.line.work {
		total += j.weight
	}
	n := f.rand.IntN(total)
	for _, j := range v.customer.line.work {
		if n -= j.weight; n < 0 {
			v.job = j
			break
		}
	}
	day := f.today.AddDate(0, 0, i*(daysBack+daysAhead)/max(f.WorkOrders, 1)-daysBack)
	for day != f.today && (day.Weekday() == time.Saturday || day.Weekday() == time.Sunday) {
		day = day.AddDate(0, 0, 1)
	}
	f.findTime(v, day)
	v.travel = int64(8 + f.rand.IntN(30))
	v.newOrder(f)
	v.newMeeting(f)
	return v
}

// state is what has become of a visit by now.
type state struct {
	order   object.WorkStatus
	meeting object.AppointmentStatus
}

// fate decides it: nearly all past visits are done, a few wait for parts or were forgotten, today's are on their way, a
// third of the coming ones still wait for a technician.
func (f *filler) fate(v *visit) state {
	n := f.rand.IntN(100)
	end := v.start.Add(time.Duration(v.job.minutes) * time.Minute)
	switch {
	case end.Before(f.Now) && n < 88:
		return state{object.WorkStatusCompleted, object.AppointmentStatusCompleted}
	case end.Before(f.Now) && n < 91:
		return state{object.WorkStatusOnHold, object.AppointmentStatusCannotComplete}
	case end.Before(f.Now) && n < 94:
		return state{object.WorkStatusCannotComplete, object.AppointmentStatusCannotComplete}
	case end.Before(f.Now) && n < 97 && f.today.Sub(v.start) < 14*24*time.Hour:
		return state{object.WorkStatusNew, object.AppointmentStatusNone}
	case end.Before(f.Now):
		return state{object.WorkStatusCanceled, object.AppointmentStatusCanceled}
	case v.start.Before(f.Now):
		return state{object.WorkStatusInProgress, object.AppointmentStatusInProgress}
	case v.start.Before(f.today.AddDate(0, 0, 1)):
		return state{object.WorkStatusNew, object.AppointmentStatusDispatched}
	case n < 65:
		return state{object.WorkStatusNew, object.AppointmentStatusScheduled}
	}
	return state{object.WorkStatusNew, object.AppointmentStatusNone}
}

func (v *visit) newOrder(f *filler) {
	c, asset := v.customer, pick(f.rand, v.customer.assets)
	v.order = &object.WorkOrder{Subject: v.job.subject + ": " + asset.Name, AccountId: schema.Ref[object.Account](c.account.Id), ContactId: schema.Ref[object.Contact](c.contact.Id),
		AssetId: schema.Ref[object.Asset](asset.Id), LocationId: schema.Ref[object.Location](c.place.Id), WorkTypeId: schema.Ref[object.WorkType](v.job.workType.Id),
		ServiceTerritoryId: schema.Ref[object.ServiceTerritory](f.territories[c.site.territory].Id), Pricebook2Id: schema.Ref[object.Pricebook2](f.book.Id),
		Priority: pick(f.rand, []object.Priority{object.PriorityLow, object.PriorityMedium, object.PriorityMedium, object.PriorityMedium, object.PriorityHigh, object.PriorityCritical}),
		Status:   object.WorkStatusNew, Description: v.job.told(asset.Name), StartDate: schema.At(v.start), EndDate: schema.At(v.end()), Duration: schema.DecInt(v.job.minutes), DurationType: object.DurationTypeMinutes, Address: c.site.address()}
	v.order.OwnerId = f.owner(c.site.territory)
	if c.contract != nil {
		v.order.ServiceContractId, v.order.EntitlementId = schema.Ref[object.ServiceContract](c.contract.Id), schema.Ref[object.Entitlement](c.entitlement.Id)
	}
}

func (v *visit) end() time.Time { return v.start.Add(time.Duration(v.job.minutes) * time.Minute) }

// newLine is the line of the order: the labor, by the hour.
func (v *visit) newLine(f *filler) *object.WorkOrderLineItem {
	return &object.WorkOrderLineItem{WorkOrderId: schema.Ref[object.WorkOrder](v.order.Id), Subject: v.job.subject, AssetId: v.order.AssetId, Status: v.lineStatus(),
		PricebookEntryId: schema.Ref[object.PricebookEntry](f.prices[labor].Id), Quantity: schema.DecInt(v.job.minutes).Quo(schema.DecInt(60)).Round(2)}
}

// lineStatus is that of the order where it is over.
func (v *visit) lineStatus() object.WorkStatus {
	switch v.becomes {
	case object.WorkStatusCompleted, object.WorkStatusCannotComplete, object.WorkStatusCanceled:
		return v.becomes
	}
	return object.WorkStatusNew
}

func (v *visit) newMeeting(f *filler) {
	s := f.fate(v)
	m := &object.ServiceAppointment{Subject: v.order.Subject, ContactId: v.order.ContactId, WorkTypeId: v.order.WorkTypeId, ServiceTerritoryId: v.order.ServiceTerritoryId,
		Status: s.meeting, EarliestStartTime: schema.At(v.start.Add(-48 * time.Hour)), DueDate: schema.At(v.due(s)), Duration: schema.DecInt(v.job.minutes), DurationType: object.DurationTypeMinutes,
		ArrivalWindowStartTime: schema.At(v.start.Truncate(2 * time.Hour)), ArrivalWindowEndTime: schema.At(v.start.Truncate(2 * time.Hour).Add(2 * time.Hour)), Address: v.customer.site.address()}
	if s.meeting != object.AppointmentStatusNone && s.meeting != object.AppointmentStatusCanceled {
		m.SchedStartTime, m.SchedEndTime = schema.At(v.start), schema.At(v.end())
	}
	late := time.Duration(f.rand.IntN(25)-5) * time.Minute
	if s.meeting == object.AppointmentStatusInProgress || s.meeting == object.AppointmentStatusCompleted || s.meeting == object.AppointmentStatusCannotComplete {
		m.ActualStartTime = schema.At(v.start.Add(late))
	}
	if s.meeting == object.AppointmentStatusCompleted || s.meeting == object.AppointmentStatusCannotComplete {
		m.ActualEndTime = schema.At(v.end().Add(late + time.Duration(f.rand.IntN(30)-10)*time.Minute))
	}
	if s.meeting == object.AppointmentStatusCannotComplete {
		m.CannotCompleteReason = pick(f.rand, reasons)
	}
	if s.meeting == object.AppointmentStatusCompleted && f.rand.IntN(3) == 0 {
		m.ServiceNote = pick(f.rand, remarks)
	}
	v.becomes, v.meeting = s.order, m
}

// due is until when a visit is promised: those that nobody has planned yet are pressing.
func (v *visit) due(s state) time.Time {
	if s.meeting == object.AppointmentStatusNone {
		return v.end().Add(4 * time.Hour)
	}
	return v.end().Add(72 * time.Hour)
}
