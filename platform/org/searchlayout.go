package org

import "truckroll/platform/schema"

// SearchLayout is the columns in which records of an object are listed, where nobody chose others.
type SearchLayout struct {
	schema.Standard `prefix:"zP4" name:"" object:"setup"`

	TableEnumOrId string           `field:"required createonly index" max:"80" label:"Object"`
	LayoutType    SearchLayoutType `field:"required createonly"`
	Fields        schema.LongText  `field:"required" max:"2000"` // separated by commas
}

// SearchLayoutType is where columns are shown.
type SearchLayoutType string

// The values of SearchLayoutType.
const (
	ListColumns   SearchLayoutType = "ListView"     // lists
	FoundColumns  SearchLayoutType = "SearchResult" // what a search finds
	LookupColumns SearchLayoutType = "Lookup"       // what a look-up offers
)

// Choices implements [schema.Choicer].
func (SearchLayoutType) Choices() []schema.Choice {
	return choices(ListColumns, FoundColumns, LookupColumns)
}
