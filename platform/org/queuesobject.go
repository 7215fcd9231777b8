package org

import "truckroll/platform/schema"

// QueueSobject says that a queue takes records of an object.
type QueueSobject struct {
	schema.Standard `prefix:"03g" name:"" object:"setup"`

	QueueId     schema.Ref[Group] `field:"required createonly cascade" children:"QueueSobjects"`
	SobjectType string            `field:"required createonly" max:"80"`
}
