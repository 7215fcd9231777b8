package work

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// maxTree is how many records one tree may hold.
const maxTree = 10_000

// tree is how the records of an object hang together.
type tree struct {
	object, parent, root string
	level                string // counts from 1 at the root; "" is not kept
	within               string // the reference that parent and child share; "" is none
}

// trees are the hierarchies of the house, all of one shape and kept by the same rules.
var trees = []tree{
	{object: "WorkOrder", parent: "ParentWorkOrderId", root: "RootWorkOrderId"},
	{object: "WorkOrderLineItem", parent: "ParentWorkOrderLineItemId", root: "RootWorkOrderLineItemId", within: "WorkOrderId"},
	{object: "Asset", parent: "ParentId", root: "RootAssetId", level: "AssetLevel"},
	{object: "Location", parent: "ParentLocationId", root: "RootLocationId", level: "LocationLevel"},
	{object: "ServiceTerritory", parent: "ParentTerritoryId", root: "TopLevelTerritoryId"},
	{object: "ServiceContract", parent: "ParentServiceContractId", root: "RootServiceContractId"},
	{object: "ContractLineItem", parent: "ParentContractLineItemId", root: "RootContractLineItemId", within: "ServiceContractId"},
}

func treeOf(o *schema.Object) (t tree, ok bool) {
	i := slices.IndexFunc(trees, func(t tree) bool { return t.object == o.Name })
	if i < 0 {
		return tree{}, false
	}
	return trees[i], true
}

func inTree(o *schema.Object) bool { _, ok := treeOf(o); return ok }

// fillTree says where in its tree a record stands. A new record without a parent is led to itself by the catalogue.
func fillTree(tx *record.Tx, c record.AnyChange) error {
	t, _ := treeOf(c.Object)
	parent := c.Object.Field(t.parent)
	if schema.StandardOf(c.Old).Id != "" && parent.Equal(c.Old, c.New) {
		return nil
	}
	root, level := string(schema.StandardOf(c.New).Id), int64(1)
	if id := schema.Id(parent.Text(c.New)); id != "" {
		above, err := record.GetAny(tx, id)
		if errors.Is(err, record.ErrNotFound) {
			return nil // refused further on
		}
		if err != nil {
			return err
		}
		if root = c.Object.Field(t.root).Text(above); root == "" {
			root = string(id)
		}
		level = t.levelOf(c.Object, above) + 1
	}
	c.Object.Field(t.root).Set(c.New, root)
	if t.level != "" {
		c.Object.Field(t.level).Set(c.New, schema.NewInt(level))
	}
	return nil
}

func (t tree) levelOf(o *schema.Object, rec any) int64 {
	if t.level == "" {
		return 0
	}
	n, _ := o.Field(t.level).Get(rec).(schema.Int)
	return max(n.Int64(), 1)
}

// checkTree refuses circles, trees that grow too large, and parents that belong elsewhere.
func checkTree(r record.Reader, c record.AnyChange) error {
	t, _ := treeOf(c.Object)
	parent := c.Object.Field(t.parent)
	if parent.Null(c.New) || !c.Insert && parent.Equal(c.Old, c.New) {
		return nil
	}
	if err := t.checkPath(r, c); err != nil {
		return err
	}
	root := c.Object.Field(t.root)
	if c.Insert || root.Equal(c.Old, c.New) {
		return nil // the growth by new records is counted when they are written
	}
	size, err := countIn(r, t, root.Text(c.New))
	if err != nil {
		return err
	}
	below, err := t.below(r, c.Object, schema.StandardOf(c.New).Id, root.Text(c.Old))
	if err != nil {
		return err
	}
	return t.refuseLarge(size + 1 + len(below))
}

func (t tree) refuseLarge(size int) error {
	if size <= maxTree {
		return nil
	}
	return record.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("%s: the tree would hold %d records; %d is the most", t.parent, size, maxTree), t.parent)
}

// checkPath walks from a record to its root and refuses to meet the record again.
func (t tree) checkPath(r record.Reader, c record.AnyChange) error {
	o, self := c.Object, schema.StandardOf(c.New).Id
	path := []string{label(o, c.New)}
	for at := schema.Id(o.Field(t.parent).Text(c.New)); at != ""; {
		above, err := record.GetAny(r, at)
		if err != nil {
			return err
		}
		if path = append(path, label(o, above)); at == self || len(path) > maxTree {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: the records would stand above themselves: %s", t.parent, strings.Join(path, " > ")), t.parent)
		}
		if t.within != "" && !o.Field(t.within).Equal(c.New, above) {
			return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: %s has another %s", t.parent, label(o, above), t.within), t.parent)
		}
		at = schema.Id(o.Field(t.parent).Text(above))
	}
	return nil
}

