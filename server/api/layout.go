package api

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
)

// master is the id of the record type that stands for no record type.
const master = "012000000000000AAA"

// layoutItem is a place of a layout: a label, and the field that stands there.
type layoutItem struct {
	EditableNew    bool         `json:"editableForNew"`
	EditableUpdate bool         `json:"editableForUpdate"`
	Label          string       `json:"label"`
	Components     []layoutPart `json:"layoutComponents"`
	Placeholder    bool         `json:"placeholder"`
	Required       bool         `json:"required"`
}

type layoutPart struct {
	Details   fieldDescribe `json:"details"`
	Lines     int           `json:"displayLines"`
	TabOrder  int           `json:"tabOrder"`
	Type      string        `json:"type"`
	Value     string        `json:"value"`
	FieldType string        `json:"fieldType"`
}

type layoutRow struct {
	Items []layoutItem `json:"layoutItems"`
	Count int          `json:"numItems"`
}

type layoutSection struct {
	Columns     int         `json:"columns"`
	Heading     string      `json:"heading"`
	Rows        []layoutRow `json:"layoutRows"`
	SectionId   *string     `json:"layoutSectionId"`
	ParentId    *string     `json:"parentLayoutId"`
	RowCount    int         `json:"rows"`
	TabOrder    string      `json:"tabOrder"`
	Collapsed   bool        `json:"collapsed"`
	UseCollapse bool        `json:"useCollapsibleSection"`
	UseHeading  bool        `json:"useHeading"`
}

type relatedList struct {
	Buttons   []string        `json:"buttons"`
	Columns   []relatedColumn `json:"columns"`
	Custom    bool            `json:"custom"`
	Field     string          `json:"field"`
	Label     string          `json:"label"`
	LimitRows int             `json:"limitRows"`
	Name      string          `json:"name"`
	Object    string          `json:"sobject"`
	Sort      []string        `json:"sort"`
}

type relatedColumn struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Name  string `json:"name"`
	API   string `json:"fieldApiName"`
}

type pageLayout struct {
	Detail      []layoutSection `json:"detailLayoutSections"`
	Edit        []layoutSection `json:"editLayoutSections"`
	Multirow    []layoutSection `json:"multirowEditLayoutSections"`
	Id          string          `json:"id"`
	Buttons     map[string]any  `json:"buttonLayoutSection"`
	FeedView    *string         `json:"feedView"`
	Highlights  *string         `json:"highlightsPanelLayoutSection"`
	Offline     []string        `json:"offlineLinks"`
	Quick       map[string]any  `json:"quickActionList"`
	Content     *string         `json:"relatedContent"`
	RelatedList []relatedList   `json:"relatedLists"`
	SaveOptions []string        `json:"saveOptions"`
}

// layoutsOf answers GET /sobjects/{object}/describe/layouts: one layout, made of what the viewer may read.
func (s *Server) layoutsOf(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	d := s.describer(c)
	return s.cached(c, map[string]any{"layouts": []pageLayout{d.layout(o)}, "recordTypeMappings": d.mappings(o), "recordTypeSelectorRequired": []bool{false}})
}

// layoutOf answers GET /sobjects/{object}/describe/layouts/{recordType}.
func (s *Server) layoutOf(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	if id, err := schema.ParseId(c.args["recordType"]); err != nil || id.Prefix() != master[:3] {
		return nil, notFound()
	}
	return s.cached(c, s.describer(c).layout(o))
}

func (d *describer) layout(o *schema.Object) pageLayout {
	var shown, written []*schema.Field
	for _, f := range o.Fields {
		if f.Hidden || f.Parent != nil || f.Kind == schema.KindId || f.Name == "IsDeleted" || f.Name == "SystemModstamp" || !d.viewer.Reads(o, f) {
			continue
		}
		shown = append(shown, f)
		if d.viewer.Edits(o, f) && (f.Createable() || f.Kind.Compound()) {
			written = append(written, f)
		}
	}
	return pageLayout{
		Detail: []layoutSection{d.section(o, "Details", shown)}, Edit: []layoutSection{d.section(o, "Details", written)}, Multirow: []layoutSection{},
		Id: "00h" + master[3:], Buttons: map[string]any{"detailButtons": []any{}}, Offline: []string{}, Quick: map[string]any{"quickActionListItems": []any{}},
		RelatedList: d.relatedLists(o), SaveOptions: []string{},
	}
}

// section lays fields out in two columns.
func (d *describer) section(o *schema.Object, heading string, fields []*schema.Field) layoutSection {
	s := layoutSection{Columns: 2, Heading: heading, Rows: []layoutRow{}, TabOrder: "LeftToRight", UseHeading: true}
	for i, f := range fields {
		e := d.field(o, f)
		item := layoutItem{EditableNew: e.Createable, EditableUpdate: e.Updateable, Label: f.Label, Required: f.Required,
			Components: []layoutPart{{Details: e, Lines: 1, TabOrder: i + 1, Type: "Field", Value: f.Name, FieldType: string(f.Kind)}}}
		if i%2 == 0 {
			s.Rows = append(s.Rows, layoutRow{})
		}
		row := &s.Rows[len(s.Rows)-1]
		row.Items = append(row.Items, item)
		row.Count = len(row.Items)
	}
	s.RowCount = len(s.Rows)
	return s
}

