package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"truckroll/platform/store"
)

// maxSequence is how many entries get their places in one transaction on PostgreSQL.
const maxSequence = 4096

// grow puts the entries of a SQLite transaction into the tree, before it commits.
func (l *Log) grow(tx *store.Tx) error {
	t, err := l.frontier(tx)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	was := t.size
	var nodes []node
	if nodes, err = growBy(tx, t, "SELECT n, leaf FROM audit_entry WHERE n > ? ORDER BY n", was); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if t.size == was {
		return nil
	}
	changed, err := tx.Exec("UPDATE audit_tree SET size = ? WHERE size = ?", t.size, was)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	if n, err := changed.RowsAffected(); err != nil || n == 0 {
		// Another process wrote to the file since. What it left is read, and our entries are added to that.
		l.setTree(nil)
		return errors.Join(err, l.grow(tx))
	}
	if err := writeNodes(tx, nodes); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	tx.OnCommit(func() { l.setTree(t) })
	return nil
}

func (l *Log) setTree(t *tree) {
	l.mu.Lock()
	l.tree = t
	l.mu.Unlock()
}

// frontier returns a copy of the tree's frontier that may be grown.
func (l *Log) frontier(tx *store.Tx) (*tree, error) {
	l.mu.Lock()
	t := l.tree
	l.mu.Unlock()
	if t != nil {
		return t.clone(), nil
	}
	var size int64
	if err := tx.QueryRow("SELECT size FROM audit_tree").Scan(&size); err != nil {
		return nil, err
	}
	return loadTree(tx, size)
}

// growBy adds the leaves that a query gives, whose n must follow the tree's size without a gap.
func growBy(tx *store.Tx, t *tree, query string, args ...any) (nodes []node, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var leaf []byte
		if err := rows.Scan(&n, &leaf); err != nil {
			return nil, err
		}
		if n != t.size+1 {
			return nil, fmt.Errorf("entry %d follows entry %d", n, t.size)
		}
		h, err := asHash(leaf)
		if err != nil {
			return nil, err
		}
		nodes = t.add(h, nodes)
	}
	return nodes, rows.Err()
}

func writeNodes(tx *store.Tx, nodes []node) error {
	rows := make([][]any, len(nodes))
	for i, n := range nodes {
		rows[i] = []any{n.i, n.hash[:]}
	}
	return tx.Insert("audit_node", []string{"i", "hash"}, rows)
}

// position is the place of an entry in the order of PostgreSQL's transactions.
type position struct {
	epoch int64
	xid   string
	n     int64
}

// Sequence gives the committed entries that no running transaction can precede their places in the tree, some
// thousands at once, and returns how many it placed. On SQLite they have their places already.
func (l *Log) Sequence(ctx context.Context) (placed int, err error) {
	if l.db.Dialect().Name() == "sqlite" {
		return 0, nil
	}
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		placed, err = l.sequence(tx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("audit: sequence: %w", err)
	}
	return placed, nil
}

func (l *Log) sequence(tx *store.Tx) (int, error) {
	var size int64
	var at position
	err := tx.QueryRow("SELECT size, epoch, xid::text, n FROM audit_tree FOR UPDATE SKIP LOCKED").Scan(&size, &at.epoch, &at.xid, &at.n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil // another node is at it
	}
	if err != nil {
		return 0, err
	}
	l.mu.Lock()
	t := l.tree
	l.mu.Unlock()
	if t == nil || t.size != size {
		if t, err = loadTree(tx, size); err != nil {
			return 0, err
		}
	}
	t = t.clone()
	leaves, nodes, at, err := nextLeaves(tx, t, at)
	if err != nil || len(leaves) == 0 {
		return 0, err
	}
	if err := tx.Insert("audit_leaf", []string{"seq", "n"}, leaves); err != nil {
		return 0, err
	}
	if err := writeNodes(tx, nodes); err != nil {
		return 0, err
	}
	if _, err := tx.Exec("UPDATE audit_tree SET size = ?, epoch = ?, xid = ?::text::xid8, n = ?", t.size, at.epoch, at.xid, at.n); err != nil {
		return 0, err
	}
	tx.OnCommit(func() { l.setTree(t) })
	return len(leaves), nil
}

// nextLeaves adds the next settled entries to t.
func nextLeaves(tx *store.Tx, t *tree, at position) (leaves [][]any, nodes []node, end position, err error) {
	rows, err := tx.Query("SELECT e.epoch, e.xid::text, e.n, e.leaf FROM audit_entry AS e WHERE (e.epoch, e.xid, e.n) > (?, ?::text::xid8, ?) AND "+
		tx.Dialect().Settled("e")+" ORDER BY e.epoch, e.xid, e.n LIMIT ?", at.epoch, at.xid, at.n, maxSequence)
	if err != nil {
		return nil, nil, at, err
	}
	defer rows.Close()
	for rows.Next() {
		var leaf []byte
		if err := rows.Scan(&at.epoch, &at.xid, &at.n, &leaf); err != nil {
			return nil, nil, at, err
		}
		h, err := asHash(leaf)
		if err != nil {
			return nil, nil, at, err
		}
		leaves = append(leaves, []any{t.size, at.n})
		nodes = t.add(h, nodes)
	}
	return leaves, nodes, at, rows.Err()
}
