package why

import (
	"slices"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Answer is what a user may do with one record. It is written as JSON to clients.
type Answer struct {
	Read     bool `json:"read"`
	Edit     bool `json:"edit"`
	Delete   bool `json:"delete"`
	Transfer bool `json:"transfer"` // give it another owner, share it
	// Reasons are what opens the record, Closed the reasons that exist for other records and do not hold for this one.
	Reasons []Reason `json:"reasons"`
	Closed  []Reason `json:"closed"`
}

// Reason is one way in which a record is open.
type Reason struct {
	Kind   access.Kind `json:"kind"`
	Name   string      `json:"name"`
	Levels []string    `json:"levels"`           // Read, Edit, Delete, Transfer
	Via    []Link      `json:"via"`              // the users, groups, sets and roles through which it reaches the user
	Master *Link       `json:"master,omitempty"` // the record whose openness this one follows
	Of     []Reason    `json:"of,omitempty"`     // why the master is open
}

// Link names a record.
type Link struct {
	Id     schema.Id `json:"id"`
	Object string    `json:"object"`
	Name   string    `json:"name"`
	Note   string    `json:"note,omitempty"` // the level of a share, the role of a user
}

// levels are the levels and how they are called.
var levels = []struct {
	level access.Level
	name  string
}{{access.ReadLevel, "Read"}, {access.EditLevel, "Edit"}, {access.DeleteLevel, "Delete"}, {access.TransferLevel, "Transfer"}}

// deepest is how many masters above a record are explained.
const deepest = 6

// Asker explains records as of one transaction.
type Asker struct {
	tx      *store.Tx
	catalog *schema.Catalog
	now     time.Time
	known   map[schema.Id]named // names that were asked for before
}

type named struct{ name, note string }

// New returns an Asker for a transaction, in which the catalogue and the time are as given.
func New(tx *store.Tx, c *schema.Catalog, now time.Time) *Asker {
	return &Asker{tx: tx, catalog: c, now: now, known: map[schema.Id]named{}}
}

// Explain says what v may do with the record of o that has an id, and why. Of a record that is not there nothing is
// open.
func (a *Asker) Explain(v *access.Grants, o *schema.Object, id schema.Id) (Answer, error) {
	return a.explain(v, o, id, 0)
}

func (a *Asker) explain(v *access.Grants, o *schema.Object, id schema.Id, depth int) (Answer, error) {
	ans := Answer{Reasons: []Reason{}, Closed: []Reason{}}
	open := map[string]bool{}
	for _, l := range levels {
		for _, r := range v.Reasons(o, l.level) {
			holds, err := a.holds(o, id, r.Condition)
			if err != nil {
				return ans, err
			}
			list := &ans.Closed
			if holds {
				list, open[l.name] = &ans.Reasons, true
			}
			add(list, r, l.name)
		}
	}
	ans.Read, ans.Edit, ans.Delete, ans.Transfer = open["Read"], open["Edit"], open["Delete"], open["Transfer"]
	ans.Closed = slices.DeleteFunc(ans.Closed, func(r Reason) bool { return slices.ContainsFunc(ans.Reasons, r.same) })
	return ans, a.enrich(v, o, id, &ans, depth)
}

// add notes that a reason holds, or not, at a level.
func add(list *[]Reason, r access.Reason, level string) {
	e := Reason{Kind: r.Kind, Name: r.Name, Levels: []string{level}, Via: []Link{}}
	for _, id := range r.Via {
		e.Via = append(e.Via, Link{Id: id, Object: "Group"})
	}
	if i := slices.IndexFunc(*list, e.same); i >= 0 {
		(*list)[i].Levels = append((*list)[i].Levels, level)
		return
	}
	*list = append(*list, e)
}

func (r Reason) same(s Reason) bool { return r.Kind == s.Kind && r.Name == s.Name }

// holds reports whether the record meets a condition of [access.Reason]: nil is met by every record.
func (a *Asker) holds(o *schema.Object, id schema.Id, condition soql.Expr) (bool, error) {
	n, err := a.Count(o, access.All(access.Is("Id", string(id)), condition))
	return n > 0, err
}

// Count returns how many records of o meet a condition, read with the eyes of the house.
func (a *Asker) Count(o *schema.Object, where soql.Expr) (int, error) {
	q := &soql.Query{Select: []soql.SelectItem{&soql.SelectTerm{Term: access.Path("Id")}}, From: soql.From{Object: access.Path(o.Name)}, Where: where}
	st, err := query.Resolve(q, a.catalog, access.Everything{}, query.Options{Now: a.now})
	if err != nil {
		return 0, err
	}
	return st.Count(a.tx)
}
