package object

import "truckroll/platform/schema"

// Account is a customer, the owner of a site or a contractor.
type Account struct {
	schema.Standard `prefix:"001" object:"search"`
	UserOwned
	Typed
	Priced

	Name          string          `field:"required"`
	AccountNumber string          `max:"40"`
	FirstName     string          `max:"40"`
	LastName      string          `max:"80"`
	Salutation    schema.Picklist `choices:"Mr.;Ms.;Mrs.;Dr.;Prof.;Mx."`

	Description      schema.LongText
	Type             schema.Picklist            `choices:"Prospect;Customer - Direct;Customer - Channel;Channel Partner / Reseller;Installation Partner;Technology Partner;Other"`
	OperatingHoursId schema.Ref[OperatingHours] `children:"Accounts"` // When visitors are welcome; new work orders take them over
	ParentId         schema.Ref[Account]        `children:"ChildAccounts"`

	NumberOfEmployees schema.Int
	AnnualRevenue     schema.Currency

	BillingAddress  schema.Address
	Fax             schema.Phone
	Phone           schema.Phone
	ShippingAddress schema.Address
	Website         schema.URL

	AccountSource schema.Picklist `choices:"Web;Phone Inquiry;Partner Referral;Purchased List;Other"`
	Industry      schema.Picklist `choices:"Agriculture;Apparel;Banking;Biotechnology;Chemicals;Communications;Construction;Consulting;Education;Electronics;Energy;Engineering;Entertainment;Environmental;Finance;Food & Beverage;Government;Healthcare;Hospitality;Insurance;Machinery;Manufacturing;Media;Not For Profit;Recreation;Retail;Shipping;Technology;Telecommunications;Transportation;Utilities;Other"`
	Ownership     schema.Picklist `choices:"Public;Private;Subsidiary;Other"`
	Rating        schema.Picklist `choices:"Hot;Warm;Cold"`

	IsPersonAccount bool   `field:"readonly"` // Always false: person accounts are not offered
	Sic             string `max:"20"`
	Site            string `max:"80"`
	TickerSymbol    string `max:"20"`
}
