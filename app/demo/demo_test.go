package demo_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/app/demo"
	"truckroll/fieldservice/asset"
	"truckroll/fieldservice/crew"
	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/fieldservice/price"
	"truckroll/fieldservice/stock"
	"truckroll/fieldservice/timesheet"
	"truckroll/fieldservice/work"
	"truckroll/platform/org"
	"truckroll/platform/schema"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// fill makes a company up on a day, in a house with the rules of the rooms.
func fill(t *testing.T, now time.Time) *housetest.House {
	h := housetest.Open(t, slices.Concat(work.Rules, crew.Rules, stock.Rules, price.Rules, timesheet.Rules, asset.Rules))
	p := &org.Profile{Name: "Field Technician"}
	h.Save(p)
	h.Do(work.Plant)
	if err := demo.Fill(context.Background(), h.Keeper, demo.Options{WorkOrders: 90, Seed: 7, Now: now, Technician: schema.Ref[org.Profile](p.Id)}); err != nil {
		t.Fatal(err)
	}
	return h
}

// story tells what has become of every order, and of what hangs on it.
func story(h *housetest.House) string {
	var b strings.Builder
	for _, w := range housetest.Find[object.WorkOrder](h, "Id != NULL ORDER BY WorkOrderNumber") {
		fmt.Fprintln(&b, w.WorkOrderNumber, w.Subject, w.Status, w.StartDate, w.GrandTotal, w.PostWorkSummary)
	}
	for _, s := range housetest.Find[object.WorkStep](h, "Id != NULL ORDER BY WorkOrder.WorkOrderNumber, ExecutionOrder") {
		fmt.Fprintln(&b, s.Name, s.Status, s.AnswerNumber, s.AnswerText, s.EndTime)
	}
	for _, e := range housetest.Find[object.TimeSheetEntry](h, "Id != NULL ORDER BY StartTime, TimeSheetEntryNumber") {
		fmt.Fprintln(&b, e.Type, e.StartTime, e.EndTime)
	}
	return b.String()
}

func TestTheSameSeedMakesTheSameCompany(t *testing.T) {
	now := time.Date(2026, 11, 25, 17, 0, 0, 0, time.UTC)
	first, second := story(fill(t, now)), story(fill(t, now))
	if first != second {
		t.Error("two companies of one seed differ")
	}
	if len(first) < 10_000 {
		t.Errorf("the company is small: %d bytes", len(first))
	}
}

// Work that is done hangs together: its lines are done, it costs something, and nobody waits for its steps. At every hour
// some of today's work is begun or done and some is not.
func TestTheCompanyIsTrue(t *testing.T) {
	h := fill(t, time.Date(2026, 11, 26, 4, 30, 0, 0, time.UTC)) // late in the evening of Baltimore
	for _, w := range housetest.Find[object.WorkOrder](h, "StatusCategory = 'Completed'") {
		if w.GrandTotal.Sign() <= 0 || w.PostWorkSummary == "" {
			t.Errorf("%s: total %s, summary %q", w.WorkOrderNumber, w.GrandTotal, w.PostWorkSummary)
		}
	}
	for where, want := range map[string]bool{
		"StatusCategory = 'Completed'":                                true,
		"StatusCategory = 'OnHold'":                                   true,
		"StatusCategory = 'InProgress'":                               true,
		"StatusCategory = 'New' AND StartDate > 2026-11-26T04:30:00Z": true,
	} {
		if got := len(housetest.Find[object.WorkOrder](h, where)) > 0; got != want {
			t.Errorf("orders with %s: %t", where, got)
		}
	}
	if open := housetest.Find[object.WorkOrderLineItem](h, "WorkOrder.StatusCategory = 'Completed' AND StatusCategory != 'Completed'"); len(open) > 0 {
		t.Errorf("%d lines of completed orders are not completed", len(open))
	}
	if open := housetest.Find[object.WorkStep](h, "WorkOrder.StatusCategory = 'Completed' AND IsMandatory = TRUE AND ShowIfStepId = NULL AND StatusCategory NOT IN ('Completed', 'NotApplicable')"); len(open) > 0 {
		t.Errorf("%d mandatory steps of completed orders are open", len(open))
	}
	if late := housetest.Find[object.EntityMilestone](h, "IsViolated = TRUE"); len(late) == 0 {
		t.Error("no milestone was missed")
	}
}
