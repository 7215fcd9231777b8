package bulk

import (
	"context"
	"io"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/file"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Bulk is the bulk jobs of one organisation. It is safe for use by many goroutines.
type Bulk struct {
	keeper *record.Keeper
	people *org.Directory
	files  *file.Dir
	engine *query.Engine
}

// New returns the bulk jobs of an organisation. Uploaded tables are kept in files.
func New(k *record.Keeper, people *org.Directory, files *file.Dir, engine *query.Engine) *Bulk {
	return &Bulk{k, people, files, engine}
}

func refuse(code, message string) error { return schema.Refuse(code, message) }

// operations are what an ingest job may do.
var operations = map[string]record.Op{"insert": record.Insert, "update": record.Update, "upsert": record.Upsert, "delete": record.Delete, "hardDelete": record.HardDelete}

// needs are the rights that an operation needs at least.
var needs = map[record.Op]access.Rights{record.Insert: access.Create, record.Update: access.Edit, record.Upsert: access.Create | access.Edit,
	record.Delete: access.Delete, record.HardDelete: access.Delete}

// CreateIngest opens a job that changes records. content is its table when it came along; nil waits for [Bulk.Upload].
func (b *Bulk) CreateIngest(ctx context.Context, v access.Viewer, s Spec, content io.Reader) (*Job, error) {
	if err := b.checkIngest(v, &s); err != nil {
		return nil, err
	}
	j := &Job{Kind: Ingest, User: v.User(), State: Open, Spec: s}
	if err := b.keeper.DB().Write(ctx, j.insert); err != nil || content == nil {
		return j, err
	}
	if err := b.Upload(ctx, v, j.Id, content); err != nil {
		return nil, err
	}
	return b.SetState(ctx, v, Ingest, j.Id, UploadComplete)
}

func (b *Bulk) checkIngest(v access.Viewer, s *Spec) error {
	op, known := operations[s.Operation]
	o := b.keeper.Catalog().Object(s.Object)
	switch {
	case !known:
		return refuse("INVALIDJOB", "operation: "+s.Operation+" is not one of insert, update, upsert, delete, hardDelete")
	case o == nil || !v.Object(o).Has(access.Read):
		return refuse("INVALIDENTITY", "sObject type '"+s.Object+"' is not supported.")
	case !v.Object(o).Has(needs[op]) || o.ReadOnly:
		return refuse("INSUFFICIENT_ACCESS", "You may not "+s.Operation+" records of "+o.Name)
	case op == record.HardDelete && !v.May("BulkApiHardDelete"):
		return refuse("INSUFFICIENT_ACCESS", "hardDelete needs the permission BulkApiHardDelete")
	}
	s.Object = o.Name
	if op != record.Upsert {
		s.ExternalId = ""
		return s.form()
	}
	f := o.Field(s.ExternalId)
	if f == nil || !v.Reads(o, f) || f.Kind != schema.KindId && !f.ExternalId && !f.Unique {
		return refuse("INVALIDJOB", "externalIdFieldName: an upsert needs the name of an external id field of "+o.Name+", not '"+s.ExternalId+"'")
	}
	s.ExternalId = f.Name
	return s.form()
}

// Job returns a job of a kind. Whoever did not make it and is no administrator is told that it is not there.
func (b *Bulk) Job(ctx context.Context, v access.Viewer, kind Kind, id schema.Id) (j *Job, err error) {
	err = b.keeper.DB().View(ctx, func(tx *store.Tx) error {
		j, err = b.mine(tx, v, kind, id)
		return err
	})
	return j, err
}

// mine returns a job that is open to v.
func (b *Bulk) mine(tx *store.Tx, v access.Viewer, kind Kind, id schema.Id) (*Job, error) {
	j, err := find(tx, id)
	if err != nil {
		return nil, err
	}
	if j == nil || j.Kind != kind || j.User != v.User() && !administrator(v) {
		return nil, refuse("NOT_FOUND", "The requested resource does not exist")
	}
	return j, nil
}

func administrator(v access.Viewer) bool { return v.May(access.ModifyAllData) }

// ListSize is how many jobs [Bulk.List] returns at most.
const ListSize = 1000

// List returns jobs of a kind, the newest first, that come after the given id; "" is from the start.
func (b *Bulk) List(ctx context.Context, v access.Viewer, kind Kind, after schema.Id) (list []*Job, err error) {
	where, args := []string{"kind = ?"}, []any{string(kind)}
	if !administrator(v) {
		where, args = append(where, "user_id = ?"), append(args, string(v.User()))
	}
	if after != "" {
		where, args = append(where, "id < ?"), append(args, string(after))
	}
	err = b.keeper.DB().View(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query("SELECT "+columns+" FROM bulk_job WHERE "+strings.Join(where, " AND ")+" ORDER BY id DESC LIMIT ?", append(args, ListSize)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			j, err := scan(rows)
			if err != nil {
				return err
			}
			list = append(list, j)
		}
		return rows.Err()
	})
	return list, err
}

