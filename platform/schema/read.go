package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

var standardType = reflect.TypeFor[Standard]()

// readObject reads the declaration of one object.
func readObject(t reflect.Type) (*Object, error) {
	o := &Object{Name: t.Name(), Label: words(t.Name()), Type: t}
	std, ok := t.FieldByName("Standard")
	if !ok || std.Type != standardType {
		return nil, fmt.Errorf("object %s: does not embed schema.Standard", o.Name)
	}
	o.readTag(std.Tag)
	if err := o.readFields(t, nil); err != nil {
		return nil, fmt.Errorf("object %s: %w", o.Name, err)
	}
	nameOf := std.Tag.Get("name")
	for _, f := range o.Fields {
		f.NameField = f.NameField || f.Name == nameOf || nameOf == "" && f.Name == "Name"
	}
	o.Detail = !slices.ContainsFunc(o.Fields, func(f *Field) bool { return f.OwnerField })
	return o, nil
}

// readTag reads what the tag of the embedded Standard says of the whole object.
func (o *Object) readTag(tag reflect.StructTag) {
	o.Prefix, o.Help = tag.Get("prefix"), tag.Get("help")
	if l := tag.Get("label"); l != "" {
		o.Label = l
	}
	o.LabelPlural = plural(o.Label)
	if l := tag.Get("plural"); l != "" {
		o.LabelPlural = l
	}
	flags := strings.Fields(tag.Get("object"))
	o.Setup, o.ReadOnly = slices.Contains(flags, "setup"), slices.Contains(flags, "readonly")
	o.Personal = slices.Contains(flags, "personal")
	o.Searchable, o.Leaf = slices.Contains(flags, "search"), slices.Contains(flags, "leaf")
}

func (o *Object) readFields(t reflect.Type, at []int) error {
	for i := range t.NumField() {
		sf := t.Field(i)
		index := append(slices.Clone(at), i)
		switch {
		case sf.Anonymous:
			if err := o.readFields(sf.Type, index); err != nil {
				return err
			}
		case sf.Type == reflect.TypeFor[Values](), !sf.IsExported():
		default:
			if err := o.readField(sf, index); err != nil {
				return fmt.Errorf("field %s: %w", sf.Name, err)
			}
		}
	}
	return nil
}

func (o *Object) readField(sf reflect.StructField, index []int) error {
	f := &Field{Object: o.Name, Name: sf.Name, index: index, typ: sf.Type}
	if err := f.setKind(sf.Type); err != nil {
		return err
	}
	if f.Label = labelOf(sf.Name, f.Kind); sf.Name == "Id" {
		f.Label = "Record ID"
	}
	if err := f.readTag(sf.Tag); err != nil {
		return err
	}
	o.Fields = append(o.Fields, f)
	if f.Kind.Compound() {
		return o.readParts(f, sf)
	}
	return nil
}

// readParts declares the parts of a compound field as fields of their own: BillingAddress has BillingStreet.
func (o *Object) readParts(f *Field, sf reflect.StructField) error {
	prefix, ok := sf.Tag.Lookup("parts")
	if !ok {
		prefix = strings.TrimSuffix(strings.TrimSuffix(sf.Name, "Address"), "Location")
	}
	from := len(o.Fields)
	if err := o.readFields(sf.Type, f.index); err != nil {
		return err
	}
	for _, p := range o.Fields[from:] {
		p.Name, p.Parent, p.ReadOnly = prefix+p.Name, f, f.ReadOnly
		p.Label = words(p.Name)
	}
	f.Parts = slices.Clone(o.Fields[from:])
	return nil
}

// kinds maps the Go type of a field to its kind and usual length or precision.
var kinds = map[reflect.Type]Field{
	reflect.TypeFor[Id]():         {Kind: KindId, Length: 18, ReadOnly: true},
	reflect.TypeFor[AutoNumber](): {Kind: KindText, Length: 30, ReadOnly: true},
	reflect.TypeFor[AnyRef]():     {Kind: KindReference, Length: 18},
	reflect.TypeFor[string]():     {Kind: KindText, Length: 255},
	reflect.TypeFor[LongText]():   {Kind: KindLongText, Length: 32000},
	reflect.TypeFor[Email]():      {Kind: KindEmail, Length: 80},
	reflect.TypeFor[Phone]():      {Kind: KindPhone, Length: 40},
	reflect.TypeFor[URL]():        {Kind: KindURL, Length: 255},
	reflect.TypeFor[Encrypted]():  {Kind: KindEncrypted, Length: 175},
	reflect.TypeFor[Picklist]():   {Kind: KindPicklist, Length: 255},
	reflect.TypeFor[MultiPick]():  {Kind: KindMultiPicklist, Length: 4099},
	reflect.TypeFor[Blob]():       {Kind: KindBlob},
	reflect.TypeFor[bool]():       {Kind: KindBoolean},
	reflect.TypeFor[Int]():        {Kind: KindInt, Precision: 9},
	reflect.TypeFor[Decimal]():    {Kind: KindDouble, Precision: 18, Scale: 2},
	reflect.TypeFor[Currency]():   {Kind: KindCurrency, Precision: 18, Scale: 2},
	reflect.TypeFor[Percent]():    {Kind: KindPercent, Precision: 18, Scale: 2},
	reflect.TypeFor[Date]():       {Kind: KindDate},
	reflect.TypeFor[DateTime]():   {Kind: KindDateTime},
	reflect.TypeFor[Time]():       {Kind: KindTime},
	reflect.TypeFor[Address]():    {Kind: KindAddress},
	reflect.TypeFor[Location]():   {Kind: KindLocation},
}

