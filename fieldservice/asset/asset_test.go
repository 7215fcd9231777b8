package asset_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/fieldservice/asset"
	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/fieldservice/work"
	"truckroll/platform/access"
	"truckroll/platform/action"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

type house struct {
	*housetest.House
	account *object.Account
	product *object.Product2
}

func TestMain(m *testing.M) { storetest.Main(m) }

func open(t testing.TB) *house {
	t.Helper()
	return on(t, storetest.SQLite(t, store.Options{}))
}

func on(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{House: housetest.On(t, db, slices.Concat(work.Rules, asset.Rules))}
	h.Do(work.Plant)
	h.account = &object.Account{Name: "Harbor Clinic"}
	h.product = &object.Product2{Name: "X-ray tube", ProductCode: "XT-1", Family: "Imaging", IsActive: true}
	h.Save(h.account, h.product)
	return h
}

// tube is an asset of the product, not saved.
func (h *house) tube(name string) *object.Asset {
	return &object.Asset{Name: name, AccountId: schema.Ref[object.Account](h.account.Id), Product2Id: schema.Ref[object.Product2](h.product.Id)}
}

// ask runs an action with one input and returns its output as the API gives it.
func (h *house) ask(v access.Viewer, name string, input string) (map[string]any, record.Faults) {
	h.T.Helper()
	list, err := action.NewList(asset.Actions...)
	if err != nil {
		h.T.Fatal(err)
	}
	a, ok := list.Find(name, access.Everything{})
	if !ok {
		h.T.Fatalf("there is no action %s", name)
	}
	results, err := a.Run(context.Background(), h.Keeper, record.Cause{Viewer: v, By: "test"}, []json.RawMessage{json.RawMessage(input)})
	if err != nil {
		h.T.Fatal(err)
	}
	if len(results[0].Faults) > 0 {
		return nil, results[0].Faults
	}
	var out map[string]any
	if err := json.Unmarshal(action.AppendJSON(nil, results[0].Output), &out); err != nil {
		h.T.Fatal(err)
	}
	return out, nil
}

func date(t testing.TB, s string) schema.Date {
	t.Helper()
	d, err := schema.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func percent(n int64) schema.Percent { return schema.Percent{Decimal: schema.DecInt(n)} }

func TestAssetShowsItsProduct(t *testing.T) {
	h := open(t)
	a := h.tube("Tube")
	h.Save(a)
	if a.ProductCode != "XT-1" || a.ProductFamily != "Imaging" {
		t.Errorf("%s of %s", a.ProductCode, a.ProductFamily)
	}
	h.product.ProductCode = "XT-2"
	h.Save(h.product)
	if got := housetest.Load[object.Asset](h.House, a.Id).ProductCode; got != "XT-2" {
		t.Errorf("the product has another code, the asset shows %s", got)
	}
}

func TestAssetBelongsToSomeone(t *testing.T) {
	h := open(t)
	h.RefusesToSave(&object.Asset{Name: "Nobody's"})
	h.Save(&object.Asset{Name: "Crane", IsInternal: true})
	c := &object.Contact{LastName: "Doe", AccountId: schema.Ref[object.Account](h.account.Id)}
	h.Save(c)
	a := &object.Asset{Name: "Heater", ContactId: schema.Ref[object.Contact](c.Id)}
	h.Save(a)
	if string(a.AccountId) != string(h.account.Id) {
		t.Errorf("the account of the contact is not the asset's: %q", a.AccountId)
	}
}

// warranty makes a term of the product: two years from the installation, labour for 90 days.
func (h *house) warranty() *object.WarrantyTerm {
	w := &object.WarrantyTerm{WarrantyTermName: "Standard", IsActive: true, EffectiveStartDate: object.WarrantyStartInstall, WarrantyType: "Standard", ExchangeType: "Loaner", WarrantyDuration: schema.NewInt(2), WarrantyUnitOfTime: object.UnitOfTimeYears,
		PartsCovered: percent(100), LaborCovered: percent(50), LaborCoveredDuration: schema.NewInt(90), LaborCoveredUnitOfTime: object.UnitOfTimeDays}
	h.Save(w)
	return w
}

func TestWarrantiesBeginWithTheirDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { warrantiesBeginWithTheirDay(t, on(t, db)) })
}

