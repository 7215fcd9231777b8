package app

import (
	"slices"

	"truckroll/fieldservice/roster"
	"truckroll/fieldservice/work"
	"truckroll/platform/access"
)

// Scopes is everything that opens records to people by what they are in the business.
var Scopes []access.Scope = slices.Concat(
	roster.Scopes,
	work.Scopes,
)
