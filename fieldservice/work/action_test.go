package work

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/action"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// ask runs an action of the room and returns its only result.
func (w *world) ask(v access.Viewer, name, input string) action.Result {
	w.T.Helper()
	list, err := action.NewList(Actions...)
	if err != nil {
		w.T.Fatal(err)
	}
	a, ok := list.Find(name, v)
	if !ok {
		w.T.Fatalf("no action %s", name)
	}
	results, err := a.Run(context.Background(), w.Keeper, record.Cause{Viewer: v, By: "action"}, []json.RawMessage{json.RawMessage(input)})
	if err != nil {
		w.T.Fatal(err)
	}
	return results[0]
}

func TestOrderFromCase(t *testing.T) {
	w := newWorld(t)
	hours := &object.BusinessHours{Name: "Always", TimeZoneSidKey: "UTC"}
	file := &org.ContentDocument{Title: "photo"}
	w.Save(hours, file)
	c := &object.Case{Subject: "No heat", Description: "since Monday", AccountId: ref[object.Account](w.account.Id), BusinessHoursId: ref[object.BusinessHours](hours.Id)}
	w.Save(c)
	w.Save(&org.ContentDocumentLink{ContentDocumentId: ref[org.ContentDocument](file.Id), LinkedEntityId: schema.AnyRef(c.Id), ShareType: "V", Visibility: "AllUsers"})
	r := w.ask(access.Everything{}, "createWorkOrderFromCase", `{"caseId":"`+string(c.Id)+`"}`)
	if len(r.Faults) > 0 {
		t.Fatal(r.Faults)
	}
	o := housetest.Load[object.WorkOrder](w.House, schema.Id(r.Output.(newOrder).WorkOrderId))
	is(t, "subject", o.Subject, "No heat")
	is(t, "account", o.AccountId, c.AccountId)
	is(t, "files", len(housetest.Find[org.ContentDocumentLink](w.House, "LinkedEntityId = ?", o.Id)), 1)
	is(t, "refuses", len(w.ask(access.Everything{}, "createWorkOrderFromCase", `{"caseId":"`+string(o.Id)+`"}`).Faults) > 0, true)
}

func TestOrderFromReturn(t *testing.T) {
	w := newWorld(t)
	back := &object.ReturnOrder{AccountId: ref[object.Account](w.account.Id), Description: "rattles", ShipFromAddress: schema.Address{City: "Oslo"}}
	w.Save(back)
	r := w.ask(access.Everything{}, "createWorkOrderFromReturnOrder", `{"returnOrderId":"`+string(back.Id)+`","subject":"Look at it"}`)
	if len(r.Faults) > 0 {
		t.Fatal(r.Faults)
	}
	o := housetest.Load[object.WorkOrder](w.House, schema.Id(r.Output.(newOrder).WorkOrderId))
	is(t, "account", o.AccountId, back.AccountId)
	is(t, "city", o.Address.City, "Oslo")
	is(t, "text", string(o.Subject)+": "+string(o.Description), "Look at it: rattles")
	if r := w.ask(access.Everything{}, "createWorkOrderFromReturnOrder", `{"returnOrderId":"`+string(o.Id)+`"}`); len(r.Faults) == 0 {
		t.Error("a work order passes for a return")
	}
}

func TestOrderFromRequest(t *testing.T) {
	w := newWorld(t)
	part := &object.Product2{Name: "Filter", IsActive: true}
	p := &object.ProductRequest{AccountId: ref[object.Account](w.account.Id), ShipToAddress: schema.Address{City: "Oslo"}}
	w.Save(part, p)
	w.Save(&object.ProductRequestLineItem{ParentId: ref[object.ProductRequest](p.Id), Product2Id: ref[object.Product2](part.Id), QuantityRequested: schema.DecInt(2)})
	r := w.ask(access.Everything{}, "createWorkOrderFromProductRequest", `{"productRequestId":"`+string(p.Id)+`"}`)
	if len(r.Faults) > 0 {
		t.Fatal(r.Faults)
	}
	o := housetest.Load[object.WorkOrder](w.House, schema.Id(r.Output.(newOrder).WorkOrderId))
	is(t, "city", o.Address.City, "Oslo")
	is(t, "parts", len(housetest.Find[object.ProductRequired](w.House, "ParentRecordId = ?", o.Id)), 1)
}

func TestAddPlan(t *testing.T) {
	w := newWorld(t)
	tpl := w.plan(w.workType(), &object.WorkStepTemplate{Name: "Look"})
	o := w.order(object.WorkOrder{})
	body := `{"recordId":"` + string(o.Id) + `","workPlanTemplateId":"` + string(tpl.Id) + `"}`
	if r := w.ask(access.Everything{}, "addWorkPlan", body); len(r.Faults) > 0 {
		t.Fatal(r.Faults)
	}
	is(t, "its step", w.step(o, "Look").StatusCategory, object.StepCategoryNew)
	w.Do(change(w, tpl, func(p *object.WorkPlanTemplate) { p.IsActive = false }))
	is(t, "inactive", len(w.ask(access.Everything{}, "addWorkPlan", body).Faults), 1)
}

// narrow is a viewer who may not read one field.
type narrow struct {
	access.Everything
	hidden string
}

func (n narrow) Reads(o *schema.Object, f *schema.Field) bool { return o.Name+"."+f.Name != n.hidden }

func TestTimeline(t *testing.T) {
	w := newWorld(t)
	o := w.order(object.WorkOrder{Subject: "Cold"})
	w.Do(change(w, o, func(o *object.WorkOrder) { o.Status, o.Subject = object.WorkStatusInProgress, "Colder" }))
	l := &object.WorkOrderLineItem{WorkOrderId: ref[object.WorkOrder](o.Id)}
	w.Save(l)
	w.Delete(l.Id)
	tell := func(v access.Viewer) string {
		r := w.ask(v, "timeline", `{"recordId":"`+string(o.Id)+`"}`)
		if len(r.Faults) > 0 {
			t.Fatal(r.Faults)
		}
		var all []string
		for _, m := range r.Output.(timeline).Entries {
			all = append(all, m.Text)
		}
		return strings.Join(all, "\n")
	}
	got := tell(access.Everything{})
	for _, want := range []string{"deleted this work order line item", "created this work order line item", "Status from New to In Progress", "Subject from Cold to Colder", "created this work order"} {
		if !strings.Contains(got, want) {
			t.Errorf("the timeline does not say %q:\n%s", want, got)
		}
	}
	if narrow := tell(narrow{hidden: "WorkOrder.Subject"}); strings.Contains(narrow, "Colder") || !strings.Contains(narrow, "In Progress") {
		t.Errorf("to one who may not read subjects it says:\n%s", narrow)
	}
}