func warrantiesBeginWithTheirDay(t *testing.T, h *house) {
	ref := schema.Ref[object.WarrantyTerm](h.warranty().Id)
	h.Save(&object.ProductWarrantyTerm{WarrantyTermId: ref, CoveredProductId: schema.Ref[object.Product2](h.product.Id)}, &object.ProductWarrantyTerm{WarrantyTermId: ref, CoveredProductFamily: "Imaging"})
	a := h.tube("Tube")
	h.Save(a)
	of := func() []*object.AssetWarranty {
		return housetest.Find[object.AssetWarranty](h.House, "AssetId = ?", a.Id)
	}
	if n := len(of()); n != 0 {
		t.Fatalf("%d warranties before the installation", n)
	}
	a.InstallDate = date(t, "2024-02-29")
	h.Save(a)
	all := of()
	if len(all) != 1 {
		t.Fatalf("%d warranties; the product and its family have one term", len(all))
	}
	w := all[0]
	got := strings.TrimSpace(fmt.Sprintln(w.StartDate, w.EndDate, w.PartsCovered, w.PartsCoveredEndDate, w.LaborCovered, w.LaborCoveredEndDate, w.ExpensesCoveredEndDate.IsNull(), w.ExchangeType))
	if want := "2024-02-29 2026-02-28 100 2026-02-28 50 2024-05-29 true Loaner"; got != want {
		t.Errorf("the warranty is %s; want %s", got, want)
	}
	a.InstallDate = date(t, "2024-03-10")
	h.Save(a)
	if w := of()[0]; w.EndDate != date(t, "2026-03-10") {
		t.Errorf("the warranty stays at %s when the day moves", w.EndDate)
	}
	w = of()[0]
	w.EndDate = date(t, "2030-01-01")
	h.Save(w)
	a.InstallDate = date(t, "2024-03-11")
	h.Save(a)
	if all := of(); len(all) != 1 || all[0].EndDate != date(t, "2030-01-01") {
		t.Errorf("a warranty that was changed by hand became %v", all[0].EndDate)
	}
}

func TestTermsThatCannotBe(t *testing.T) {
	h := open(t)
	bad := h.warranty()
	bad.LaborCoveredUnitOfTime = ""
	h.RefusesToSave(bad)
	bad = h.warranty()
	bad.PartsCovered = percent(101)
	h.RefusesToSave(bad)
	h.RefusesToSave(&object.ProductWarrantyTerm{WarrantyTermId: schema.Ref[object.WarrantyTerm](bad.Id)})
	a := h.tube("Tube")
	h.Save(a)
	h.RefusesToSave(&object.AssetWarranty{AssetId: schema.Ref[object.Asset](a.Id), StartDate: date(t, "2026-02-02"), EndDate: date(t, "2026-02-01")})
	a.ManufactureDate, a.InstallDate = date(t, "2026-02-02"), date(t, "2026-02-01")
	h.RefusesToSave(a)
}

func TestUptime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { uptime(t, on(t, db)) })
}

func uptime(t *testing.T, h *house) {
	a := h.tube("Tube")
	start := schema.At(h.Now().Add(-10 * 24 * time.Hour))
	a.UptimeRecordStart, a.AverageUptimePerDay = start, schema.DecInt(12)
	h.Save(a)
	ref := schema.Ref[object.Asset](a.Id)
	period := func(from, to time.Duration, kind object.DowntimeType) *object.AssetDowntimePeriod {
		return &object.AssetDowntimePeriod{AssetId: ref, StartTime: start.Add(from * time.Hour), EndTime: start.Add(to * time.Hour), DowntimeType: kind}
	}
	before := period(-5, -1, object.DowntimeTypeUnplanned)
	one, two, planned := period(10, 14, object.DowntimeTypeUnplanned), period(12, 16, object.DowntimeTypeUnplanned), period(30, 36, object.DowntimeTypePlanned)
	h.Save(before, one, two, planned, period(-1, 1, object.DowntimeTypePlanned))
	h.RefusesToSave(period(5, 5, object.DowntimeTypePlanned))
	got := housetest.Load[object.Asset](h.House, a.Id)
	// 120 hours were expected; 6 of failures, of which 2 overlap, 6 planned and 1 of a period that began before.
	figures := fmt.Sprint(got.SumDowntime, got.SumUnplannedDowntime, got.Availability, got.Reliability, got.MeanTimeBetweenFailures, got.MeanTimeToRepair)
	if want := "13 6 89.17 95 57 3"; figures != want {
		t.Errorf("the figures are %s; want %s", figures, want)
	}
	if !housetest.Load[object.AssetDowntimePeriod](h.House, before.Id).IsExcluded || housetest.Load[object.AssetDowntimePeriod](h.House, one.Id).IsExcluded {
		t.Error("what is outside of the record is not told from what is within")
	}
	h.Delete(planned.Id)
	if got := housetest.Load[object.Asset](h.House, a.Id); got.SumDowntime.String() != "7" {
		t.Errorf("a deleted period leaves %s", got.SumDowntime)
	}
	h.Undelete(planned.Id)
	if got := housetest.Load[object.Asset](h.House, a.Id); got.SumDowntime.String() != "13" {
		t.Errorf("a period that came back gives %s", got.SumDowntime)
	}
	got = housetest.Load[object.Asset](h.House, a.Id)
	got.UptimeRecordStart = start.Add(-24 * time.Hour)
	h.Save(got)
	if housetest.Load[object.AssetDowntimePeriod](h.House, before.Id).IsExcluded {
		t.Error("a period stays excluded though the record begins earlier")
	}
	h.Delete(a.Id)
	if n := len(housetest.Find[object.AssetDowntimePeriod](h.House, "")); n != 0 {
		t.Errorf("%d periods outlive their asset", n)
	}
}

