package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/app/demo"
	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// world is two customers, each in a territory of their own, and people of every profile around the first.
type world struct {
	*record.Keeper
	directory *org.Directory
	t         *testing.T
	users     map[string]schema.Id
	label     map[schema.Id]string // of which customer a record is: "1", "2"
}

// cast is who lives in the world, by profile. The technician, the dispatcher and the customer belong to customer 1;
// the stranger is a technician without work.
var cast = map[string]string{
	"admin": "System Administrator", "manager": "Service Manager", "dispatcher": "Dispatcher", "technician": "Field Technician", "stranger": "Field Technician",
	"agent": "Service Agent", "auditor": "Auditor", "customer": "Customer Community",
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{t: t, users: map[string]schema.Id{}, label: map[schema.Id]string{}}
	c, err := Catalog()
	w.must(err)
	_, err = db.Sync(context.Background(), c)
	w.must(err)
	log, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	w.must(err)
	w.Keeper, err = record.New(record.Options{DB: db, Catalog: c, Book: org.Rules, Audit: log})
	w.must(err)
	w.directory = org.NewDirectory(db, w.Keeper.Catalog, Scopes)
	w.must(w.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
		_, err := org.Plant(tx, seed)
		return err
	}))
	for name, profile := range cast {
		w.addUser(name, profile)
	}
	w.populate()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// save saves records of a customer.
func (w *world) save(label string, recs ...any) {
	w.t.Helper()
	w.must(w.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error { return tx.Save(recs...) }))
	for _, r := range recs {
		w.label[schema.StandardOf(r).Id] = label
	}
}

func (w *world) addUser(name, profile string) {
	w.t.Helper()
	u := &org.User{Username: name + "@test.example", Email: "a@test.example", LastName: name, Alias: name[:min(8, len(name))], IsActive: true,
		TimeZoneSidKey: "UTC", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
	w.must(w.View(context.Background(), func(v *record.View) error {
		p, err := record.First[org.Profile](v, "Name = ?", profile)
		if err == nil {
			u.ProfileId = schema.Ref[org.Profile](p.Id)
		}
		return err
	}))
	w.save("", u)
	w.users[name] = u.Id
}

func (w *world) resource(name string, kind object.ResourceType) schema.Ref[object.ServiceResource] {
	w.t.Helper()
	r := &object.ServiceResource{Name: name, IsActive: true, ResourceType: kind, RelatedRecordId: schema.Ref[org.User](w.users[name])}
	w.save("", r)
	return schema.Ref[object.ServiceResource](r.Id)
}

var noon = schema.At(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))

func (w *world) populate() {
	w.t.Helper()
	hours := &object.OperatingHours{Name: "Hours", TimeZone: "UTC"}
	w.save("", hours)
	people := map[string][]schema.Ref[object.ServiceResource]{
		"1": {w.resource("technician", object.ResourceTypeTechnician), w.resource("dispatcher", object.ResourceTypeDispatcher)},
		"2": {w.resource("stranger", object.ResourceTypeTechnician)},
	}
	for _, label := range []string{"1", "2"} {
		area := &object.ServiceTerritory{Name: "Area " + label, IsActive: true, OperatingHoursId: schema.Ref[object.OperatingHours](hours.Id)}
		w.save("", area)
		for _, r := range people[label] {
			w.save("", &object.ServiceTerritoryMember{ServiceTerritoryId: schema.Ref[object.ServiceTerritory](area.Id), ServiceResourceId: r, EffectiveStartDate: noon})
		}
		w.customer(label, schema.Ref[object.ServiceTerritory](area.Id), people[label])
	}
}