func (d *describer) relatedLists(o *schema.Object) []relatedList {
	lists := []relatedList{}
	for _, c := range o.Children {
		child := d.catalog.Object(c.Object)
		if c.Name == "" || !d.visible(child) || !d.viewer.Reads(child, child.Field(c.Field)) {
			continue
		}
		r := relatedList{Buttons: []string{}, Custom: child.Custom, Field: c.Field, Label: child.LabelPlural, LimitRows: 5, Name: c.Name, Object: child.Name, Sort: []string{}, Columns: []relatedColumn{}}
		if f := child.NameField(); f != nil && d.viewer.Reads(child, f) {
			r.Columns = append(r.Columns, relatedColumn{Field: child.Name + "." + f.Name, Label: f.Label, Name: f.Name, API: f.Name})
		}
		lists = append(lists, r)
	}
	return lists
}

type mapping struct {
	Active        bool              `json:"active"`
	Available     bool              `json:"available"`
	Default       bool              `json:"defaultRecordTypeMapping"`
	DeveloperName string            `json:"developerName"`
	LayoutId      string            `json:"layoutId"`
	Master        bool              `json:"master"`
	Name          string            `json:"name"`
	Picklists     []any             `json:"picklistsForRecordType"`
	RecordTypeId  string            `json:"recordTypeId"`
	URLs          map[string]string `json:"urls"`
}

func (d *describer) mappings(o *schema.Object) []mapping {
	return []mapping{{Active: true, Available: true, Default: true, DeveloperName: "Master", LayoutId: "00h" + master[3:], Master: true, Name: "Master", Picklists: []any{},
		RecordTypeId: master, URLs: map[string]string{"layout": d.base + "/sobjects/" + o.Name + "/describe/layouts/" + master}}}
}

// compactLayout is the few fields by which people recognise a record.
type compactLayout struct {
	Actions    []any        `json:"actions"`
	FieldItems []layoutItem `json:"fieldItems"`
	Id         *string      `json:"id"`
	ImageItems []any        `json:"imageItems"`
	Label      string       `json:"label"`
	Name       string       `json:"name"`
	ObjectType string       `json:"objectType"`
}

func (s *Server) compactLayout(c *call, o *schema.Object) map[string]any {
	d := s.describer(c)
	l := compactLayout{Actions: []any{}, FieldItems: []layoutItem{}, ImageItems: []any{}, Label: "System Default", Name: "SYSTEM", ObjectType: o.Name}
	var fields []*schema.Field
	for _, name := range defaultColumns(c, o) {
		fields = append(fields, o.Field(name))
	}
	for _, row := range d.section(o, "", fields).Rows {
		l.FieldItems = append(l.FieldItems, row.Items...)
	}
	return map[string]any{
		"compactLayouts": []compactLayout{l}, "defaultCompactLayoutId": nil,
		"recordTypeCompactLayoutMappings": []map[string]any{{"available": true, "compactLayoutId": nil, "compactLayoutName": "SYSTEM", "recordTypeId": master, "recordTypeName": "Master",
			"urls": map[string]string{"compactLayout": c.base() + "/sobjects/" + o.Name + "/describe/compactLayouts/primary"}}},
		"urls": map[string]string{"primary": c.base() + "/sobjects/" + o.Name + "/describe/compactLayouts/primary"},
	}
}

// compactLayoutsOf answers GET /sobjects/{object}/describe/compactLayouts.
func (s *Server) compactLayoutsOf(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	return s.cached(c, s.compactLayout(c, o))
}

// compactLayoutsFor answers GET /compactLayouts?q: those of several objects.
func (s *Server) compactLayoutsFor(c *call) (*answer, error) {
	all := map[string]any{}
	for _, name := range list(c.query["q"]) {
		o := s.visible(c, name)
		if o == nil {
			return nil, schema.Refuse("INVALID_TYPE", "sObject type '"+name+"' is not supported.", "q")
		}
		all[o.Name] = s.compactLayout(c, o)
	}
	return s.cached(c, all)
}

// tabs answers GET /tabs: the objects that people open.
func (s *Server) tabs(c *call) (*answer, error) {
	list := []map[string]any{}
	for _, name := range s.catalog(c).ObjectNames() {
		o := s.catalog(c).Object(name)
		if o.Setup || o.Leaf || o.NameField() == nil || !c.viewer.Object(o).Has(access.Read) {
			continue
		}
		list = append(list, map[string]any{"colors": []any{}, "custom": o.Custom, "iconUrl": "", "icons": []any{}, "label": o.LabelPlural, "miniIconUrl": "",
			"name": "standard-" + o.Name, "sobjectName": o.Name, "url": "/lightning/o/" + o.Name + "/home"})
	}
	return ok(list)
}
