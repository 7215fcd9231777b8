package org

import "truckroll/platform/schema"

// Organization is the organisation; there is one record.
type Organization struct {
	schema.Standard `prefix:"00D" object:"setup"`

	Name                string          `field:"required" max:"80"`
	OrganizationType    schema.Picklist `field:"readonly" default:"Self-Hosted"`
	InstanceName        string          `field:"readonly" max:"20"`
	NamespacePrefix     string          `field:"readonly" max:"15"`
	IsSandbox           bool            `field:"readonly"`
	TrialExpirationDate schema.DateTime `field:"readonly"`

	Division       string `max:"80"`
	PrimaryContact string `max:"80"`
	Phone          schema.Phone
	Fax            schema.Phone
	Address        schema.Address
	LogoId         schema.Ref[ContentVersion] // a picture for reports whose layout has none of its own

	TimeZoneSidKey         schema.Picklist `label:"Time Zone" default:"UTC"`
	DefaultLocaleSidKey    schema.Picklist `label:"Locale" default:"en_US"`
	LanguageLocaleKey      schema.Picklist `label:"Language" default:"en_US"`
	DefaultCurrencyIsoCode schema.Picklist `label:"Currency" max:"3" default:"USD"`
	FiscalYearStartMonth   schema.Int

	IsSecondFactorRequired bool `label:"Second Factor Required"` // of everybody who signs in by password
}
