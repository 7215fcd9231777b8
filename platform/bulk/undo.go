package bulk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// opUndo is what takes back another job. No client asks for it by this name; see [Bulk.Undo].
const opUndo record.Op = "undo"

// Undo opens a job that takes back what another one did: records that it created are deleted, records that it changed
// get their old values back. A record that was changed since is left as it is and refused, with the reason. The rows of
// the new job are those of the old one that succeeded; their column Row is the row of the old table.
func (b *Bulk) Undo(ctx context.Context, v access.Viewer, id schema.Id) (*Job, error) {
	old, err := b.Job(ctx, v, Ingest, id)
	if err != nil {
		return nil, err
	}
	op := operations[old.Spec.Operation]
	switch {
	case !old.State.ended():
		return nil, refuse("INVALIDJOBSTATE", "The job is "+string(old.State)+": it can be taken back when it has ended")
	case op != record.Insert && op != record.Update && op != record.Upsert || old.Spec.Dry:
		return nil, refuse("INVALIDJOB", "Only a job that created or changed records can be taken back")
	}
	table, err := b.doneRows(ctx, old)
	if err != nil {
		return nil, err
	}
	j := &Job{Kind: Ingest, User: v.User(), State: Open, Spec: Spec{Operation: string(opUndo), Object: old.Spec.Object, Undoes: old.Id, Version: old.Spec.Version, Client: old.Spec.Client}}
	if err := j.Spec.form(); err != nil {
		return nil, err
	}
	if err := b.keeper.DB().Write(ctx, j.insert); err != nil {
		return nil, err
	}
	if err := b.Upload(ctx, v, j.Id, table); err != nil {
		return nil, err
	}
	return b.SetState(ctx, v, Ingest, j.Id, UploadComplete)
}

// doneRows is the table of what a job did: the last row first, so that what depends on a row before it goes first.
func (b *Bulk) doneRows(ctx context.Context, j *Job) (*bytes.Buffer, error) {
	type done struct {
		row int
		o   outcome
	}
	var all []done
	n := 0
	err := b.eachOutcome(ctx, j, func(o outcome) error {
		if n++; o.Error == "" {
			all = append(all, done{n, o})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("Id,Created,Row\n")
	for _, d := range slices.Backward(all) {
		fmt.Fprintf(&out, "%s,%t,%d\n", d.o.Id, d.o.Created, d.row)
	}
	return &out, nil
}

// takeBack undoes rows of a job within tx.
func takeBack(tx *record.Tx, s *Spec, rows [][]string) ([]outcome, error) {
	o := tx.Catalog().Object(s.Object)
	if o == nil {
		return nil, refuse("InvalidBatch", "InvalidBatch : there is no object "+s.Object+" any more")
	}
	outcomes := make([]outcome, len(rows))
	gone, restored := taken{op: record.Delete}, taken{op: record.Update}
	for i, cells := range rows {
		if len(cells) < 2 {
			return nil, refuse("InvalidBatch", "InvalidBatch : the table of what was done is cut off")
		}
		outcomes[i].Id = schema.Id(cells[0])
		created, _ := strconv.ParseBool(cells[1])
		p, err := before(tx, o, schema.Id(cells[0]), s.Undoes, created)
		if f, refused := record.FaultsOf(err); refused {
			outcomes[i].Error = errorText(f)
			continue
		} else if err != nil {
			return nil, err
		}
		to := &restored
		if created {
			to = &gone
		}
		to.patches, to.at = append(to.patches, p), append(to.at, i)
	}
	for _, part := range []taken{gone, restored} {
		if err := part.apply(tx, o, outcomes); err != nil {
			return nil, err
		}
	}
	return outcomes, nil
}

// taken is the rows that are taken back in one way.
type taken struct {
	op      record.Op
	patches []record.Patch
	at      []int // the row of each patch
}

func (t *taken) apply(tx *record.Tx, o *schema.Object, outcomes []outcome) error {
	if len(t.patches) == 0 {
		return nil
	}
	results, err := tx.Apply(record.Batch{Op: t.op, Object: o, Patches: t.patches})
	if err != nil {
		return err
	}
	for n, r := range results {
		if len(r.Faults) > 0 {
			outcomes[t.at[n]].Error = errorText(r.Faults)
		}
	}
	return nil
}

// historyPart is how many entries of a record are read at once.
const historyPart = 20

// before returns the patch that takes a record back to what it was before a job. A record that somebody else changed
// since, or whose old values were erased, is refused.
func before(tx *record.Tx, o *schema.Object, id, job schema.Id, created bool) (record.Patch, error) {
	p := record.Patch{Id: id}
	from := int64(0)
	for first := true; ; first = false {
		past, err := record.History(tx, id, from, historyPart)
		if err != nil {
			return p, err
		}
		for i := range past {
			e := &past[i]
			from = e.N
			switch {
			case e.Reason.Code != cause(job) && first && i == 0:
				return p, changedSince(e)
			case e.Reason.Code != cause(job) || created:
				return p, nil
			case e.Erased:
				return p, schema.Refuse("ENTITY_IS_DELETED", "The old values were erased and can't come back")
			}
			if err := restore(&p, tx.Viewer(), o, e); err != nil {
				return p, err
			}
		}
		if len(past) < historyPart {
			return p, nil
		}
	}
}

// cause is how the audit log names a job.
func cause(job schema.Id) string { return "bulk " + string(job) }

func changedSince(e *audit.Past) error {
	what := "changed"
	if e.Op == audit.Delete || e.Op == audit.Purge {
		what = "deleted"
	}
	return schema.Refuse("ENTITY_IS_LOCKED", "The record was "+what+" since, at "+e.At.String()+"; it is left as it is")
}

// restore has a patch set the old values of an entry. What the house itself keeps follows from them.
func restore(p *record.Patch, v access.Viewer, o *schema.Object, e *audit.Past) error {
	for _, c := range e.Fields {
		f := o.Field(c.Name)
		if f == nil || !f.Updateable() || !v.Edits(o, f) {
			continue
		}
		value, err := oldValue(f, c.Old)
		if err != nil {
			return fmt.Errorf("the old value of %s.%s: %w", o.Name, f.Name, err)
		}
		p.Set(f, value)
	}
	return nil
}

func oldValue(f *schema.Field, old []byte) (any, error) {
	if len(old) == 0 {
		return f.Zero(), nil
	}
	d := json.NewDecoder(bytes.NewReader(old))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return f.Parse(v)
}
