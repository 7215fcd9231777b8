package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// The size of a batch.
const (
	batchRows = 2000
	batchText = 4 << 20 // bytes of cells, after which a batch ends early
)

// outcome is what became of one row.
type outcome struct {
	Id      schema.Id `json:"i,omitempty"`
	Created bool      `json:"c,omitempty"`
	Error   string    `json:"e,omitempty"` // "" is success
	Other   int64     `json:"o,omitempty"` // the row, from 1, that has the unique value already; 0 is none
}

// args name the job that is worked on.
type args struct{ Job schema.Id }

// attempts is how often a job is taken up. Each goes on where the one before came to.
const attempts = 30

// ingestWork works through the table of a job. A second attempt goes on where the first one was.
var ingestWork = job.Define("bulk ingest", job.Plan{Timeout: 24 * time.Hour, Attempts: attempts}, func(ctx context.Context, b *Bulk, t job.Task[args]) error {
	j, err := b.Job(ctx, access.Everything{}, Ingest, t.Args.Job)
	if err != nil {
		if _, gone := record.FaultsOf(err); gone {
			return nil // deleted meanwhile
		}
		return err
	}
	if j.State != UploadComplete && j.State != InProgress {
		return nil
	}
	err = b.work(ctx, j)
	if f, refused := record.FaultsOf(err); refused {
		return b.fail(ctx, j.Id, f[0].Message)
	}
	if err != nil && ctx.Err() == nil && t.Attempt() == attempts {
		return errors.Join(err, b.fail(ctx, j.Id, "InternalServerError : the server could not work through the job"))
	}
	return err
})

// work goes through the rest of a table. A refusal is about the job as a whole.
func (b *Bulk) work(ctx context.Context, j *Job) error {
	if j.Content == "" {
		return b.batch(ctx, j, nil, nil, 0, true)
	}
	in, err := b.files.Get(j.Content)
	if err != nil {
		return err
	}
	defer in.Close()
	t, err := openTable(in, j.Spec.delimiter(), j.Position)
	if err != nil {
		return err
	}
	for !j.State.ended() {
		rows, last, broken := t.portion()
		if len(rows) > 0 || last {
			if err := b.batch(ctx, j, t.header, rows, t.position(), last); err != nil {
				return err
			}
		}
		if broken != nil {
			return broken
		}
	}
	return nil
}

// portion reads the rows of one batch. When the table can't be read on, the rows before that place are returned with
// the error.
func (t *table) portion() (rows [][]string, last bool, err error) {
	t.size = 0
	for len(rows) < batchRows && t.size < batchText {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return rows, true, nil
		}
		if err != nil {
			return rows, false, err
		}
		rows = append(rows, row)
	}
	return rows, false, nil
}

// errMoved ends work on a job that somebody else works on, too.
var errMoved = errors.New("another server works on this job")

// batch does the rows of one batch and notes, in the same transaction, what became of them and how far the job is.
func (b *Bulk) batch(ctx context.Context, j *Job, header []string, rows [][]string, position int64, last bool) error {
	viewer, err := b.people.Viewer(ctx, j.User)
	if errors.Is(err, org.ErrNoViewer) {
		return refuse("InvalidBatch", "InvalidBatch : the user who made the job is not active any more")
	}
	if err != nil {
		return err
	}
	begun := time.Now()
	var done *Job
	cause := record.Cause{Viewer: viewer, By: "bulk", Of: string(j.Id), Actor: audit.Actor{Id: j.User}}
	err = b.keeper.Do(ctx, cause, func(tx *record.Tx) error {
		now, err := find(tx.Store(), j.Id)
		switch {
		case err != nil:
			return err
		case now == nil || now.State.ended():
			done = &Job{State: Aborted}
			return nil
		case now.Position != j.Position:
			return errMoved
		}
		outcomes, err := perform(tx, now, header, rows)
		if err != nil {
			return err
		}
		if err := keepOutcomes(tx, now, outcomes); err != nil {
			return err
		}
		now.Position, now.State = position, InProgress
		if last {
			now.State = JobComplete
		}
		now.Took += time.Since(begun).Milliseconds()
		done = now
		return now.keep(tx.Store())
	})
	if err != nil {
		return err
	}
	*j = *done
	return nil
}

// errDry takes back what a dry run tried.
var errDry = errors.New("a dry run")

// perform does the rows of a batch, or only tries them. A dry run tries each batch by itself, so it looks for unique
// values of earlier batches in what they claimed.
func perform(tx *record.Tx, j *Job, header []string, rows [][]string) ([]outcome, error) {
	if record.Op(j.Spec.Operation) == opUndo {
		return takeBack(tx, &j.Spec, rows)
	}
	if !j.Spec.Dry {
		done, err := apply(tx, &j.Spec, header, rows)
		return done.outcomes, err
	}
	var tried passage
	err := tx.Try(func() (err error) {
		if tried, err = apply(tx, &j.Spec, header, rows); err != nil {
			return err
		}
		return errDry
	})
	if !errors.Is(err, errDry) {
		return nil, err
	}
	for i := range tried.outcomes {
		if tried.outcomes[i].Created {
			tried.outcomes[i].Id = "" // nothing has it
		}
	}
	if header == nil {
		return nil, nil
	}
	return tried.outcomes, tried.clashes(tx.Store(), j)
}