func TestAttributes(t *testing.T) {
	h := open(t)
	list := &object.AttributePicklist{Name: "Gas", DataType: object.AttributeTypeText}
	h.Save(list)
	h.Save(&object.AttributePicklistValue{PicklistId: schema.Ref[object.AttributePicklist](list.Id), Name: "R32", DisplayValue: "R-32", Code: "r32"})
	gas := &object.AttributeDefinition{Name: "Refrigerant", DataType: object.AttributeTypePicklist, PicklistId: schema.Ref[object.AttributePicklist](list.Id), IsActive: true}
	hours := &object.AttributeDefinition{Name: "Hours", DataType: object.AttributeTypeNumber, IsActive: true, IsRequired: true}
	h.Save(gas, hours)
	h.RefusesToSave(&object.AttributeDefinition{Name: "List without a list", DataType: object.AttributeTypePicklist})
	a := h.tube("Tube")
	h.Save(a)
	of := func(d *object.AttributeDefinition, value string) *object.AssetAttribute {
		return &object.AssetAttribute{AssetId: schema.Ref[object.Asset](a.Id), AttributeDefinitionId: schema.Ref[object.AttributeDefinition](d.Id), AttributeValue: value}
	}
	for _, bad := range []*object.AssetAttribute{of(gas, "R22"), of(hours, "many"), of(hours, "")} {
		h.RefusesToSave(bad)
	}
	g, n := of(gas, "r32"), of(hours, " 012.50 ")
	h.Save(g, n)
	if g.AttributeValue != "R-32" || g.AttributePicklistValueId == "" || g.AttributeName != "Refrigerant" || n.AttributeValue != "12.5" && n.AttributeValue != "12.50" {
		t.Errorf("%+v %+v", g, n)
	}
	if f := h.RefusesToSave(of(hours, "1")); f.Code != "DUPLICATE_VALUE" {
		t.Error(f)
	}
}

