package record

import (
	"errors"
	"fmt"
	"strings"

	"truckroll/platform/schema"
)

// Fault is a refusal that the caller can mend. Code is one that the API documents.
type Fault = schema.Fault

// Refuse returns a [Fault] about the named fields.
func Refuse(code, message string, fields ...string) error {
	return schema.Refuse(code, message, fields...)
}

// Faults is everything that is wrong with one record.
type Faults []*Fault

func (f Faults) Error() string {
	texts := make([]string, len(f))
	for i, fault := range f {
		texts[i] = fault.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap gives errors.As the first fault.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i, fault := range f {
		errs[i] = fault
	}
	return errs
}

// FaultsOf returns the faults in err; ok is false when err is not a refusal but a failure of the house.
func FaultsOf(err error) (f Faults, ok bool) {
	var all Faults
	if errors.As(err, &all) {
		return all, true
	}
	var one *Fault
	if errors.As(err, &one) {
		return Faults{one}, true
	}
	return nil, false
}

// err returns f as an error; nil when there is no fault.
func (f Faults) err() error {
	switch len(f) {
	case 0:
		return nil
	case 1:
		return f[0]
	}
	return f
}

// The faults of this package, in one place, so that a text is worded once. Codes and the texts that clients compare are
// those of the Salesforce API.

func fault(code, message string, fields ...string) *Fault {
	return &Fault{Code: code, Message: message, Fields: fields}
}

func noSuchField(o *schema.Object, name string) *Fault {
	return fault("INVALID_FIELD", fmt.Sprintf("No such column '%s' on sobject of type %s", name, o.Name), name)
}

func notWritable(names ...string) *Fault {
	return fault("INVALID_FIELD_FOR_INSERT_UPDATE", fmt.Sprintf("Unable to create/update fields: %s. Please check the security settings of this field and verify that it is read/write for your profile or permission set.", strings.Join(names, ", ")), names...)
}

func noSuchObject(name string) *Fault {
	return fault("INVALID_TYPE", fmt.Sprintf("sObject type '%s' is not supported.", name))
}

func missing(names ...string) *Fault {
	return fault("REQUIRED_FIELD_MISSING", fmt.Sprintf("Required fields are missing: [%s]", strings.Join(names, ", ")), names...)
}

func unreadable(what string, fields ...string) *Fault {
	return fault("JSON_PARSER_ERROR", what, fields...)
}

func noSuchRecord() *Fault { return fault("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id") }

func noSuchTarget(f *schema.Field, id string) *Fault {
	return fault("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("%s: no record with id %s", f.Label, id), f.Name)
}

func deletedTarget(f *schema.Field, id string) *Fault {
	return fault("ENTITY_IS_DELETED", fmt.Sprintf("%s: the record %s is deleted", f.Label, id), f.Name)
}

func isDeleted() *Fault { return fault("ENTITY_IS_DELETED", "entity is deleted") }

func malformedId(f *schema.Field, text string) *Fault {
	return fault("MALFORMED_ID", fmt.Sprintf("%s: id value of incorrect type: %s", f.Label, shorten(text)), f.Name)
}

func noAccess() *Fault {
	return fault("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
}

func noAccessAcross(fields ...string) *Fault {
	return fault("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "insufficient access rights on cross-reference id", fields...)
}

func cannotWrite(o *schema.Object, verb string) *Fault {
	return fault("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", fmt.Sprintf("entity type cannot be %s: %s", verb, o.Label))
}

func tooLong(f *schema.Field, text string) *Fault {
	return fault("STRING_TOO_LONG", fmt.Sprintf("%s: data value too large: %s (max length=%d)", f.Label, shorten(text), f.Length), f.Name)
}

func badChoice(f *schema.Field, value string) *Fault {
	return fault("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("%s: bad value for restricted picklist field: %s", f.Label, shorten(value)), f.Name)
}

func outOfRange(f *schema.Field, value string) *Fault {
	return fault("NUMBER_OUTSIDE_VALID_RANGE", fmt.Sprintf("%s: value outside of valid range on numeric field: %s (at most %d digits before the point)", f.Label, value, f.Precision-f.Scale), f.Name)
}

func badEmail(f *schema.Field, value string) *Fault {
	return fault("INVALID_EMAIL_ADDRESS", fmt.Sprintf("%s: invalid email address: %s", f.Label, shorten(value)), f.Name)
}

func badURL(f *schema.Field, value string) *Fault {
	return fault("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s: not a web, mail or telephone address: %s", f.Label, shorten(value)), f.Name)
}

func duplicate(f *schema.Field, id schema.Id) *Fault {
	other := "<unknown>"
	if id != "" {
		other = string(id)
	}
	return fault("DUPLICATE_VALUE", fmt.Sprintf("duplicate value found: %s duplicates value on record with id: %s", f.Name, other), f.Name)
}

func moved(what string) *Fault { return fault("PRECONDITION_FAILED", what) }

func rolledBack() *Fault {
	return fault("ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header")
}

// shorten keeps a refused value from filling the answer.
func shorten(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// MultipleMatches is returned when an external id of an upsert belongs to several records.
type MultipleMatches struct {
	Field *schema.Field
	Ids   []schema.Id
}

func (m *MultipleMatches) Error() string {
	return fmt.Sprintf("%s: %d records have this value", m.Field.Name, len(m.Ids))
}
