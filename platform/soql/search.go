package soql

// Search is a SOSL statement: FIND {…} IN … FIELDS RETURNING … WITH … LIMIT ….
type Search struct {
	Pos       Pos
	Text      string // the whole source
	Find      Find
	In        Group // GroupAll when absent
	Returning []Return
	With      []SearchWith
	Limit     *RowCount
	Update    []Purpose // UpdateTracking, UpdateViewstat
}

// Group names the fields that a search looks at.
type Group string

// The groups of IN … FIELDS.
const (
	GroupAll     Group = "ALL"
	GroupName    Group = "NAME"
	GroupEmail   Group = "EMAIL"
	GroupPhone   Group = "PHONE"
	GroupSidebar Group = "SIDEBAR"
)

// Return says which object's records are wanted, and what of them.
type Return struct {
	Object   Name
	Select   []SelectItem // nil when only ids are wanted
	ListView Name         // USING ListView = …
	Where    Expr         // nil when absent
	Order    []OrderTerm
	Limit    *RowCount
	Offset   *RowCount
}

// SearchWith is one WITH clause of a search, such as WITH SNIPPET(target_length=120) or WITH DIVISION = 'Global'.
type SearchWith struct {
	Pos        Pos
	Name       string // upper case: DIVISION, NETWORK, PRICEBOOKID, METADATA, SNIPPET, HIGHLIGHT, SPELL_CORRECTION, DATA CATEGORY
	Args       []Literal
	Categories []Category // of DATA CATEGORY
}

// Find is a search expression: *FindAll, *FindAny, *FindNot, *FindWord or *FindPhrase.
type Find interface {
	At() Pos
	String() string
	find()
}

type (
	// FindAll matches records that match all of its terms; there are at least two.
	FindAll struct{ Terms []Find }

	// FindAny matches records that match one of its terms; there are at least two.
	FindAny struct{ Terms []Find }

	// FindNot matches records that match Keep and do not match Drop: Keep AND NOT Drop.
	FindNot struct{ Keep, Drop Find }

	// FindWord matches one word without case. In Pattern * stands for any number of characters, ? for exactly one,
	// and \ takes the special meaning from the character after it.
	FindWord struct {
		Pos     Pos
		Pattern string
	}

	// FindPhrase matches its words in a row. Words are patterns as in FindWord.
	FindPhrase struct {
		Pos   Pos
		Words []string // at least one
	}
)

// At is where the first term begins.
func (f *FindAll) At() Pos { return f.Terms[0].At() }

// At is where the first term begins.
func (f *FindAny) At() Pos { return f.Terms[0].At() }

// At is where the first term begins.
func (f *FindNot) At() Pos { return f.Keep.At() }

// At is where the word begins.
func (f *FindWord) At() Pos { return f.Pos }

// At is where the opening quote is.
func (f *FindPhrase) At() Pos { return f.Pos }

func (*FindAll) find()    {}
func (*FindAny) find()    {}
func (*FindNot) find()    {}
func (*FindWord) find()   {}
func (*FindPhrase) find() {}
