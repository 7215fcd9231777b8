package api

import (
	"fmt"

	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// sharedObject is what decides about the records of an object for all users alike.
type sharedObject struct {
	Name     string       `json:"name"`
	Label    string       `json:"label"`
	Setup    bool         `json:"setup"`
	Custom   bool         `json:"custom"`
	Internal access.Model `json:"internal"`
	External access.Model `json:"external"`
	Roles    bool         `json:"roles"`  // who stands above an owner sees what the owner sees
	Owned    bool         `json:"owned"`  // records have owners, so that rules by owner are possible
	Master   string       `json:"master"` // the object, or objects, that can control it
	Said     *schema.Id   `json:"said"`   // the SharingDefault that says so; null is by nature
	Scopes   []scopeLine  `json:"scopes"`
}

// scopeLine is what the product itself opens, by what someone is in the business.
type scopeLine struct {
	Name     string `json:"name"`
	Level    string `json:"level"`
	External bool   `json:"external"`
}

var levelNames = map[access.Level]string{access.ReadLevel: "Read", access.EditLevel: "Edit", access.DeleteLevel: "Delete", access.TransferLevel: "All"}

// readSharing answers GET /access/sharing.
func (s *Server) readSharing(c *call) (*answer, error) {
	if err := c.mayView(); err != nil {
		return nil, err
	}
	var list []sharedObject
	err := s.keeper.View(c.ctx, func(v *record.View) error {
		sharing, err := s.people.SharingIn(v.Store())
		if err != nil {
			return err
		}
		defaults, err := record.Find[org.SharingDefault](v, "")
		if err != nil {
			return err
		}
		said := map[string]*schema.Id{}
		for _, d := range defaults {
			said[d.SobjectType] = &d.Id
		}
		for _, o := range v.Catalog().Objects {
			list = append(list, sharedOf(sharing, o, said[o.Name]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ok(map[string]any{"objects": list})
}

func sharedOf(sharing *access.Sharing, o *schema.Object, said *schema.Id) sharedObject {
	d := sharing.Default(o)
	e := sharedObject{Name: o.Name, Label: o.Label, Setup: o.Setup, Custom: o.Custom, Internal: d.Internal, External: d.External, Roles: !d.Flat, Owned: o.Owned(), Said: said, Scopes: []scopeLine{}}
	if f := access.Master(o, d.Via); f != nil && len(f.To) > 0 {
		e.Master = f.To[0]
		if len(f.To) > 1 {
			e.Master = f.Label
		}
	}
	for _, sc := range sharing.Scopes {
		if sc.Object == o.Name {
			e.Scopes = append(e.Scopes, scopeLine{sc.Name, levelNames[sc.Level], sc.External})
		}
	}
	return e
}

// The most people whose view a preview compares.
const mostCompared = 25

// previewed is a sharing rule as it would be.
type previewed struct {
	Object   string              `json:"object"`
	Kind     org.SharingRuleKind `json:"kind"`
	From     schema.Id           `json:"from"`
	Criteria string              `json:"criteria"`
	To       schema.Id           `json:"to"`
	Level    org.AccessLevel     `json:"level"`
}

// previewRule answers POST /access/sharing/preview: how many records a rule opens, how many people receive them, and
// for some of these how many records are new to them. It counts all records by any of their fields, and so answers only
// who could make the rule and see for themself.
func (s *Server) previewRule(c *call) (*answer, error) {
	rules := s.catalog(c).Object("SharingRule")
	if !c.viewer.Object(rules).Has(access.Create) {
		return nil, schema.Refuse("INSUFFICIENT_ACCESS", "The permission ManageSharing is needed to try a sharing rule")
	}
	var in previewed
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	o := s.catalog(c).Object(in.Object)
	if o == nil {
		return nil, schema.Refuse("INVALID_TYPE", "object: there is no object named "+in.Object, "object")
	}
	var out map[string]any
	err := s.read(c, func(tx *store.Tx) error {
		where, err := s.ruleCondition(tx, o, in)
		if err != nil {
			return err
		}
		out, err = s.compare(c, tx, o, where, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ok(out)
}

// ruleCondition is which records a rule opens.
func (s *Server) ruleCondition(tx *store.Tx, o *schema.Object, in previewed) (soql.Expr, error) {
	if in.Kind == org.SharingByOwner {
		if !o.Owned() {
			return nil, schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "kind: "+o.Label+" has no owner; share it by criteria", "kind")
		}
		if in.From == "" {
			return nil, schema.Refuse("REQUIRED_FIELD_MISSING", "from: a rule by owner needs the group of the owners", "from")
		}
		owners, err := s.people.MembersIn(tx, in.From)
		r := access.Rule{Owners: owners}
		return r.Condition(), err
	}
	where, err := soql.ParseCondition(in.Criteria)
	if err != nil {
		return nil, schema.Refuse("MALFORMED_QUERY", fmt.Sprintf("criteria: this is not a condition: %v", err), "criteria")
	}
	q := &soql.Query{Select: []soql.SelectItem{&soql.SelectTerm{Term: access.Path("Id")}}, From: soql.From{Object: access.Path(o.Name)}, Where: where}
	if _, err := query.Resolve(q, s.keeper.Catalog(), access.Everything{}, query.Options{Now: s.now()}); err != nil {
		return nil, schema.Refuse("MALFORMED_QUERY", fmt.Sprintf("criteria: this does not fit %s: %v", o.Label, err), "criteria")
	}
	return where, nil
}

// newTo is how many of the records someone does not see without the rule.
type newTo struct {
	Id   schema.Id `json:"id"`
	Name string    `json:"name"`
	New  int       `json:"new"`
}

func (s *Server) compare(c *call, tx *store.Tx, o *schema.Object, where soql.Expr, in previewed) (map[string]any, error) {
	a := s.asker(c, tx)
	records, err := a.Count(o, where)
	if err != nil {
		return nil, err
	}
	to, err := s.people.PeopleIn(tx, in.To)
	if err != nil {
		return nil, err
	}
	level := access.ReadLevel
	if in.Level == org.AccessEdit || in.Level == org.AccessAll {
		level = access.EditLevel
	}
	list := []newTo{}
	for _, id := range to[:min(len(to), mostCompared)] {
		v, err := s.people.ViewerIn(tx, id)
		if err != nil {
			return nil, err
		}
		has, err := a.Count(o, access.All(where, v.Scope(o, level)))
		if err != nil {
			return nil, err
		}
		e := newTo{Id: id, New: records - has}
		if !v.Object(o).Has(access.Read) {
			e.New = 0 // without the right on the object a rule opens nothing
		}
		list = append(list, e)
	}
	for i, u := range list {
		p, err := s.people.PersonIn(tx, u.Id)
		if err != nil {
			return nil, err
		}
		list[i].Name = p.Name
	}
	return map[string]any{"records": records, "people": len(to), "compared": list}, nil
}
