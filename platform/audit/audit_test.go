package audit_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/mod/sumdb/tlog"

	"truckroll/platform/audit"
	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func openLog(t testing.TB, db *store.DB) *audit.Log {
	t.Helper()
	l, err := audit.Open(db, audit.Options{Name: "test.example/audit", Node: "n1", Key: audit.SiteKey{1, 2, 3}})
	must(t, err)
	return l
}

func change(record string, revision int64, fields ...string) audit.Entry {
	e := audit.Entry{
		At: schema.AtMilli(1_800_000_000_000 + revision), Request: "req-1", Actor: audit.Actor{Id: "005000000000001AAA", Name: "Jane \"J\" Tech", Role: "Technician", Auth: "password"},
		Op: audit.Update, Object: "WorkOrder", Record: schema.Id(record), Revision: revision,
	}
	for _, f := range fields {
		e.Fields = append(e.Fields, audit.Field{Name: f, Old: []byte(`"old"`), New: fmt.Appendf(nil, `"new %d"`, revision)})
	}
	return e
}

func write(t testing.TB, db *store.DB, l *audit.Log, entries ...audit.Entry) {
	t.Helper()
	must(t, db.Write(context.Background(), func(tx *store.Tx) error { return l.Append(tx, entries) }))
}

func verify(t testing.TB, l *audit.Log) audit.Report {
	t.Helper()
	for {
		n, err := l.Sequence(context.Background())
		must(t, err)
		if n == 0 {
			break
		}
	}
	r, err := l.Verify(context.Background())
	must(t, err)
	return r
}

func sound(t testing.TB, l *audit.Log, size int64) audit.Report {
	t.Helper()
	r := verify(t, l)
	if r.Size != size || r.Waiting != 0 || r.Problems != nil {
		t.Fatalf("size %d, waiting %d, problems %v; want %d entries and no problem", r.Size, r.Waiting, r.Problems, size)
	}
	return r
}

func TestHistoryGivesBackWhatWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		first := change("0WO1", 1, "Subject")
		first.Fields[0].Old = nil
		second := change("0WO1", 2, "Subject", "Status")
		second.Device = &audit.Device{Id: "d", App: "a 1", ClientTime: schema.AtMilli(5), Offset: -7, Mutation: "m", Offline: true}
		second.OnBehalf, second.Reason, second.Subject = "003A", audit.Reason{Code: "fix", Text: "wrong\nline"}, "003000000000001AAA"
		write(t, db, l, first, change("0WO2", 1, "Status"), second)
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			past, err := l.History(tx, "0WO1", 0, 10)
			must(t, err)
			if len(past) != 2 {
				t.Fatalf("%d entries", len(past))
			}
			for i, want := range []audit.Entry{second, first} {
				want.Subject = ""
				if d := cmp.Diff(want, past[i].Entry, cmp.Comparer(func(a, b schema.DateTime) bool { return a == b }), cmpopts.IgnoreUnexported(audit.Entry{})); d != "" {
					t.Error(d)
				}
			}
			older, err := l.History(tx, "0WO1", past[0].N, 1)
			must(t, err)
			if len(older) != 1 || older[0].Revision != 1 {
				t.Errorf("before the newest: %+v", older)
			}
			return nil
		}))
		sound(t, l, 3)
	})
}

func TestBodyIsInItsDocumentedForm(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	l := openLog(t, db)
	write(t, db, l, change("0WO1", 1, "Subject"))
	var body string
	must(t, db.View(context.Background(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT CAST(body AS TEXT) FROM audit_entry").Scan(&body)
	}))
	id, rest, _ := strings.Cut(strings.TrimPrefix(body, `{"v":1,"log":"test.example/audit","id":"`), `"`)
	if len(id) != 36 || !strings.HasPrefix(id, "01a3185c-5001-7") {
		t.Errorf("not a UUIDv7 of its time: %s", id)
	}
	want := `,"ts":"2027-01-15T08:00:00.001Z","node":"n1","req":"req-1","actor":{"id":"005000000000001AAA","name":"Jane \"J\" Tech","role":"Technician","auth":"password"},` +
		`"op":"update","obj":"WorkOrder","rid":"0WO1","rev":1,"key":1,"f":[{"n":"Subject","o":"`
	if !strings.HasPrefix(rest, want) {
		t.Errorf("\n got %s\nwant %s", rest, want)
	}
	if strings.Contains(body, "new 1") {
		t.Error("the value stands in the body in the clear")
	}
}

