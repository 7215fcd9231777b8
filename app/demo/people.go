package demo

import (
	"fmt"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// technician is one who is sent to customers, with the van they drive.
type technician struct {
	line      *line
	territory int
	user      *org.User
	van       *object.Location
	resource  *object.ServiceResource
	shelves   map[int]*shelf // by product
}

const techniciansPerTerritory = 5

func (f *filler) addTechnicians(tx *record.Tx) error {
	for t := range territories {
		for i := range techniciansPerTerritory {
			if err := f.addTechnician(tx, t, f.lines[i%len(f.lines)]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *filler) addTechnician(tx *record.Tx, territory int, l *line) error {
	n := len(f.technicians)
	first, last := firstNames[n%len(firstNames)], lastNames[(n*7+n/len(lastNames))%len(lastNames)]
	t := &technician{line: l, territory: territory, shelves: map[int]*shelf{}}
	t.user = &org.User{FirstName: first, LastName: last, Alias: strings.ToLower(fmt.Sprintf("%.1s%.4s%02d", first, last, n%100)), ProfileId: f.Technician, IsActive: true,
		Username: strings.ToLower(fmt.Sprintf("%s.%s@demo.example", first, last)), Email: schema.Email(strings.ToLower(fmt.Sprintf("%s.%s@demo.example", first, last))),
		TimeZoneSidKey: "America/New_York", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
	t.van = &object.Location{Name: fmt.Sprintf("Van %02d", n+1), LocationType: "Van", IsInventoryLocation: true, TimeZone: "America/New_York"}
	if err := tx.Save(t.user, t.van); err != nil {
		return err
	}
	t.resource = &object.ServiceResource{Name: first + " " + last, IsActive: true, ResourceType: object.ResourceTypeTechnician, RelatedRecordId: schema.Ref[org.User](t.user.Id),
		LocationId: schema.Ref[object.Location](t.van.Id), IsOptimizationCapable: true}
	if err := tx.Save(t.resource); err != nil {
		return err
	}
	f.technicians = append(f.technicians, t)
	return f.equip(tx, t)
}

// equip gives a technician skills, a territory and a van full of parts.
func (f *filler) equip(tx *record.Tx, t *technician) error {
	start := schema.At(f.today.AddDate(-2, 0, 0))
	resource := schema.Ref[object.ServiceResource](t.resource.Id)
	recs := []any{
		&object.ServiceResourceSkill{ServiceResourceId: resource, SkillId: schema.Ref[object.Skill](f.skills[t.line.skill].Id), SkillLevel: schema.DecInt(int64(3 + f.rand.IntN(3))), EffectiveStartDate: start},
		&object.ServiceResourceSkill{ServiceResourceId: resource, SkillId: schema.Ref[object.Skill](f.skills[3+f.rand.IntN(3)].Id), SkillLevel: schema.DecInt(int64(1 + f.rand.IntN(3))), EffectiveStartDate: start},
	}
	base := territories[t.territory]
	home := point(round6(base.lat+f.rand.NormFloat64()*0.02), round6(base.lon+f.rand.NormFloat64()*0.02))
	recs = append(recs, &object.ServiceTerritoryMember{ServiceTerritoryId: schema.Ref[object.ServiceTerritory](f.territories[t.territory].Id), ServiceResourceId: resource,
		TerritoryType: object.TerritoryTypePrimary, OperatingHoursId: schema.Ref[object.OperatingHours](f.hours.Id), EffectiveStartDate: start, Address: home})
	for i, g := range goods {
		if g.family == "Parts" {
			s := &shelf{left: int64(10 + f.rand.IntN(40))}
			s.item = &object.ProductItem{LocationId: schema.Ref[object.Location](t.van.Id), Product2Id: schema.Ref[object.Product2](f.products[i].Id),
				QuantityOnHand: schema.DecInt(s.left), QuantityUnitOfMeasure: "Each"}
			t.shelves[i] = s
			recs = append(recs, s.item)
		}
	}
	return tx.Save(recs...)
}

// customer is an account with its person, its place and its equipment.
type customer struct {
	line        *line
	site        site
	account     *object.Account
	contact     *object.Contact
	place       *object.Location
	assets      []*object.Asset
	contract    *object.ServiceContract // nil is none
	entitlement *object.Entitlement
}

// addCustomers saves about one customer for every seven work orders, forty at least.
func (f *filler) addCustomers(tx *record.Tx) error {
	for i := range min(max(40, f.WorkOrders/7), 5000) {
		l, n := f.lines[0], i*37%100
		for _, other := range f.lines {
			if n < other.customers {
				l = other
				break
			}
			n -= other.customers
		}
		if err := f.addCustomer(tx, l); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) addCustomer(tx *record.Tx, l *line) error {
	c := &customer{line: l, site: place(f.rand)}
	first, last := pick(f.rand, firstNames), pick(f.rand, lastNames)
	n := len(f.customers)
	phone := schema.Phone(fmt.Sprintf("(410) 555-%04d", n%10000))
	c.account = &object.Account{Name: fmt.Sprintf("%s %s", last, pick(f.rand, l.names)), AccountNumber: fmt.Sprintf("C-%05d", n+1), Phone: phone,
		BillingAddress: c.site.address(), ShippingAddress: c.site.address(), Type: "Customer - Direct"}
	c.account.OwnerId = schema.Ref[org.User](f.owner(c.site.territory))
	if err := tx.Save(c.account); err != nil {
		return err
	}
	account := schema.Ref[object.Account](c.account.Id)
	c.contact = &object.Contact{FirstName: first, LastName: last, AccountId: account, Phone: phone, Email: schema.Email(strings.ToLower(fmt.Sprintf("%s.%s@customer.example", first, last))), MailingAddress: c.site.address()}
	c.place = &object.Location{Name: c.account.Name + ", " + c.site.street, LocationType: "Site", TimeZone: "America/New_York",
		Location: schema.Location{Latitude: schema.DecFloat(c.site.lat), Longitude: schema.DecFloat(c.site.lon)}}
	if err := tx.Save(c.contact, c.place); err != nil {
		return err
	}
	for range 1 + f.rand.IntN(2) {
		p := pick(f.rand, l.assets)
		bought := f.today.AddDate(-1-f.rand.IntN(8), -f.rand.IntN(12), 0)
		c.assets = append(c.assets, &object.Asset{Name: goods[p].name, AccountId: account, ContactId: schema.Ref[object.Contact](c.contact.Id), LocationId: schema.Ref[object.Location](c.place.Id),
			Product2Id: schema.Ref[object.Product2](f.products[p].Id), SerialNumber: fmt.Sprintf("%s-%06d", goods[p].code, f.rand.IntN(1e6)), Status: "Installed",
			PurchaseDate: schema.On(bought), InstallDate: schema.On(bought.AddDate(0, 0, 14)), Quantity: schema.DecInt(1), Address: c.site.address()})
	}
	f.customers = append(f.customers, c)
	return save(tx, c.assets)
}

// addPlans saves a contract and a maintenance plan for every second customer of heating and cooling and every clinic.
func (f *filler) addPlans(tx *record.Tx) error {
	for i, c := range f.customers {
		if c.line == f.lines[1] || c.line == f.lines[0] && i%2 == 0 {
			continue
		}
		if err := f.addPlan(tx, c); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) addPlan(tx *record.Tx, c *customer) error {
	account, contact := schema.Ref[object.Account](c.account.Id), schema.Ref[object.Contact](c.contact.Id)
	contract := &object.ServiceContract{Name: c.account.Name + " service agreement", AccountId: account, ContactId: contact, StartDate: schema.On(f.today.AddDate(0, -6, 0)), EndDate: schema.On(f.today.AddDate(0, 18, 0)), Term: schema.NewInt(24), Status: object.ContractStatusActive}
	if err := tx.Save(contract); err != nil {
		return err
	}
	if err := f.entitle(tx, c, contract); err != nil {
		return err
	}
	next := schema.On(f.today.AddDate(0, 0, 7+f.rand.IntN(60)))
	workType := schema.Ref[object.WorkType](c.line.work[0].workType.Id)
	plan := &object.MaintenancePlan{MaintenancePlanTitle: c.line.work[0].subject, AccountId: account, ContactId: contact, LocationId: schema.Ref[object.Location](c.place.Id), ServiceContractId: schema.Ref[object.ServiceContract](contract.Id),
		WorkTypeId: workType, StartDate: contract.StartDate, EndDate: contract.EndDate, NextSuggestedMaintenanceDate: next, Frequency: schema.NewInt(6), FrequencyType: object.UnitOfTimeMonths,
		GenerationTimeframe: schema.NewInt(3), GenerationTimeframeType: object.UnitOfTimeMonths, MaintenanceWindowStartDays: schema.NewInt(3), MaintenanceWindowEndDays: schema.NewInt(7),
		WorkOrderGenerationMethod: object.WorkGenerationOrderPerAsset, SvcApptGenerationMethod: object.AppointmentGenerationPerWorkOrder}
	if err := tx.Save(plan); err != nil {
		return err
	}
	var assets []*object.MaintenanceAsset
	for _, a := range c.assets {
		assets = append(assets, &object.MaintenanceAsset{MaintenancePlanId: schema.Ref[object.MaintenancePlan](plan.Id), AssetId: schema.Ref[object.Asset](a.Id), WorkTypeId: workType, NextSuggestedMaintenanceDate: next})
	}
	return save(tx, assets)
}
