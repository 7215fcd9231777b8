package object

import "truckroll/platform/schema"

// Lead is a person who may become a customer. It can be visited before it is one.
type Lead struct {
	schema.Standard `prefix:"00Q" object:"search"`
	Owned
	Typed

	Name       string          `field:"readonly name" max:"121"` // first and last name
	FirstName  string          `max:"40"`
	LastName   string          `field:"required" max:"80"`
	Salutation schema.Picklist `choices:"Mr.;Ms.;Mrs.;Dr.;Prof.;Mx."`
	Company    string          `field:"required"`
	Title      string          `max:"128"`

	Status     schema.Picklist `field:"required" choices:"Open - Not Contacted;Working - Contacted;Closed - Converted;Closed - Not Converted" default:"Open - Not Contacted"`
	LeadSource schema.Picklist `choices:"Web;Phone Inquiry;Partner Referral;Purchased List;Other"`
	Industry   schema.Picklist
	Rating     schema.Picklist `choices:"Hot;Warm;Cold"`

	Address     schema.Address
	Phone       schema.Phone
	MobilePhone schema.Phone
	Email       schema.Email
	Website     schema.URL
	Description schema.LongText

	IsConverted            bool                    `field:"readonly"`
	ConvertedDate          schema.Date             `field:"readonly"`
	ConvertedAccountId     schema.Ref[Account]     `field:"readonly"`
	ConvertedContactId     schema.Ref[Contact]     `field:"readonly"`
	ConvertedOpportunityId schema.Ref[Opportunity] `field:"readonly"`
}
