package report_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/fieldservice/report"
	"truckroll/fieldservice/work"
	"truckroll/platform/access"
	"truckroll/platform/action"
	"truckroll/platform/file"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// house is a house with files, a finished order, and what a report of it needs.
type house struct {
	*housetest.House
	files   *file.Dir
	actions action.List
	order   *object.WorkOrder
	line    *object.WorkOrderLineItem
	visit   *object.ServiceAppointment
	steps   []*object.WorkStep
}

func TestMain(m *testing.M) { storetest.Main(m) }

func open(t testing.TB) *house {
	t.Helper()
	return on(t, storetest.SQLite(t, store.Options{}))
}

func on(t testing.TB, db *store.DB) *house {
	t.Helper()
	files, err := file.Open(filepath.Join(t.TempDir(), "files"), 0, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	h := &house{House: housetest.On(t, db, slices.Concat(work.Rules, org.FileRules(files), report.Rules(files))), files: files}
	if h.actions, err = action.NewList(report.Actions(files)...); err != nil {
		t.Fatal(err)
	}
	h.Do(work.Plant)
	h.Do(report.Plant)
	h.fill()
	return h
}

// fill makes a company in Berlin, a customer, and an order with a line, a visit and a checklist.
func (h *house) fill() {
	h.Save(&org.Organization{Name: "Muster Kältetechnik GmbH", Address: schema.Address{Street: "Hauptstraße 1", City: "Berlin", PostalCode: "10115", Country: "Deutschland"}, Phone: "+49 30 1234567", DefaultCurrencyIsoCode: "EUR", LanguageLocaleKey: "de"})
	hours := &object.OperatingHours{Name: "Berlin", TimeZone: "Europe/Berlin"}
	h.Save(hours)
	territory := &object.ServiceTerritory{Name: "Berlin", IsActive: true, OperatingHoursId: schema.Ref[object.OperatingHours](hours.Id)}
	account := &object.Account{Name: "Charité"}
	h.Save(territory, account)
	contact := &object.Contact{LastName: "Ångström", FirstName: "Łukasz", AccountId: schema.Ref[object.Account](account.Id), Phone: "+49 30 7654321"}
	asset := &object.Asset{Name: "Kältemaschine 4", SerialNumber: "KM-0815", AccountId: schema.Ref[object.Account](account.Id)}
	h.Save(contact, asset)
	h.order = &object.WorkOrder{Subject: "Wartung der Kältemaschine", Description: "Jährliche Wartung nach Vertrag.", Status: object.WorkStatusNew, AccountId: schema.Ref[object.Account](account.Id), ContactId: schema.Ref[object.Contact](contact.Id), AssetId: schema.Ref[object.Asset](asset.Id),
		ServiceTerritoryId: schema.Ref[object.ServiceTerritory](territory.Id), Priced: object.Priced{CurrencyIsoCode: "EUR"}, PostWorkSummary: "Filter getauscht, Anlage läuft.",
		Address: schema.Address{Street: "Charitéplatz 1", City: "Berlin", PostalCode: "10117", Country: "Deutschland"}}
	h.Save(h.order)
	order := schema.Ref[object.WorkOrder](h.order.Id)
	h.line = &object.WorkOrderLineItem{WorkOrderId: order, Subject: "Filter tauschen", Status: object.WorkStatusNew, Quantity: schema.DecInt(2)}
	start := schema.At(time.Date(2026, 3, 2, 7, 30, 0, 0, time.UTC))
	h.visit = &object.ServiceAppointment{ParentRecordId: schema.AnyRef(h.order.Id), Subject: "Besuch", Status: object.AppointmentStatusNone, EarliestStartTime: start, DueDate: start.Add(48 * time.Hour)}
	h.Save(h.line, h.visit)
	plan := &object.WorkPlan{Name: "Wartungsplan", WorkOrderId: order, ParentRecordId: schema.AnyRef(h.order.Id)}
	h.Save(plan)
	h.addSteps(schema.Ref[object.WorkPlan](plan.Id))
}

func (h *house) addSteps(plan schema.Ref[object.WorkPlan]) {
	add := func(name string, q object.Question) *object.WorkStep {
		s := &object.WorkStep{Name: name, WorkPlanId: plan, Question: q, ExecutionOrder: schema.NewInt(int64(len(h.steps) + 1)), Status: object.StepStatusNew}
		h.Save(s)
		h.steps = append(h.steps, s)
		return s
	}
	add("Sichtprüfung", object.Question{StepType: object.StepTypePassFail})
	add("Saugdruck", object.Question{StepType: object.StepTypeNumber, Unit: "bar", Minimum: schema.DecInt(4), Maximum: schema.DecInt(6)})
	add("Bemerkung", object.Question{StepType: object.StepTypeText})
	add("Foto der Anlage", object.Question{StepType: object.StepTypePhoto})
	branch := add("Leck suchen", object.Question{StepType: object.StepTypeText})
	branch.ShowIfStepId, branch.ShowIfAnswer = schema.Ref[object.WorkStep](h.steps[0].Id), "Fail"
	h.steps[0].AnswerPass, h.steps[1].AnswerNumber = object.Pass, schema.Dec(35, 1)
	h.steps[2].AnswerText = schema.LongText(strings.Repeat("Der Verdichter läuft ruhig. ", 40))
	h.Save(h.steps[0], h.steps[1], h.steps[2], branch)
	kept, err := h.files.Put(context.Background(), bytes.NewReader(photo(h.T)))
	if err != nil {
		h.T.Fatal(err)
	}
	h.Save(&org.ContentVersion{Title: "Foto", PathOnClient: "foto.jpg", VersionData: schema.Blob(kept.Hash), FirstPublishLocationId: schema.AnyRef(h.steps[3].Id)})
}

func photo(t testing.TB) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for y := range 480 {
		for x := range 640 {
			img.SetRGBA(x, y, color.RGBA{uint8(x / 3), uint8(y / 2), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scrawl is a signature in base64.
func scrawl(t testing.TB) string {
	img := image.NewNRGBA(image.Rect(0, 0, 400, 140))
	for x := range 360 {
		for d := range 4 {
			img.Set(20+x, 70+(x*x/150)%50+d, color.NRGBA{10, 20, 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// ask runs an action with one input and returns its output as the API gives it.
func (h *house) ask(v access.Viewer, name string, input any) (map[string]any, record.Faults) {
	h.T.Helper()
	a, ok := h.actions.Find(name, access.Everything{})
	if !ok {
		h.T.Fatalf("there is no action %s", name)
	}
	raw, err := json.Marshal(input)
	if err != nil {
		h.T.Fatal(err)
	}
	results, err := a.Run(context.Background(), h.Keeper, record.Cause{Viewer: v, By: "test"}, []json.RawMessage{raw})
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

// create makes a report and returns it with its PDF.
func (h *house) create(input map[string]any) (*object.ServiceReport, []byte) {
	h.T.Helper()
	out, faults := h.ask(nil, "createServiceReport", input)
	if faults != nil {
		h.T.Fatal(faults)
	}
	r := housetest.Load[object.ServiceReport](h.House, schema.Id(out["serviceReportId"].(string)))
	v := housetest.Load[org.ContentVersion](h.House, schema.Id(out["contentVersionId"].(string)))
	in, err := h.files.Get(string(v.VersionData))
	if err != nil {
		h.T.Fatal(err)
	}
	defer in.Close()
	pdf, err := io.ReadAll(in)
	if err != nil {
		h.T.Fatal(err)
	}
	if r.DocumentLength.Int64() != int64(len(pdf)) || v.ContentSize.Int64() != int64(len(pdf)) {
		h.T.Errorf("the length of %d bytes is %v in the report and %v in the file", len(pdf), r.DocumentLength, v.ContentSize)
	}
	return r, pdf
}

// text returns what a reader finds in a PDF; the test is skipped where there is no reader.
func text(t *testing.T, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.pdf")
	if dir := os.Getenv("REPORT_KEEP"); dir != "" { // to look at
		name = filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "_")+".pdf")
	}
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext here")
	}
	out, err := exec.Command(tool, "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func wants(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("the report lacks %q", w)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}

func TestReportOfAnOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { reportOfAnOrder(t, on(t, db)) })
}

func reportOfAnOrder(t *testing.T, h *house) {
	r, pdf := h.create(map[string]any{"entityId": h.order.Id, "signatures": []any{
		map[string]any{"data": scrawl(t), "contentType": "image/png", "signatureType": "Customer", "signedBy": "Łukasz Ångström", "place": "Berlin", "signedDate": "2026-03-02T09:15:00Z"},
	}})
	if !r.IsSigned || r.ParentId != schema.AnyRef(h.order.Id) || r.ServiceReportLanguage != "en_US" {
		t.Errorf("signed %v, of %s, in %s", r.IsSigned, r.ParentId, r.ServiceReportLanguage)
	}
	signs := housetest.Find[object.DigitalSignature](h.House, "ServiceReportId = ?", r.Id)
	if len(signs) != 1 || signs[0].DocumentLength.Int64() == 0 || signs[0].DocumentBody == "" {
		t.Errorf("signatures: %+v", signs)
	}
	links := housetest.Find[org.ContentDocumentLink](h.House, "LinkedEntityId = ?", h.order.Id)
	if len(links) != 1 {
		t.Errorf("the order has %d files", len(links))
	}
	wants(t, text(t, pdf), "Service report", "SRPT-0001", "Muster Kältetechnik GmbH", "Charité", "Łukasz Ångström", "Wartung der Kältemaschine", "Sichtprüfung", "Passed",
		"3.5 bar", "Outside the limits: 4 to 6 bar", "Filter tauschen", "Filter getauscht", "Page 1 of", "Mar 2, 2026, 10:15 AM", "(Europe/Berlin)", "KM-0815")
}

func TestLanguageOfTheOrder(t *testing.T) {
	h := open(t)
	h.order.ServiceReportLanguage = "de"
	h.Save(h.order)
	_, pdf := h.create(map[string]any{"entityId": h.order.Id})
	got := text(t, pdf)
	wants(t, got, "Servicebericht", "Auftragsnummer", "Bestanden", "3,5 bar", "Außerhalb der Grenzen: 4 bis 6 bar", "Seite 1 von", "02.03.2026, 10:00", "Unterschriften", "Kunde", "Techniker")
	if strings.Contains(got, "Leck suchen") {
		t.Error("a branch that was not taken is in the report")
	}
}

func TestSameDataSameBytes(t *testing.T) {
	h := open(t)
	var first []byte
	for range 2 {
		err := h.Try(func(tx *record.Tx) error {
			a, _ := h.actions.Find("createServiceReport", access.Everything{})
			res, err := a.RunIn(tx, []json.RawMessage{json.RawMessage(fmt.Sprintf(`{"entityId":%q}`, h.order.Id))})
			if err != nil || len(res[0].Faults) > 0 {
				return fmt.Errorf("%v %v", res, err)
			}
			all, err := record.Find[org.ContentVersion](tx, "FileType = 'PDF'")
			if err != nil {
				return err
			}
			in, err := h.files.Get(string(all[0].VersionData))
			if err != nil {
				return err
			}
			defer in.Close()
			pdf, err := io.ReadAll(in)
			if err != nil {
				return err
			}
			if first != nil && !bytes.Equal(first, pdf) {
				t.Error("the same data gave other bytes")
			}
			first = pdf
			return record.Refuse("X", "undone") // so that the second time finds the same data
		})
		if err == nil || !strings.Contains(err.Error(), "undone") {
			t.Fatal(err)
		}
	}
}

func TestTemplatesByRecordThenTypeThenDefault(t *testing.T) {
	h := open(t)
	layout := func(label string) *object.ServiceReportLayout {
		l := &object.ServiceReportLayout{MasterLabel: label, DeveloperName: label, Definition: schema.LongText(fmt.Sprintf(`{"workOrder": {"title": {"en": "Report %s", "de": "Bericht %s"}, "sections": [{"kind": "text", "text": "Hello"}]}}`, label, label))}
		h.Save(l)
		return l
	}
	title := func(want string, input map[string]any) {
		t.Helper()
		input["entityId"] = h.order.Id
		out, faults := h.ask(nil, "serviceReportHtml", input)
		if faults != nil || !strings.Contains(fmt.Sprint(out["html"]), ">"+want+"<") {
			t.Errorf("no title %q: %v", want, faults)
		}
	}
	title("Service report", map[string]any{})
	kind := &object.WorkType{Name: "Wartung", EstimatedDuration: schema.DecInt(1), DurationType: object.DurationTypeHours, ServiceReportTemplateId: schema.Ref[object.ServiceReportLayout](layout("T").Id)}
	h.Save(kind)
	h.order.WorkTypeId = schema.Ref[object.WorkType](kind.Id)
	h.Save(h.order)
	title("Report T", map[string]any{})
	h.order = housetest.Load[object.WorkOrder](h.House, h.order.Id)
	h.order.ServiceReportTemplateId = schema.Ref[object.ServiceReportLayout](layout("R").Id)
	h.Save(h.order)
	title("Report R", map[string]any{})
	title("Report A", map[string]any{"templateId": layout("A").Id})
}

func TestLayoutsThatCannotBeUsed(t *testing.T) {
	h := open(t)
	for definition, want := range map[string]string{
		`{`:                  "not a layout",
		`{"colour": "red"}`:  "unknown field",
		`{"accent": "red"}`:  "#0b5c8e",
		`{"paper": "A3"}`:    "neither A4 nor Letter",
		`{"logo": "001000"}`: "ContentVersion",
		`{"workOrder": {"sections": [{"kind": "stats"}]}}`:                                                                                               "no kind",
		`{"workOrder": {"sections": [{"kind": "fields", "fields": [{"path": "Order.Colour"}]}]}}`:                                                        "Colour",
		`{"workOrder": {"sections": [{"kind": "fields", "fields": [{"path": "Visit.Subject"}]}]}}`:                                                       "begins here",
		`{"workOrder": {"sections": [{"kind": "related", "of": "Order", "related": "Nothing"}]}}`:                                                        "child relationship",
		`{"workOrder": {"sections": [{"kind": "related", "of": "Order", "related": "WorkSteps", "orderBy": "Id; DROP", "fields": [{"path": "Name"}]}]}}`: "to sort by",
		`{} {}`: "after its end",
	} {
		f := h.RefusesToSave(&object.ServiceReportLayout{MasterLabel: "x", DeveloperName: "x", Definition: schema.LongText(definition)})
		if !strings.Contains(f.Message, want) || !slices.Contains(f.Fields, "Definition") {
			t.Errorf("%s: %v", definition, f)
		}
	}
	if f := h.RefusesToSave(&object.ServiceReportLayout{MasterLabel: "y", DeveloperName: "y", IsDefault: true}); !strings.Contains(f.Message, "Standard report is the default") {
		t.Error(f)
	}
}

func TestRelatedRecordsAndEuros(t *testing.T) {
	h := open(t)
	h.order.ServiceReportLanguage = "de_DE"
	h.order.Tax.Decimal = schema.Dec(23456, 2)
	h.Save(h.order)
	h.Save(&object.Expense{Title: "Parkgebühr", WorkOrderId: schema.Ref[object.WorkOrder](h.order.Id), TransactionDate: schema.Day(2026, 3, 2), Amount: schema.Currency{Decimal: schema.Dec(123450, 2)}, ExpenseType: object.ExpenseTypeBillable})
	l := &object.ServiceReportLayout{MasterLabel: "x", DeveloperName: "x", Definition: `{"accent": "#8a1c4a", "foot": {"de": "Danke für Ihren Auftrag"}, "workOrder": {"subtitle": "Order.Subject", "sections": [
		{"kind": "related", "of": "Order", "related": "ServiceAppointments", "orderBy": "AppointmentNumber", "fields": [{"path": "AppointmentNumber"}, {"path": "EarliestStartTime", "label": {"de": "Frühestens"}}, {"path": "Status"}]},
		{"kind": "lines", "prices": true}, {"kind": "expenses"}]}}`}
	h.Save(l)
	_, pdf := h.create(map[string]any{"entityId": h.order.Id, "templateId": l.Id})
	wants(t, text(t, pdf), "Frühestens", "02.03.2026, 08:30", "Nicht geplant", "Parkgebühr", "1.234,50 €", "Steuer", "234,56 €", "Danke für Ihren Auftrag")
}

func TestSignatures(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { signatures(t, on(t, db)) })
}

func signatures(t *testing.T, h *house) {
	sign := func(kind, data string) map[string]any { return map[string]any{"data": data, "signatureType": kind} }
	for name, c := range map[string]struct {
		signs []any
		want  string
	}{
		"two of one type": {[]any{sign("Customer", scrawl(t)), sign("Customer", scrawl(t))}, "already"},
		"not base64":      {[]any{sign("Customer", "%%%")}, "signatures[0].data: not base64"},
		"not a picture":   {[]any{sign("Customer", "aGVsbG8=")}, "not a picture"},
		"no type":         {[]any{map[string]any{"data": scrawl(t)}}, "signatureType"},
	} {
		_, faults := h.ask(nil, "createServiceReport", map[string]any{"entityId": h.order.Id, "signatures": c.signs})
		if faults == nil || !strings.Contains(faults.Error(), c.want) {
			t.Errorf("%s: %v", name, faults)
		}
	}
	if n := len(housetest.Find[object.ServiceReport](h.House, "")); n != 0 {
		t.Errorf("refusals left %d reports", n)
	}
	// One that was given on the visit before is on its report.
	kept, err := h.files.Put(context.Background(), base64.NewDecoder(base64.StdEncoding, strings.NewReader(scrawl(t))))
	if err != nil {
		t.Fatal(err)
	}
	h.Save(&object.DigitalSignature{ParentId: schema.AnyRef(h.visit.Id), DocumentBody: schema.Blob(kept.Hash), SignatureType: "Technician", SignedBy: "Theo Technician"})
	_, pdf := h.create(map[string]any{"entityId": h.visit.Id})
	wants(t, text(t, pdf), "Theo Technician", string(h.visit.AppointmentNumber))
}

func TestWhatCanHaveReports(t *testing.T) {
	h := open(t)
	of := schema.Id(h.order.AccountId)
	for _, id := range []schema.Id{of, "0WO000000000999AAA", "x"} {
		if _, faults := h.ask(nil, "createServiceReport", map[string]any{"entityId": id}); faults == nil {
			t.Errorf("a report of %s", id)
		}
	}
	_, pdf := h.create(map[string]any{"entityId": h.line.Id})
	wants(t, text(t, pdf), "Filter tauschen", string(h.line.LineItemNumber))
}

// narrow sees everything but one object and one field.
type narrow struct{ access.Everything }

func (narrow) Reads(o *schema.Object, f *schema.Field) bool { return f.Name != "SerialNumber" }
func (narrow) Object(o *schema.Object) access.Rights {
	if o.Name == "Contact" {
		return access.NoRights
	}
	return access.AllRights
}

func TestNothingThatTheViewerMayNotRead(t *testing.T) {
	h := open(t)
	_, faults := h.ask(nil, "serviceReportHtml", map[string]any{"entityId": h.order.Id})
	if faults != nil {
		t.Fatal(faults)
	}
	out, faults := h.ask(narrow{}, "serviceReportHtml", map[string]any{"entityId": h.order.Id})
	if faults != nil {
		t.Fatal(faults)
	}
	for _, hidden := range []string{"KM-0815", "Ångström"} {
		if strings.Contains(out["html"].(string), hidden) {
			t.Errorf("the report tells %q", hidden)
		}
	}
	wants(t, out["html"].(string), "Charité", "Kältemaschine 4")
}

// BenchmarkCreate makes the report of a small order, with its records and its file.
func BenchmarkCreate(b *testing.B) {
	h := open(b)
	for b.Loop() {
		h.create(map[string]any{"entityId": h.order.Id})
	}
}
