package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"truckroll/app/demo"
	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/server/system"
)

// madeUp is the demo company in an organisation that people use: an administrator has it filled in to try things, and
// removed again.
type madeUp struct{ h *House }

// fillArgs say how much is made up, and in whose name.
type fillArgs struct {
	WorkOrders int
	By         schema.Id
}

// lengthy is how long filling in or removing a large demo may take.
const lengthy = 6 * time.Hour

// fillAtOnce is how many work orders are made up between two looks at whether the work was cancelled. Others write
// meanwhile.
const fillAtOnce = 25

// fillDemo is tried once: what a first attempt saved would be saved again.
var fillDemo = job.Define("fill in the demo company", job.Plan{Attempts: 1, Timeout: lengthy}, func(ctx context.Context, h *House, t job.Task[fillArgs]) error {
	technician, err := h.profile(ctx, "Field Technician")
	if err != nil {
		return err
	}
	viewer, err := h.Directory.Viewer(ctx, t.Args.By)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tell := func(done, total int) {
		if err := t.Progress(ctx, done, total, "work orders"); err != nil {
			cancel(err)
		}
	}
	tell(0, t.Args.WorkOrders)
	seed := uint64(h.now().UnixNano())
	err = demo.Fill(ctx, h.Keeper, demo.Options{WorkOrders: t.Args.WorkOrders, Seed: seed, Now: h.now(), Technician: technician, Viewer: viewer, Files: h.Files, AtOnce: fillAtOnce, Progress: tell})
	return errors.Join(err, context.Cause(ctx))
})

// metaDemoLeft keeps what the last removal of the demo left.
const metaDemoLeft = "demo-left"

var removeDemo = job.Define("remove the demo company", job.Plan{Attempts: 3, Timeout: lengthy}, func(ctx context.Context, h *House, t job.Task[fillArgs]) error {
	viewer, err := h.Directory.Viewer(ctx, t.Args.By)
	if err != nil {
		return err
	}
	why := record.Cause{Viewer: viewer, By: "job", Of: t.Id(), Reason: "remove the demo data"}
	out, err := demo.Remove(ctx, h.Keeper, why, func(done, total int) error { return t.Progress(ctx, done, total, "records") })
	if err != nil {
		return err
	}
	left, err := h.remainders(ctx, out.Kept)
	if err != nil {
		return err
	}
	text, err := json.Marshal(left)
	if err != nil {
		return err
	}
	return h.DB.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(metaDemoLeft, string(text)) })
})

// remainders sums up what was kept, an example for each object.
func (h *House) remainders(ctx context.Context, kept []demo.Kept) ([]system.Remainder, error) {
	list := []system.Remainder{}
	at := map[string]int{}
	err := h.Keeper.View(ctx, func(v *record.View) error {
		for _, k := range kept {
			i, seen := at[k.Object]
			if seen {
				list[i].N++
				continue
			}
			at[k.Object] = len(list)
			r := system.Remainder{Object: k.Object, Label: v.Catalog().Object(k.Object).LabelPlural, N: 1}
			var err1, err2 error
			r.Example, err1 = named(v, k.Id)
			r.By, err2 = named(v, k.By)
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			list = append(list, r)
		}
		return nil
	})
	return list, err
}

// named returns a record with the name that people know it by.
func named(v *record.View, id schema.Id) (system.Named, error) {
	n := system.Named{Id: id, Name: string(id)}
	o := v.Catalog().ById(id)
	if o == nil {
		return n, nil
	}
	n.Object = o.Name
	f := o.NameField()
	if f == nil || !f.Stored() {
		return n, nil
	}
	return n, v.Store().QueryRow("SELECT COALESCE("+store.Quote(f.Name)+", '') FROM "+store.Quote(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&n.Name)
}

// State returns what there is of the demo.
func (m *madeUp) State(ctx context.Context) (*system.DemoState, error) {
	s := &system.DemoState{Left: []system.Remainder{}}
	err := m.h.DB.View(ctx, func(tx *store.Tx) error {
		if err := tx.QueryRow("SELECT COUNT(*) FROM record_batch WHERE batch = ?", demo.Batch).Scan(&s.Records); err != nil {
			return err
		}
		text, err := tx.Meta(metaDemoLeft)
		if err != nil || text == "" || s.Records == 0 {
			return err
		}
		return json.Unmarshal([]byte(text), &s.Left)
	})
	if err != nil {
		return nil, err
	}
	list, err := m.h.Queue.List(ctx)
	if err != nil {
		return nil, err
	}
	s.Busy, s.Failed = lastOf(list)
	if s.Busy != nil {
		s.Left = []system.Remainder{}
	}
	return s, nil
}

// lastOf returns the work on the demo that is under way, and that which failed if none was done since.
func lastOf(list []job.Entry) (busy, failed *system.Job) {
	var newest job.Entry
	for _, e := range list {
		if e.Kind != fillDemo.Name() && e.Kind != removeDemo.Name() {
			continue
		}
		if e.State == job.Ready || e.State == job.Running {
			busy = system.JobOf(e)
		}
		if e.Created.After(newest.Created) {
			newest = e
		}
	}
	if newest.State == job.Parked {
		failed = system.JobOf(newest)
	}
	return busy, failed
}

// order has work on the demo done, unless some is under way.
func (m *madeUp) order(ctx context.Context, kind job.Kind[*House, fillArgs], args fillArgs, fits func(records int) error) error {
	s, err := m.State(ctx)
	switch {
	case err != nil:
		return err
	case s.Busy != nil:
		return schema.Refuse("CONFLICT", "the demo company is being filled in or removed just now; wait until that is done, or cancel it")
	}
	if err := fits(s.Records); err != nil {
		return err
	}
	return m.h.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := kind.Order(tx, args, job.Order{Key: "demo"})
		return err
	})
}

// Fill has the demo filled in.
func (m *madeUp) Fill(ctx context.Context, by schema.Id, workOrders int) error {
	return m.order(ctx, fillDemo, fillArgs{workOrders, by}, func(records int) error {
		if records > 0 {
			return schema.Refuse("CONFLICT", "the demo company is here already; remove it first")
		}
		return nil
	})
}

// Remove has the demo removed.
func (m *madeUp) Remove(ctx context.Context, by schema.Id) error {
	return m.order(ctx, removeDemo, fillArgs{By: by}, func(records int) error {
		if records == 0 {
			return schema.Refuse("NOT_FOUND", "there is no demo company here")
		}
		return nil
	})
}
