package schema

// Kind is the type of a field as the API names it in describe.
type Kind string

// The kinds of fields.
const (
	KindId            Kind = "id"
	KindText          Kind = "string"
	KindLongText      Kind = "textarea"
	KindPicklist      Kind = "picklist"
	KindMultiPicklist Kind = "multipicklist"
	KindReference     Kind = "reference"
	KindBoolean       Kind = "boolean"
	KindInt           Kind = "int"
	KindDouble        Kind = "double"
	KindCurrency      Kind = "currency"
	KindPercent       Kind = "percent"
	KindDate          Kind = "date"
	KindDateTime      Kind = "datetime"
	KindTime          Kind = "time"
	KindEmail         Kind = "email"
	KindPhone         Kind = "phone"
	KindURL           Kind = "url"
	KindBlob          Kind = "base64"
	KindAddress       Kind = "address"  // compound: its parts are fields of their own
	KindLocation      Kind = "location" // compound: latitude and longitude
	KindEncrypted     Kind = "encryptedstring"
)

// Store is how a kind of value is kept in memory and in the database.
type Store int

// The ways a value is kept.
const (
	StoreNone    Store = iota // compound: nothing of its own
	StoreText                 // string; "" is null
	StoreBool                 // bool; never null
	StoreInt                  // Int; int64
	StoreDecimal              // Decimal; int64 scaled by the field's Scale
	StoreDate                 // Date; days since 1970-01-01
	StoreInstant              // DateTime; milliseconds since 1970-01-01T00:00Z
	StoreTime                 // Time; milliseconds since midnight
)

// Store returns how values of kind k are kept.
func (k Kind) Store() Store {
	switch k {
	case KindBoolean:
		return StoreBool
	case KindInt:
		return StoreInt
	case KindDouble, KindCurrency, KindPercent:
		return StoreDecimal
	case KindDate:
		return StoreDate
	case KindDateTime:
		return StoreInstant
	case KindTime:
		return StoreTime
	case KindAddress, KindLocation:
		return StoreNone
	}
	return StoreText
}

// Compound reports whether k has parts instead of a value of its own.
func (k Kind) Compound() bool { return k == KindAddress || k == KindLocation }
