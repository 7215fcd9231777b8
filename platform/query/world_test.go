package query

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// The objects of the tests.
type (
	User struct {
		schema.Standard `prefix:"005" object:"search"`
		Name            string
		Email           schema.Email
		ManagerId       schema.Ref[User] `children:"Reports"`
		IsActive        bool
	}

	Group struct {
		schema.Standard `prefix:"00G"`
		Name            string
	}

	GroupMember struct {
		schema.Standard `prefix:"011"`
		GroupId         schema.Ref[Group]
		UserOrGroupId   schema.AnyRef `to:"User,Group"`
	}

	Company struct {
		schema.Standard `prefix:"001" object:"search"`
		OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
		Name            string
		Code            string              `max:"20" field:"casesens external"`
		ParentId        schema.Ref[Company] `children:"Subsidiaries"`
		Rating          schema.Picklist     `choices:"Hot;Warm;Cold" field:"restricted"`
		Tags            schema.MultiPick    `choices:"Red;Green;Blue"`
		Revenue         schema.Currency
		Staff           schema.Int
		Founded         schema.Date
		Opens           schema.Time
		Seen            schema.DateTime
		IsListed        bool
		Site            schema.Address
		Notes           schema.LongText
		Pin             schema.Encrypted
	}

	Person struct {
		schema.Standard `prefix:"003" object:"search"`
		CompanyId       schema.Ref[Company] `children:"People"`
		Name            string
		Phone           schema.Phone
		Score           schema.Decimal `scale:"1"`
		Salary          schema.Currency
		Joined          schema.DateTime
		IsAdult         bool
	}

	Ticket struct {
		schema.Standard `prefix:"500" name:"Number"`
		Number          schema.AutoNumber  `format:"T-{0000}"`
		AboutId         schema.AnyRef      `to:"Company,Person" children:"Tickets"`
		PersonId        schema.Ref[Person] `children:"Reported"`
		Cost            schema.Decimal     `scale:"3"`
		Due             schema.Date
		Body            schema.Blob
	}
)

// noon is the present of the tests: a Wednesday.
var noon = time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)