// label is what people know a record by.
func label(o *schema.Object, rec any) string {
	if f := o.NameField(); f != nil && !f.Null(rec) {
		return f.Text(rec)
	}
	return "the new record"
}

// countIn returns how many records the tree under root holds.
func countIn(r record.Reader, t tree, root string) (int, error) {
	tx, ok := r.(*record.Tx)
	if !ok || root == "" {
		return 0, nil
	}
	text := fmt.Sprintf("SELECT COUNT() FROM %s WHERE %s = %s", t.object, t.root, soql.Quote(root))
	st, err := query.Compile(text, tx.Catalog(), access.Everything{}, query.Options{})
	if err != nil {
		return 0, err
	}
	return st.Count(tx.Store())
}

// below returns the records under id, which all hang in the tree under root, parents before children.
func (t tree) below(r record.Reader, o *schema.Object, id schema.Id, root string) ([]any, error) {
	all, err := record.FindAny(r, o, t.root+" = ?", schema.Id(root))
	if err != nil {
		return nil, err
	}
	children := map[string][]any{}
	for _, rec := range all {
		p := o.Field(t.parent).Text(rec)
		children[p] = append(children[p], rec)
	}
	var found []any
	next := []string{string(id)}
	for len(next) > 0 && len(found) <= len(all) {
		at := next[0]
		next = next[1:]
		for _, child := range children[at] {
			found = append(found, child)
			next = append(next, string(schema.StandardOf(child).Id))
		}
	}
	return found, nil
}

// followTree moves what hangs under a record along with it, also when its parent was deleted and it became a root, or
// came back.
func followTree(tx *record.Tx, c record.AnyChange) error {
	t, _ := treeOf(c.Object)
	if c.Insert || c.Object.Field(t.parent).Equal(c.Old, c.New) {
		return nil
	}
	return t.settle(tx, c)
}

// followGrowth refuses new records that make their tree too large. It counts each tree of a batch once.
func followGrowth(tx *record.Tx, changes []record.AnyChange) error {
	t, _ := treeOf(changes[0].Object)
	counted := map[string]bool{}
	for _, c := range changes {
		root := c.Object.Field(t.root).Text(c.New)
		if !c.Insert || c.Object.Field(t.parent).Null(c.New) || counted[root] {
			continue
		}
		counted[root] = true
		size, err := countIn(tx, t, root)
		if err == nil {
			err = t.refuseLarge(size)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reviveTree finds a record that was away its place: the tree may have moved meanwhile.
func reviveTree(tx *record.Tx, c record.AnyChange) error {
	t, _ := treeOf(c.Object)
	return t.settle(tx, c)
}

// settle gives a record the root that its parent leads to, and what hangs under it the same.
func (t tree) settle(tx *record.Tx, c record.AnyChange) error {
	rec, err := record.GetAny(tx, schema.StandardOf(c.New).Id)
	if err != nil {
		return err
	}
	// Records of one batch can form a circle that none of them showed before.
	if err := t.checkPath(tx, record.AnyChange{Object: c.Object, Old: c.Old, New: rec}); err != nil {
		return err
	}
	was := c.Object.Field(t.root).Text(c.Old)
	if err := fillTree(tx, record.AnyChange{Object: c.Object, Old: c.Object.New(), New: rec}); err != nil {
		return err
	}
	below, err := t.below(tx, c.Object, schema.StandardOf(rec).Id, was)
	if err != nil {
		return err
	}
	t.place(c.Object, rec, below)
	return tx.Save(append([]any{rec}, below...)...)
}

// place gives records below top, parents before children, its root and their levels.
func (t tree) place(o *schema.Object, top any, below []any) {
	root := o.Field(t.root).Get(top)
	level := map[string]int64{string(schema.StandardOf(top).Id): t.levelOf(o, top)}
	for _, rec := range below {
		o.Field(t.root).Set(rec, root)
		n := level[o.Field(t.parent).Text(rec)] + 1
		level[string(schema.StandardOf(rec).Id)] = n
		if t.level != "" {
			o.Field(t.level).Set(rec, schema.NewInt(n))
		}
	}
}
