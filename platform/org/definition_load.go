package org

import (
	"context"
	"fmt"
	"time"

	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Definitions keeps a server's catalogue equal to the records that define it.
type Definitions struct {
	keeper  *record.Keeper
	version int64
}

// LoadDefinitions extends the catalogue of k by what is defined in the database. It is called once at the start, when
// the tables of the declared objects are there; afterwards the tables follow the catalogue again.
func LoadDefinitions(ctx context.Context, k *record.Keeper) (*Definitions, error) {
	d := &Definitions{keeper: k}
	if err := d.load(ctx); err != nil {
		return nil, fmt.Errorf("read what administrators defined: %w", err)
	}
	return d, nil
}

// Refresh reads the definitions anew when another server has changed them, and reports whether it did.
func (d *Definitions) Refresh(ctx context.Context) (bool, error) {
	var n int64
	err := d.keeper.DB().View(ctx, func(tx *store.Tx) (err error) {
		n, err = definitionVersion(tx)
		return err
	})
	if err != nil || n == d.version {
		return false, err
	}
	return true, d.load(ctx)
}

// pollDefinitions is how often another server's changes are looked for.
const pollDefinitions = time.Second

// Run refreshes until ctx ends. failed is told of errors.
func (d *Definitions) Run(ctx context.Context, failed func(error)) {
	tick := time.NewTicker(pollDefinitions)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := d.Refresh(ctx); err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}

// load puts the defined over the declared catalogue. Reading happens while nobody else on this server adopts a
// definition, so that a change that is committed meanwhile comes after it, not before.
func (d *Definitions) load(ctx context.Context) error {
	return d.keeper.Adopt(func(now record.Definition) (record.Definition, error) {
		var all definitions
		err := d.keeper.View(ctx, func(v *record.View) (err error) {
			if d.version, err = definitionVersion(v.Store()); err != nil {
				return err
			}
			return all.read(v)
		})
		if err != nil {
			return now, err
		}
		declared, err := now.Catalog.Declared()
		if err != nil {
			return now, err
		}
		return all.over(record.Definition{Catalog: declared})
	})
}

// read reads all definitions.
func (s *definitions) read(r record.Reader) (err error) {
	if s.objects, err = record.Find[CustomObject](r, "ORDER BY Id"); err != nil {
		return err
	}
	if s.standards, err = record.Find[StandardDefinition](r, "ORDER BY Id"); err != nil {
		return err
	}
	if s.fields, err = record.Find[CustomField](r, "ORDER BY Id"); err != nil {
		return err
	}
	s.rules, err = record.Find[ValidationRule](r, "Active = ? ORDER BY Id", true)
	return err
}

// SummariseArgs name a roll-up summary that is to be computed for all parents.
type SummariseArgs struct{ Object, Field string }

// summarised is how many parents are brought up to date in one transaction.
const summarised = 500

// SummariseJob computes a new roll-up summary for the parents that were there before it. A parent that is computed
// twice comes out the same.
var SummariseJob = job.Define("summarise", job.Plan{Timeout: time.Hour}, func(ctx context.Context, k *record.Keeper, t job.Task[SummariseArgs]) error {
	last := schema.Id("000000000000000AAA") // before every id
	for {
		var ids []schema.Id
		err := k.Do(ctx, record.Cause{By: "job", Of: t.Id()}, func(tx *record.Tx) (err error) {
			ids = nil
			o := tx.Catalog().Object(t.Args.Object)
			if o == nil || o.Field(t.Args.Field) == nil {
				return nil // deleted meanwhile
			}
			if ids, err = record.FindIds(tx, o, fmt.Sprintf("Id > ? ORDER BY Id LIMIT %d", summarised), last); err != nil {
				return err
			}
			return tx.Summarise(o, t.Args.Field, ids...)
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		last = ids[len(ids)-1]
	}
})
