package object

import "truckroll/platform/schema"

// TimeSheetTemplate says when time sheets are made by themselves.
type TimeSheetTemplate struct {
	schema.Standard `prefix:"zT1" name:"MasterLabel" object:"setup"`

	MasterLabel   string
	DeveloperName string
	Description   string
	StartDate     schema.Date

	Active bool

	Frequency                    string
	Language                     string
	TimeSheetTemplateAssignments string
	WorkWeekEndDay               string
	WorkWeekStartDay             string // Default Sunday
}
