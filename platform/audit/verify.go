package audit

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"truckroll/platform/store"
)

// Report is what [Log.Verify] found.
type Report struct {
	Size     int64     // entries in the tree
	Waiting  int64     // entries that have no place yet
	Root     tlog.Hash // of the tree, made anew from the entries
	Redacted int64     // entries whose values were erased, and an entry says so
	Problems []Problem // empty when all is well; a long list is cut off
}

// Problem is one thing that is wrong.
type Problem struct {
	Place int64 // in the tree; -1 when it is about no one entry
	What  string
}

const (
	maxProblems = 100
	verifyStep  = 4096 // entries read at once
)

func encode(h []byte) string { return base64.RawURLEncoding.EncodeToString(h) }

// Verify makes the tree anew from the bytes of all entries and holds everything against it: leaves, nodes,
// checkpoints, the places of entries, the columns that repeat what a body says, the chain of each record, and the
// sealed values. It reads one snapshot, in pieces.
func (l *Log) Verify(ctx context.Context) (Report, error) {
	v := verifier{log: l, keys: map[int64]*dataKey{}, gone: map[int64]int64{}, erased: map[int64]bool{}}
	err := l.db.View(ctx, func(tx *store.Tx) error {
		v.tx = tx
		for _, step := range []func() error{v.entries, v.chains, v.totals} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return v.report, fmt.Errorf("audit: verify: %w", err)
	}
	return v.report, nil
}

type verifier struct {
	log    *Log
	tx     *store.Tx
	tree   tree
	keys   map[int64]*dataKey
	gone   map[int64]int64 // entries by the destroyed key of their values
	erased map[int64]bool  // keys that an entry says were destroyed
	report Report
}

func (v *verifier) wrong(place int64, format string, args ...any) {
	if len(v.report.Problems) < maxProblems {
		v.report.Problems = append(v.report.Problems, Problem{place, fmt.Sprintf(format, args...)})
	}
}

// entries goes through the tree from its first leaf to its last.
func (v *verifier) entries() error {
	query := "SELECT n - 1, n, id, object, record, leaf, body, k, sealed FROM audit_entry WHERE n > ? ORDER BY n LIMIT ?"
	if v.tx.Dialect().Name() == "postgres" {
		query = "SELECT l.seq, e.n, e.id, e.object, e.record, e.leaf, e.body, e.k, e.sealed FROM audit_leaf AS l LEFT JOIN audit_entry AS e ON e.n = l.n WHERE l.seq >= ? ORDER BY l.seq LIMIT ?"
	}
	for next := int64(0); ; {
		piece, err := v.piece(query, next)
		if err != nil {
			return err
		}
		signed, err := v.checkpoints(next, next+verifyStep)
		if err != nil {
			return err
		}
		var nodes []node
		from := v.tree.size
		for _, s := range piece {
			if s.place != v.tree.size {
				v.wrong(v.tree.size, "places %d to %d are empty: entries were removed", v.tree.size, s.place-1)
				return nil
			}
			nodes = v.tree.add(tlog.RecordHash(s.body), nodes)
			v.entry(s)
			v.root(signed[v.tree.size])
		}
		if err := v.nodes(from, nodes); err != nil {
			return err
		}
		if len(piece) < verifyStep {
			return nil
		}
		next = v.tree.size
	}
}

func (v *verifier) piece(query string, next int64) ([]stored, error) {
	rows, err := v.tx.Query(query, next, verifyStep)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var piece []stored
	for rows.Next() {
		var s stored
		var n, k *int64
		var id, object, record *string
		if err := rows.Scan(&s.place, &n, &id, &object, &record, &s.leaf, &s.body, &k, &s.sealed); err != nil {
			return nil, err
		}
		if n == nil {
			v.wrong(s.place, "the entry was removed")
			continue
		}
		s.n, s.id, s.object, s.record, s.k = *n, *id, *object, *record, *k
		piece = append(piece, s)
	}
	return piece, rows.Err()
}

// entry checks one entry by itself.
func (v *verifier) entry(s stored) {
	if leaf := tlog.RecordHash(s.body); !bytes.Equal(leaf[:], s.leaf) {
		v.wrong(s.place, "the entry's bytes do not have the hash that was kept: one of them was changed")
		return
	}
	var w written
	if err := json.Unmarshal(s.body, &w); err != nil || w.V != 1 {
		v.wrong(s.place, "the entry is not one of version 1: %v", err)
		return
	}
	if w.Id != s.id || w.Obj != s.object || w.Rid != s.record || w.Key != s.k || w.Log != v.log.o.Name {
		v.wrong(s.place, "the columns beside the entry do not say what it says, or it is of another log")
		return
	}
	for _, k := range w.Erased {
		v.erased[k] = true
	}
	key, err := v.log.keyNumbered(v.tx, s.k, v.keys)
	if err != nil {
		v.wrong(s.place, "the key of the values can't be read: %v", err)
		return
	}
	if key == nil {
		v.gone[s.k]++
		return
	}
	if _, err := open(key, s, w); errors.Is(err, errCommitment) {
		v.wrong(s.place, "%v", err)
	}
}

// root compares the root of the tree, as large as it is now, with one that was signed; nil when none was.
func (v *verifier) root(signed []byte) {
	if signed == nil {
		return
	}
	if root := v.tree.root(); !bytes.Equal(signed, root[:]) {
		v.wrong(v.tree.size-1, "the tree of %d entries does not have the root that a checkpoint gives it", v.tree.size)
	}
}

// nodes compares the kept nodes that the leaves from a place on complete.
func (v *verifier) nodes(from int64, want []node) error {
	rows, err := v.tx.Query("SELECT i, hash FROM audit_node WHERE i >= ? AND i < ? ORDER BY i", tlog.StoredHashIndex(0, from), tlog.StoredHashIndex(0, v.tree.size))
	if err != nil {
		return err
	}
	defer rows.Close()
	at := 0
	for ; rows.Next(); at++ {
		var i int64
		var hash []byte
		if err := rows.Scan(&i, &hash); err != nil {
			return err
		}
		if at >= len(want) || want[at].i != i || !bytes.Equal(want[at].hash[:], hash) {
			v.wrong(-1, "node %d of the tree is not what the entries make", i)
			return nil
		}
	}
	if at != len(want) {
		v.wrong(-1, "%d nodes of the tree are missing", len(want)-at)
	}
	return rows.Err()
}

// checkpoints returns the roots that were signed while the tree grew from one size to another, by size.
func (v *verifier) checkpoints(from, to int64) (map[int64][]byte, error) {
	rows, err := v.tx.Query("SELECT size, root FROM audit_checkpoint WHERE size > ? AND size <= ?", from, to)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	roots := map[int64][]byte{}
	for rows.Next() {
		var size int64
		var root []byte
		if err := rows.Scan(&size, &root); err != nil {
			return nil, err
		}
		roots[size] = root
	}
	return roots, rows.Err()
}

// chains follows each record's entries from the first to the last.
func (v *verifier) chains() error {
	var last stored    // the latest entry of a chain
	var revision int64 // that it made
	var record string
	var n int64
	for {
		piece, err := v.chainPiece(record, n)
		if err != nil {
			return err
		}
		for _, s := range piece {
			record, n = s.record, s.n
			var w written
			if json.Unmarshal(s.body, &w) != nil || w.Rev == 0 {
				continue // reported already, or part of no chain
			}
			same := s.record == last.record
			switch {
			case same && w.Prev != encode(last.leaf), !same && w.Prev != "":
				v.wrong(-1, "entry %d of record %s does not follow the record's entry before it", s.n, s.record)
			case same && w.Rev <= revision:
				v.wrong(-1, "entry %d of record %s makes revision %d after revision %d", s.n, s.record, w.Rev, revision)
			}
			last, revision = s, w.Rev
		}
		if len(piece) < verifyStep {
			return nil
		}
	}
}

func (v *verifier) chainPiece(record string, n int64) ([]stored, error) {
	rows, err := v.tx.Query("SELECT record, n, leaf, body FROM audit_entry WHERE (record, n) > (?, ?) ORDER BY record, n LIMIT ?", record, n, verifyStep)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var piece []stored
	for rows.Next() {
		var s stored
		if err := rows.Scan(&s.record, &s.n, &s.leaf, &s.body); err != nil {
			return nil, err
		}
		piece = append(piece, s)
	}
	return piece, rows.Err()
}

// totals checks what is known about the end of the log, and that every erasure was entered.
func (v *verifier) totals() error {
	var all, size, signed int64
	err := v.tx.QueryRow("SELECT (SELECT COUNT(*) FROM audit_entry), (SELECT size FROM audit_tree), (SELECT COALESCE(MAX(size), 0) FROM audit_checkpoint)").Scan(&all, &size, &signed)
	if err != nil {
		return err
	}
	if size != v.tree.size || signed > v.tree.size {
		v.wrong(-1, "the log was cut: its tree had %d entries, %d are there", max(size, signed), v.tree.size)
	}
	for k, n := range v.gone {
		if v.erased[k] {
			v.report.Redacted += n
		} else {
			v.wrong(-1, "the values of %d entries are gone, and no entry says that key %d was destroyed", n, k)
		}
	}
	v.report.Size, v.report.Root, v.report.Waiting = v.tree.size, v.tree.root(), all-v.tree.size
	return nil
}
