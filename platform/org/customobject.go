package org

import "truckroll/platform/schema"

// CustomObject is an object that an administrator made.
type CustomObject struct {
	schema.Standard `prefix:"01I" name:"DeveloperName" object:"setup"`

	DeveloperName   string          `field:"required createonly unique" max:"40"` // without the ending __c
	Label           string          `field:"required" max:"40"`
	PluralLabel     string          `field:"required" max:"40"`
	Description     schema.LongText `max:"1000"`
	KeyPrefix       string          `field:"readonly" max:"3"`
	NamespacePrefix string          `field:"readonly" max:"15"`

	NameFieldLabel  string          `max:"40"`
	NameFieldType   schema.Picklist `field:"restricted" choices:"Text;AutoNumber" default:"Text"`
	NameFieldFormat string          `max:"30"` // of an auto-number

	SharingModel         SharingModel    `default:"ReadWrite"`
	ExternalSharingModel SharingModel    `default:"Private"`
	DeploymentStatus     schema.Picklist `choices:"InDevelopment;Deployed" default:"Deployed"`
	EnableHistory        bool
	EnableActivities     bool
	EnableReports        bool
	EnableSearch         bool `default:"true"`
	ShowInNavigation     bool `default:"true"` // for everyone who may read its records
}