func TestInstallAndReplace(t *testing.T) {
	h := open(t)
	old, part := h.tube("Old tube"), h.tube("Filament")
	h.Save(old)
	part.ParentId = schema.Ref[object.Asset](old.Id)
	h.Save(part)
	if _, faults := h.ask(nil, "installAsset", fmt.Sprintf(`{"assetId":%q,"installDate":"2025-01-02"}`, old.Id)); faults != nil {
		t.Fatal(faults)
	}
	if a := housetest.Load[object.Asset](h.House, old.Id); a.Status != "Installed" || a.InstallDate != date(t, "2025-01-02") {
		t.Errorf("%s on %s", a.Status, a.InstallDate)
	}
	out, faults := h.ask(nil, "replaceAsset", fmt.Sprintf(`{"assetId":%q,"serialNumber":"S2","movesParts":true}`, old.Id))
	if faults != nil {
		t.Fatal(faults)
	}
	fresh := housetest.Load[object.Asset](h.House, schema.Id(out["assetId"].(string)))
	gone := housetest.Load[object.Asset](h.House, old.Id)
	if fresh.SerialNumber != "S2" || fresh.Product2Id != old.Product2Id || fresh.InstallDate != date(t, "2026-03-02") || fresh.AccountId != old.AccountId || gone.Status != "Obsolete" || gone.UsageEndDate != fresh.InstallDate {
		t.Errorf("%+v\n%+v", fresh, gone)
	}
	if p := housetest.Load[object.Asset](h.House, part.Id); string(p.ParentId) != string(fresh.Id) || string(p.RootAssetId) != string(fresh.Id) {
		t.Errorf("the part is under %s", p.ParentId)
	}
	for _, bad := range []string{fmt.Sprintf(`{"assetId":%q}`, old.Id), fmt.Sprintf(`{"assetId":%q,"newAssetId":%q}`, fresh.Id, fresh.Id), fmt.Sprintf(`{"assetId":%q,"relationshipType":"Swap"}`, fresh.Id)} {
		if _, faults := h.ask(nil, "replaceAsset", bad); faults == nil {
			t.Errorf("not refused: %s", bad)
		}
	}
}

func TestServiceHistory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { serviceHistory(t, on(t, db)) })
}

func serviceHistory(t *testing.T, h *house) {
	top, part := h.tube("Scanner"), h.tube("Tube")
	h.Save(top)
	part.ParentId = schema.Ref[object.Asset](top.Id)
	h.Save(part)
	o := &object.WorkOrder{Subject: "Repair", Status: object.WorkStatusNew, AssetId: schema.Ref[object.Asset](part.Id), AccountId: part.AccountId}
	h.Save(o)
	order := schema.Ref[object.WorkOrder](o.Id)
	plan := &object.WorkPlan{Name: "Checks", WorkOrderId: order, ParentRecordId: schema.AnyRef(o.Id)}
	h.Save(plan)
	h.Save(&object.WorkStep{Name: "Voltage", WorkPlanId: schema.Ref[object.WorkPlan](plan.Id), Status: object.StepStatusNew, Question: object.Question{StepType: object.StepTypeNumber, Unit: "kV", Maximum: schema.DecInt(100)}, AnswerNumber: schema.Dec(1205, 1)})
	h.Save(&object.ProductConsumed{WorkOrderId: order, QuantityConsumed: schema.DecInt(2), Product2Id: schema.Ref[object.Product2](h.product.Id)})
	h.Save(&object.AssetDowntimePeriod{AssetId: schema.Ref[object.Asset](top.Id), StartTime: schema.At(h.Now().Add(-3 * time.Hour)), EndTime: schema.At(h.Now()), Description: "power cut"})
	texts := func(input string) string {
		out, faults := h.ask(nil, "assetServiceHistory", input)
		if faults != nil {
			t.Fatal(faults)
		}
		var all []string
		for _, e := range out["entries"].([]any) {
			m := e.(map[string]any)
			all = append(all, fmt.Sprint(m["kind"], " ", m["asset"], " ", m["text"]))
		}
		slices.Sort(all)
		return strings.Join(all, "; ")
	}
	if got, want := texts(fmt.Sprintf(`{"assetId":%q}`, top.Id)), "Downtime Scanner 3 hours: power cut; Part Tube 2 × X-ray tube; Reading Tube Voltage: 120.5 kV (out of limits); Work Tube Repair"; got != want {
		t.Errorf("history: %s\nwant: %s", got, want)
	}
	if got, want := texts(fmt.Sprintf(`{"assetId":%q,"alone":true}`, top.Id)), "Downtime Scanner 3 hours: power cut"; got != want {
		t.Errorf("history: %s\nwant: %s", got, want)
	}
}

func TestCampaign(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { campaign(t, on(t, db)) })
}

