package price

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"truckroll/fieldservice/housetest"
	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// shop is a house with a standard price book, a filter at 14.50 and an hour of work at 125.
type shop struct {
	*housetest.House
	book                *object.Pricebook2
	filter, hour        *object.Product2
	filterAt, hourPrice *object.PricebookEntry
}

func openShop(t testing.TB) *shop {
	s := &shop{House: housetest.Open(t, Rules)}
	s.book = &object.Pricebook2{Name: "Standard", IsActive: true, IsStandard: true}
	s.filter = &object.Product2{Name: "Filter", ProductCode: "F-1", IsActive: true}
	s.hour = &object.Product2{Name: "Hour", IsActive: true, IsLabor: true}
	s.Save(s.book, s.filter, s.hour)
	s.filterAt, s.hourPrice = s.price(s.book, s.filter, "14.5"), s.price(s.book, s.hour, "125")
	return s
}

func (s *shop) price(b *object.Pricebook2, p *object.Product2, amount string) *object.PricebookEntry {
	s.T.Helper()
	e := &object.PricebookEntry{Pricebook2Id: schema.Ref[object.Pricebook2](b.Id), Product2Id: schema.Ref[object.Product2](p.Id), IsActive: true, UnitPrice: money(amount)}
	s.Save(e)
	return e
}

func money(text string) schema.Currency { return schema.Currency{Decimal: dec(text)} }

