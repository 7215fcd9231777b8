package work

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

// BenchmarkWork prints figures for both engines: how fast an order is created with all that its type brings (1
// appointment, a plan of 20 steps, 5 parts, 3 skills) beside a bare loop of the same INSERTs, and how fast and in how
// much memory many orders are taken in. `make bench-work` runs it.
func BenchmarkWork(b *testing.B) {
	if b.N > 1 {
		return
	}
	for _, e := range []struct {
		name string
		open func(testing.TB, store.Options) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(e.name, func(b *testing.B) {
			if b.N == 1 {
				w := worldOn(b, e.open(b, store.Options{}))
				w.benchCreate(e.name, bringsMuch(w))
				w.benchBulk(e.name)
			}
		})
	}
}

// bringsMuch makes the work type of the figure.
func bringsMuch(w *world) *object.WorkType {
	wt := &object.WorkType{Name: "Large", EstimatedDuration: schema.DecInt(2), DurationType: object.DurationTypeHours, ShouldAutoCreateSvcAppt: true}
	w.Save(wt)
	var needs []any
	for i := range 5 {
		part, skill := &object.Product2{Name: fmt.Sprint("Part", i), IsActive: true}, &object.Skill{MasterLabel: fmt.Sprint("S", i), DeveloperName: fmt.Sprint("S", i)}
		w.Save(part, skill)
		needs = append(needs, &object.ProductRequired{ParentRecordId: schema.AnyRef(wt.Id), Product2Id: ref[object.Product2](part.Id), QuantityRequired: schema.DecInt(1)})
		if i < 3 {
			needs = append(needs, &object.SkillRequirement{RelatedRecordId: schema.AnyRef(wt.Id), SkillId: ref[object.Skill](skill.Id)})
		}
	}
	w.Save(needs...)
	var steps []*object.WorkStepTemplate
	for i := range 20 {
		steps = append(steps, &object.WorkStepTemplate{Name: fmt.Sprint("Step ", i+1), Question: object.Question{StepType: object.StepTypePassFail, IsMandatory: true}})
	}
	w.plan(wt, steps...)
	return wt
}

func (w *world) create(wt *object.WorkType) schema.Id {
	results := w.Apply(access.Everything{}, record.Insert, "WorkOrder", `{"Subject":"Figure","AccountId":"`+string(w.account.Id)+`","WorkTypeId":"`+string(wt.Id)+`"}`)
	if len(results[0].Faults) > 0 {
		w.T.Fatal(results[0].Faults)
	}
	return results[0].Id
}

func (w *world) benchCreate(engine string, wt *object.WorkType) {
	const warm, runs = 20, 300
	for range warm {
		w.create(wt)
	}
	inserts := w.insertsOf(w.create(wt))
	began := time.Now()
	for range runs {
		w.create(wt)
	}
	ours := time.Since(began)
	for i := range warm {
		w.bare(inserts, i)
	}
	began = time.Now()
	for i := range runs {
		w.bare(inserts, warm+i)
	}
	bare := time.Since(began)
	rows := float64(runs * len(inserts))
	fmt.Printf("figure work.create.%s.rows_per_s %.0f\n", engine, rows/ours.Seconds())
	fmt.Printf("figure work.create.%s.bare_rows_per_s %.0f\n", engine, rows/bare.Seconds())
	fmt.Printf("figure work.create.%s.times_bare %.2f (at most 3 is wanted; %d rows an order, %.2f ms an order)\n", engine, ours.Seconds()/bare.Seconds(), len(inserts), ours.Seconds()*1000/runs)
}

// insert is one row of an order and what belongs to it.
type insert struct {
	text string
	args []any
}

// insertsOf reads an order, and what its type brought, back as the INSERTs that write it. The first argument of each is
// the id.
func (w *world) insertsOf(order schema.Id) (all []insert) {
	w.T.Helper()
	for _, from := range []struct{ object, by string }{
		{"WorkOrder", "Id"}, {"ServiceAppointment", "ParentRecordId"}, {"WorkPlan", "WorkOrderId"}, {"WorkStep", "WorkOrderId"}, {"ProductRequired", "ParentRecordId"}, {"SkillRequirement", "RelatedRecordId"},
	} {
		o := w.Catalog().Object(from.object)
		err := w.View(context.Background(), func(v *record.View) error {
			recs, err := record.FindAny(v, o, from.by+" = ?", order)
			for _, rec := range recs {
				in, err := insertOf(o, rec)
				if err != nil {
					return err
				}
				all = append(all, in)
			}
			return err
		})
		if err != nil {
			w.T.Fatal(err)
		}
	}
	return all
}

func insertOf(o *schema.Object, rec any) (insert, error) {
	var names []string
	in := insert{args: []any{nil}}
	for _, f := range o.Fields {
		if !f.Stored() || f.Kind == schema.KindId || f.Null(rec) {
			continue
		}
		v, err := f.Column(f.Get(rec))
		if err != nil {
			return in, err
		}
		names, in.args = append(names, store.Quote(f.Name)), append(in.args, v)
	}
	in.text = "INSERT INTO " + store.Quote(o.Name) + ` ("Id", ` + strings.Join(names, ", ") + `, "_version") VALUES (?` + strings.Repeat(", ?", len(names)) + ", 1)"
	return in, nil
}

// bare runs the INSERTs in a transaction under ids of their own.
func (w *world) bare(inserts []insert, run int) {
	err := w.DB().Write(context.Background(), func(tx *store.Tx) error {
		for i, in := range inserts {
			in.args[0] = fmt.Sprintf("zzz%05d%05dzzzzz", run, i)
			if _, err := tx.Exec(in.text, in.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

// benchBulk takes in many orders in batches of 2,000, each with a work type that makes an appointment.
func (w *world) benchBulk(engine string) {
	n, err := strconv.Atoi(os.Getenv("WORK_BULK"))
	if err != nil || n <= 0 {
		n = 10_000
	}
	wt := &object.WorkType{Name: "Small", EstimatedDuration: schema.DecInt(1), DurationType: object.DurationTypeHours, ShouldAutoCreateSvcAppt: true}
	w.Save(wt)
	body := `{"Subject":"Bulk","AccountId":"` + string(w.account.Id) + `","WorkTypeId":"` + string(wt.Id) + `"}`
	const batch = 2000
	bodies := make([]string, batch)
	for i := range bodies {
		bodies[i] = body
	}
	var early, most uint64
	began := time.Now()
	for done := 0; done < n; done += batch {
		for _, r := range w.Apply(access.Everything{}, record.Insert, "WorkOrder", bodies...) {
			if len(r.Faults) > 0 {
				w.T.Fatal(r.Faults)
			}
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		if most = max(most, m.HeapAlloc); done == 0 {
			early = m.HeapAlloc
		}
	}
	fmt.Printf("figure work.bulk.%s.orders_per_s %.0f (%d orders, each with an appointment)\n", engine, float64(n)/time.Since(began).Seconds(), n)
	fmt.Printf("figure work.bulk.%s.heap_mb %.0f after the first batch, %.0f at most\n", engine, float64(early)/1e6, float64(most)/1e6)
}
