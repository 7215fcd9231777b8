package access

import (
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Sharing is what decides about records for all viewers of an organisation alike.
type Sharing struct {
	Catalog  *schema.Catalog
	Defaults map[string]Default // by object; see [Sharing.Default] for objects that are not listed
	Rules    []Rule
	Scopes   []Scope
}

// Model is who may see and change the records of an object when nothing else opens them.
type Model string

// The models, by the names that describe and the API give them.
const (
	ModelPrivate   Model = "Private"            // the owner and those above
	ModelRead      Model = "Read"               // all see, the owner and those above change
	ModelReadWrite Model = "ReadWrite"          // all see and change, the owner and those above delete
	ModelFull      Model = "FullAccess"         // the rights on the object alone decide
	ModelParent    Model = "ControlledByParent" // as the master record is; to change a detail is to change its master
)

// Default is the organisation-wide default of an object.
type Default struct {
	Internal Model  // for the organisation's own people
	External Model  // for customers; "" is as Internal
	Via      string // for ModelParent: the reference to the master; "" is the first that deletes along with it
	Flat     bool   // who stands above in the roles does not share in what those below own and see
}

// model is the model that holds for a person.
func (s *Sharing) model(o *schema.Object, p *Person) Model {
	d := s.Default(o)
	if p.External {
		return d.External
	}
	return d.Internal
}

// Default returns the organisation-wide default that holds for o. An object that is not listed is read by the own
// people if it is configuration; as its scopes say if it is personal; private if its records have owners; controlled by its master if it has one; and open
// to whoever has rights on the object otherwise.
func (s *Sharing) Default(o *schema.Object) Default {
	d, ok := s.Defaults[o.Name]
	switch {
	case ok:
	case o.Personal:
		d = Default{Internal: ModelPrivate}
	case o.Setup:
		d = Default{Internal: ModelRead, External: ModelPrivate}
	case o.Owned():
		d = Default{Internal: ModelPrivate}
	case Master(o, "") != nil:
		d = Default{Internal: ModelParent}
	default:
		d = Default{Internal: ModelFull}
	}
	if d.External == "" {
		d.External = d.Internal
	}
	return d
}

// Master returns the reference that leads from a record of o to the record that it is a part of: the one named via, or
// the first that deletes along with its target. Nil means that there is none.
func Master(o *schema.Object, via string) *schema.Field {
	if via != "" {
		if f := o.Field(via); f != nil && f.Kind == schema.KindReference {
			return f
		}
		return nil
	}
	for _, f := range o.Fields {
		if f.Kind == schema.KindReference && f.OnDelete == schema.Cascade {
			return f
		}
	}
	return nil
}

// Rule opens records of an object to people beyond the default.
type Rule struct {
	Name   string
	Object string
	To     []schema.Id // the groups that receive
	Level  Level
	Owners Members   // whose records, unless Where is set
	Where  soql.Expr // which records, whoever owns them
}

// Condition returns which records the rule opens.
func (r *Rule) Condition() soql.Expr {
	if r.Where != nil {
		return r.Where
	}
	return Any(r.Owners.people("OwnerId")...)
}

// Members is a set of people and groups. Groups within groups are already spelled out.
type Members struct {
	Everyone bool
	Users    []schema.Id
	Groups   []schema.Id // the groups themselves, as owners of records and receivers of shares
	Expand   bool        // the people listed in Groups, too
	Roles    []schema.Id // the people who have these roles
}

// Scope opens records of an object by what the viewer is in the business: what they work on, what they answer for. Rooms
// declare scopes beside the objects that they govern.
type Scope struct {
	Object   string
	Name     string // what a person reads when asking why a record is visible
	Level    Level  // the highest level that is opened
	External bool   // opens to customers and partners; otherwise to the organisation's own people
	// Condition returns which records are opened to the viewer; nil is none.
	Condition func(Viewer) soql.Expr
}
