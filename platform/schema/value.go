package schema

import "reflect"

// Id is the id of a record: 18 characters as the API gives it; "" is null.
type Id string

// Ref holds the id of a T. The empty Ref is null.
type Ref[T any] string

func (Ref[T]) target() reflect.Type { return reflect.TypeFor[T]() }

// AnyRef holds the id of one of the objects that its `to` tag names.
type AnyRef string

// AutoNumber is filled by the house on insert and never changes.
type AutoNumber string

// Types that give a text field its kind.
type (
	LongText  string // several lines; not sortable
	Email     string
	Phone     string
	URL       string
	Encrypted string // masked in every answer, kept sealed
	Picklist  string // its `choices` tag lists the values
	MultiPick string // values joined by ";"
	Blob      string // the name of a stored file's content; the API shows base64
)

// Choicer is implemented by picklist types that keep their values beside their Go constants.
type Choicer interface{ Choices() []Choice }

// Types that give a number its kind; they differ from Decimal only in how the API names and formats them.
type (
	Currency struct{ Decimal }
	Percent  struct{ Decimal }
)

// Address is a compound field: a postal address with its coordinates.
type Address struct {
	Street          LongText `max:"255"`
	City            string   `max:"40"`
	State           string   `max:"80"`
	PostalCode      string   `max:"20"`
	Country         string   `max:"80"`
	StateCode       string   `max:"10"`
	CountryCode     string   `max:"10"`
	Latitude        Decimal  `scale:"15" precision:"18"`
	Longitude       Decimal  `scale:"15" precision:"18"`
	GeocodeAccuracy Picklist `choices:"Address;NearAddress;Block;Street;ExtendedZip;Zip;Neighborhood;City;County;State;Unknown"`
}

// Location is a compound field: a point on the globe in degrees.
type Location struct {
	Latitude  Decimal `scale:"15" precision:"18"`
	Longitude Decimal `scale:"15" precision:"18"`
}

// Values holds the values of custom fields by API name. Each value has the Go type of its kind's [Store]: string,
// bool, Int, Decimal, Date, DateTime or Time.
type Values map[string]any

// Standard is embedded by every object: its id, its stamps and its custom values.
type Standard struct {
	Id               Id       `label:"Record ID"`
	IsDeleted        bool     `field:"readonly" label:"Deleted"`
	CreatedDate      DateTime `field:"readonly"`
	CreatedById      AnyRef   `field:"readonly" to:"User"`
	LastModifiedDate DateTime `field:"readonly"`
	LastModifiedById AnyRef   `field:"readonly" to:"User"`
	SystemModstamp   DateTime `field:"readonly"`
	Custom           Values
}

// CustomRecord is the Go type of records of objects that an administrator made.
type CustomRecord struct {
	Standard
	OwnerId AnyRef `to:"User,Group" field:"owner"`
	Name    string `max:"80" field:"name"`
}
