package org

import "truckroll/platform/schema"

// LoginHistory is one attempt to sign in.
type LoginHistory struct {
	schema.Standard `prefix:"0Ya" name:"" object:"setup readonly"`

	UserId      schema.Ref[User] `field:"keep"`
	LoginTime   schema.DateTime  `field:"index"`
	LoginType   schema.Picklist
	SourceIp    string `max:"39"`
	Application string
	Browser     string
	Platform    string
	Status      string // Success, or why it failed
}
