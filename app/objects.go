package app

import (
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// Catalog compiles every object that the program declares: those of the organisation, then those of the business.
func Catalog() (*schema.Catalog, error) {
	return schema.Compile(slices.Concat(org.All, object.All)...)
}
