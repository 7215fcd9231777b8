package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/file"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

type Thing struct {
	schema.Standard `prefix:"a01"`
	OwnerId         schema.AnyRef `to:"User,Group" field:"owner"`
	Name            string        `field:"name required"`
	Size            schema.Int
	Code            string `field:"unique external" max:"20"`
	Serial          string `field:"unique casesens" max:"20"`
}

// house is the bulk jobs of an organisation with one administrator.
type house struct {
	*Bulk
	t      testing.TB
	viewer access.Viewer
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{t: t}
	c, err := schema.Compile(append(slices.Clone(org.All), Thing{})...)
	h.must(err)
	_, err = db.Sync(ctx, c)
	h.must(err)
	log, err := audit.Open(db, audit.Options{Name: "test", Node: "n1"})
	h.must(err)
	k, err := record.New(record.Options{DB: db, Catalog: c, Book: org.Rules, Audit: log})
	h.must(err)
	files, err := file.Open(t.TempDir(), 0, db.Now)
	h.must(err)
	t.Cleanup(func() { h.must(files.Close()) })
	cursors, err := query.NewCursors([]byte("a secret of the tests"), db.Now)
	h.must(err)
	people := org.NewDirectory(db, k.Catalog, nil)
	h.Bulk = New(k, people, files, &query.Engine{DB: db, Cursors: cursors, Now: db.Now})
	var user schema.Id
	h.must(k.Do(ctx, record.Cause{By: "test"}, func(tx *record.Tx) error {
		_, err := org.Plant(tx, org.Seed{Name: "Test", Zone: "UTC", Currency: "EUR", Profiles: []org.ProfileSeed{{Name: "Admin", Permissions: "ApiEnabled ViewAllData ModifyAllData CustomizeApplication"}}})
		if err != nil {
			return err
		}
		p, err := record.First[org.Profile](tx, "Name = ?", "Admin")
		if err != nil {
			return err
		}
		u := &org.User{Username: "a@test.example", Email: "a@test.example", LastName: "a", Alias: "a", IsActive: true, ProfileId: schema.Ref[org.Profile](p.Id),
			TimeZoneSidKey: "UTC", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
		err = tx.Save(u)
		user = u.Id
		return err
	}))
	h.viewer, err = people.Viewer(ctx, user)
	h.must(err)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// TestResumedJobDoesNoRowTwice stops a job after its first batch, as a crash does, and has it taken up again.
func TestResumedJobDoesNoRowTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		h := newHouse(t, db)
		const rows = 2*batchRows + 500
		var table bytes.Buffer
		table.WriteString("Name,Size\r\n")
		for i := range rows {
			fmt.Fprintf(&table, "\"thing\n%d\",%d\r\n", i, i)
		}
		j, err := h.CreateIngest(ctx, h.viewer, Spec{Operation: "insert", Object: "Thing", LineEnding: "CRLF", Version: "60.0"}, &table)
		h.must(err)
		in, err := h.files.Get(j.Content)
		h.must(err)
		defer in.Close()
		tab, err := openTable(in, ',', 0)
		h.must(err)
		first, last, err := tab.portion()
		if h.must(err); last {
			t.Fatal("the table is one batch")
		}
		stale := *j
		h.must(h.batch(ctx, j, tab.header, first, tab.position(), false))
		if err := h.batch(ctx, &stale, tab.header, first, tab.position(), false); !errors.Is(err, errMoved) {
			t.Fatalf("the same rows again: %v", err)
		}
		q, err := job.Open(db, h.Bulk, Jobs, job.Options{Failed: func(_ string, err error) { t.Error(err) }})
		h.must(err)
		_, err = q.Tick(ctx)
		h.must(err)
		if j, err = h.Job(ctx, h.viewer, Ingest, j.Id); j.State != JobComplete || j.Processed != rows || j.Failed != 0 {
			t.Errorf("%+v, %v", j, err)
		}
		h.must(h.keeper.View(ctx, func(v *record.View) error {
			n, err := record.Count[Thing](v, "Size >= 0")
			if n != rows {
				t.Errorf("%d things, want %d", n, rows)
			}
			return err
		}))
		var out bytes.Buffer
		h.must(h.WriteResults(ctx, &out, j, Successful, false))
		if n := strings.Count(out.String(), "\r\n"); n != rows+1 || !strings.Contains(out.String(), fmt.Sprintf(",\"true\",\"thing\n%d\",\"%d\"", rows-1, rows-1)) {
			t.Errorf("%d lines of results", n)
		}
	})
}

func TestSweptJobsAreGone(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, store.Options{}))
	ctx := context.Background()
	j, err := h.CreateIngest(ctx, h.viewer, Spec{Operation: "insert", Object: "Thing", Version: "60.0"}, nil)
	h.must(err)
	h.must(h.keeper.DB().Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE bulk_job SET modified = modified - ?", int64(keepDays*24*3600*1000+1))
		return err
	}))
	h.must(h.sweep(ctx))
	if _, err := h.Job(ctx, h.viewer, Ingest, j.Id); err == nil {
		t.Error("an old job is still there")
	}
}

// TestTablesGoOnWhereTheyWere: a table read in parts gives the rows that it gives in one go.
func TestTablesGoOnWhereTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 4).Draw(t, "width")
		cell := rapid.StringOfN(rapid.SampledFrom([]rune("aä\",;|\n x")), 0, 6, -1)
		row := rapid.SliceOfN(cell, width, width)
		want := rapid.SliceOfN(row, 1, 30).Draw(t, "rows")
		for _, r := range want {
			r[0] = "x" + r[0] // a line of nothing is no row
		}
		spec := Spec{Delimiter: rapid.SampledFrom([]string{"COMMA", "PIPE", "SEMICOLON", "TAB", "CARET", "BACKQUOTE"}).Draw(t, "delimiter"), LineEnding: rapid.SampledFrom([]string{"LF", "CRLF"}).Draw(t, "ending")}
		var b bytes.Buffer
		if rapid.Bool().Draw(t, "mark") {
			b.WriteString("\xef\xbb\xbf")
		}
		q := newQuoted(&b, &spec)
		for _, r := range want {
			q.write(nil, r)
		}
		if err := q.w.Flush(); err != nil {
			t.Fatal(err)
		}
		position := int64(0)
		got := [][]string{}
		for {
			tab, err := openTable(bytes.NewReader(b.Bytes()), spec.delimiter(), position)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, nil); len(got) == 1 {
				got[0] = tab.header
				got = append(got, nil)
			}
			if got[len(got)-1], err = tab.next(); err != nil {
				got = got[:len(got)-1]
				break
			}
			position = tab.position()
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// FuzzTable holds that no upload makes the reader fail otherwise than with a refusal, or stand still.
func FuzzTable(f *testing.F) {
	f.Add([]byte("Name,Size\na,1\n\"b\n"), int64(0))
	f.Add([]byte("\xef\xbb\xbf\r\n\r\n,\n"), int64(4))
	f.Fuzz(func(t *testing.T, data []byte, position int64) {
		tab, err := openTable(bytes.NewReader(data), ',', position)
		if err != nil {
			if _, refused := record.FaultsOf(err); !refused {
				t.Fatal(err)
			}
			return
		}
		for before := int64(-1); ; {
			if _, err := tab.next(); err != nil {
				return
			}
			if now := tab.position(); now <= before {
				t.Fatalf("stands still at %d", now)
			} else {
				before = now
			}
		}
	})
}
