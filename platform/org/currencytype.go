package org

import "truckroll/platform/schema"

// CurrencyType is a currency that amounts may be in, and its rate against the currency of the organisation.
type CurrencyType struct {
	schema.Standard `prefix:"01L" name:"IsoCode" object:"setup"`

	IsoCode        string         `field:"required createonly unique" max:"3"`
	ConversionRate schema.Decimal `field:"required" scale:"6"`
	DecimalPlaces  schema.Int     `field:"required" default:"2"`
	IsActive       bool           `default:"true"`
	IsCorporate    bool           `field:"readonly"`
}
