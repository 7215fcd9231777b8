package api

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// nobody is a viewer of tests that do not ask for records.
type nobody struct{ access.Everything }

func (nobody) User() schema.Id { return "005000000000001AAA" }
