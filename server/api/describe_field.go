package api

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// fieldDescribe is a field as clients read it. Every boolean is present and no list is null: clients depend on both.
type fieldDescribe struct {
	Aggregatable        bool          `json:"aggregatable"`
	AIPrediction        bool          `json:"aiPredictionField"`
	AutoNumber          bool          `json:"autoNumber"`
	ByteLength          int           `json:"byteLength"`
	Calculated          bool          `json:"calculated"`
	CalculatedFormula   *string       `json:"calculatedFormula"`
	CascadeDelete       bool          `json:"cascadeDelete"`
	CaseSensitive       bool          `json:"caseSensitive"`
	CompoundFieldName   *string       `json:"compoundFieldName"`
	ControllerName      *string       `json:"controllerName"`
	Createable          bool          `json:"createable"`
	Custom              bool          `json:"custom"`
	DefaultValue        any           `json:"defaultValue"`
	DefaultValueFormula *string       `json:"defaultValueFormula"`
	DefaultedOnCreate   bool          `json:"defaultedOnCreate"`
	DependentPicklist   bool          `json:"dependentPicklist"`
	Deprecated          bool          `json:"deprecatedAndHidden"`
	Digits              int           `json:"digits"`
	DisplayLocation     bool          `json:"displayLocationInDecimal"`
	Encrypted           bool          `json:"encrypted"`
	ExternalId          bool          `json:"externalId"`
	ExtraTypeInfo       *string       `json:"extraTypeInfo"`
	Filterable          bool          `json:"filterable"`
	FilteredLookupInfo  *string       `json:"filteredLookupInfo"`
	FormulaNullAsZero   bool          `json:"formulaTreatNullNumberAsZero"`
	Groupable           bool          `json:"groupable"`
	HighScaleNumber     bool          `json:"highScaleNumber"`
	HTMLFormatted       bool          `json:"htmlFormatted"`
	IdLookup            bool          `json:"idLookup"`
	InlineHelpText      *string       `json:"inlineHelpText"`
	Label               string        `json:"label"`
	Length              int           `json:"length"`
	Mask                *string       `json:"mask"`
	MaskType            *string       `json:"maskType"`
	Name                string        `json:"name"`
	NameField           bool          `json:"nameField"`
	NamePointing        bool          `json:"namePointing"`
	Nillable            bool          `json:"nillable"`
	Permissionable      bool          `json:"permissionable"`
	PicklistValues      []choiceEntry `json:"picklistValues"`
	Polymorphic         bool          `json:"polymorphicForeignKey"`
	Precision           int           `json:"precision"`
	QueryByDistance     bool          `json:"queryByDistance"`
	ReferenceTarget     *string       `json:"referenceTargetField"`
	ReferenceTo         []string      `json:"referenceTo"`
	RelationshipName    *string       `json:"relationshipName"`
	RelationshipOrder   *int          `json:"relationshipOrder"`
	RestrictedDelete    bool          `json:"restrictedDelete"`
	RestrictedPicklist  bool          `json:"restrictedPicklist"`
	Scale               int           `json:"scale"`
	SearchPrefilterable bool          `json:"searchPrefilterable"`
	SoapType            string        `json:"soapType"`
	Sortable            bool          `json:"sortable"`
	Type                string        `json:"type"`
	Unique              bool          `json:"unique"`
	Updateable          bool          `json:"updateable"`
	WriteRequiresMaster bool          `json:"writeRequiresMasterRead"`
}

type choiceEntry struct {
	Active       bool    `json:"active"`
	Color        string  `json:"color,omitempty"` // beyond the API that this one follows, as is category
	Category     string  `json:"category,omitempty"`
	DefaultValue bool    `json:"defaultValue"`
	Label        string  `json:"label"`
	ValidFor     *string `json:"validFor"`
	Value        string  `json:"value"`
}

// soapTypes are the types of SOAP by kind; every other kind is a string there.
var soapTypes = map[schema.Kind]string{
	schema.KindId: "tns:ID", schema.KindReference: "tns:ID", schema.KindBoolean: "xsd:boolean", schema.KindInt: "xsd:int",
	schema.KindDouble: "xsd:double", schema.KindCurrency: "xsd:double", schema.KindPercent: "xsd:double",
	schema.KindDate: "xsd:date", schema.KindDateTime: "xsd:dateTime", schema.KindTime: "xsd:time", schema.KindBlob: "xsd:base64Binary",
	schema.KindAddress: "urn:address", schema.KindLocation: "urn:location",
}

