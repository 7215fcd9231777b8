package work

import (
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// job is an order or a line on its way to be saved, as far as what it is given is concerned.
type job struct {
	id      schema.Id
	order   schema.Ref[object.WorkOrder]
	line    schema.Ref[object.WorkOrderLineItem] // null for an order
	insert  bool
	over    bool // closed, completed or canceled: nothing is to be done any more
	typ     schema.Ref[object.WorkType]
	retyped bool // it has got its work type just now

	asset     schema.Ref[object.Asset]
	account   schema.Ref[object.Account]
	product   schema.Ref[object.Product2]
	location  schema.Ref[object.Location]
	territory schema.Ref[object.ServiceTerritory]
	contract  schema.Ref[object.ServiceContract]
}

func orderJobs(changes []record.Change[object.WorkOrder]) []*job {
	jobs := make([]*job, len(changes))
	for i, c := range changes {
		jobs[i] = orderJob(c.New)
		jobs[i].insert, jobs[i].retyped = c.Insert, c.New.WorkTypeId != "" && c.New.WorkTypeId != c.Old.WorkTypeId
	}
	return jobs
}

func orderJob(w *object.WorkOrder) *job {
	return &job{id: w.Id, order: schema.Ref[object.WorkOrder](w.Id), over: over(w.StatusCategory), typ: w.WorkTypeId,
		asset: w.AssetId, account: w.AccountId, location: w.LocationId, territory: w.ServiceTerritoryId, contract: w.ServiceContractId}
}

func lineJobs(changes []record.Change[object.WorkOrderLineItem]) []*job {
	jobs := make([]*job, len(changes))
	for i, c := range changes {
		jobs[i] = lineJob(c.New)
		jobs[i].insert, jobs[i].retyped = c.Insert, c.New.WorkTypeId != "" && c.New.WorkTypeId != c.Old.WorkTypeId
	}
	return jobs
}

func lineJob(l *object.WorkOrderLineItem) *job {
	return &job{id: l.Id, order: l.WorkOrderId, line: schema.Ref[object.WorkOrderLineItem](l.Id), over: over(l.StatusCategory), typ: l.WorkTypeId,
		asset: l.AssetId, product: l.Product2Id, location: l.LocationId, territory: l.ServiceTerritoryId}
}

// over reports whether nothing more is to be done.
func over(c object.WorkCategory) bool {
	return c == object.WorkCategoryCompleted || c == object.WorkCategoryClosed || c == object.WorkCategoryCanceled || c == object.WorkCategoryCannotComplete
}

// bringNeeds copies skills, parts and articles of the work types onto work that has none of the kind.
func bringNeeds(tx *record.Tx, jobs []*job) error {
	err := bring(tx, jobs, "RelatedRecordId", func(s *object.SkillRequirement, to schema.Id) {
		*s = object.SkillRequirement{RelatedRecordId: schema.AnyRef(to), SkillId: s.SkillId, SkillLevel: s.SkillLevel, SkillPriority: s.SkillPriority, IsAdditionalSkill: s.IsAdditionalSkill}
	})
	if err != nil {
		return err
	}
	err = bring(tx, jobs, "ParentRecordId", func(p *object.ProductRequired, to schema.Id) {
		*p = object.ProductRequired{ParentRecordId: schema.AnyRef(to), Product2Id: p.Product2Id, QuantityRequired: p.QuantityRequired, QuantityUnitOfMeasure: p.QuantityUnitOfMeasure}
	})
	if err != nil {
		return err
	}
	return bring(tx, jobs, "LinkedEntityId", func(a *object.LinkedArticle, to schema.Id) {
		*a = object.LinkedArticle{Name: a.Name, Type: a.Type, KnowledgeArticleId: a.KnowledgeArticleId, KnowledgeArticleVersionId: a.KnowledgeArticleVersionId, LinkedEntityId: schema.AnyRef(to)}
	})
}

// bring saves, for all jobs at once, copies of the records of T that hang on their work types by the field via. remake
// makes a record into its copy for the record named to.
func bring[T any](tx *record.Tx, jobs []*job, via string, remake func(rec *T, to schema.Id)) error {
	var all []any
	for _, j := range jobs {
		if !j.retyped {
			continue
		}
		from, err := record.FindBy[T](tx, via, schema.Id(j.typ))
		if err != nil {
			return err
		}
		if len(from) == 0 {
			continue
		}
		if !j.insert {
			if own, err := record.FindBy[T](tx, via, j.id); err != nil || len(own) > 0 {
				if err != nil {
					return err
				}
				continue
			}
		}
		for _, rec := range from {
			copied := *rec
			remake(&copied, j.id)
			all = append(all, &copied)
		}
	}
	return tx.Save(all...)
}

// makeAppointments gives work an appointment when its new type wants one and it has none.
func makeAppointments(tx *record.Tx, jobs []*job) error {
	var all []any
	for _, j := range jobs {
		if !j.retyped || j.over {
			continue
		}
		t, err := record.Get(tx, j.typ)
		if err != nil {
			return err
		}
		if !t.ShouldAutoCreateSvcAppt {
			continue
		}
		if !j.insert {
			there, err := record.FindBy[object.ServiceAppointment](tx, "ParentRecordId", j.id)
			if err != nil {
				return err
			}
			if len(there) > 0 {
				continue
			}
		}
		due, err := dueAfter(tx, t)
		if err != nil {
			return err
		}
		now := schema.At(tx.Now())
		all = append(all, &object.ServiceAppointment{ParentRecordId: schema.AnyRef(j.id), EarliestStartTime: now, DueDate: now.Add(due), AppointmentType: t.DefaultAppointmentType})
	}
	return tx.Save(all...)
}

// dueAfter is how long after its creation an appointment of a work type is due: at the end of the type's time frame, or
// as the settings say.
func dueAfter(tx *record.Tx, t *object.WorkType) (time.Duration, error) {
	if !t.TimeframeEnd.IsNull() && t.TimeframeEnd.Int64() > 0 {
		unit := 24 * time.Hour
		if t.TimeFrameEndUnit == object.TimeFrameUnitHours {
			unit = time.Hour
		}
		return time.Duration(t.TimeframeEnd.Int64()) * unit, nil
	}
	s, err := settings(tx)
	if err != nil {
		return 0, err
	}
	days := int64(7)
	if !s.AppointmentDueDays.IsNull() {
		days = s.AppointmentDueDays.Int64()
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

// followOrders gives orders what their work types and the selection rules of plans bring.
func followOrders(tx *record.Tx, changes []record.Change[object.WorkOrder]) error {
	return bringAll(tx, orderJobs(changes))
}

func followLines(tx *record.Tx, changes []record.Change[object.WorkOrderLineItem]) error {
	return bringAll(tx, lineJobs(changes))
}

func bringAll(tx *record.Tx, jobs []*job) error {
	if err := bringNeeds(tx, jobs); err != nil {
		return err
	}
	if err := makeAppointments(tx, jobs); err != nil {
		return err
	}
	return selectPlans(tx, jobs)
}