// keepOutcomes notes what became of the rows of a batch.
func keepOutcomes(tx *record.Tx, j *Job, outcomes []outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	text, err := json.Marshal(outcomes)
	if err != nil {
		return err
	}
	if _, err := tx.Store().Exec("INSERT INTO bulk_result (job, n, outcomes) VALUES (?, ?, ?)", string(j.Id), j.Processed, text); err != nil {
		return fmt.Errorf("keep the results of bulk job %s: %w", j.Id, err)
	}
	for _, o := range outcomes {
		if o.Error != "" {
			j.Failed++
		}
	}
	j.Processed += int64(len(outcomes))
	return nil
}

// passage is the rows of a batch on their way through the corridor.
type passage struct {
	outcomes []outcome
	batch    record.Batch
	at       []int // the row of each patch
}

// apply takes rows through the corridor. A header that does not fit the object is a refusal of the whole.
func apply(tx *record.Tx, s *Spec, header []string, rows [][]string) (a passage, err error) {
	op := operations[s.Operation]
	o := tx.Catalog().Object(s.Object)
	if o == nil {
		return a, refuse("InvalidBatch", "InvalidBatch : there is no object "+s.Object+" any more")
	}
	if header == nil {
		return a, nil
	}
	read, err := patches(tx, o, op, header)
	if err != nil {
		return a, refuse("InvalidBatch", "InvalidBatch : "+wording(err))
	}
	a = passage{outcomes: make([]outcome, len(rows)), batch: record.Batch{Op: op, Object: o}}
	if s.ExternalId != "" {
		a.batch.By = o.Field(s.ExternalId)
	}
	for i, cells := range rows {
		p, err := read(cells)
		if f, refused := record.FaultsOf(err); refused {
			a.outcomes[i].Error = errorText(f)
			continue
		} else if err != nil {
			return a, err
		}
		a.batch.Patches, a.at = append(a.batch.Patches, p), append(a.at, i)
	}
	results, err := tx.Apply(a.batch)
	if err != nil {
		return a, err
	}
	for n, r := range results {
		a.outcomes[a.at[n]] = outcomeOf(op, r)
	}
	return a, nil
}

func outcomeOf(op record.Op, r record.Result) outcome {
	switch {
	case r.Matches != nil:
		return outcome{Error: "DUPLICATE_EXTERNAL_ID:" + r.Matches.Error() + ":" + r.Matches.Field.Name + " --"}
	case len(r.Faults) > 0:
		id := r.Id
		if op == record.Insert {
			id = ""
		}
		return outcome{Id: id, Error: errorText(r.Faults)}
	}
	return outcome{Id: r.Id, Created: r.Created}
}

// patches returns the reader of the rows under a header.
func patches(tx *record.Tx, o *schema.Object, op record.Op, header []string) (func([]string) (record.Patch, error), error) {
	if op == record.Delete || op == record.HardDelete {
		return ids(header)
	}
	columns, err := record.NewPatchReader(tx.Catalog(), o, tx.Viewer(), op == record.Insert).CSV(header)
	if err != nil {
		return nil, err
	}
	return columns.Patch, nil
}

// ids returns the reader of rows of which only the id counts.
func ids(header []string) (func([]string) (record.Patch, error), error) {
	for i, name := range header {
		if !strings.EqualFold(strings.TrimSpace(name), "Id") {
			continue
		}
		return func(cells []string) (record.Patch, error) {
			if i >= len(cells) || cells[i] == "" {
				return record.Patch{}, schema.Refuse("MISSING_ARGUMENT", "Id not specified", "Id")
			}
			id, err := schema.ParseId(cells[i])
			if err != nil {
				return record.Patch{}, schema.Refuse("MALFORMED_ID", "Record ID: id value of incorrect type: "+cells[i], "Id")
			}
			return record.Patch{Id: id}, nil
		}, nil
	}
	return nil, refuse("INVALID_FIELD", "Field name not found : Id")
}

// wording is what a refusal says, without its code.
func wording(err error) string {
	f, _ := record.FaultsOf(err)
	var texts []string
	for _, fault := range f {
		texts = append(texts, fault.Message)
	}
	return strings.Join(texts, "; ")
}

// errorText writes the faults of a row as the API does: CODE:message:Field,Field --
func errorText(f record.Faults) string {
	var texts []string
	for _, fault := range f {
		texts = append(texts, fault.Code+":"+fault.Message+":"+strings.Join(fault.Fields, ",")+" --")
	}
	return strings.Join(texts, ";")
}

// fail ends a job that can't be worked through.
func (b *Bulk) fail(ctx context.Context, id schema.Id, why string) error {
	return b.keeper.Do(ctx, record.Cause{By: "bulk", Of: string(id)}, func(tx *record.Tx) error {
		j, err := find(tx.Store(), id)
		if err != nil || j == nil || j.State.ended() {
			return err
		}
		j.State, j.Error = Failed, why
		return j.keep(tx.Store())
	})
}
