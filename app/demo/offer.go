package demo

import (
	"fmt"
	"strings"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// line is one of the company's lines of business: what it sells to one kind of customer.
type line struct {
	name      string
	customers int // per hundred
	skill     int // index into skills
	names     []string
	assets    []int // indexes into products that customers own
	work      []*job
}

// job is a kind of work within a line.
type job struct {
	name    string
	minutes int64
	weight  int // how often, beside the line's other jobs
	level   int64
	crew    int64
	parts   []int // indexes into products
	steps   []step
	subject string
	barcode string // what labels that are scanned begin with
	fault   bool   // it begins with a call of the customer

	workType *object.WorkType
}

var skillNames = []string{"HVAC", "Electric Metering", "Biomedical Devices", "Refrigerants", "High Voltage", "Lifting"}

// lines returns the lines of business: they stand for the customers that Truckroll is made for.
func lines() []*line {
	return []*line{
		{name: "Heating and cooling", customers: 45, skill: 0, assets: []int{0, 1, 2},
			names: []string{"Residence", "Bakery", "Row Homes", "Market", "Apartments", "Library", "Brewery", "Hotel"},
			work: []*job{
				{name: "HVAC Preventive Maintenance", minutes: 90, weight: 5, level: 2, parts: []int{6, 7}, subject: "Seasonal maintenance",
					steps: []step{must("Lock out and tag out the unit", object.StepTypeCheckbox), measure("Difference of supply and return temperature", "°F", 140, 220), tick("Replace the air filter"), tick("Clean the condensate drain"),
						must("Photograph the cleaned coil", object.StepTypePhoto), measure("Record the refrigerant pressure", "psi", 1100, 1450)}},
				{name: "HVAC Repair", minutes: 120, weight: 3, level: 3, parts: []int{8, 9}, subject: "No cooling", fault: true,
					steps: []step{must("Lock out and tag out the unit", object.StepTypeCheckbox), choose("Find the cause", "Capacitor\nContactor\nLeak\nControls"), measure("Weigh in refrigerant", "lb", 5, 80).when("Find the cause", "Leak"),
						tick("Replace the failed part"), must("Test run for ten minutes", object.StepTypePassFail)}},
				{name: "HVAC Installation", minutes: 300, weight: 1, level: 4, crew: 2, subject: "Install heat pump",
					steps: []step{must("Check the delivery", object.StepTypePassFail), tick("Set the outdoor unit"), measure("Evacuate and charge", "micron", 2000, 5000), must("Commission", object.StepTypePassFail), tick("Explain the thermostat to the customer")}},
			}},
		{name: "Electric meters", customers: 40, skill: 1, assets: []int{3},
			names: []string{"Residence", "Residence", "Townhouse", "Corner Store"},
			work: []*job{
				{name: "Smart Meter Installation", minutes: 45, weight: 8, level: 1, parts: []int{10, 11}, subject: "Install smart meter", barcode: "AMI",
					steps: []step{must("Read the old meter", object.StepTypeMeterReading), must("Photograph the old meter", object.StepTypePhoto), tick("Fit the new meter"), must("Scan the new meter's barcode", object.StepTypeBarcode),
						must("Check the signal", object.StepTypePassFail), must("Why is there no signal?", object.StepTypeText).when("Check the signal", "Fail")}},
				{name: "Meter Investigation", minutes: 30, weight: 2, level: 2, subject: "Investigate reading", fault: true,
					steps: []step{must("Read the meter", object.StepTypeMeterReading), must("Check the seal", object.StepTypePassFail), tick("Test with a known load")}},
			}},
		{name: "Medical devices", customers: 15, skill: 2, assets: []int{4, 5},
			names: []string{"Clinic", "Surgery Center", "Imaging", "Dental Practice", "Dialysis Center"},
			work: []*job{
				{name: "Device Safety Inspection", minutes: 75, weight: 3, level: 3, parts: []int{12}, subject: "Annual safety inspection", barcode: "(01)00812345",
					steps: []step{must("Confirm the device's UDI", object.StepTypeBarcode), must("Electrical safety test", object.StepTypePassFail), measure("Leakage current", "µA", 0, 1000), must("Alarm test", object.StepTypePassFail),
						tick("Attach the inspection label"), must("Signature of the person responsible", object.StepTypeSignature)}},
				{name: "Device Repair", minutes: 150, weight: 1, level: 4, parts: []int{13}, subject: "Device out of service", barcode: "(01)00812345", fault: true,
					steps: []step{must("Confirm the device's UDI", object.StepTypeBarcode), choose("Is there a complaint about patient safety?", "No\nYes"), must("Describe the complaint", object.StepTypeText).when("Is there a complaint about patient safety?", "Yes"),
						tick("Repair"), must("Electrical safety test", object.StepTypePassFail), must("Signature of the person responsible", object.StepTypeSignature)}},
			}},
	}
}

// goods are what the company installs, looks after and uses up. The first six are the equipment of customers.
var goods = []struct {
	name, code, family string
	cents              int64
}{
	{"Rooftop Unit 10 ton", "RTU-10", "Equipment", 890000}, {"Heat Pump 3 ton", "HP-3", "Equipment", 420000},
	{"Gas Furnace 80k", "GF-80", "Equipment", 185000}, {"Electric Meter", "EM-1", "Equipment", 9500},
	{"Infusion Pump", "IP-200", "Equipment", 310000}, {"Patient Monitor", "PM-50", "Equipment", 540000},
	{"Air Filter 20x25", "AF-2025", "Parts", 1450}, {"Condensate Tablet", "CT-1", "Parts", 320},
	{"Run Capacitor 45/5", "RC-455", "Parts", 2890}, {"Contactor 40A", "CO-40", "Parts", 3450},
	{"Smart Meter AMI-2", "AMI-2", "Parts", 13900}, {"Meter Seal", "MS-1", "Parts", 110},
	{"Inspection Label", "IL-1", "Parts", 60}, {"Pump Motor", "PMO-2", "Parts", 18700},
	{"Labor Hour", "LABOR", "Labor", 12500},
}

// labor is the index of the hour of labor among goods, their last.
var labor = len(goods) - 1

func (f *filler) hoursAndSkills(tx *record.Tx) error {
	f.hours = &object.OperatingHours{Name: "Weekdays 8 to 17", TimeZone: "America/New_York"}
	if err := tx.Save(f.hours); err != nil {
		return err
	}
	var slots []*object.TimeSlot
	for d := time.Monday; d <= time.Friday; d++ {
		slots = append(slots, &object.TimeSlot{OperatingHoursId: schema.Ref[object.OperatingHours](f.hours.Id), Type: object.SlotTypeNormal,
			DayOfWeek: object.DayOfWeek(d.String()), StartTime: schema.Clock(8, 0), EndTime: schema.Clock(17, 0)})
	}
	for _, name := range skillNames {
		f.skills = append(f.skills, &object.Skill{MasterLabel: name, DeveloperName: strings.ReplaceAll(name, " ", "_")})
	}
	if err := save(tx, slots); err != nil {
		return err
	}
	return save(tx, f.skills)
}

func (f *filler) addTerritories(tx *record.Tx) error {
	for _, t := range territories {
		f.territories = append(f.territories, &object.ServiceTerritory{Name: t.name, IsActive: true,
			OperatingHoursId: schema.Ref[object.OperatingHours](f.hours.Id), Address: point(t.lat, t.lon)})
	}
	return save(tx, f.territories)
}

func (f *filler) addProducts(tx *record.Tx) error {
	for _, g := range goods {
		f.products = append(f.products, &object.Product2{Name: g.name, ProductCode: g.code, Family: schema.Picklist(g.family), IsActive: true, IsLabor: g.family == "Labor"})
	}
	if err := save(tx, f.products); err != nil {
		return err
	}
	var err error
	if f.book, err = record.First[object.Pricebook2](tx, "IsStandard = true"); err != nil {
		return err
	}
	if f.book == nil {
		f.book = &object.Pricebook2{Name: "Standard Price Book", IsActive: true, IsStandard: true}
		if err := tx.Save(f.book); err != nil {
			return err
		}
	}
	for i, g := range goods {
		f.prices = append(f.prices, &object.PricebookEntry{Pricebook2Id: schema.Ref[object.Pricebook2](f.book.Id),
			Product2Id: schema.Ref[object.Product2](f.products[i].Id), IsActive: true, UnitPrice: money(g.cents)})
	}
	return save(tx, f.prices)
}

// addWorkTypes saves each kind of work with the skills, parts and steps that it brings.
func (f *filler) addWorkTypes(tx *record.Tx) error {
	f.lines = lines()
	for _, l := range f.lines {
		for _, j := range l.work {
			if err := f.addWorkType(tx, l, j); err != nil {
				return fmt.Errorf("%s: %w", j.name, err)
			}
		}
	}
	return nil
}

func (f *filler) addWorkType(tx *record.Tx, l *line, j *job) error {
	j.workType = &object.WorkType{Name: j.name, Description: schema.LongText(l.name + ": " + j.subject), EstimatedDuration: schema.DecInt(j.minutes),
		DurationType: object.DurationTypeMinutes}
	if j.crew > 0 {
		j.workType.MinimumCrewSize = schema.NewInt(j.crew)
	}
	if err := tx.Save(j.workType); err != nil {
		return err
	}
	needs := []any{&object.SkillRequirement{RelatedRecordId: schema.AnyRef(j.workType.Id), SkillId: schema.Ref[object.Skill](f.skills[l.skill].Id), SkillLevel: schema.DecInt(j.level)}}
	for _, p := range j.parts {
		needs = append(needs, &object.ProductRequired{ParentRecordId: schema.AnyRef(j.workType.Id), Product2Id: schema.Ref[object.Product2](f.products[p].Id), QuantityRequired: schema.DecInt(1)})
	}
	if err := tx.Save(needs...); err != nil {
		return err
	}
	return f.addSteps(tx, j)
}

// takeVisits has new work of every kind get its appointment by itself, from now on.
func (f *filler) takeVisits(tx *record.Tx) error {
	var types []*object.WorkType
	for _, l := range f.lines {
		for _, j := range l.work {
			j.workType.ShouldAutoCreateSvcAppt = true
			types = append(types, j.workType)
		}
	}
	return save(tx, types)
}

func splitLines(s string) []string { return strings.Split(s, "\n") }

func money(cents int64) schema.Currency { return schema.Currency{Decimal: schema.Dec(cents, 2)} }

// point is an address of which only the coordinates are known.
func point(lat, lon float64) schema.Address {
	return schema.Address{City: "Baltimore", State: "MD", Country: "US", Latitude: schema.DecFloat(lat), Longitude: schema.DecFloat(lon)}
}

func (s site) address() schema.Address {
	a := point(s.lat, s.lon)
	a.Street, a.City, a.PostalCode = schema.LongText(s.street), s.city, s.postal
	return a
}
