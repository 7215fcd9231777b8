package object

import "truckroll/platform/schema"

// Product2 is a product or a part.
type Product2 struct {
	schema.Standard `prefix:"01t" object:"search" label:"Product"`
	Typed

	Name             string          `field:"required"`
	ProductCode      string          `field:"index"`
	StockKeepingUnit string          `max:"180"`
	Description      schema.LongText `max:"4000"`

	IsActive   bool
	Type       schema.Picklist `field:"readonly" choices:"Base;Bundle;Set"`
	DisplayUrl schema.URL

	Family                schema.Picklist `choices:"None"`
	ProductClass          schema.Picklist `field:"readonly" choices:"Simple;VariationParent;Variation;Bundle;Set"`
	QuantityUnitOfMeasure schema.Picklist `choices:"Each" default:"Each"`
	TransferRecordMode    TransferRecordMode

	IsSerialized bool   // Its units are numbered
	IsLabor      bool   // An hour of work, which billLabor makes lines of (own)
	ExternalId   string `field:"index"`
}

// TransferRecordMode says when the numbers of units are recorded in a transfer.
type TransferRecordMode string

// The values of TransferRecordMode.
const (
	TransferRecordModeSendAndReceive TransferRecordMode = "SendAndReceive"
	TransferRecordModeReceiveOnly    TransferRecordMode = "ReceiveOnly"
)

// Choices implements [schema.Choicer].
func (TransferRecordMode) Choices() []schema.Choice {
	return choices(TransferRecordModeSendAndReceive, TransferRecordModeReceiveOnly)
}
