package org

import (
	"encoding/json"
	"fmt"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// EntityDefinition is an object of the catalogue as a record, for queries.
type EntityDefinition struct {
	schema.Standard `prefix:"4ie" name:"QualifiedApiName" object:"setup readonly"`

	DurableId             string
	QualifiedApiName      string
	DeveloperName         string
	Label                 string
	MasterLabel           string
	PluralLabel           string
	KeyPrefix             string
	NamespacePrefix       string
	Description           schema.LongText
	IsCustomSetting       bool
	IsCustomizable        bool
	IsQueryable           bool
	IsSearchable          bool
	IsTriggerable         bool
	IsRetrieveable        bool
	IsLayoutable          bool
	IsDeprecatedAndHidden bool
}

// FieldDefinition is a field of the catalogue as a record, for queries.
type FieldDefinition struct {
	schema.Standard `prefix:"4fe" name:"QualifiedApiName" object:"setup readonly"`

	EntityDefinitionId           schema.Ref[EntityDefinition] `children:"Fields"`
	DurableId                    string
	QualifiedApiName             string
	DeveloperName                string
	Label                        string
	MasterLabel                  string
	DataType                     string
	ValueTypeId                  string
	Length                       schema.Int
	Precision                    schema.Int
	Scale                        schema.Int
	Description                  schema.LongText
	RelationshipName             string
	ReferenceTo                  schema.LongText
	ControllingFieldDefinitionId string
	NamespacePrefix              string
	IsCalculated                 bool
	IsCompound                   bool
	IsIndexed                    bool
	IsNameField                  bool
	IsNillable                   bool
	IsApiFilterable              bool
	IsApiSortable                bool
	IsWorkflowFilterable         bool
}

// Virtual answers queries about the catalogue itself: EntityDefinition and FieldDefinition. What a viewer may not know
// of is not in the answer.
type Virtual struct {
	db      *store.DB
	current func() *schema.Catalog
	own     *schema.Catalog
}

// NewVirtual returns the virtual objects of a house whose catalogue is current.
func NewVirtual(db *store.DB, current func() *schema.Catalog) (*Virtual, error) {
	own, err := schema.Compile(EntityDefinition{}, FieldDefinition{}, User{}, UserRole{}, Profile{}, Group{})
	if err != nil {
		return nil, fmt.Errorf("virtual objects: %w", err)
	}
	return &Virtual{db, current, own}, nil
}

// Virtual returns the named virtual object, or nil.
func (v *Virtual) Virtual(name string) *schema.Object {
	if strings.EqualFold(name, "EntityDefinition") || strings.EqualFold(name, "FieldDefinition") {
		return v.own.Object(name)
	}
	return nil
}

// Source returns what a virtual object is read from: its rows, as one argument in JSON.
func (v *Virtual) Source(o *schema.Object, viewer access.Viewer) (sql string, args []any, ok bool) {
	if v.Virtual(o.Name) == nil {
		return "", nil, false
	}
	rows := []map[string]any{}
	for i, e := range v.current().Objects {
		if !viewer.Object(e).Has(access.Read) {
			continue
		}
		id := schema.MakeId("4ie", uint64(i+1))
		if o.Name == "EntityDefinition" {
			rows = append(rows, entityRow(e, id))
			continue
		}
		for j, f := range e.Fields {
			if viewer.Reads(e, f) && !f.Hidden {
				rows = append(rows, fieldRow(e, f, id, schema.MakeId("4fe", uint64(i+1)<<12|uint64(j))))
			}
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		text = []byte("[]") // texts, numbers and booleans are always written
	}
	return v.selectText(o), []any{string(text)}, true
}

// selectText returns the SELECT that makes rows of an argument in JSON.
func (v *Virtual) selectText(o *schema.Object) string {
	var columns []string
	for _, f := range o.Fields {
		if !f.Stored() {
			continue
		}
		value := fmt.Sprintf("json_extract(value, '$.%s')", f.Name)
		if v.db.Dialect().Name() == "postgres" {
			value = fmt.Sprintf("(value->>'%s')::%s", f.Name, v.db.Dialect().Type(f))
		}
		columns = append(columns, value+" AS "+store.Quote(f.Name))
	}
	from := " FROM json_each(?)"
	if v.db.Dialect().Name() == "postgres" {
		from = " FROM jsonb_array_elements(CAST(? AS text)::jsonb)"
	}
	return "SELECT " + strings.Join(columns, ", ") + from
}

func entityRow(o *schema.Object, id schema.Id) map[string]any {
	return map[string]any{
		"Id": id, "IsDeleted": false, "DurableId": o.Name, "QualifiedApiName": o.Name, "DeveloperName": strings.TrimSuffix(o.Name, customSuffix),
		"Label": o.Label, "MasterLabel": o.Label, "PluralLabel": o.LabelPlural, "KeyPrefix": o.Prefix, "Description": o.Help,
		"IsCustomSetting": false, "IsCustomizable": !o.ReadOnly && !o.Setup, "IsQueryable": true, "IsSearchable": o.Searchable, "IsTriggerable": !o.ReadOnly,
		"IsRetrieveable": true, "IsLayoutable": !o.ReadOnly, "IsDeprecatedAndHidden": false,
	}
}

// dataTypes names the kinds of fields as people do.
var dataTypes = map[schema.Kind]string{
	schema.KindText: "Text", schema.KindLongText: "Long Text Area", schema.KindPicklist: "Picklist", schema.KindMultiPicklist: "Picklist (Multi-Select)",
	schema.KindReference: "Lookup", schema.KindBoolean: "Checkbox", schema.KindInt: "Number", schema.KindDouble: "Number", schema.KindCurrency: "Currency",
	schema.KindPercent: "Percent", schema.KindDate: "Date", schema.KindDateTime: "Date/Time", schema.KindTime: "Time", schema.KindEmail: "Email",
	schema.KindPhone: "Phone", schema.KindURL: "URL", schema.KindBlob: "Base64", schema.KindAddress: "Address", schema.KindLocation: "Geolocation",
	schema.KindEncrypted: "Text (Encrypted)", schema.KindId: "Id",
}

// dataType describes the type of f: Text(80), Number(16, 2), Lookup(Account), Formula (Text).
func dataType(f *schema.Field) string {
	name := dataTypes[f.Kind]
	switch {
	case f.Format != "":
		return "Auto Number"
	case f.Formula != "":
		return "Formula (" + name + ")"
	case f.RollUp != nil:
		return "Roll-Up Summary (" + f.RollUp.Function + " " + f.RollUp.Child + ")"
	case f.Kind == schema.KindReference && f.OnDelete == schema.Cascade && f.Required:
		return "Master-Detail(" + strings.Join(f.To, ",") + ")"
	case f.Kind == schema.KindReference:
		return name + "(" + strings.Join(f.To, ",") + ")"
	case f.Kind.Store() == schema.StoreDecimal, f.Kind.Store() == schema.StoreInt:
		return fmt.Sprintf("%s(%d, %d)", name, f.Precision-f.Scale, f.Scale)
	case f.Length > 0 && (f.Kind == schema.KindText || f.Kind == schema.KindLongText || f.Kind == schema.KindURL):
		return fmt.Sprintf("%s(%d)", name, f.Length)
	}
	return name
}

func fieldRow(o *schema.Object, f *schema.Field, entity, id schema.Id) map[string]any {
	row := map[string]any{
		"Id": id, "IsDeleted": false, "EntityDefinitionId": entity, "DurableId": o.Name + "." + f.Name, "QualifiedApiName": f.Name,
		"DeveloperName": strings.TrimSuffix(f.Name, customSuffix), "Label": f.Label, "MasterLabel": f.Label, "DataType": dataType(f), "ValueTypeId": string(f.Kind),
		"Length": f.Length, "Precision": f.Precision, "Scale": f.Scale, "Description": f.Help, "IsCalculated": f.Calculated || f.Formula != "",
		"IsCompound": f.Kind.Compound(), "IsIndexed": f.Indexed || f.Unique || f.ExternalId || f.NameField || f.Kind == schema.KindReference || f.Kind == schema.KindId,
		"IsNameField": f.NameField, "IsNillable": !f.Required && f.Kind != schema.KindBoolean, "IsApiFilterable": f.Kind != schema.KindLongText && !f.Kind.Compound(),
		"IsApiSortable": f.Kind != schema.KindLongText && !f.Kind.Compound(), "IsWorkflowFilterable": !f.Kind.Compound(),
	}
	if name := f.Relationship(); name != "" {
		row["RelationshipName"], row["ReferenceTo"] = name, strings.Join(f.To, ",")
	}
	return row
}