// customer makes one customer's records. The technician of customer 1 is assigned to its visit; nobody to the other.
func (w *world) customer(label string, area schema.Ref[object.ServiceTerritory], people []schema.Ref[object.ServiceResource]) {
	w.t.Helper()
	owner := schema.AnyRef(w.users["admin"])
	account := &object.Account{Name: label}
	account.OwnerId = schema.Ref[org.User](owner)
	w.save(label, account)
	ref := schema.Ref[object.Account](account.Id)
	contact := &object.Contact{LastName: label, AccountId: ref}
	asset := &object.Asset{Name: label, AccountId: ref}
	order := &object.WorkOrder{Subject: label, AccountId: ref, ServiceTerritoryId: area}
	contract := &object.ServiceContract{Name: label, AccountId: ref}
	w.save(label, contact, asset, order, contract, &object.Entitlement{Name: label, AccountId: ref})
	w.save(label, &object.WorkOrderLineItem{WorkOrderId: schema.Ref[object.WorkOrder](order.Id)})
	visit := &object.ServiceAppointment{Subject: label, ParentRecordId: schema.AnyRef(order.Id), AccountId: ref, ServiceTerritoryId: area, EarliestStartTime: noon, DueDate: noon.Add(time.Hour)}
	w.save(label, visit)
	w.save(label, &object.ServiceReport{ParentId: schema.AnyRef(visit.Id)})
	w.save(label, &object.ResourceAbsence{ResourceId: people[0], Type: "Medical", Start: noon, End: noon.Add(time.Hour)})
	w.save(label, &org.Note{ParentId: schema.AnyRef(order.Id), Title: label, OwnerId: schema.Ref[org.User](owner)})
	file := &org.ContentDocument{Title: label, OwnerId: schema.Ref[org.User](owner)}
	w.save(label, file)
	w.save(label, &org.ContentDocumentLink{ContentDocumentId: schema.Ref[org.ContentDocument](file.Id), LinkedEntityId: schema.AnyRef(order.Id), ShareType: "V", Visibility: "AllUsers"})
	if label == "1" {
		w.save(label, &object.AssignedResource{ServiceAppointmentId: schema.Ref[object.ServiceAppointment](visit.Id), ServiceResourceId: people[0]})
		w.must(w.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
			u, err := record.Get(tx, schema.Ref[org.User](w.users["customer"]))
			if err == nil {
				u.ContactId = schema.AnyRef(contact.Id)
				err = tx.Save(u)
			}
			return err
		}))
	}
}

// open tells which customers' records of an object are open to a user at a level: "-", "1", "2" or "12".
func (w *world) open(v access.Viewer, o *schema.Object, l access.Level) (labels string, err error) {
	st, err := query.Compile("SELECT Id FROM "+o.Name, w.Keeper.Catalog(), v, query.Options{Now: time.Now(), Level: l})
	if err != nil {
		return "-", nil // the object is not there for the user
	}
	err = w.DB().View(context.Background(), func(tx *store.Tx) error {
		text, args := st.SQL(tx.Dialect(), 1000)
		rows, err := tx.Query(text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		var id string
		dest := []any{&id}
		for range columns[1:] {
			dest = append(dest, new(any))
		}
		for rows.Next() {
			if err := rows.Scan(dest...); err != nil {
				return err
			}
			labels += w.label[schema.Id(id)]
		}
		return rows.Err()
	})
	if labels == "" {
		labels = "-"
	}
	set := slices.Sorted(slices.Values(strings.Split(labels, "")))
	return strings.Join(slices.Compact(set), ""), err
}

// matrix is what each person reads, changes and deletes of the two customers' records, object by object.
var matrix = map[string]string{
	//                     admin     manager   dispatcher  technician  stranger  agent     auditor  customer
	"Account":             "12 12 12  12 12 12  12 12 -     1 - -       - - -     12 12 -   12 - -   1 - -",
	"Contact":             "12 12 12  12 12 12  12 12 -     1 - -       - - -     12 12 -   12 - -   1 - -",
	"Asset":               "12 12 12  12 12 12  12 12 -     1 1 -       - - -     12 12 -   12 - -   1 - -",
	"WorkOrder":           "12 12 12  12 12 12  1 1 1       1 1 -       - - -     12 12 -   12 - -   1 - -",
	"WorkOrderLineItem":   "12 12 12  12 12 12  1 1 1       1 1 -       - - -     12 12 -   12 - -   1 - -",
	"ServiceAppointment":  "12 12 12  12 12 12  1 1 1       1 1 -       - - -     12 12 -   12 - -   1 - -",
	"AssignedResource":    "1 1 1     1 1 1     1 1 1       1 - -       - - -     1 - -     1 - -    - - -",
	"ServiceContract":     "12 12 12  12 12 12  12 - -      - - -       - - -     12 - -    12 - -   1 - -",
	"Entitlement":         "12 12 12  12 12 12  12 - -      1 - -       - - -     12 - -    12 - -   1 - -",
	"ServiceReport":       "12 12 12  12 12 12  1 - -       1 1 -       - - -     12 - -    12 - -   1 - -",
	"ResourceAbsence":     "12 12 12  12 12 12  1 1 1       1 1 1       2 2 2     - - -     12 - -   - - -",
	"Note":                "12 12 12  12 12 12  1 1 1       1 1 1       - - -     12 12 12  12 - -   - - -",
	"ContentDocument":     "12 12 12  12 12 12  1 - -       1 - -       - - -     12 - -    12 - -   1 - -",
	"ContentDocumentLink": "12 12 12  12 12 12  1 - -       1 - -       - - -     12 - -    12 - -   1 - -",
}

var columns = []string{"admin", "manager", "dispatcher", "technician", "stranger", "agent", "auditor", "customer"}

func TestWhoSeesWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for name, row := range matrix {
			o := w.Keeper.Catalog().Object(strings.TrimSpace(name))
			want := strings.Fields(row)
			for i, user := range columns {
				v, err := w.directory.Viewer(context.Background(), w.users[user])
				w.must(err)
				var got []string
				for _, l := range []access.Level{access.ReadLevel, access.EditLevel, access.DeleteLevel} {
					labels, err := w.open(v, o, l)
					w.must(err)
					got = append(got, labels)
				}
				if !slices.Equal(got, want[3*i:3*i+3]) {
					t.Errorf("%s %s reads, changes, deletes %v, want %v", user, o.Name, got, want[3*i:3*i+3])
				}
			}
		}
	})
}

