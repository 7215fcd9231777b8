package object

import "truckroll/platform/schema"

// AssetDowntimePeriod is a period in which an asset was out of service.
type AssetDowntimePeriod struct {
	schema.Standard `prefix:"0gP" name:"AssetDowntimePeriodNumber"`

	AssetDowntimePeriodNumber schema.AutoNumber `format:"ADP-{0000}"`
	AssetId                   schema.Ref[Asset] `field:"required createonly cascade" children:"AssetDowntimePeriods"`
	Description               schema.LongText
	StartTime                 schema.DateTime `field:"required"`
	EndTime                   schema.DateTime `field:"required"`
	DowntimeType              DowntimeType
	IsExcluded                bool `field:"readonly"` // Outside the record of uptime
}

// DowntimeType says whether an outage was planned.
type DowntimeType string

// The values of DowntimeType.
const (
	DowntimeTypePlanned   DowntimeType = "Planned"
	DowntimeTypeUnplanned DowntimeType = "Unplanned"
)

// Choices implements [schema.Choicer].
func (DowntimeType) Choices() []schema.Choice {
	return choices(DowntimeTypePlanned, DowntimeTypeUnplanned)
}
