package object

import "truckroll/platform/schema"

// JobProfile is a role that shifts are planned for.
type JobProfile struct {
	schema.Standard `prefix:"0jp"`
	Owned

	Name        string `field:"required"`
	Description string `max:"32000"`
}
