package object

import "truckroll/platform/schema"

// Contact is a person at an account.
type Contact struct {
	schema.Standard `prefix:"003" object:"search"`
	UserOwned
	Typed

	Name       string `field:"readonly" max:"121"` // First and last name
	Title      string `max:"128"`
	FirstName  string `max:"40"`
	MiddleName string
	LastName   string          `field:"required" max:"80"`
	Salutation schema.Picklist `choices:"Mr.;Ms.;Mrs.;Dr.;Prof.;Mx."`
	Suffix     string

	Description  schema.LongText
	AccountId    schema.Ref[Account] `field:"cascade" children:"Contacts"`
	IndividualId schema.Ref[Individual]
	ReportsToId  schema.Ref[Contact]

	Birthdate        schema.Date
	EmailBouncedDate schema.DateTime

	AssistantPhone schema.Phone
	Email          schema.Email `field:"index"`
	Fax            schema.Phone
	HomePhone      schema.Phone
	MailingAddress schema.Address
	MobilePhone    schema.Phone
	OtherAddress   schema.Address
	OtherPhone     schema.Phone
	Phone          schema.Phone

	LeadSource schema.Picklist `choices:"Web;Phone Inquiry;Partner Referral;Purchased List;Other"`

	DoNotCall          bool
	HasOptedOutOfEmail bool
	HasOptedOutOfFax   bool
	IsEmailBounced     bool `field:"readonly"`

	AssistantName      string `max:"40"`
	Department         string `max:"80"`
	EmailBouncedReason string
}
