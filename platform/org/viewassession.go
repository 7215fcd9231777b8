package org

import "truckroll/platform/schema"

// ViewAsSession is a time in which someone looked at the house through a user's eyes. The house writes it.
type ViewAsSession struct {
	schema.Standard `prefix:"zP9" name:"" object:"setup personal readonly" label:"View-As Session"`

	UserId    schema.Ref[User] `field:"required cascade" children:"SeenAs" label:"Seen As"`
	ById      schema.Ref[User] `field:"required cascade" label:"By"`
	Reason    string           `max:"255"`
	MayChange bool             // the administrator could change records on behalf of the user
	StartTime schema.DateTime  `field:"required"`
	EndTime   schema.DateTime  // when it was stopped; until then its end, at which it stops by itself
}