// TestTreeIsThatOfRFC6962 compares the tree with one that package tlog makes from all leaves.
func TestTreeIsThatOfRFC6962(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		for i := range 70 {
			var batch []audit.Entry
			for j := range i % 5 {
				batch = append(batch, change(fmt.Sprintf("0WO%d-%d", i, j), 1, "Subject"))
			}
			write(t, db, l, batch...)
		}
		r := sound(t, l, 140)
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			var hashes []tlog.Hash
			all := tlog.HashReaderFunc(func(x []int64) (out []tlog.Hash, err error) {
				for _, i := range x {
					out = append(out, hashes[i])
				}
				return out, nil
			})
			for i := range r.Size {
				leaf, err := audit.Hashes(tx).ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
				must(t, err)
				more, err := tlog.StoredHashesForRecordHash(i, leaf[0], all)
				must(t, err)
				hashes = append(hashes, more...)
			}
			for i, want := range hashes {
				got, err := audit.Hashes(tx).ReadHashes([]int64{int64(i)})
				must(t, err)
				if got[0] != want {
					t.Fatalf("stored hash %d differs", i)
				}
			}
			root, err := tlog.TreeHash(r.Size, audit.Hashes(tx))
			must(t, err)
			if root != r.Root {
				t.Error("the roots differ")
			}
			proof, err := tlog.ProveRecord(r.Size, 77, audit.Hashes(tx))
			must(t, err)
			leaf, err := audit.Hashes(tx).ReadHashes([]int64{tlog.StoredHashIndex(0, 77)})
			must(t, err)
			return tlog.CheckRecord(proof, r.Size, root, 77, leaf[0])
		}))
	})
}

func TestUndoneEntriesLeaveNoGap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				err := db.Write(context.Background(), func(tx *store.Tx) error {
					if err := l.Append(tx, []audit.Entry{change(fmt.Sprint("0WO", i), 1, "Subject")}); err != nil {
						return err
					}
					if i%4 == 0 {
						return errors.New("undone")
					}
					return nil
				})
				if (err == nil) == (i%4 == 0) {
					t.Errorf("writer %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		sound(t, l, 30)
	})
}

func TestChainHoldsAcrossTransactionsAndBatches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		write(t, db, l, change("0WO1", 1, "A"), change("0WO1", 2, "A"))
		write(t, db, l, change("0WO1", 3, "A"))
		r := sound(t, l, 3)
		if r.Redacted != 0 {
			t.Error("nothing was erased")
		}
		signIn := audit.Entry{At: schema.AtMilli(9), Op: "sign-in", Object: "User", Record: "005A"}
		write(t, db, l, signIn, signIn)
		sound(t, l, 5)
	})
}

func TestEraseRemovesValuesAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		theirs, other := change("003A", 1, "Phone"), change("003B", 1, "Phone")
		theirs.Subject, other.Subject = "003A", "003B"
		write(t, db, l, theirs, other)
		must(t, db.Write(context.Background(), func(tx *store.Tx) error {
			return l.Erase(tx, "003A", audit.Entry{At: schema.AtMilli(7), Object: "Contact", Record: "003A"})
		}))
		if r := sound(t, l, 3); r.Redacted != 1 {
			t.Errorf("%d entries are redacted, want 1", r.Redacted)
		}
		theirs.Revision = 2
		write(t, db, l, theirs) // has a key of its own again
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			past, err := l.History(tx, "003A", 0, 10)
			must(t, err)
			if len(past) != 3 || past[0].Erased || !past[2].Erased || past[2].Fields[0].New != nil || past[2].Fields[0].Name != "Phone" {
				t.Errorf("history %+v", past)
			}
			return nil
		}))
		sound(t, l, 4)
	})
}

func TestAuditTablesRefuseChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		for i := range int64(20) {
			write(t, db, l, change("0WO1", i+1, "A"))
		}
		sound(t, l, 20)
		for _, s := range []string{
			"UPDATE audit_entry SET body = leaf", "DELETE FROM audit_entry", "UPDATE audit_node SET i = i + 100", "DELETE FROM audit_node", "DELETE FROM audit_key",
			"INSERT INTO audit_checkpoint (size, root, note, at) VALUES (1, 'x', 'x', 1) RETURNING size; DELETE FROM audit_checkpoint",
		} {
			s, second, two := strings.Cut(s, " RETURNING size; ")
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := tx.Exec(s)
				if err == nil && two {
					_, err = tx.Exec(second)
				}
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "never") {
				t.Errorf("%s: %v", s, err)
			}
		}
	})
}

