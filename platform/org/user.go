package org

import "truckroll/platform/schema"

// User is someone who signs in, or on whose behalf a program does.
type User struct {
	schema.Standard `prefix:"005" object:"setup search"`

	Username          string          `field:"required unique" max:"80"` // of the form of an e-mail address
	Name              string          `field:"readonly name" max:"121"`  // first and last name
	FirstName         string          `max:"40"`
	LastName          string          `field:"required" max:"80"`
	Alias             string          `field:"required" max:"8"`
	CommunityNickname string          `field:"unique" max:"40" label:"Nickname"`
	Title             string          `max:"80"`
	Department        string          `max:"80"`
	Division          string          `max:"80"`
	CompanyName       string          `max:"80"`
	EmployeeNumber    string          `max:"20"`
	AboutMe           schema.LongText `max:"1000"`

	IsActive   bool                 `default:"true"`
	UserType   schema.Picklist      `field:"readonly" choices:"Standard;PowerCustomerSuccess;CspLitePortal;Guest;AutomatedProcess" default:"Standard"`
	ProfileId  schema.Ref[Profile]  `field:"required restrict" children:"Users"`
	UserRoleId schema.Ref[UserRole] `children:"Users"`
	ManagerId  schema.Ref[User]     `children:"ManagedUsers"`
	ContactId  schema.AnyRef        `to:"Contact?" children:"Users"`                  // of an external user
	AccountId  schema.AnyRef        `field:"readonly" to:"Account?" children:"Users"` // the contact's

	Email       schema.Email `field:"required"`
	Phone       schema.Phone
	Extension   schema.Phone
	Fax         schema.Phone
	MobilePhone schema.Phone
	Address     schema.Address

	TimeZoneSidKey         schema.Picklist `field:"required" label:"Time Zone" default:"UTC"`
	LocaleSidKey           schema.Picklist `field:"required" label:"Locale" default:"en_US"`
	LanguageLocaleKey      schema.Picklist `field:"required" label:"Language" default:"en_US"`
	EmailEncodingKey       schema.Picklist `field:"required" label:"Email Encoding" choices:"UTF-8" default:"UTF-8"`
	DefaultCurrencyIsoCode schema.Picklist `max:"3"`

	FederationIdentifier   string          `field:"unique casesens" max:"512"`
	SmallPhotoUrl          schema.URL      `field:"readonly" max:"1024"`
	FullPhotoUrl           schema.URL      `field:"readonly" max:"1024"`
	LastLoginDate          schema.DateTime `field:"readonly"`
	LastPasswordChangeDate schema.DateTime `field:"readonly"`
}
