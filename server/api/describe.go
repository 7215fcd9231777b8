package api

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// describer tells what the viewer may know of objects.
type describer struct {
	catalog *schema.Catalog
	viewer  access.Viewer
	base    string // /services/data/v60.0
}

// sobjectBrief is an object in the list of all objects.
type sobjectBrief struct {
	Activateable        bool              `json:"activateable"`
	AssociateEntityType *string           `json:"associateEntityType"`
	AssociateParent     *string           `json:"associateParentEntity"`
	Createable          bool              `json:"createable"`
	Custom              bool              `json:"custom"`
	CustomSetting       bool              `json:"customSetting"`
	DeepCloneable       bool              `json:"deepCloneable"`
	Deletable           bool              `json:"deletable"`
	Deprecated          bool              `json:"deprecatedAndHidden"`
	FeedEnabled         bool              `json:"feedEnabled"`
	HasSubtypes         bool              `json:"hasSubtypes"`
	IsInterface         bool              `json:"isInterface"`
	IsSubtype           bool              `json:"isSubtype"`
	KeyPrefix           *string           `json:"keyPrefix"`
	Label               string            `json:"label"`
	LabelPlural         string            `json:"labelPlural"`
	Layoutable          bool              `json:"layoutable"`
	Mergeable           bool              `json:"mergeable"`
	MruEnabled          bool              `json:"mruEnabled"`
	Name                string            `json:"name"`
	Navigation          bool              `json:"navigation,omitempty"` // beyond the API that this one follows
	Queryable           bool              `json:"queryable"`
	Replicateable       bool              `json:"replicateable"`
	Retrieveable        bool              `json:"retrieveable"`
	Searchable          bool              `json:"searchable"`
	Triggerable         bool              `json:"triggerable"`
	Undeletable         bool              `json:"undeletable"`
	Updateable          bool              `json:"updateable"`
	URLs                map[string]string `json:"urls"`
}

// sobject is an object described whole.
type sobject struct {
	sobjectBrief
	ActionOverrides     []any            `json:"actionOverrides"`
	ChildRelationships  []childDescribe  `json:"childRelationships"`
	CompactLayoutable   bool             `json:"compactLayoutable"`
	DefaultImpl         *string          `json:"defaultImplementation"`
	ExtendedBy          *string          `json:"extendedBy"`
	ExtendsInterfaces   *string          `json:"extendsInterfaces"`
	Fields              []fieldDescribe  `json:"fields"`
	ImplementedBy       *string          `json:"implementedBy"`
	ImplementsInterface *string          `json:"implementsInterfaces"`
	Listviewable        *bool            `json:"listviewable"`
	LookupLayoutable    *bool            `json:"lookupLayoutable"`
	NamedLayoutInfos    []any            `json:"namedLayoutInfos"`
	NetworkScopeField   *string          `json:"networkScopeFieldName"`
	RecordTypeInfos     []recordTypeInfo `json:"recordTypeInfos"`
	SearchLayoutable    bool             `json:"searchLayoutable"`
	SobjectDescribe     string           `json:"sobjectDescribeOption"`
	SupportedScopes     []scopeInfo      `json:"supportedScopes"`
}

type childDescribe struct {
	CascadeDelete       bool     `json:"cascadeDelete"`
	ChildSObject        string   `json:"childSObject"`
	Deprecated          bool     `json:"deprecatedAndHidden"`
	Field               string   `json:"field"`
	JunctionIdListNames []string `json:"junctionIdListNames"`
	JunctionReferenceTo []string `json:"junctionReferenceTo"`
	RelationshipName    *string  `json:"relationshipName"`
	RestrictedDelete    bool     `json:"restrictedDelete"`
}

type recordTypeInfo struct {
	Active        bool              `json:"active"`
	Available     bool              `json:"available"`
	Default       bool              `json:"defaultRecordTypeMapping"`
	DeveloperName string            `json:"developerName"`
	Master        bool              `json:"master"`
	Name          string            `json:"name"`
	RecordTypeId  string            `json:"recordTypeId"`
	URLs          map[string]string `json:"urls"`
}

type scopeInfo struct {
	Label string `json:"label"`
	Name  string `json:"name"`
}

// visible reports whether the viewer may know that o exists.
func (d *describer) visible(o *schema.Object) bool { return d.viewer.Object(o).Has(access.Read) }

// brief describes o without its fields.
func (d *describer) brief(o *schema.Object) sobjectBrief {
	may := d.viewer.Object(o)
	base := d.base + "/sobjects/" + o.Name
	b := sobjectBrief{
		Createable: may.Has(access.Create) && !o.ReadOnly, Updateable: may.Has(access.Edit) && !o.ReadOnly,
		Deletable: may.Has(access.Delete) && !o.ReadOnly, Undeletable: may.Has(access.Delete) && !o.ReadOnly && !o.Setup,
		Custom: o.Custom, Label: o.Label, LabelPlural: o.LabelPlural, Layoutable: !o.ReadOnly, MruEnabled: !o.Setup && o.NameField() != nil,
		Name: o.Name, Navigation: o.Navigation, Queryable: true, Replicateable: true, Retrieveable: true, Searchable: o.Searchable, Triggerable: true,
		URLs: map[string]string{
			"sobject": base, "describe": base + "/describe", "rowTemplate": base + "/{ID}",
			"layouts": base + "/describe/layouts", "compactLayouts": base + "/describe/compactLayouts",
			"listviews": base + "/listviews", "quickActions": base + "/quickActions",
		},
	}
	if o.Prefix != "" {
		b.KeyPrefix = &o.Prefix
	}
	return b
}

// whole describes o with its fields, child relationships and layouts.
func (d *describer) whole(o *schema.Object) sobject {
	s := sobject{
		sobjectBrief: d.brief(o), ActionOverrides: []any{}, ChildRelationships: d.children(o), CompactLayoutable: !o.ReadOnly,
		Fields: []fieldDescribe{}, NamedLayoutInfos: []any{}, RecordTypeInfos: masterRecordType(d.base, o),
		SearchLayoutable: o.Searchable, SobjectDescribe: "FULL", SupportedScopes: []scopeInfo{{"All " + o.LabelPlural, "everything"}},
	}
	if o.Owned() {
		s.SupportedScopes = append(s.SupportedScopes, scopeInfo{"My " + o.LabelPlural, "mine"})
	}
	for _, f := range o.Fields {
		if d.viewer.Reads(o, f) {
			s.Fields = append(s.Fields, d.field(o, f))
		}
	}
	return s
}

func (d *describer) children(o *schema.Object) []childDescribe {
	list := []childDescribe{}
	for _, c := range o.Children {
		child := d.catalog.Object(c.Object)
		if !d.visible(child) || !d.viewer.Reads(child, child.Field(c.Field)) {
			continue
		}
		e := childDescribe{CascadeDelete: c.Delete == schema.Cascade, RestrictedDelete: c.Delete == schema.Restrict, ChildSObject: c.Object,
			Field: c.Field, JunctionIdListNames: []string{}, JunctionReferenceTo: []string{}}
		if c.Name != "" {
			e.RelationshipName = &c.Name
		}
		list = append(list, e)
	}
	return list
}

// masterRecordType is the one record type of objects that have none of their own.
func masterRecordType(base string, o *schema.Object) []recordTypeInfo {
	return []recordTypeInfo{{Active: true, Available: true, Default: true, DeveloperName: "Master", Master: true, Name: "Master",
		RecordTypeId: master, URLs: map[string]string{"layout": base + "/sobjects/" + o.Name + "/describe/layouts/" + master}}}
}