func dec(text string) schema.Decimal {
	d, err := schema.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func (s *shop) order() *object.WorkOrder {
	s.T.Helper()
	w := &object.WorkOrder{Subject: "Repair"}
	s.Save(w)
	return w
}

func lineOn(w *object.WorkOrder) *object.WorkOrderLineItem {
	return &object.WorkOrderLineItem{WorkOrderId: schema.Ref[object.WorkOrder](w.Id)}
}

func same(t *testing.T, what string, got fmt.Stringer, want string) {
	t.Helper()
	if got.String() != want {
		t.Errorf("%s is %s, not %s", what, got, want)
	}
}

func TestLineOfAProduct(t *testing.T) {
	s := openShop(t)
	w := s.order()
	if string(w.Pricebook2Id) != string(s.book.Id) || w.CurrencyIsoCode != "USD" {
		t.Fatalf("the order has price book %q and currency %q", w.Pricebook2Id, w.CurrencyIsoCode)
	}
	l := lineOn(w)
	l.Product2Id, l.Quantity, l.Discount.Decimal = schema.Ref[object.Product2](s.filter.Id), dec("3"), dec("12.5")
	s.Save(l)
	if string(l.PricebookEntryId) != string(s.filterAt.Id) {
		t.Errorf("the entry is %q", l.PricebookEntryId)
	}
	same(t, "ListPrice", l.ListPrice, "14.5")
	same(t, "UnitPrice", l.UnitPrice, "14.5")
	same(t, "Subtotal", l.Subtotal, "43.5")
	same(t, "TotalPrice", l.TotalPrice, "38.06")

	// A price that changes later leaves the line as it is; its own unit price can change.
	s.filterAt.UnitPrice = money("20")
	s.Save(s.filterAt)
	l.UnitPrice = money("0.005")
	s.Save(l)
	same(t, "ListPrice", l.ListPrice, "14.5")
	same(t, "UnitPrice", l.UnitPrice, "0.01")
	same(t, "Subtotal", l.Subtotal, "0.03")

	// Without a price it goes back to the list price; without an entry there is none.
	l.UnitPrice = schema.Currency{}
	s.Save(l)
	same(t, "UnitPrice", l.UnitPrice, "14.5")
	free := lineOn(w)
	s.Save(free)
	same(t, "ListPrice", free.ListPrice, "0")
	same(t, "TotalPrice", free.TotalPrice, "0")

	got := housetest.Load[object.WorkOrder](s.House, w.Id)
	same(t, "the order's Subtotal", got.Subtotal, "43.5")
}

func TestEntryBringsProductAndOneOfIt(t *testing.T) {
	s := openShop(t)
	l := lineOn(s.order())
	l.PricebookEntryId = schema.Ref[object.PricebookEntry](s.filterAt.Id)
	s.Save(l)
	if string(l.Product2Id) != string(s.filter.Id) {
		t.Errorf("the product is %q", l.Product2Id)
	}
	same(t, "Quantity", l.Quantity, "1")
	l.Product2Id = schema.Ref[object.Product2](s.hour.Id)
	s.Save(l)
	if string(l.PricebookEntryId) != string(s.hourPrice.Id) {
		t.Errorf("the entry stayed when the product changed")
	}
	same(t, "UnitPrice", l.UnitPrice, "125")
}

func TestContractPrice(t *testing.T) {
	s := openShop(t)
	c := &object.ServiceContract{Name: "Care", Priced: object.Priced{CurrencyIsoCode: "USD"}}
	s.Save(c)
	contract := schema.Ref[object.ServiceContract](c.Id)
	entry := schema.Ref[object.PricebookEntry](s.filterAt.Id)
	past := &object.ContractLineItem{ServiceContractId: contract, PricebookEntryId: entry, Quantity: dec("1"), UnitPrice: money("1"), EndDate: schema.Day(2026, 1, 31)}
	now := &object.ContractLineItem{ServiceContractId: contract, PricebookEntryId: entry, Quantity: dec("2"), UnitPrice: money("11"), Discount: schema.Percent{Decimal: dec("10")}, StartDate: schema.Day(2026, 2, 1)}
	s.Save(past, now)
	got := housetest.Load[object.ServiceContract](s.House, c.Id)
	same(t, "Subtotal", got.Subtotal, "23")
	same(t, "TotalPrice", got.TotalPrice, "20.8")
	same(t, "LineItemCount", got.LineItemCount, "2")
	same(t, "Discount", got.Discount, "9.57")
	got.Tax, got.ShippingHandling = money("1.5"), money("0.7")
	s.Save(got)
	same(t, "GrandTotal", got.GrandTotal, "23")
	s.Delete(past.Id)
	same(t, "TotalPrice", housetest.Load[object.ServiceContract](s.House, c.Id).TotalPrice, "19.8")

	w := &object.WorkOrder{ServiceContractId: contract}
	s.Save(w)
	l := lineOn(w)
	l.Product2Id, l.Quantity = schema.Ref[object.Product2](s.filter.Id), dec("2")
	s.Save(l)
	same(t, "ListPrice", l.ListPrice, "14.5")
	same(t, "UnitPrice", l.UnitPrice, "11")
	same(t, "TotalPrice", l.TotalPrice, "19.8")
}

// TestRefusals tries what the room does not let through, and reads which field it names.
func TestRefusals(t *testing.T) {
	s := openShop(t)
	other := &object.Pricebook2{Name: "Other", IsActive: true}
	s.Save(other)
	elsewhere := s.price(other, s.filter, "9")
	w := s.order()
	sold := lineOn(w)
	sold.PricebookEntryId = schema.Ref[object.PricebookEntry](s.filterAt.Id)
	s.Save(sold)
	e := &object.Expense{TransactionDate: schema.Day(2026, 3, 1), Amount: money("10"), Priced: object.Priced{CurrencyIsoCode: "EUR"}}
	report := &object.ExpenseReport{}
	s.Save(e, report)

	with := func(f func(l *object.WorkOrderLineItem)) any { l := lineOn(w); f(l); return l }
	for _, c := range []struct {
		name, field string
		rec         any
	}{
		{"an entry of another book", "PricebookEntryId", with(func(l *object.WorkOrderLineItem) {
			l.PricebookEntryId = schema.Ref[object.PricebookEntry](elsewhere.Id)
		})},
		{"a discount above all", "Discount", with(func(l *object.WorkOrderLineItem) { l.Discount.Decimal = dec("100.01") })},
		{"another currency than the order", currencyField, with(func(l *object.WorkOrderLineItem) { l.CurrencyIsoCode = "EUR" })},
		{"a word for a currency", currencyField, &object.WorkOrder{Priced: object.Priced{CurrencyIsoCode: "eur"}}},
		{"a second standard book", "IsStandard", &object.Pricebook2{Name: "S2", IsStandard: true}},
		{"a second price", "Product2Id", &object.PricebookEntry{Pricebook2Id: elsewhere.Pricebook2Id, Product2Id: elsewhere.Product2Id, UnitPrice: money("1")}},
		{"a standard price that follows itself", "UseStandardPrice", &object.PricebookEntry{Pricebook2Id: schema.Ref[object.Pricebook2](s.book.Id), Product2Id: elsewhere.Product2Id, UnitPrice: money("1"), UseStandardPrice: true}},
		{"another book under lines", "Pricebook2Id", &object.WorkOrder{Standard: w.Standard, Subject: w.Subject, Status: w.Status, Pricebook2Id: schema.Ref[object.Pricebook2](other.Id), Priced: object.Priced{CurrencyIsoCode: "USD"}}},
		{"another currency under lines", currencyField, &object.WorkOrder{Standard: w.Standard, Subject: w.Subject, Status: w.Status, Pricebook2Id: w.Pricebook2Id, Priced: object.Priced{CurrencyIsoCode: "EUR"}}},
		{"an expense below zero", "Amount", &object.Expense{TransactionDate: schema.Day(2026, 3, 1), Amount: money("-1")}},
		{"an expense that ends before it starts", "ExpenseEndDate", &object.Expense{TransactionDate: schema.Day(2026, 3, 1), Amount: money("1"), ExpenseStartDate: schema.Day(2026, 3, 2), ExpenseEndDate: schema.Day(2026, 3, 1)}},
		{"an expense in a report of another currency", "ExpenseId", &object.ExpenseReportEntry{ExpenseId: schema.Ref[object.Expense](e.Id), ExpenseReportId: schema.Ref[object.ExpenseReport](report.Id)}},
	} {
		fault := s.RefusesToSave(c.rec)
		if !strings.Contains(fault.Message, c.field) || len(fault.Fields) == 0 {
			t.Errorf("%s: %s %q %v does not name %s", c.name, fault.Code, fault.Message, fault.Fields, c.field)
		}
	}
	s.Save(&org.CurrencyType{IsoCode: "USD", ConversionRate: dec("1"), DecimalPlaces: schema.NewInt(2), IsActive: true})
	if fault := s.RefusesToSave(&object.WorkOrder{Priced: object.Priced{CurrencyIsoCode: "EUR"}}); !strings.Contains(fault.Message, "EUR") {
		t.Errorf("an unknown currency: %s", fault.Message)
	}
}

func TestEntriesFollow(t *testing.T) {
	s := openShop(t)
	other := &object.Pricebook2{Name: "Partners", IsActive: true}
	s.Save(other)
	e := &object.PricebookEntry{Pricebook2Id: schema.Ref[object.Pricebook2](other.Id), Product2Id: schema.Ref[object.Product2](s.filter.Id), IsActive: true, UseStandardPrice: true, UnitPrice: money("1")}
	s.Save(e)
	same(t, "UnitPrice", e.UnitPrice, "14.5")
	s.filterAt.UnitPrice, s.filter.Name = money("15"), "Air Filter"
	s.Save(s.filterAt, s.filter)
	got := housetest.Load[object.PricebookEntry](s.House, e.Id)
	same(t, "UnitPrice", got.UnitPrice, "15")
	if got.Name != "Air Filter" || got.ProductCode != "F-1" {
		t.Errorf("the entry is called %q %q", got.Name, got.ProductCode)
	}
}

func TestExpenses(t *testing.T) {
	s := openShop(t)
	e := &object.Expense{Title: "Parking", TransactionDate: schema.Day(2026, 3, 1), Amount: money("10"), Discount: schema.Percent{Decimal: dec("5")}}
	report := &object.ExpenseReport{}
	s.Save(e, report)
	same(t, "TotalPrice", e.TotalPrice, "9.5")
	entry := &object.ExpenseReportEntry{ExpenseId: schema.Ref[object.Expense](e.Id), ExpenseReportId: schema.Ref[object.ExpenseReport](report.Id)}
	s.Save(entry)
	again := &object.ExpenseReportEntry{ExpenseId: entry.ExpenseId, ExpenseReportId: entry.ExpenseReportId}
	if f := s.RefusesToSave(again); f.Code != "DUPLICATE_VALUE" {
		t.Errorf("handed in twice: %v", f)
	}
	same(t, "TotalExpenseAmount", housetest.Load[object.ExpenseReport](s.House, report.Id).TotalExpenseAmount, "10")
	e.Amount, e.UnitPrice, e.Quantity = money("12.25"), money("6.5"), dec("2")
	s.Save(e)
	same(t, "Subtotal", e.Subtotal, "13")
	same(t, "TotalExpenseAmount", housetest.Load[object.ExpenseReport](s.House, report.Id).TotalExpenseAmount, "12.25")
	s.Delete(entry.Id)
	same(t, "TotalExpenseAmount", housetest.Load[object.ExpenseReport](s.House, report.Id).TotalExpenseAmount, "0")
}

func TestBillLabor(t *testing.T) {
	s := openShop(t)
	w := s.order()
	r := &object.ServiceResource{Name: "Ana", IsActive: true, ResourceType: object.ResourceTypeTechnician}
	s.Save(r)
	sheet := &object.TimeSheet{ServiceResourceId: schema.Ref[object.ServiceResource](r.Id), StartDate: schema.Day(2026, 3, 2), EndDate: schema.Day(2026, 3, 8)}
	s.Save(sheet)
	spend := func(kind object.TimeEntryType, minutes int64) {
		s.Save(&object.TimeSheetEntry{TimeSheetId: schema.Ref[object.TimeSheet](sheet.Id), WorkOrderId: schema.Ref[object.WorkOrder](w.Id), Type: kind,
			StartTime: schema.At(s.Now()), EndTime: schema.At(s.Now().Add(time.Duration(minutes) * time.Minute)), DurationInMinutes: schema.NewInt(minutes)})
		s.Tick(8 * time.Hour)
	}
	spend(object.TimeEntryTypeDirect, 80)
	spend(object.TimeEntryTypeIndirect, 60)
	spend(object.TimeEntryTypeTravel, 30)

	bill := func(body string) laborOut {
		t.Helper()
		results, err := Actions[0].Run(context.Background(), s.Keeper, record.Cause{By: "test"}, []json.RawMessage{json.RawMessage(body)})
		if err != nil || len(results[0].Faults) > 0 {
			t.Fatal(err, results)
		}
		return results[0].Output.(laborOut)
	}
	out := bill(fmt.Sprintf(`{"workOrderId": %q}`, w.Id))
	same(t, "Hours", out.Hours, "1.33")
	same(t, "TotalPrice", out.TotalPrice, "166.25")
	if again := bill(fmt.Sprintf(`{"workOrderId": %q}`, w.Id)); again.WorkOrderLineItemId != "" {
		t.Error("the same hours were billed twice")
	}
	same(t, "Hours on the road", bill(fmt.Sprintf(`{"workOrderId": %q, "includeTravel": true}`, w.Id)).Hours, "0.5")
	s.Delete(schema.Id(out.WorkOrderLineItemId))
	same(t, "Hours billed again", bill(fmt.Sprintf(`{"workOrderId": %q}`, w.Id)).Hours, "1.33")
}

// TestSumsAreExact holds any line to whole-number arithmetic in cents.
func TestSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents, hundredths := rapid.Int64Range(0, 1e7).Draw(t, "cents"), rapid.Int64Range(0, 1e6).Draw(t, "quantity")
		off := rapid.Int64Range(0, 10_000).Draw(t, "discount")
		sub := schema.Dec(cents, 2).Mul(schema.Dec(hundredths, 2)).Round(2)
		want := (cents*hundredths + 50) / 100
		if sub != schema.Dec(want, 2) {
			t.Fatalf("Subtotal %s, not %d cents", sub, want)
		}
		total := less(sub, schema.Dec(off, 2)).Round(2)
		if whole := (want*(10_000-off) + 5000) / 10_000; total != schema.Dec(whole, 2) {
			t.Fatalf("TotalPrice %s, not %d cents", total, whole)
		}
	})
}

// BenchmarkLines prices many lines of one order under a contract with twenty prices.
func BenchmarkLines(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				s := openShop(b)
				c := &object.ServiceContract{Name: "Care"}
				s.Save(c)
				terms := make([]any, 20)
				for i := range terms {
					terms[i] = &object.ContractLineItem{ServiceContractId: schema.Ref[object.ServiceContract](c.Id), PricebookEntryId: schema.Ref[object.PricebookEntry](s.hourPrice.Id), Quantity: dec("1")}
				}
				w := &object.WorkOrder{ServiceContractId: schema.Ref[object.ServiceContract](c.Id)}
				s.Save(append(terms, w)...)
				lines := make([]any, n)
				for i := range lines {
					l := lineOn(w)
					l.Product2Id, l.Quantity = schema.Ref[object.Product2](s.filter.Id), dec("2")
					lines[i] = l
				}
				s.Save(lines...)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/line")
		})
	}
}
