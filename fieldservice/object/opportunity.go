package object

import "truckroll/platform/schema"

// Opportunity is a sale that may come about.
type Opportunity struct {
	schema.Standard `prefix:"006" object:"search"`
	UserOwned
	Typed
	Priced

	Name         string                 `field:"required" max:"120"`
	AccountId    schema.Ref[Account]    `children:"Opportunities"`
	ContactId    schema.Ref[Contact]    `field:"createonly" children:"Opportunities"`
	Pricebook2Id schema.Ref[Pricebook2] `children:"Opportunities"`
	Description  schema.LongText

	StageName  schema.Picklist `field:"required" label:"Stage" choices:"Prospecting;Qualification;Needs Analysis;Proposal/Price Quote;Negotiation/Review;Closed Won;Closed Lost"`
	Type       schema.Picklist `choices:"Existing Business;New Business"`
	LeadSource schema.Picklist `choices:"Web;Phone Inquiry;Partner Referral;Purchased List;Other"`
	CloseDate  schema.Date     `field:"required"`
	NextStep   string

	Amount      schema.Currency
	Probability schema.Percent `scale:"0"`

	IsClosed bool `field:"readonly"`
	IsWon    bool `field:"readonly"`
}
