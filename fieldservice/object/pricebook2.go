package object

import "truckroll/platform/schema"

// Pricebook2 is a list of prices. Exactly one is the standard book.
type Pricebook2 struct {
	schema.Standard `prefix:"01s" object:"search" label:"Price Book"`

	Name        string `field:"required"`
	Description string
	IsActive    bool
	CostBookId  schema.Ref[CostBook]
	ValidFrom   schema.DateTime
	ValidTo     schema.DateTime
	IsArchived  bool `field:"readonly"`
	IsStandard  bool `field:"readonly"`
}
