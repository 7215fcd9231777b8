package bulk

import (
	"context"
	"errors"
	"io"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/store"
)

// queryBudget is how long one page of results may take.
const queryBudget = 2 * time.Minute

// ask is the question of a query job on behalf of a viewer.
func (b *Bulk) ask(s *Spec, v access.Viewer) query.Ask {
	return query.Ask{Catalog: b.keeper.Catalog(), Viewer: v, Text: s.Query, Deleted: s.Operation == "queryAll", Budget: queryBudget}
}

// CreateQuery makes a job that answers a query. A mistake in the query is refused at once.
func (b *Bulk) CreateQuery(ctx context.Context, v access.Viewer, s Spec) (*Job, error) {
	if s.Operation != "query" && s.Operation != "queryAll" {
		return nil, refuse("INVALIDJOB", "operation: "+s.Operation+" is not query or queryAll")
	}
	if err := s.form(); err != nil {
		return nil, err
	}
	st, err := b.compile(&s, v)
	if err != nil {
		return nil, err
	}
	if _, _, err := b.engine.WriteCSV(ctx, io.Discard, b.ask(&s, v), query.CSV{}, "", 1); err != nil {
		return nil, err // it is no table
	}
	s.Object = st.Object.Name
	j := &Job{Kind: Query, User: v.User(), State: UploadComplete, Spec: s}
	err = b.keeper.DB().Write(ctx, func(tx *store.Tx) error {
		if err := j.insert(tx); err != nil {
			return err
		}
		return queryWork.Enqueue(tx, args{j.Id})
	})
	return j, err
}

func (b *Bulk) compile(s *Spec, v access.Viewer) (*query.Statement, error) {
	a := b.ask(s, v)
	return query.Compile(a.Text, a.Catalog, a.Viewer, query.Options{Now: b.engine.Now(), Deleted: a.Deleted, FiscalStart: b.engine.Fiscal(), Virtual: b.engine.Virtual})
}

// queryWork counts what the query of a job finds.
var queryWork = job.Define("bulk query", job.Plan{Timeout: time.Hour}, func(ctx context.Context, b *Bulk, t job.Task[args]) error {
	j, err := b.Job(ctx, access.Everything{}, Query, t.Args.Job)
	if _, gone := record.FaultsOf(err); gone {
		return nil // deleted meanwhile
	}
	if err != nil || j.State != UploadComplete {
		return err
	}
	begun := time.Now()
	rows, err := b.count(ctx, j)
	if f, refused := record.FaultsOf(err); refused {
		return b.fail(ctx, j.Id, f[0].Message)
	}
	if err != nil {
		return err
	}
	return b.keeper.DB().Write(ctx, func(tx *store.Tx) error {
		now, err := find(tx, j.Id)
		if err != nil || now == nil || now.State.ended() {
			return err
		}
		now.State, now.Processed, now.Took = JobComplete, int64(rows), time.Since(begun).Milliseconds()
		return now.keep(tx)
	})
})

func (b *Bulk) count(ctx context.Context, j *Job) (n int, err error) {
	viewer, err := b.people.Viewer(ctx, j.User)
	if errors.Is(err, org.ErrNoViewer) {
		return 0, refuse("InvalidBatch", "The user who made the job is not active any more")
	}
	if err != nil {
		return 0, err
	}
	st, err := b.compile(&j.Spec, viewer)
	if err != nil {
		return 0, err
	}
	err = b.keeper.DB().View(ctx, func(tx *store.Tx) error {
		n, err = st.Count(tx)
		return err
	})
	return n, err
}

// WriteRows writes up to most rows of a query job's answer, and returns how many they were and the locator of the
// rest, "" at the end. Rights are those of v now.
func (b *Bulk) WriteRows(ctx context.Context, w io.Writer, j *Job, v access.Viewer, locator string, most int) (rows int, next string, err error) {
	if j.State != JobComplete {
		return 0, "", refuse("INVALIDJOBSTATE", "The job is "+string(j.State)+": its results are there when it is JobComplete")
	}
	form := query.CSV{Delimiter: byte(j.Spec.delimiter()), CRLF: j.Spec.LineEnding == "CRLF"}
	return b.engine.WriteCSV(ctx, w, b.ask(&j.Spec, v), form, locator, most)
}
