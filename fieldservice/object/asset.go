package object

import "truckroll/platform/schema"

// Asset is an item installed at a customer, or our own equipment, with its parts, warranty and downtime.
type Asset struct {
	schema.Standard `prefix:"02i" object:"search"`
	UserOwned
	Typed
	Priced

	Name             string `field:"required"`
	ProductCode      string `field:"readonly"`
	SerialNumber     string `field:"index" max:"80"`
	StockKeepingUnit string `field:"readonly" max:"180"`

	Description  schema.LongText
	Status       schema.Picklist `choices:"Purchased;Shipped;Installed;Registered;Obsolete"`
	StatusReason schema.Picklist `choices:"Online;Paused;Standby;Offline;Not Ready;Off"`

	AccountId         schema.Ref[Account]  `field:"cascade" children:"Assets"` // An account or a contact is needed
	AssetProvidedById schema.Ref[Account]  `children:"ProvidedAssets"`         // The manufacturer
	AssetServicedById schema.Ref[Account]  `children:"ServicedAssets"`         // Who services it
	ContactId         schema.Ref[Contact]  `field:"cascade" children:"Assets"`
	LocationId        schema.Ref[Location] `children:"Assets"`
	ParentId          schema.Ref[Asset]    `children:"ChildAssets"`
	Product2Id        schema.Ref[Product2] `children:"Assets"`
	RootAssetId       schema.Ref[Asset]    `field:"readonly self"`

	InstallDate       schema.Date
	ManufactureDate   schema.Date
	PurchaseDate      schema.Date
	UptimeRecordStart schema.DateTime // Start of the downtime statistics
	UptimeRecordEnd   schema.DateTime
	UsageEndDate      schema.Date

	AssetLevel              schema.Int     `field:"readonly"` // 1 at the root
	Availability            schema.Percent `field:"readonly"` // (expected uptime - downtime) / expected uptime
	AverageUptimePerDay     schema.Decimal // Hours per day the asset should run
	MeanTimeBetweenFailures schema.Decimal
	MeanTimeToRepair        schema.Decimal
	Quantity                schema.Decimal
	Reliability             schema.Percent `field:"readonly"` // (expected uptime - unplanned downtime) / expected uptime
	SumDowntime             schema.Decimal `field:"readonly"` // Hours, planned and unplanned, since UptimeRecordStart
	SumUnplannedDowntime    schema.Decimal `field:"readonly"`

	Price   schema.Currency
	Address schema.Address

	ConsequenceOfFailure schema.Picklist
	DigitalAssetStatus   schema.Picklist `choices:"On;Off;Warning;Error"` // From telemetry
	ProductFamily        schema.Picklist `field:"readonly"`

	IsCompetitorProduct bool
	IsInternal          bool

	ExternalIdentifier string
	ProductDescription string `field:"readonly" max:"4000"`
	Uuid               string
}
