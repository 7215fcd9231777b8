package audit

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Options name a log.
type Options struct {
	Name string // of the log, in every entry: it tells logs of different organisations apart
	Node string // the server that writes
	Key  SiteKey
}

// Log is the audit log of one database.
type Log struct {
	db   *store.DB
	o    Options
	site cipher.AEAD

	mu   sync.Mutex
	keys map[string]dataKey // by subject; only those of committed transactions
	tree *tree              // the frontier as of the last commit; nil when it must be read
}

// dataKey is a key that values are sealed under.
type dataKey struct {
	k int64
	a cipher.AEAD
}

// Open returns the log of a migrated database, and has every transaction of db put its entries into the tree.
// It is opened before the first write.
func Open(db *store.DB, o Options) (*Log, error) {
	site, err := aead(o.Key[:])
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	l := &Log{db: db, o: o, site: site, keys: map[string]dataKey{}}
	if db.Dialect().Name() == "sqlite" {
		db.BeforeCommit(l.grow)
	}
	return l, nil
}

var entryColumns = []string{"id", "object", "record", "rev", "leaf", "body", "k", "sealed"}

// Append writes entries, in order, as part of tx. Of an entry that gives a record a revision above 1, the record must
// be locked by tx, as it is once tx has updated it.
func (l *Log) Append(tx *store.Tx, entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	prev, err := lastLeaves(tx, entries)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	const perEntry = keySize + nonceSize + 10
	random := make([]byte, perEntry*len(entries))
	rand.Read(random)
	keys := map[string]dataKey{}
	rows := make([][]any, len(entries))
	for i := range entries {
		e := &entries[i]
		key, err := l.keyOf(tx, e, keys)
		if err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		r := random[perEntry*i:]
		p := place{log: l.o.Name, node: l.o.Node, id: uuid(e.At, r[keySize+nonceSize:]), key: key.k, seed: r[:keySize]}
		if e.Revision > 0 {
			p.prev = prev[e.Record]
		}
		body := e.body(p)
		leaf := tlog.RecordHash(body)
		if e.Revision > 0 {
			prev[e.Record] = leaf[:]
		}
		sealed := seal(key.a, r[keySize:keySize+nonceSize], e.payload(p.seed), leaf[:])
		rows[i] = []any{p.id, e.Object, string(e.Record), e.Revision, leaf[:], body, key.k, sealed}
	}
	if err := tx.Insert("audit_entry", entryColumns, rows); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// uuid returns a UUID of version 7 from a time and ten random bytes.
func uuid(at schema.DateTime, random []byte) string {
	var b [16]byte
	for i := range 6 {
		b[i] = byte(at.Milli() >> (8 * (5 - i)))
	}
	copy(b[6:], random[:10])
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	s := hex.EncodeToString(b[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// lastLeaves returns the leaf of the last entry of each record that had one before entries.
func lastLeaves(tx *store.Tx, entries []Entry) (map[schema.Id][]byte, error) {
	last := map[schema.Id][]byte{}
	var ids []any
	for i := range entries {
		e := &entries[i]
		if _, known := last[e.Record]; known || e.Revision == 0 {
			continue
		}
		last[e.Record] = nil
		if e.Revision > 1 {
			ids = append(ids, string(e.Record))
		}
	}
	for len(ids) > 0 {
		n := 1
		for 2*n <= len(ids) && n < 256 {
			n *= 2
		}
		if err := readLeaves(tx, ids[:n], last); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return last, nil
}

func readLeaves(tx *store.Tx, ids []any, last map[schema.Id][]byte) error {
	marks := "?" + strings.Repeat(", ?", len(ids)-1)
	rows, err := tx.Query("SELECT record, leaf FROM audit_entry WHERE n IN (SELECT MAX(n) FROM audit_entry WHERE record IN ("+marks+") AND rev > 0 GROUP BY record)", ids...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id schema.Id
		var leaf []byte
		if err := rows.Scan(&id, &leaf); err != nil {
			return err
		}
		last[id] = leaf
	}
	return rows.Err()
}

// keyOf returns the key that e's values are sealed under, and makes it if need be.
func (l *Log) keyOf(tx *store.Tx, e *Entry, seen map[string]dataKey) (dataKey, error) {
	subject := e.Subject
	if subject == "" {
		subject = "house " + e.At.Time().Format("2006-01")
	}
	if k, ok := seen[subject]; ok {
		return k, nil
	}
	l.mu.Lock()
	k, ok := l.keys[subject]
	l.mu.Unlock()
	if !ok {
		var err error
		if k, err = l.takeKey(tx, subject); err != nil {
			return k, err
		}
		tx.OnCommit(func() { l.remember(subject, k) })
	}
	seen[subject] = k
	return k, nil
}

// maxKeys is how many keys are kept in memory.
const maxKeys = 10000

func (l *Log) remember(subject string, k dataKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.keys) >= maxKeys {
		clear(l.keys)
	}
	l.keys[subject] = k
}

// takeKey reads a subject's key from the database, or makes one.
func (l *Log) takeKey(tx *store.Tx, subject string) (dataKey, error) {
	const find = "SELECT k, wrapped FROM audit_key WHERE subject = ? AND destroyed IS NULL"
	var k int64
	var wrapped []byte
	err := tx.QueryRow(find, subject).Scan(&k, &wrapped)
	if errors.Is(err, sql.ErrNoRows) {
		fresh := make([]byte, keySize+nonceSize)
		rand.Read(fresh)
		sealed := seal(l.site, fresh[keySize:], fresh[:keySize], []byte(subject))
		_, err = tx.Exec("INSERT INTO audit_key (subject, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING", subject, sealed)
		if err == nil {
			err = tx.QueryRow(find, subject).Scan(&k, &wrapped)
		}
	}
	if err != nil {
		return dataKey{}, err
	}
	return l.unwrap(k, subject, wrapped)
}

func (l *Log) unwrap(k int64, subject string, wrapped []byte) (dataKey, error) {
	key, err := unseal(l.site, wrapped, []byte(subject))
	if err != nil {
		return dataKey{}, fmt.Errorf("key %d can't be read: the site key is not the one that it was made with", k)
	}
	a, err := aead(key)
	return dataKey{k, a}, err
}

// Erase destroys the key of a subject, and with it the values of its entries, and appends the entry that says so.
func (l *Log) Erase(tx *store.Tx, subject string, by Entry) error {
	var k int64
	err := tx.QueryRow("UPDATE audit_key SET wrapped = NULL, destroyed = ? WHERE subject = ? AND destroyed IS NULL RETURNING k", by.At.Milli(), subject).Scan(&k)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // nothing was ever sealed for it
	}
	if err != nil {
		return fmt.Errorf("audit: erase: %w", err)
	}
	tx.OnCommit(func() {
		l.mu.Lock()
		delete(l.keys, subject)
		l.mu.Unlock()
	})
	by.Op, by.erased, by.Subject = Erase, []int64{k}, ""
	return l.Append(tx, []Entry{by})
}

// Run gives entries their places in the tree, on PostgreSQL, every interval (200 ms when 0) until ctx ends. Several
// nodes may run it; one works at a time. On SQLite there is nothing to do, and it waits.
func (l *Log) Run(ctx context.Context, every time.Duration, failed func(error)) {
	if every == 0 {
		every = 200 * time.Millisecond
	}
	if l.db.Dialect().Name() == "sqlite" {
		<-ctx.Done()
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for more := true; more && ctx.Err() == nil; {
				n, err := l.Sequence(ctx)
				if err != nil && ctx.Err() == nil {
					failed(err)
				}
				more = n == maxSequence
			}
		}
	}
}