func (f *Field) setKind(t reflect.Type) error {
	zero := reflect.Zero(t).Interface()
	if k, ok := kinds[t]; ok {
		f.Kind, f.Length, f.Precision, f.Scale, f.ReadOnly = k.Kind, k.Length, k.Precision, k.Scale, k.ReadOnly
		return nil
	}
	if r, ok := zero.(interface{ target() reflect.Type }); ok {
		f.Kind, f.Length, f.To = KindReference, 18, []string{r.target().Name()}
		return nil
	}
	if c, ok := zero.(Choicer); ok && t.Kind() == reflect.String {
		f.Kind, f.Length, f.Choices, f.Restricted = KindPicklist, 255, c.Choices(), true
		return nil
	}
	return fmt.Errorf("no field kind for Go type %v", t)
}

// readTag reads what only a tag can say of a field.
func (f *Field) readTag(tag reflect.StructTag) error {
	for flag := range strings.FieldsSeq(tag.Get("field")) {
		set, ok := flags[flag]
		if !ok {
			return fmt.Errorf("unknown flag %q", flag)
		}
		set(f)
	}
	for key, dst := range map[string]*int{"max": &f.Length, "scale": &f.Scale, "precision": &f.Precision} {
		if v := tag.Get(key); v != "" {
			n, err := strconv.Atoi(v)
			if err != nil {
				return fmt.Errorf("tag %s: %w", key, err)
			}
			*dst = n
		}
	}
	for key, dst := range map[string]*string{"label": &f.Label, "help": &f.Help, "format": &f.Format, "default": &f.Default, "children": &f.ChildName, "controller": &f.Controller, "per": &f.Per} {
		if v := tag.Get(key); v != "" {
			*dst = v
		}
	}
	if to := tag.Get("to"); to != "" {
		f.targets = strings.Split(to, ",")
		f.ToAny = slices.Contains(f.targets, "*")
	}
	if choices := tag.Get("choices"); choices != "" {
		f.Choices = nil
		for v := range strings.SplitSeq(choices, ";") {
			f.Choices = append(f.Choices, Choice{Value: v})
		}
	}
	f.agreeOnDefault(tag.Get("default"))
	return f.readRollUp(tag.Get("rollup"))
}

// readRollUp reads what a roll-up summary sums up: "COUNT Line.InvoiceId", "SUM Line.InvoiceId Amount".
func (f *Field) readRollUp(text string) error {
	if text == "" {
		return nil
	}
	w := strings.Fields(text)
	if len(w) < 2 || len(w) > 3 || (len(w) == 3) == (w[0] == "COUNT") {
		return fmt.Errorf("the roll-up %q has not the form FUNCTION Child.Reference Field", text)
	}
	child, via, ok := strings.Cut(w[1], ".")
	if !ok {
		return fmt.Errorf("the roll-up %q does not say which reference leads here", text)
	}
	f.RollUp, f.ReadOnly = &RollUp{Child: child, Via: via, Function: w[0]}, true
	if len(w) == 3 {
		f.RollUp.Field = w[2]
	}
	return nil
}

// agreeOnDefault makes the default of f and the default among its choices one: a tag goes before the type.
func (f *Field) agreeOnDefault(tagged string) {
	f.Choices = slices.Clone(f.Choices)
	for i := range f.Choices {
		c := &f.Choices[i]
		if tagged != "" {
			c.Default = c.Value == tagged
		}
		if c.Default {
			f.Default = c.Value
		}
	}
}

// flags are the words of the `field` tag.
var flags = map[string]func(*Field){
	"required":   func(f *Field) { f.Required = true },
	"createonly": func(f *Field) { f.CreateOnly = true },
	"readonly":   func(f *Field) { f.ReadOnly = true },
	"calculated": func(f *Field) { f.Calculated, f.ReadOnly = true, true },
	"name":       func(f *Field) { f.NameField = true },
	"owner":      func(f *Field) { f.OwnerField = true },
	"unique":     func(f *Field) { f.Unique = true },
	"external":   func(f *Field) { f.ExternalId = true },
	"casesens":   func(f *Field) { f.CaseSensitive = true },
	"restricted": func(f *Field) { f.Restricted = true },
	"open":       func(f *Field) { f.Restricted = false },
	"index":      func(f *Field) { f.Indexed = true },
	"hidden":     func(f *Field) { f.Hidden = true },
	"cascade":    func(f *Field) { f.OnDelete = Cascade },
	"restrict":   func(f *Field) { f.OnDelete = Restrict },
	"keep":       func(f *Field) { f.OnDelete = Keep },
	"self":       func(f *Field) { f.Self = true },
}
