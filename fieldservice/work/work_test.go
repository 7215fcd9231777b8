package work

import (
	"testing"
	"time"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// world is a house in which there is a customer.
type world struct {
	*housetest.House
	account  *object.Account
	place    *object.Location
	resource *object.ServiceResource
}

func newWorld(t testing.TB) *world { return worldOn(t, storetest.SQLite(t, store.Options{})) }

func worldOn(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{House: housetest.On(t, db, Rules)}
	w.Do(Plant)
	w.account = &object.Account{Name: "Acme", BillingAddress: schema.Address{City: "Bergen"}}
	w.place = &object.Location{Name: "Plant 1", LocationType: "Site"}
	w.resource = &object.ServiceResource{Name: "Tess", IsActive: true, ResourceType: object.ResourceTypeTechnician}
	w.Save(w.account, w.place, w.resource)
	return w
}

func ref[T any](id schema.Id) schema.Ref[T] { return schema.Ref[T](id) }

func (w *world) order(o object.WorkOrder) *object.WorkOrder {
	w.T.Helper()
	if o.AccountId == "" {
		o.AccountId = ref[object.Account](w.account.Id)
	}
	w.Save(&o)
	return &o
}

func (w *world) visit(a object.ServiceAppointment) *object.ServiceAppointment {
	w.T.Helper()
	now := schema.At(w.Now())
	setIfEmpty(&a.EarliestStartTime, now)
	setIfEmpty(&a.DueDate, now.Add(48*time.Hour))
	w.Save(&a)
	return &a
}

// workType is a type that brings everything.
func (w *world) workType() *object.WorkType {
	w.T.Helper()
	skill := &object.Skill{MasterLabel: "HVAC", DeveloperName: "HVAC"}
	part := &object.Product2{Name: "Filter", IsActive: true}
	wt := &object.WorkType{Name: "Service", EstimatedDuration: schema.DecInt(2), DurationType: object.DurationTypeHours, ShouldAutoCreateSvcAppt: true,
		MinimumCrewSize: schema.NewInt(2)}
	w.Save(skill, part, wt)
	w.Save(&object.SkillRequirement{RelatedRecordId: schema.AnyRef(wt.Id), SkillId: ref[object.Skill](skill.Id), SkillLevel: schema.DecInt(3)},
		&object.ProductRequired{ParentRecordId: schema.AnyRef(wt.Id), Product2Id: ref[object.Product2](part.Id), QuantityRequired: schema.DecInt(1)},
		&object.LinkedArticle{Name: "How to", LinkedEntityId: schema.AnyRef(wt.Id)})
	return wt
}

// plan makes a template of steps for a work type; those that depend on another name it.
func (w *world) plan(wt *object.WorkType, steps ...*object.WorkStepTemplate) *object.WorkPlanTemplate {
	w.T.Helper()
	p := &object.WorkPlanTemplate{Name: "Checklist", IsActive: true, RelativeExecutionOrder: schema.NewInt(1)}
	w.Save(p)
	for i, s := range steps {
		s.IsActive = true
		if s.Id == "" {
			w.Save(s)
		}
		w.Save(&object.WorkPlanTemplateEntry{WorkPlanTemplateId: ref[object.WorkPlanTemplate](p.Id), WorkStepTemplateId: ref[object.WorkStepTemplate](s.Id), ExecutionOrder: schema.NewInt(int64(i + 1))})
	}
	w.Save(&object.WorkPlanSelectionRule{IsActive: true, WorkPlanTemplateId: ref[object.WorkPlanTemplate](p.Id), WorkTypeId: ref[object.WorkType](wt.Id)})
	return p
}

// step returns the step of an order with the given name.
func (w *world) step(o *object.WorkOrder, name string) *object.WorkStep {
	w.T.Helper()
	found := housetest.Find[object.WorkStep](w.House, "WorkOrderId = ? AND Name = ?", o.Id, name)
	if len(found) != 1 {
		w.T.Fatalf("%d steps %q, want 1", len(found), name)
	}
	return found[0]
}

// change changes a record as it is now and saves it.
func change[T any](w *world, rec *T, f func(*T)) func(*record.Tx) error {
	id := schema.StandardOf(rec).Id
	return func(tx *record.Tx) error {
		now, err := record.Get(tx, schema.Ref[T](id))
		if err != nil {
			return err
		}
		f(now)
		return tx.Save(now)
	}
}

func is[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func user(w *world, profile string) (id schema.Id) {
	w.T.Helper()
	p := &org.Profile{Name: profile, UserType: "Standard"}
	w.Save(p)
	u := &org.User{Username: profile + "@test.example", Email: "a@test.example", LastName: profile, Alias: profile[:4], IsActive: true, ProfileId: ref[org.Profile](p.Id),
		TimeZoneSidKey: "UTC", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
	w.Save(u)
	return u.Id
}
