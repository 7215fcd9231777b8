package org

import "truckroll/platform/schema"

// ListView is a saved list of records of one object. One with an owner is private to them; one without is shared with
// everybody, or with a group. See listview_rules.go for who may do what.
type ListView struct {
	schema.Standard `prefix:"00B" object:"setup personal"`

	Name             string `field:"required" max:"40"`
	DeveloperName    string `field:"required" max:"80"`
	SobjectType      string `field:"required createonly index" max:"80"`
	NamespacePrefix  string `field:"readonly" max:"15"`
	IsSoqlCompatible bool   `field:"readonly" default:"true"`

	Scope      schema.Picklist   `choices:"everything;mine;team;queue" default:"everything"`
	Columns    schema.LongText   // field names separated by commas
	Condition  schema.LongText   // the WHERE clause of the list, without the word
	OrderBy    string            // the ORDER BY clause, without the words
	Address    schema.LongText   // how the console shows it, as the query of an address; Condition and OrderBy say the same in SOQL
	SharedToId schema.Ref[Group] `field:"cascade"` // none is everybody
	OwnerId    schema.Ref[User]  `field:"cascade"` // the one who sees a private list; none for a shared one
}
