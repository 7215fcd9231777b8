package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// The limits of one tree.
const (
	maxTreeDepth = 5
	maxTreeTypes = 5
)

// node is one record of a tree.
type node struct {
	rowOf
	ref    string
	parent *node
	via    *schema.Field // the reference to the parent
}

type treeAnswer struct {
	Ref    string       `json:"referenceId"`
	Id     schema.Id    `json:"id,omitempty"`
	Errors []rowProblem `json:"errors,omitempty"`
}

// tree answers POST /composite/tree/{object}: records with their children, all made or none.
func (s *Server) tree(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	var in struct {
		Records []json.RawMessage `json:"records"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	g := &grove{s: s, c: c, refs: map[string]bool{}}
	if err := g.plant(o, in.Records, nil, nil, 1); err != nil {
		return nil, err
	}
	if len(g.all) == 0 {
		return nil, schema.Refuse("MISSING_ARGUMENT", "The body has no records; send {\"records\": [...]}", "records")
	}
	err = s.write(c, func(tx *record.Tx) error { return g.save(tx) })
	if errors.Is(err, errUndone) {
		return g.refused()
	}
	if err != nil {
		return nil, err
	}
	out := make([]treeAnswer, len(g.all))
	for i, n := range g.all {
		out[i] = treeAnswer{Ref: n.ref, Id: n.result.Id}
	}
	return answerWith(http.StatusCreated, treeResult{false, out})
}

type treeResult struct {
	Errors  bool         `json:"hasErrors"`
	Results []treeAnswer `json:"results"`
}

// grove is the records of one request.
type grove struct {
	s     *Server
	c     *call
	all   []*node // each before its children
	refs  map[string]bool
	types []*schema.Object
	depth int
}

// plant reads records and what is below them.
func (g *grove) plant(o *schema.Object, records []json.RawMessage, parent *node, via *schema.Field, depth int) error {
	if depth > maxTreeDepth {
		return schema.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("A tree may be at most %d levels deep", maxTreeDepth))
	}
	g.depth = max(g.depth, depth)
	if !slices.Contains(g.types, o) {
		if g.types = append(g.types, o); len(g.types) > maxTreeTypes {
			return schema.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("A tree may have records of at most %d types", maxTreeTypes))
		}
	}
	for _, raw := range records {
		if err := g.add(o, raw, parent, via, depth); err != nil {
			return err
		}
	}
	return nil
}

func (g *grove) add(o *schema.Object, raw json.RawMessage, parent *node, via *schema.Field, depth int) error {
	if len(g.all) == maxCollection {
		return tooMany("records", maxCollection)
	}
	var members map[string]json.RawMessage
	var attributes struct {
		Type string `json:"type"`
		Ref  string `json:"referenceId"`
	}
	if json.Unmarshal(raw, &members) != nil || json.Unmarshal(members["attributes"], &attributes) != nil {
		return schema.Refuse("INVALID_INPUT", "Each record must be a JSON object with attributes of type and referenceId")
	}
	n := &node{ref: attributes.Ref, parent: parent, via: via}
	n.object = o
	switch {
	case n.ref == "":
		return schema.Refuse("INVALID_INPUT", "Include a reference ID for each record in the request.", "referenceId")
	case g.refs[n.ref]:
		return schema.Refuse("INVALID_INPUT", "Duplicate ReferenceId provided in the request: "+n.ref, "referenceId")
	}
	g.refs[n.ref] = true
	if t := g.s.visible(g.c, attributes.Type); t != o {
		return schema.Refuse("INVALID_INPUT", fmt.Sprintf("%s: the record is of type '%s', and %s is expected", n.ref, attributes.Type, o.Name))
	}
	g.all = append(g.all, n)
	if err := g.below(n, members, depth); err != nil {
		return err
	}
	own, err := json.Marshal(members)
	if err != nil {
		return err
	}
	n.patch, err = g.s.patch(g.c, o, own, true)
	if err == nil && via != nil && (!via.Createable() || !g.c.viewer.Edits(o, via)) {
		err = schema.Refuse("INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: "+via.Name, via.Name)
	}
	return n.fail(err)
}

// below takes the child relationships out of the members of a record and reads what they hold.
func (g *grove) below(n *node, members map[string]json.RawMessage, depth int) error {
	for _, name := range slices.Sorted(maps.Keys(members)) {
		child := n.object.Child(name)
		if child == nil {
			continue
		}
		o := g.s.visible(g.c, child.Object)
		if o == nil || !g.c.viewer.Reads(o, o.Field(child.Field)) {
			continue // it is answered like a field that does not exist
		}
		var set struct {
			Records []json.RawMessage `json:"records"`
		}
		if err := json.Unmarshal(members[name], &set); err != nil {
			return schema.Refuse("INVALID_INPUT", n.ref+": "+name+" must hold {\"records\": [...]}", name)
		}
		delete(members, name)
		if err := g.plant(o, set.Records, n, o.Field(child.Field), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// save makes the records, level by level so that each knows its parent's id.
func (g *grove) save(tx *record.Tx) error {
	for _, n := range g.all {
		n.result = record.Result{}
	}
	if g.failed() {
		return errUndone
	}
	level := make([]*node, 0, len(g.all))
	for d := 1; d <= g.depth; d++ {
		level = level[:0]
		for _, n := range g.all {
			if n.level() == d {
				level = append(level, n)
			}
		}
		rows := make([]*rowOf, len(level))
		for i, n := range level {
			if n.parent != nil {
				n.patch.Set(n.via, string(n.parent.result.Id))
			}
			rows[i] = &n.rowOf
		}
		for _, run := range runs(rows) {
			if err := applyRun(tx, run, record.Batch{Op: record.Insert}); err != nil {
				return err
			}
		}
		if g.failed() {
			return errUndone
		}
	}
	return nil
}

func (n *node) level() int {
	d := 1
	for p := n.parent; p != nil; p = p.parent {
		d++
	}
	return d
}

func (g *grove) failed() bool {
	return slices.ContainsFunc(g.all, func(n *node) bool { return len(n.rowOf.refused()) > 0 })
}

// refused answers a tree of which records were refused: these alone are told.
func (g *grove) refused() (*answer, error) {
	var out []treeAnswer
	for _, n := range g.all {
		if f := n.rowOf.refused(); len(f) > 0 {
			out = append(out, treeAnswer{Ref: n.ref, Errors: rowProblems(f)})
		}
	}
	return answerWith(http.StatusBadRequest, treeResult{true, out})
}