func (d *describer) field(o *schema.Object, f *schema.Field) fieldDescribe {
	edits := d.viewer.Edits(o, f)
	may := d.viewer.Object(o)
	e := fieldDescribe{
		Name: f.Name, Label: f.Label, Type: string(f.Kind), SoapType: soapTypes[f.Kind], Custom: f.Custom,
		Createable: edits && may.Has(access.Create) && f.Createable(), Updateable: edits && may.Has(access.Edit) && f.Updateable(),
		Nillable: !f.Required && f.Kind != schema.KindBoolean && f.Kind != schema.KindId, AutoNumber: f.Format != "",
		Calculated: f.Calculated || f.Formula != "", FormulaNullAsZero: f.Formula != "" && !f.Blanks,
		CalculatedFormula: text(f.Formula), InlineHelpText: text(f.Help),
		CascadeDelete: f.OnDelete == schema.Cascade, RestrictedDelete: f.OnDelete == schema.Restrict, CaseSensitive: f.CaseSensitive,
		ControllerName: text(f.Controller), DependentPicklist: f.Controller != "", Encrypted: f.Kind == schema.KindEncrypted,
		ExternalId: f.ExternalId, Unique: f.Unique, NameField: f.NameField, NamePointing: f.Polymorphic(), Polymorphic: f.Polymorphic(),
		IdLookup:    f.Kind == schema.KindId || f.ExternalId || f.NameField && f.Kind != schema.KindReference,
		ReferenceTo: f.To, RelationshipName: text(f.Relationship()), RestrictedPicklist: f.Restricted, PicklistValues: choicesOf(o, f),
		Permissionable: access.Permissionable(f), QueryByDistance: f.Kind.Compound(),
	}
	if e.SoapType == "" {
		e.SoapType = "xsd:string"
	}
	if e.ReferenceTo == nil {
		e.ReferenceTo = []string{}
	}
	if f.Parent != nil {
		e.CompoundFieldName = &f.Parent.Name
	}
	d.measures(f, &e)
	d.abilities(f, &e)
	d.defaults(f, &e)
	return e
}

// measures fills lengths and digits.
func (d *describer) measures(f *schema.Field, e *fieldDescribe) {
	switch f.Kind.Store() {
	case schema.StoreText:
		e.Length, e.ByteLength = f.Length, f.Length*3
	case schema.StoreInt:
		e.Digits = f.Precision
	case schema.StoreDecimal:
		e.Precision, e.Scale = f.Precision, f.Scale
	}
}

// abilities fills what queries may do with the field.
func (d *describer) abilities(f *schema.Field, e *fieldDescribe) {
	long := f.Kind == schema.KindLongText || f.Kind == schema.KindBlob || f.Kind == schema.KindEncrypted || f.Kind == schema.KindMultiPicklist
	e.Filterable = f.Kind != schema.KindLongText && f.Kind != schema.KindBlob && f.Kind != schema.KindEncrypted
	e.Sortable = !long && !f.Kind.Compound()
	e.Aggregatable = e.Sortable && f.Kind != schema.KindBoolean
	e.Groupable = e.Sortable && f.Kind.Store() != schema.StoreDecimal && f.Kind.Store() != schema.StoreInstant && f.Kind.Store() != schema.StoreTime
}

func (d *describer) defaults(f *schema.Field, e *fieldDescribe) {
	e.DefaultedOnCreate = f.Default != "" || f.Kind == schema.KindBoolean || f.OwnerField || f.Format != ""
	if f.Kind == schema.KindBoolean {
		e.DefaultValue = f.Default == "true"
	} else if f.Default != "" {
		e.DefaultValue = f.Default
	}
}

// choicesOf lists the values of a picklist; those of a dependent one carry the bitmap of controlling values.
func choicesOf(o *schema.Object, f *schema.Field) []choiceEntry {
	list := []choiceEntry{}
	for _, c := range f.Choices {
		e := choiceEntry{Active: !c.Inactive, Color: c.Color, Category: c.Category, DefaultValue: c.Default, Label: c.Label, Value: c.Value}
		if e.Label == "" {
			e.Label = c.Value
		}
		if f.Controller != "" {
			e.ValidFor = validFor(o.Field(f.Controller), c)
		}
		list = append(list, e)
	}
	return list
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
