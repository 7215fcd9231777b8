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
	steps   []string
	subject string

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
					steps: []string{"Lock out and tag out the unit", "Measure supply and return temperature", "Replace the air filter", "Clean the condensate drain", "Photograph the cleaned coil", "Record the refrigerant pressure"}},
				{name: "HVAC Repair", minutes: 120, weight: 3, level: 3, parts: []int{8, 9}, subject: "No cooling",
					steps: []string{"Lock out and tag out the unit", "Find the cause", "Replace the failed part", "Test run for ten minutes"}},
				{name: "HVAC Installation", minutes: 300, weight: 1, level: 4, crew: 2, subject: "Install heat pump",
					steps: []string{"Check the delivery", "Set the outdoor unit", "Evacuate and charge", "Commission", "Explain the thermostat to the customer"}},
			}},
		{name: "Electric meters", customers: 40, skill: 1, assets: []int{3},
			names: []string{"Residence", "Residence", "Townhouse", "Corner Store"},
			work: []*job{
				{name: "Smart Meter Installation", minutes: 45, weight: 8, level: 1, parts: []int{10, 11}, subject: "Install smart meter",
					steps: []string{"Read the old meter", "Photograph the old meter", "Fit the new meter", "Scan the new meter's barcode", "Check the signal"}},
				{name: "Meter Investigation", minutes: 30, weight: 2, level: 2, subject: "Investigate reading",
					steps: []string{"Read the meter", "Check the seal", "Test with a known load"}},
			}},
		{name: "Medical devices", customers: 15, skill: 2, assets: []int{4, 5},
			names: []string{"Clinic", "Surgery Center", "Imaging", "Dental Practice", "Dialysis Center"},
			work: []*job{
				{name: "Device Safety Inspection", minutes: 75, weight: 3, level: 3, parts: []int{12}, subject: "Annual safety inspection",
					steps: []string{"Confirm the device's UDI", "Electrical safety test", "Leakage current in microampere", "Alarm test", "Attach the inspection label", "Signature of the person responsible"}},
				{name: "Device Repair", minutes: 150, weight: 1, level: 4, parts: []int{13}, subject: "Device out of service",
					steps: []string{"Confirm the device's UDI", "Is there a complaint about patient safety?", "Repair", "Electrical safety test", "Signature of the person responsible"}},
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
		f.products = append(f.products, &object.Product2{Name: g.name, ProductCode: g.code, Family: schema.Picklist(g.family), IsActive: true})
	}
	f.book = &object.Pricebook2{Name: "Standard Price Book", IsActive: true, IsStandard: true}
	if err := save(tx, f.products); err != nil {
		return err
	}
	if err := tx.Save(f.book); err != nil {
		return err
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

func (f *filler) addSteps(tx *record.Tx, j *job) error {
	plan := &object.WorkPlanTemplate{Name: j.name + " checklist", IsActive: true, RelativeExecutionOrder: schema.NewInt(1)}
	if err := tx.Save(plan); err != nil {
		return err
	}
	for i, name := range j.steps {
		step := &object.WorkStepTemplate{Name: name, IsActive: true}
		if err := tx.Save(step); err != nil {
			return err
		}
		entry := &object.WorkPlanTemplateEntry{WorkPlanTemplateId: schema.Ref[object.WorkPlanTemplate](plan.Id), WorkStepTemplateId: schema.Ref[object.WorkStepTemplate](step.Id), ExecutionOrder: schema.NewInt(int64(i + 1))}
		if err := tx.Save(entry); err != nil {
			return err
		}
	}
	return tx.Save(&object.WorkPlanSelectionRule{IsActive: true, WorkTypeId: schema.Ref[object.WorkType](j.workType.Id), WorkPlanTemplateId: schema.Ref[object.WorkPlanTemplate](plan.Id)})
}

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
