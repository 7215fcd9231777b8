package object

import "truckroll/platform/schema"

// CaseComment is a remark on a case, seen by the customer when it is published.
type CaseComment struct {
	schema.Standard `prefix:"00a" name:""`

	ParentId    schema.Ref[Case] `field:"required createonly cascade" children:"CaseComments"`
	CommentBody schema.LongText  `max:"4000"`
	IsPublished bool
}
