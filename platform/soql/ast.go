package soql

// Pos is a place in the text, as a byte offset from its beginning.
type Pos int

// Name is one word of the text that names something: a field, an object, a relationship, an alias.
// The zero Name means that there is none.
type Name struct {
	Pos  Pos
	Text string // as written; names are compared without case
}

// Query is a SELECT. The same type serves the outermost query, child sub-queries and semi-joins.
type Query struct {
	Pos    Pos
	Text   string // the whole source; empty in queries within queries
	Select []SelectItem
	From   From
	Scope  Name // USING SCOPE
	Where  Expr // nil when absent
	With   *With
	Group  *GroupBy
	Having Expr // nil when absent; only together with Group
	Order  []OrderTerm
	Limit  *RowCount
	Offset *RowCount
	For    []Purpose // ForView, ForReference, ForUpdate
	Update []Purpose // UpdateTracking, UpdateViewstat
}

// From names the object that is read.
//
// In a child sub-query Object is the child relationship, which may be written after the name or the alias of the
// parent: FROM Contacts, FROM Account.Contacts.
type From struct {
	Object *Path
	Alias  Name
	More   []Related // FROM Contact c, c.Account a: here c.Account a
}

// Related gives an alias to a parent relationship.
type Related struct {
	Path  *Path
	Alias Name
}

// RowCount is the number after LIMIT and OFFSET.
type RowCount struct {
	Pos Pos
	N   int
}

// Purpose is what the rows are read for, beyond being returned.
type Purpose string

// The purposes of FOR and UPDATE.
const (
	ForView        Purpose = "VIEW"
	ForReference   Purpose = "REFERENCE"
	ForUpdate      Purpose = "UPDATE"
	UpdateTracking Purpose = "TRACKING"
	UpdateViewstat Purpose = "VIEWSTAT"
)

// SelectItem is one entry of the field list: *SelectTerm, *SubQuery, *TypeOf or *FieldSet.
type SelectItem interface {
	At() Pos
	selectItem()
}

type (
	// SelectTerm is a field, a parent's field or a function: Id, Account.Name, COUNT(Id) total.
	SelectTerm struct {
		Term  Term
		Alias Name
	}

	// SubQuery asks for the children of each row: (SELECT Id FROM WorkOrderLineItems).
	SubQuery struct {
		Pos   Pos // of the opening parenthesis
		Query *Query
	}

	// TypeOf asks for fields by the object that a polymorphic reference points to:
	// TYPEOF Owner WHEN User THEN Username, Email ELSE Name END.
	TypeOf struct {
		Pos       Pos
		Reference *Path
		When      []When
		Else      []*Path // nil when absent
	}

	// FieldSet is FIELDS(ALL), FIELDS(STANDARD) or FIELDS(CUSTOM).
	FieldSet struct {
		Pos Pos
		Set Set
	}
)

// When is one branch of a TypeOf.
type When struct {
	Object Name
	Fields []*Path
}

// Set is the argument of FIELDS().
type Set string

// The sets of FIELDS().
const (
	SetAll      Set = "ALL"
	SetStandard Set = "STANDARD"
	SetCustom   Set = "CUSTOM"
)

// At is where the item begins.
func (s *SelectTerm) At() Pos { return s.Term.At() }

// At is where the item begins.
func (s *SubQuery) At() Pos { return s.Pos }

// At is where the item begins.
func (t *TypeOf) At() Pos { return t.Pos }

// At is where the item begins.
func (f *FieldSet) At() Pos { return f.Pos }

func (*SelectTerm) selectItem() {}
func (*SubQuery) selectItem()   {}
func (*TypeOf) selectItem()     {}
func (*FieldSet) selectItem()   {}

// Term is what has a value in each row or group: *Path, *Call or *Distance.
type Term interface {
	At() Pos
	String() string
	term()
}

type (
	// Path is a field reached through its parents, or a name of one part: Account.Owner.Name. In a query with
	// aliases the first part may be an alias, of an object or of a term.
	Path struct {
		Parts []Name // at least one
	}

	// Call applies a function to a term.
	Call struct {
		Pos  Pos
		Func Func
		Arg  Term // nil for COUNT() only
	}

	// Distance is DISTANCE(Field, GEOLOCATION(Latitude, Longitude), 'km').
	Distance struct {
		Pos   Pos
		Field *Path
		From  Geolocation
		Unit  Unit
	}
)