func campaign(t *testing.T, h *house) {
	for i := range 3 {
		h.Save(h.tube(fmt.Sprint("Tube ", i)))
	}
	obsolete := h.tube("Scrap")
	obsolete.Status = "Obsolete"
	h.Save(obsolete)
	c := &object.ProductServiceCampaign{ProductServiceCampaignName: "Recall", Type: "Recall", Status: object.WorkStatusNew, Product2Id: schema.Ref[object.Product2](h.product.Id), StartDate: date(t, "2026-03-01"), Priority: object.PriorityHigh}
	h.Save(c)
	input := fmt.Sprintf(`{"campaignId":%q,"limit":2}`, c.Id)
	count := func(name, list string) (int, bool) {
		t.Helper()
		out, faults := h.ask(nil, name, input)
		if faults != nil {
			t.Fatal(faults)
		}
		return len(out[list].([]any)), out["more"].(bool)
	}
	for _, step := range []struct {
		name, list string
		n          int
		more       bool
	}{{"addCampaignItems", "itemIds", 2, true}, {"addCampaignItems", "itemIds", 1, false}, {"addCampaignItems", "itemIds", 0, false},
		{"createCampaignWorkOrders", "workOrderIds", 2, true}, {"createCampaignWorkOrders", "workOrderIds", 1, false}, {"createCampaignWorkOrders", "workOrderIds", 0, false}} {
		if n, more := count(step.name, step.list); n != step.n || more != step.more {
			t.Errorf("%s made %d, more %v; want %d, %v", step.name, n, more, step.n, step.more)
		}
	}
	o := housetest.Find[object.WorkOrder](h.House, "ProductServiceCampaignId = ?", c.Id)[0]
	if o.Priority != object.PriorityHigh || o.AssetId == "" || string(o.AccountId) != string(h.account.Id) || !strings.HasPrefix(o.Subject, "Recall: Tube") {
		t.Errorf("%+v", o)
	}
	o.Status = object.WorkStatusCompleted
	h.Save(o)
	if i := housetest.Load[object.ProductServiceCampaignItem](h.House, schema.Id(o.ProductServiceCampaignItemId)); i.StatusCategory != object.WorkCategoryCompleted {
		t.Errorf("the item is %s", i.Status)
	}
	item := housetest.Find[object.ProductServiceCampaignItem](h.House, "")[0]
	if f := h.RefusesToSave(&object.ProductServiceCampaignItem{ProductServiceCampaignId: item.ProductServiceCampaignId, AssetId: item.AssetId}); f.Code != "DUPLICATE_VALUE" {
		t.Error(f)
	}
}

// reader may read but not create or change.
type reader struct{ access.Everything }

func (reader) Object(*schema.Object) access.Rights { return access.Read | access.ViewAll }

func TestActionsNeedRights(t *testing.T) {
	h := open(t)
	c := &object.ProductServiceCampaign{ProductServiceCampaignName: "Recall", Type: "Recall", Status: object.WorkStatusNew, StartDate: date(t, "2026-03-01")}
	a := h.tube("Tube")
	h.Save(c, a)
	for name, input := range map[string]string{
		"createCampaignWorkOrders": fmt.Sprintf(`{"campaignId":%q}`, c.Id), "addCampaignItems": fmt.Sprintf(`{"campaignId":%q}`, c.Id),
		"installAsset": fmt.Sprintf(`{"assetId":%q}`, a.Id), "replaceAsset": fmt.Sprintf(`{"assetId":%q}`, a.Id),
	} {
		if _, faults := h.ask(reader{}, name, input); faults == nil {
			t.Errorf("%s is done for one who may only read", name)
		}
	}
}

// TestDowntimeFiguresHold checks the figures against a count of minutes, for any periods.
func TestDowntimeFiguresHold(t *testing.T) {
	h := open(t)
	rapid.Check(t, func(t *rapid.T) {
		a := h.tube("Tube")
		start := schema.At(h.Now().Add(-100 * time.Minute))
		a.UptimeRecordStart = start
		h.Save(a)
		down := map[int]bool{}
		for range rapid.IntRange(1, 5).Draw(t, "periods") {
			from := rapid.IntRange(-20, 110).Draw(t, "from")
			to := from + rapid.IntRange(1, 40).Draw(t, "length")
			for m := max(from, 0); m < min(to, 100); m++ {
				down[m] = true
			}
			h.Save(&object.AssetDowntimePeriod{AssetId: schema.Ref[object.Asset](a.Id), DowntimeType: object.DowntimeTypePlanned, StartTime: start.Add(time.Duration(from) * time.Minute), EndTime: start.Add(time.Duration(to) * time.Minute)})
		}
		got := housetest.Load[object.Asset](h.House, a.Id)
		if want := schema.DecInt(int64(100 - len(down))); got.Availability.Cmp(want) != 0 {
			t.Errorf("available %s%% of the time; want %s%%", got.Availability, want)
		}
	})
}
