// Command pocketbase serves a PocketBase with one collection that has the columns of a work order, for comparison.
// It has no rules and the same durability as the server that it is compared with.
//
//	pocketbase DIR ROWS HOST:PORT
package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The columns of a work order, by what PocketBase keeps them as. References beyond the two that the comparison reads
// are texts here as they are there.
var (
	texts = strings.Fields(`number subject description summary category priority asset warranty hours case contact costCenter entitlement expense
		location plan rule parent book campaign campaignItem returnOrder returnLine root contract template workType owner recordType currency
		durationType street city state postal country stateCode countryCode accuracy language milestone prompt`)
	numbers = strings.Fields(`duration minutes discount lines minCrew recCrew appointments grand subtotal tax total latitude longitude`)
	dates   = strings.Fields(`start end slaStart slaExit stopStart suggested`)
	bools   = strings.Fields(`closed generated stopped deleted`)
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: pocketbase DIR ROWS HOST:PORT")
	}
	rows, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: os.Args[1], HideStartBanner: true, DBConnect: durable})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := fill(e.App, rows); err != nil {
			return err
		}
		fmt.Println("ready")
		return e.Next()
	})
	os.Args = []string{os.Args[0], "serve", "--http", os.Args[3]}
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

// durable opens a database as PocketBase does, save that a commit is on disk when it is acknowledged.
func durable(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

// fill makes the collections and their rows, once.
func fill(app core.App, rows int) error {
	if _, err := app.FindCollectionByNameOrId("orders"); err == nil {
		return nil
	}
	accounts, err := named(app, "accounts", 5000)
	if err != nil {
		return err
	}
	territories, err := named(app, "territories", 6)
	if err != nil {
		return err
	}
	orders := core.NewBaseCollection("orders")
	public(orders)
	orders.Fields.Add(&core.RelationField{Name: "account", CollectionId: accounts.Id, MaxSelect: 1}, &core.RelationField{Name: "territory", CollectionId: territories.Id, MaxSelect: 1},
		&core.TextField{Name: "status"}, &core.AutodateField{Name: "created", OnCreate: true}, &core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true})
	for _, n := range texts {
		orders.Fields.Add(&core.TextField{Name: n})
	}
	for _, n := range numbers {
		orders.Fields.Add(&core.NumberField{Name: n})
	}
	for _, n := range dates {
		orders.Fields.Add(&core.DateField{Name: n})
	}
	for _, n := range bools {
		orders.Fields.Add(&core.BoolField{Name: n})
	}
	orders.AddIndex("orders_status_updated", false, "`status`, `updated`", "")
	for _, n := range strings.Fields("account territory status category updated number asset contact location workType parent owner") {
		orders.AddIndex("orders_"+n, false, "`"+n+"`", "")
	}
	if err := app.Save(orders); err != nil {
		return err
	}
	return load(app, rows)
}

func public(c *core.Collection) {
	for _, rule := range []**string{&c.ListRule, &c.ViewRule, &c.CreateRule, &c.UpdateRule, &c.DeleteRule} {
		*rule = types.Pointer("")
	}
}

// named makes a collection of n records that have a name.
func named(app core.App, name string, n int) (*core.Collection, error) {
	c := core.NewBaseCollection(name)
	public(c)
	c.Fields.Add(&core.TextField{Name: "name"})
	if err := app.Save(c); err != nil {
		return nil, err
	}
	return c, app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			if _, err := tx.DB().Insert(name, dbx.Params{"id": id(name[:1], i), "name": fmt.Sprintf("%s %05d", name, i)}).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
}

// id is the i-th id of a kind, 15 characters as PocketBase wants them.
func id(kind string, i int) string { return fmt.Sprintf("%s%014d", kind, i) }

var statuses = []string{"New", "In Progress", "On Hold", "Completed", "Completed", "Completed", "Closed", "Closed", "Closed", "Canceled"}

func load(app core.App, rows int) error {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for from := 0; from < rows; from += 20000 {
		err := app.RunInTransaction(func(tx core.App) error {
			for i := from; i < min(from+20000, rows); i++ {
				at := types.NowDateTime().Time().Format(types.DefaultDateLayout)
				_, err := tx.DB().Insert("orders", dbx.Params{"id": id("w", i), "number": fmt.Sprintf("%08d", i+1), "subject": fmt.Sprintf("Seasonal maintenance %d", i), "status": statuses[i%10], "category": statuses[i%10],
					"priority": "Medium", "account": id("a", i*7919%5000), "territory": id("t", i%6), "start": start.Add(time.Duration(i) * 8 * time.Second).Format(types.DefaultDateLayout),
					"duration": 90, "durationType": "Minutes", "street": "100 Calvert Street", "city": "Baltimore", "latitude": 39.29, "longitude": -76.61, "created": at, "updated": at}).Execute()
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	_, err := app.DB().NewQuery("ANALYZE").Execute()
	return err
}