// Every object can be asked for by everyone without an error of the scopes, and what is open for change is open to be
// read.
func TestEveryScopeResolves(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t, store.Options{}))
	largest := ""
	for _, user := range columns {
		v, err := w.directory.Viewer(context.Background(), w.users[user])
		w.must(err)
		for _, o := range w.Keeper.Catalog().Objects {
			if !v.Object(o).Has(access.Read) {
				continue
			}
			for _, l := range []access.Level{access.ReadLevel, access.EditLevel, access.DeleteLevel, access.TransferLevel} {
				if _, err := w.open(v, o, l); err != nil {
					t.Errorf("%s, %s, level %d: %v", user, o.Name, l, err)
				}
				if e := v.Scope(o, l); e != nil && len(e.String()) > len(largest) {
					largest = fmt.Sprintf("%s of %s: %s", o.Name, user, e)
				}
			}
		}
	}
	t.Logf("the largest scope has %d characters: %.60s", len(largest), largest)
}

func TestHiddenFields(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t, store.Options{}))
	for _, tc := range []struct {
		user, field  string
		reads, edits bool
	}{
		{"technician", "ServiceResource.LastKnownLocation", false, false}, {"technician", "ServiceResource.LastKnownLatitude", false, false}, {"dispatcher", "ServiceResource.LastKnownLocation", true, false},
		{"customer", "WorkOrder.GrandTotal", false, false}, {"agent", "WorkOrder.GrandTotal", true, true}, {"customer", "WorkOrder.Subject", true, false},
		{"customer", "Case.Priority", true, false}, {"customer", "Case.Subject", true, true}, {"auditor", "WorkOrder.Subject", true, false},
		{"admin", "ConnectedApplication.SecretHash", false, false}, {"customer", "ServiceResource.Name", false, false}, {"customer", "User.Email", true, false},
	} {
		v, err := w.directory.Viewer(context.Background(), w.users[tc.user])
		w.must(err)
		object, field, _ := strings.Cut(tc.field, ".")
		o := w.Keeper.Catalog().Object(object)
		if f := o.Field(field); f == nil {
			t.Errorf("no field %s", tc.field)
		} else if v.Reads(o, f) != tc.reads || v.Edits(o, f) != tc.edits {
			t.Errorf("%s reads %s: %t, edits it: %t, want %t and %t", tc.user, tc.field, v.Reads(o, f), v.Edits(o, f), tc.reads, tc.edits)
		}
	}
}

// The people of the demo see their part of it: neither nothing nor all.
func TestDemoPeopleSeeTheirPart(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t, store.Options{}))
	ctx := context.Background()
	var profile schema.Ref[org.Profile]
	w.must(w.View(ctx, func(v *record.View) error {
		p, err := record.First[org.Profile](v, "Name = ?", "Field Technician")
		profile = schema.Ref[org.Profile](p.Id)
		return err
	}))
	for _, name := range []string{"theo", "dora", "cora"} {
		w.addUser(name, map[string]string{"theo": "Field Technician", "dora": "Dispatcher", "cora": "Customer Community"}[name])
	}
	w.must(demo.Fill(ctx, w.Keeper, demo.Options{WorkOrders: 60, Seed: 1, Now: noon.Time(), Technician: profile}))
	w.must(demo.Seat(ctx, w.Keeper, demo.Seats{Technician: w.users["theo"], Dispatcher: w.users["dora"], Customer: w.users["cora"]}))
	count := func(user string) (n int) {
		v, err := w.directory.Viewer(ctx, w.users[user])
		w.must(err)
		st, err := query.Compile("SELECT COUNT() FROM WorkOrder", w.Keeper.Catalog(), v, query.Options{Now: noon.Time()})
		w.must(err)
		w.must(w.DB().View(ctx, func(tx *store.Tx) error {
			text, args := st.SQL(tx.Dialect(), 1)
			return tx.QueryRow(text, args...).Scan(&n)
		}))
		return n
	}
	all := count("admin")
	if n := count("dora"); n != all {
		t.Errorf("dora, who dispatches every territory, sees %d of %d work orders", n, all)
	}
	for _, user := range []string{"theo", "cora"} {
		if n := count(user); n == 0 || n >= all {
			t.Errorf("%s sees %d of %d work orders", user, n, all)
		}
	}
}
