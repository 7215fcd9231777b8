// Package demo fills an organisation with a company to try Truckroll on: one that looks after heating and cooling in
// homes and offices, installs electricity meters for a utility, and services devices in clinics, all over Baltimore.
// It saves records through the same corridor as everybody else, so that a demo obeys every rule.
//
// It knows the business's objects. It does not know the web, users' passwords or where the data is kept.
package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/file"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// Options say how large a demo is.
type Options struct {
	WorkOrders int       // how many, over three months around Now
	Seed       uint64    // the same seed makes the same company
	Now        time.Time // the day that the demo is about
	Technician schema.Ref[org.Profile]
	Viewer     access.Viewer         // who is said to have made the records, and owns them; nil is nobody
	Files      *file.Dir             // where pictures and reports are kept; nil makes none
	AtOnce     int                   // work orders that one transaction saves; 0 is 500
	Progress   func(done, total int) // called after every such transaction; nil is not
}

// Fill saves the demo company. It is meant for an organisation without business records; a failure leaves what was
// saved in earlier steps.
func Fill(ctx context.Context, k *record.Keeper, o Options) error {
	f := &filler{Options: o, rand: rand.New(rand.NewPCG(o.Seed, 1)), zone: newYork(), sheets: map[week]*object.TimeSheet{}, spent: map[*technician][]span{}, free: map[shift]time.Time{}}
	f.today = time.Date(o.Now.In(f.zone).Year(), o.Now.In(f.zone).Month(), o.Now.In(f.zone).Day(), 0, 0, 0, 0, f.zone)
	steps := []struct {
		name string
		do   func(*record.Tx) error
	}{
		{"files", f.addFiles},
		{"hours and skills", f.hoursAndSkills},
		{"office", f.findOffice},
		{"territories", f.addTerritories},
		{"products and prices", f.addProducts},
		{"work types", f.addWorkTypes},
		{"warranties", f.addWarranties},
		{"technicians", f.addTechnicians},
		{"customers", f.addCustomers},
		{"stock of the warehouse", f.addWarehouse},
		{"service levels", f.addMilestoneTypes},
		{"maintenance plans", f.addPlans},
	}
	for _, s := range steps {
		if err := k.Do(ctx, f.cause(), s.do); err != nil {
			return fmt.Errorf("demo: %s: %w", s.name, err)
		}
	}
	if err := f.addWork(ctx, k); err != nil {
		return err
	}
	if err := k.Do(ctx, f.cause(), f.handIn); err != nil {
		return fmt.Errorf("demo: time sheets: %w", err)
	}
	if err := k.Do(ctx, f.cause(), f.takeVisits); err != nil {
		return err
	}
	return f.addReports(ctx, k)
}

// Batch is what the records of the demo are remembered as a part of; see [record.Together].
const Batch = "demo"

// cause is what the audit log says of every record of the demo.
func (o Options) cause() record.Cause {
	return record.Cause{Viewer: o.Viewer, By: "job", Of: "demo", Reason: "demo data", Batch: Batch}
}

// filler remembers what earlier steps saved for the later ones.
type filler struct {
	Options
	rand  *rand.Rand
	zone  *time.Location
	today time.Time

	hours       *object.OperatingHours
	skills      []*object.Skill
	territories []*object.ServiceTerritory
	products    []*object.Product2
	prices      []*object.PricebookEntry
	book        *object.Pricebook2
	lines       []*line
	technicians []*technician
	customers   []*customer
	sheets      map[week]*object.TimeSheet
	spent       map[*technician][]span
	free        map[shift]time.Time // when the technicians' days have room for another visit
	office      []schema.AnyRef     // who looks after the work: the users who are neither technicians nor customers
	milestones  []*object.MilestoneType
	business    *object.BusinessHours
	photos      []*org.ContentDocument // stand for every photo
	signature   *org.ContentDocument   // stands for every signature
}

func newYork() *time.Location {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		return time.FixedZone("EST", -5*3600)
	}
	return loc
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func number(r *rand.Rand) string { return strconv.Itoa(100 + r.IntN(8900)) }

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// save saves records of one type.
func save[T any](tx *record.Tx, recs []*T) error {
	all := make([]any, len(recs))
	for i, r := range recs {
		all[i] = r
	}
	return tx.Save(all...)
}
