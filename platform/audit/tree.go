package audit

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"truckroll/platform/store"
)

// keptLevel is the lowest level of the tree whose nodes are kept in the database. Those below, fifteen of sixteen,
// are made again from at most eight leaves.
const keptLevel = 4

// tree is the frontier of the Merkle tree: all that adding a leaf needs.
type tree struct {
	size  int64
	roots []tlog.Hash // of the perfect trees that make it up, from the largest to the smallest
}

// node is an inner node of the tree by its number as package tlog stores nodes.
type node struct {
	i    int64
	hash tlog.Hash
}

func (t *tree) clone() *tree {
	return &tree{t.size, append(make([]tlog.Hash, 0, len(t.roots)+1), t.roots...)}
}

// add puts a leaf at the end and appends to nodes those that it completes and that are kept.
func (t *tree) add(leaf tlog.Hash, nodes []node) []node {
	h := leaf
	level := 0
	for ; t.size>>level&1 == 1; level++ {
		h = tlog.NodeHash(t.roots[len(t.roots)-1], h)
		t.roots = t.roots[:len(t.roots)-1]
		if level+1 >= keptLevel {
			nodes = append(nodes, node{tlog.StoredHashIndex(level+1, t.size>>(level+1)), h})
		}
	}
	t.roots = append(t.roots, h)
	t.size++
	return nodes
}

// root returns the hash of the whole tree.
func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		h, _ := tlog.TreeHash(0, nil) // reads nothing
		return h
	}
	h := t.roots[len(t.roots)-1]
	for i := len(t.roots) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.roots[i], h)
	}
	return h
}

// Hashes reads the stored hashes of the tree in tx, as package tlog wants them for roots and proofs.
func Hashes(tx *store.Tx) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			h, err := storedHash(tx, x)
			if err != nil {
				return nil, fmt.Errorf("read node %d of the audit tree: %w", x, err)
			}
			out[i] = h
		}
		return out, nil
	})
}

func storedHash(tx *store.Tx, index int64) (tlog.Hash, error) {
	level, n := tlog.SplitStoredHashIndex(index)
	if level < keptLevel {
		return smallTree(tx, n<<level, 1<<level)
	}
	var b []byte
	if err := tx.QueryRow("SELECT hash FROM audit_node WHERE i = ?", index).Scan(&b); err != nil {
		return tlog.Hash{}, err
	}
	return asHash(b)
}

// smallTree returns the root of the perfect tree over count leaves.
func smallTree(tx *store.Tx, first, count int64) (tlog.Hash, error) {
	rows, err := tx.Query(leavesBetween(tx), first, first+count-1)
	if err != nil {
		return tlog.Hash{}, err
	}
	defer rows.Close()
	var t tree
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return tlog.Hash{}, err
		}
		h, err := asHash(b)
		if err != nil {
			return tlog.Hash{}, err
		}
		t.add(h, nil)
	}
	if t.size != count {
		return tlog.Hash{}, fmt.Errorf("%d of the leaves from %d to %d are there: %w", t.size, first, first+count-1, rows.Err())
	}
	return t.root(), rows.Err()
}

// leavesBetween returns the query for leaves from one place of the tree to another.
func leavesBetween(tx *store.Tx) string {
	if tx.Dialect().Name() == "sqlite" {
		return "SELECT leaf FROM audit_entry WHERE n BETWEEN ? + 1 AND ? + 1 ORDER BY n"
	}
	return "SELECT e.leaf FROM audit_leaf AS l JOIN audit_entry AS e ON e.n = l.n WHERE l.seq BETWEEN ? AND ? ORDER BY l.seq"
}

func asHash(b []byte) (h tlog.Hash, err error) {
	if len(b) != len(h) {
		return h, fmt.Errorf("a hash of %d bytes", len(b))
	}
	return tlog.Hash(b), nil
}

// loadTree reads the frontier of the tree of the given size.
func loadTree(tx *store.Tx, size int64) (*tree, error) {
	t := &tree{size: size}
	read := Hashes(tx)
	first := int64(0)
	for level := 62; level >= 0; level-- {
		if size>>level&1 == 0 {
			continue
		}
		h, err := read.ReadHashes([]int64{tlog.StoredHashIndex(level, first>>level)})
		if err != nil {
			return nil, err
		}
		t.roots = append(t.roots, h[0])
		first += 1 << level
	}
	return t, nil
}