// TestTamperingIsFound changes the database behind the log's back, as its owner could, and wants the right complaint.
func TestTamperingIsFound(t *testing.T) {
	cut := func(n int) []string {
		return []string{fmt.Sprintf("DELETE FROM audit_entry WHERE n > %d", n)}
	}
	tests := []struct {
		name string
		do   []string
		want string
	}{
		{"a byte of a body", []string{"UPDATE audit_entry SET body = CAST(replace(CAST(body AS TEXT), 'Tech', 'Boss') AS BLOB) WHERE n = 5"}, "bytes do not have the hash"},
		{"a body and its leaf", []string{"UPDATE audit_entry SET body = (SELECT body FROM audit_entry WHERE n = 6), leaf = (SELECT leaf FROM audit_entry WHERE n = 6) WHERE n = 5"}, "the columns beside"},
		{"a leaf", []string{"UPDATE audit_entry SET leaf = zeroblob(32) WHERE n = 5"}, "bytes do not have the hash"},
		{"a node", []string{"UPDATE audit_node SET hash = zeroblob(32) WHERE i = (SELECT MIN(i) FROM audit_node)"}, "is not what the entries make"},
		{"a missing node", []string{"DELETE FROM audit_node WHERE i = (SELECT MAX(i) FROM audit_node)"}, "missing"},
		{"the first entry removed", []string{"DELETE FROM audit_entry WHERE n = 1"}, "removed"},
		{"an entry removed", []string{"DELETE FROM audit_entry WHERE n = 20"}, "removed"},
		{"the last entries removed", cut(30), "the log was cut"},
		{"the end cut with the tree's size", append(cut(32), "UPDATE audit_tree SET size = 32", "DELETE FROM audit_node WHERE i >= 63"), "the log was cut"},
		{"two entries exchanged", []string{"UPDATE audit_entry SET n = -1 WHERE n = 7", "UPDATE audit_entry SET n = 7 WHERE n = 8", "UPDATE audit_entry SET n = 8 WHERE n = -1"}, "is not what the entries make"},
		{"values exchanged", []string{"UPDATE audit_entry SET sealed = (SELECT sealed FROM audit_entry WHERE n = 6) WHERE n = 5"}, "sealed values are not those"},
		{"values cut", []string{"UPDATE audit_entry SET sealed = x'00' WHERE n = 5"}, "sealed values are not those"},
		{"a key destroyed without an entry", []string{"UPDATE audit_key SET wrapped = NULL, destroyed = 1"}, "no entry says that key 1 was destroyed"},
		{"a key exchanged", []string{"UPDATE audit_key SET wrapped = zeroblob(60)"}, "can't be read"},
		{"an entry doubled at the end", []string{"INSERT INTO audit_entry SELECT 41, id, object, record, rev, leaf, body, k, sealed FROM audit_entry WHERE n = 40"}, "does not follow"},
		{"a checkpoint exchanged", []string{"UPDATE audit_checkpoint SET root = zeroblob(32)"}, "does not have the root"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db := storetest.SQLite(t, store.Options{Readers: 1})
			l := openLog(t, db)
			for i := range int64(20) {
				write(t, db, l, change("0WO1", i+1, "A"), change("0WO2", i+1, "A"))
			}
			root := sound(t, l, 40).Root
			must(t, db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := tx.Exec("INSERT INTO audit_checkpoint (size, root, note, at) VALUES (40, ?, '', 0)", root[:])
				return err
			}))
			sound(t, l, 40)
			must(t, db.Write(context.Background(), func(tx *store.Tx) error { return tamper(tx, c.do) }))
			r, err := l.Verify(context.Background())
			must(t, err)
			if s := fmt.Sprint(r.Problems); !strings.Contains(s, c.want) {
				t.Errorf("found %v, want %q", r.Problems, c.want)
			}
		})
	}
}

// tamper takes the triggers away, does what is to be done, and hides nothing else.
func tamper(tx *store.Tx, statements []string) error {
	rows, err := tx.Query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		return err
	}
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		all = append(all, "DROP TRIGGER "+name)
	}
	for _, s := range append(all, statements...) {
		if _, err := tx.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return rows.Err()
}

