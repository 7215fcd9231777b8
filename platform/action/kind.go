package action

import (
	"fmt"
	"reflect"
	"slices"

	"truckroll/platform/schema"
)

// kinds are the types of package schema as fields, which read and write their values.
var kinds = map[reflect.Type]*schema.Field{
	reflect.TypeFor[schema.Id]():        {Kind: schema.KindId},
	reflect.TypeFor[schema.AnyRef]():    {Kind: schema.KindReference},
	reflect.TypeFor[schema.LongText]():  {Kind: schema.KindLongText},
	reflect.TypeFor[schema.Email]():     {Kind: schema.KindEmail},
	reflect.TypeFor[schema.Phone]():     {Kind: schema.KindPhone},
	reflect.TypeFor[schema.URL]():       {Kind: schema.KindURL},
	reflect.TypeFor[schema.Picklist]():  {Kind: schema.KindPicklist},
	reflect.TypeFor[schema.MultiPick](): {Kind: schema.KindMultiPicklist},
	reflect.TypeFor[schema.Int]():       {Kind: schema.KindInt},
	reflect.TypeFor[schema.Decimal]():   {Kind: schema.KindDouble},
	reflect.TypeFor[schema.Currency]():  {Kind: schema.KindCurrency},
	reflect.TypeFor[schema.Percent]():   {Kind: schema.KindPercent},
	reflect.TypeFor[schema.Date]():      {Kind: schema.KindDate},
	reflect.TypeFor[schema.DateTime]():  {Kind: schema.KindDateTime},
	reflect.TypeFor[schema.Time]():      {Kind: schema.KindTime},
}

// referrer is implemented by every schema.Ref.
type referrer interface{ Target() reflect.Type }

// kindOf returns the field that values of a type of package schema are read as; nil for other types. Types with
// choices of their own are picklists.
func kindOf(t reflect.Type) *schema.Field {
	if k := kinds[t]; k != nil {
		return k
	}
	zero := reflect.Zero(t).Interface()
	if r, ok := zero.(referrer); ok {
		return &schema.Field{Kind: schema.KindReference, To: []string{r.Target().Name()}}
	}
	if c, ok := zero.(schema.Choicer); ok && t.Kind() == reflect.String {
		return &schema.Field{Kind: schema.KindPicklist, Choices: c.Choices()}
	}
	return nil
}

// describable reports, as an error, that a type has parts which can't be read or written.
func describable(t reflect.Type, within []reflect.Type) error {
	if kindOf(t) != nil {
		return nil
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Interface:
		return nil
	case reflect.Pointer, reflect.Slice:
		return describable(t.Elem(), within)
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			return fmt.Errorf("%v: the keys must be texts", t)
		}
		return describable(t.Elem(), within)
	case reflect.Struct:
		if slices.Contains(within, t) {
			return fmt.Errorf("%v contains itself", t)
		}
		for _, f := range fieldsOf(t) {
			if err := describable(f.typ, append(within, t)); err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
		}
		return nil
	}
	return fmt.Errorf("no value for Go type %v", t)
}
