package object

import "truckroll/platform/schema"

// LinkedArticle attaches a knowledge article to work or to a work type.
type LinkedArticle struct {
	schema.Standard `prefix:"1WK"`

	Name                      string                     `field:"required"`
	Type                      string                     `field:"readonly" max:"50"`
	KnowledgeArticleId        schema.Ref[Knowledge__ka]  `field:"createonly"`
	KnowledgeArticleVersionId schema.Ref[Knowledge__kav] `field:"readonly"`
	LinkedEntityId            schema.AnyRef              `field:"createonly cascade" to:"WorkOrder,WorkOrderLineItem,WorkType,Product2" children:"LinkedArticles"`
}