// Upload keeps the table of an open job. It is taken once.
func (b *Bulk) Upload(ctx context.Context, v access.Viewer, id schema.Id, content io.Reader) error {
	if b.files == nil {
		return refuse("FUNCTIONALITY_NOT_ENABLED", "This server keeps no files")
	}
	check := func(tx *store.Tx) (*Job, error) {
		j, err := b.mine(tx, v, Ingest, id)
		switch {
		case err != nil:
			return nil, err
		case j.State != Open:
			return nil, refuse("INVALIDJOBSTATE", "The job is "+string(j.State)+" and takes no data")
		case j.Content != "":
			return nil, refuse("INVALIDJOBSTATE", "The job has its data already; make a new job for more")
		}
		return j, nil
	}
	if err := b.keeper.DB().View(ctx, func(tx *store.Tx) error { _, err := check(tx); return err }); err != nil {
		return err
	}
	kept, err := b.files.Put(ctx, content)
	if err != nil {
		return err
	}
	return b.keeper.DB().Write(ctx, func(tx *store.Tx) error {
		j, err := check(tx)
		if err != nil {
			return err
		}
		if err := file.Use(tx, kept.Hash, j.Id); err != nil {
			return err
		}
		j.Content = kept.Hash
		return j.keep(tx)
	})
}

// SetState completes the upload of a job, whose work then begins, or aborts it.
func (b *Bulk) SetState(ctx context.Context, v access.Viewer, kind Kind, id schema.Id, to State) (j *Job, err error) {
	err = b.keeper.DB().Write(ctx, func(tx *store.Tx) error {
		if j, err = b.mine(tx, v, kind, id); err != nil {
			return err
		}
		switch {
		case to == Aborted && j.State.ended():
			return refuse("INVALIDJOBSTATE", "Aborting already Completed Job not allowed")
		case to == UploadComplete && (kind == Query || j.State != Open):
			return refuse("INVALIDJOBSTATE", "The job is "+string(j.State)+": only an Open job can become UploadComplete")
		case to != Aborted && to != UploadComplete:
			return refuse("INVALIDJOBSTATE", "state: a job can be set to UploadComplete or Aborted, not to '"+string(to)+"'")
		}
		j.State = to
		if err := j.keep(tx); err != nil || to == Aborted {
			return err
		}
		return ingestWork.Enqueue(tx, args{j.Id})
	})
	return j, err
}

// Delete forgets a job that has ended, with its table and results.
func (b *Bulk) Delete(ctx context.Context, v access.Viewer, kind Kind, id schema.Id) error {
	return b.keeper.DB().Write(ctx, func(tx *store.Tx) error {
		j, err := b.mine(tx, v, kind, id)
		if err != nil {
			return err
		}
		if !j.State.ended() {
			return refuse("INVALIDJOBSTATE", "The job is "+string(j.State)+": abort it before it is deleted")
		}
		return forget(tx, j.Id)
	})
}

// forget removes a job and all that belongs to it.
func forget(tx *store.Tx, id schema.Id) error {
	if err := file.Release(tx, id); err != nil {
		return err
	}
	for _, table := range []string{"bulk_result", "bulk_seen"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE job = ?", string(id)); err != nil {
			return err
		}
	}
	_, err := tx.Exec("DELETE FROM bulk_job WHERE id = ?", string(id))
	return err
}