// TestBrokenChainIsFound writes two entries of one record that do not know of each other.
func TestBrokenChainIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		write(t, db, l, change("0WO1", 1, "A"))
		write(t, db, l, change("0WO1", 1, "A"))
		if r := verify(t, l); len(r.Problems) != 1 || !strings.Contains(r.Problems[0].What, "does not follow") {
			t.Errorf("problems %v", r.Problems)
		}
	})
}

// TestSequencerWaitsForOlderTransactions has a transaction commit after a younger one, on PostgreSQL.
func TestSequencerWaitsForOlderTransactions(t *testing.T) {
	db := storetest.Postgres(t, store.Options{})
	l := openLog(t, db)
	write(t, db, l, change("0WO0", 1, "A")) // makes the key, which the others would wait for
	sound(t, l, 1)
	wrote, commit := make(chan bool), make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		must(t, db.Write(context.Background(), func(tx *store.Tx) error {
			defer func() { <-commit }()
			defer close(wrote)
			return l.Append(tx, []audit.Entry{change("0WO1", 1, "A")})
		}))
	})
	<-wrote
	write(t, db, l, change("0WO2", 1, "A"))
	n, err := l.Sequence(context.Background())
	must(t, err)
	if n != 0 {
		t.Errorf("%d entries got places before an older transaction ended", n)
	}
	close(commit)
	wg.Wait()
	sound(t, l, 3)
}

func TestRunSequencesUntilItsContextEnds(t *testing.T) {
	db := storetest.Postgres(t, store.Options{})
	l := openLog(t, db)
	write(t, db, l, change("0WO1", 1, "A"))
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { l.Run(ctx, time.Millisecond, func(err error) { t.Error(err) }) })
	for {
		r, err := l.Verify(context.Background())
		must(t, err)
		if r.Waiting == 0 && r.Size == 1 {
			break
		}
	}
	cancel()
	wg.Wait()
}

// TestSecondProcess has two logs over one SQLite file take turns.
func TestSecondProcess(t *testing.T) {
	dir := t.TempDir()
	var dbs [2]*store.DB
	var logs [2]*audit.Log
	for i := range dbs {
		db, err := store.Open(context.Background(), dir, store.Options{Readers: 1})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(context.Background()))
		dbs[i], logs[i] = db, openLog(t, db)
	}
	for i := range int64(30) {
		write(t, dbs[i%2], logs[i%2], change("0WO1", i+1, "A"))
	}
	sound(t, logs[0], 30)
}

func TestLoadKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "audit.key")
	made, err := audit.LoadKey(file)
	must(t, err)
	read, err := audit.LoadKey(file)
	must(t, err)
	info, err := os.Stat(file)
	must(t, err)
	if made != read || made == (audit.SiteKey{}) || info.Mode().Perm() != 0o600 {
		t.Errorf("made %x, read %x, mode %v", made, read, info.Mode())
	}
	must(t, os.WriteFile(file, []byte("nonsense"), 0o600))
	if _, err := audit.LoadKey(file); err == nil {
		t.Error("nonsense was read as a key")
	}
}

func TestTrailFollowsOneKindOfRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := openLog(t, db)
		var want []string
		for i := range int64(7) {
			field, order := fmt.Sprintf("00N00000000000%dAAA", i), fmt.Sprintf("0WO00000000000%dAAA", i)
			write(t, db, l, change(field, 1, "Label"), change(order, 1, "Subject"), change("00Z000000000001AAA", i+1, "Other"))
			want = append([]string{field}, want...)
		}
		var got []string
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			for before := int64(0); ; {
				page, err := l.Trail(tx, []string{"00N", "01I"}, before, 3)
				if err != nil || len(page) == 0 {
					return err
				}
				for _, p := range page {
					got = append(got, string(p.Record))
					if string(p.Fields[0].New) != `"new 1"` {
						t.Errorf("%s: %s", p.Record, p.Fields[0].New)
					}
				}
				before = page[len(page)-1].N
			}
		}))
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		must(t, db.View(context.Background(), func(tx *store.Tx) error {
			p, err := l.First(tx, "00Z000000000001AAA")
			if err == nil && (p == nil || p.Revision != 1) {
				t.Errorf("the first entry: %+v", p)
			}
			return err
		}))
	})
}
