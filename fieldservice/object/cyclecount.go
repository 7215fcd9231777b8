package object

import "truckroll/platform/schema"

// CycleCount is a count of the stock of a location. Posting it corrects the stock. It is our own.
type CycleCount struct {
	schema.Standard `prefix:"zK1" name:"CycleCountNumber" object:"search"`
	Owned

	CycleCountNumber schema.AutoNumber    `format:"CC-{0000}"`
	LocationId       schema.Ref[Location] `field:"required createonly restrict" children:"CycleCounts"`
	Description      schema.LongText
	Status           CountStatus
	IsWholeLocation  bool            // A new count begins with an entry for every stock of the location
	PostedDate       schema.DateTime `field:"readonly"`
	EntryCount       schema.Int      `rollup:"COUNT CycleCountEntry.CycleCountId"`
}

// CountStatus is how far a count of stock has come.
type CountStatus string

// The values of CountStatus.
const (
	CountStatusNew      CountStatus = "New"
	CountStatusPosted   CountStatus = "Posted"
	CountStatusCanceled CountStatus = "Canceled"
)

// Choices implements [schema.Choicer].
func (CountStatus) Choices() []schema.Choice {
	return []schema.Choice{{Value: string(CountStatusNew), Default: true}, {Value: string(CountStatusPosted)}, {Value: string(CountStatusCanceled)}}
}