// Geolocation is a point in degrees, as written.
type Geolocation struct {
	Pos                 Pos
	Latitude, Longitude *Number
}

// Unit is the unit of a Distance.
type Unit string

// The units of Distance.
const (
	Kilometres Unit = "km"
	Miles      Unit = "mi"
)

// At is where the path begins.
func (p *Path) At() Pos { return p.Parts[0].Pos }

// At is where the function's name begins.
func (c *Call) At() Pos { return c.Pos }

// At is where the word DISTANCE begins.
func (d *Distance) At() Pos { return d.Pos }

func (*Path) term()     {}
func (*Call) term()     {}
func (*Distance) term() {}

// Last is the path's final part: the field itself.
func (p *Path) Last() Name { return p.Parts[len(p.Parts)-1] }

// Expr is a condition: *And, *Or, *Not, *Compare, *In or *Includes.
type Expr interface {
	At() Pos
	String() string
	expr()
}

type (
	// And holds when all of its terms hold; there are at least two.
	And struct{ Terms []Expr }

	// Or holds when one of its terms holds; there are at least two.
	Or struct{ Terms []Expr }

	// Not holds when X does not.
	Not struct {
		Pos Pos
		X   Expr
	}

	// Compare is Left Op Right.
	Compare struct {
		Left  Term
		Op    Op
		Right Literal
	}

	// In is a membership in a list, or in the single column of a query (a semi-join; with Not an anti-join).
	// Exactly one of Values and Sub is set.
	In struct {
		Left   Term
		Not    bool
		Values []Literal
		Sub    *Query
	}

	// Includes is a condition on a multi-select picklist. Each value is one string; semicolons within it join values
	// that must be chosen together: INCLUDES ('A;B', 'C') is (A and B) or C.
	Includes struct {
		Left   Term
		Not    bool // EXCLUDES
		Values []*String
	}
)

// Op is a comparison.
type Op string

// The comparisons. <> is read as NotEqual.
const (
	Equal        Op = "="
	NotEqual     Op = "!="
	Less         Op = "<"
	LessEqual    Op = "<="
	Greater      Op = ">"
	GreaterEqual Op = ">="
	Like         Op = "LIKE" // its right side is a Pattern
)

// At is where the first term begins.
func (a *And) At() Pos { return a.Terms[0].At() }

// At is where the first term begins.
func (o *Or) At() Pos { return o.Terms[0].At() }

// At is where the word NOT begins.
func (n *Not) At() Pos { return n.Pos }

// At is where the left side begins.
func (c *Compare) At() Pos { return c.Left.At() }

// At is where the left side begins.
func (i *In) At() Pos { return i.Left.At() }

// At is where the left side begins.
func (i *Includes) At() Pos { return i.Left.At() }

func (*And) expr()      {}
func (*Or) expr()       {}
func (*Not) expr()      {}
func (*Compare) expr()  {}
func (*In) expr()       {}
func (*Includes) expr() {}

// With is the WITH clause of a query: a mode, or data categories.
type With struct {
	Pos        Pos
	Mode       Mode // ModeCategories when Categories is set
	Categories []Category
}

// Mode is whose rights a query is checked against.
type Mode string

// The modes of WITH.
const (
	ModeSecurityEnforced Mode = "SECURITY_ENFORCED"
	ModeUser             Mode = "USER_MODE"
	ModeSystem           Mode = "SYSTEM_MODE"
	ModeCategories       Mode = "DATA CATEGORY"
)

// Category is one term of WITH DATA CATEGORY; the terms are joined by AND.
type Category struct {
	Group Name
	Where string // AT, ABOVE, BELOW or ABOVE_OR_BELOW
	Names []Name
}

// GroupBy is the GROUP BY clause.
type GroupBy struct {
	Pos   Pos
	Kind  GroupKind
	Terms []Term
}

// GroupKind says which sub-totals a GroupBy adds.
type GroupKind string

// The kinds of GroupBy.
const (
	GroupPlain  GroupKind = ""
	GroupRollup GroupKind = "ROLLUP" // of every leading part of the terms
	GroupCube   GroupKind = "CUBE"   // of every subset of the terms
)

// OrderTerm is one term of ORDER BY. Rows without a value come first unless NullsLast, whichever the direction.
type OrderTerm struct {
	Term      Term
	Desc      bool
	NullsLast bool
}
