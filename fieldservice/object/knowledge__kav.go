package object

import "truckroll/platform/schema"

// Knowledge__kav is one version of a knowledge article, in one language.
type Knowledge__kav struct {
	schema.Standard `prefix:"ka0" name:"Title" object:"search" label:"Knowledge Article Version"`
	Owned
	Typed

	Title              string                    `field:"required"`
	UrlName            string                    `field:"required"`
	KnowledgeArticleId schema.Ref[Knowledge__ka] `field:"createonly cascade" children:"ArticleVersions"`
	VersionNumber      schema.Int                `field:"readonly"`
	ArticleNumber      string                    `field:"readonly" max:"10"`

	Summary schema.LongText `max:"1000"`
	Body    schema.LongText `max:"131072"`

	Language        schema.Picklist `default:"en_US" choices:"en_US;de;es;fr;it;nl_NL;pt_BR;sv;da;no;fi;ja;zh_CN"`
	PublishStatus   schema.Picklist `field:"readonly" choices:"Draft;Online;Archived"`
	IsLatestVersion bool            `field:"readonly"`
}