func worldCatalog(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := schema.Compile(User{}, Group{}, GroupMember{}, Company{}, Person{}, Ticket{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// clerk sees hot companies and those that are theirs, people of companies they may see that are listed, and neither
// pay nor group members.
type clerk struct {
	access.Everything
	id schema.Id
}

func (c clerk) User() schema.Id        { return c.id }
func (clerk) Locale() string           { return "de_DE" }
func (clerk) Currency() string         { return "EUR" }
func (clerk) Location() *time.Location { return berlin }

var berlin = func() *time.Location {
	l, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return l
}()

func (clerk) Object(o *schema.Object) access.Rights {
	if o.Name == "GroupMember" {
		return access.NoRights
	}
	return access.Read
}

func (clerk) Reads(o *schema.Object, f *schema.Field) bool { return f.Name != "Salary" }

func (c clerk) Scope(o *schema.Object, _ access.Level) soql.Expr {
	text := map[string]string{
		"Company": fmt.Sprintf("OwnerId = '%s' OR Rating = 'Hot'", c.id),
		"Person":  fmt.Sprintf("Company.IsListed = TRUE AND (Company.Rating = 'Hot' OR Company.OwnerId = '%s')", c.id),
	}[o.Name]
	if text == "" {
		return nil
	}
	q, err := soql.Parse("SELECT Id FROM " + o.Name + " WHERE " + text)
	if err != nil {
		panic(err)
	}
	return q.Where
}

// record is a record as the database keeps it: nil, string, bool or int64 by stored field.
type record map[string]any

// world is the records of the tests by object, in order of their ids.
type world struct {
	catalog *schema.Catalog
	records map[string][]record
	byId    map[string]record
}

var words = []string{"alpha", "Beta", "GAMMA", "delta 50%", "Ünder_score", "ünder_score", "o'neil", `back\slash`, "x", ""}

// newWorld makes up records; the same seed makes the same ones.
func newWorld(t testing.TB, seed uint64, size int) *world {
	w := &world{catalog: worldCatalog(t), records: map[string][]record{}, byId: map[string]record{}}
	r := rand.New(rand.NewPCG(seed, 1))
	for _, o := range []struct {
		name string
		n    int
	}{{"User", 6}, {"Group", 3}, {"GroupMember", 4}, {"Company", size}, {"Person", 2 * size}, {"Ticket", 2 * size}} {
		object := w.catalog.Object(o.name)
		for i := range o.n {
			rec := record{"Id": string(schema.MakeId(object.Prefix, uint64(i+1)))}
			w.records[o.name] = append(w.records[o.name], rec)
			w.byId[rec["Id"].(string)] = rec
		}
	}
	for name, recs := range w.records {
		_ = name
		slices.SortFunc(recs, func(a, b record) int { return strings.Compare(a["Id"].(string), b["Id"].(string)) })
	}
	for _, o := range w.catalog.Objects {
		for _, rec := range w.records[o.Name] {
			for _, f := range o.Fields {
				if f.Stored() && f.Kind != schema.KindId {
					rec[f.Name] = w.random(r, f)
				}
			}
		}
	}
	return w
}

// random makes up a value of a field.
func (w *world) random(r *rand.Rand, f *schema.Field) any {
	switch {
	case f.Format != "":
		return fmt.Sprintf("T-%04d", r.IntN(50))
	case f.Kind == schema.KindBoolean:
		return r.IntN(map[bool]int{true: 8, false: 2}[f.Name == "IsDeleted"]) == 1
	case r.IntN(4) == 0 && f.Name != "SystemModstamp" && f.Name != "CreatedDate":
		return nil
	}
	switch f.Kind {
	case schema.KindReference:
		to := w.records[f.To[r.IntN(len(f.To))]]
		return to[r.IntN(len(to))]["Id"]
	case schema.KindPicklist:
		return f.Choices[r.IntN(len(f.Choices))].Value
	case schema.KindMultiPicklist:
		return []string{"Red", "Red;Green", "Green;Blue", "Blue", "Red;Green;Blue"}[r.IntN(5)]
	case schema.KindInt:
		return int64(r.IntN(7) - 2)
	case schema.KindDate:
		return int64(20500 + r.IntN(400))
	case schema.KindDateTime:
		return noon.UnixMilli() + int64(r.IntN(400)-200)*3*3600_000 + int64(r.IntN(3))
	case schema.KindTime:
		return int64(r.IntN(24)) * 3600_000
	}
	if f.Kind.Store() == schema.StoreDecimal {
		if strings.HasSuffix(f.Name, "itude") {
			return int64(r.IntN(160)-80) * 1e15
		}
		return int64(r.IntN(9)-3) * 125
	}
	if s := words[r.IntN(len(words))]; s != "" {
		return s
	}
	return nil
}

// load writes the records to a database.
func (w *world) load(t testing.TB, db *store.DB) {
	t.Helper()
	ctx := context.Background()
	if _, err := db.Sync(ctx, w.catalog); err != nil {
		t.Fatal(err)
	}
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, o := range w.catalog.Objects {
			if err := w.insert(tx, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) insert(tx *store.Tx, o *schema.Object) error {
	for _, rec := range w.records[o.Name] {
		var cols, marks []string
		var args []any
		for _, f := range o.Fields {
			if f.Stored() {
				cols, marks, args = append(cols, store.Quote(f.Name)), append(marks, "?"), append(args, rec[f.Name])
			}
		}
		q := "INSERT INTO " + store.Quote(o.Name) + " (" + strings.Join(cols, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
		if _, err := tx.Exec(q, args...); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	return nil
}

// testEngine answers queries from db at noon.
func testEngine(t testing.TB, db *store.DB) *Engine {
	t.Helper()
	now := func() time.Time { return noon }
	cursors, err := NewCursors([]byte("a secret of the tests"), now)
	if err != nil {
		t.Fatal(err)
	}
	return &Engine{DB: db, Cursors: cursors, Now: now}
}
