package object

import "truckroll/platform/schema"

// Knowledge__ka is a knowledge article throughout its versions.
type Knowledge__ka struct {
	schema.Standard    `prefix:"kA0" name:"ArticleNumber" label:"Knowledge Article"`
	ArticleNumber      schema.AutoNumber `format:"{000000000}"`
	MasterLanguage     schema.Picklist
	FirstPublishedDate schema.DateTime `field:"readonly"`
	LastPublishedDate  schema.DateTime `field:"readonly"`
	ArchivedDate       schema.DateTime `field:"readonly"`
}
