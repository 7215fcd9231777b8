package api

import (
	"slices"

	"truckroll/platform/access"
	"truckroll/platform/layout"
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// master is the id of the record type that stands for no record type.
const master = "012000000000000AAA"

// layoutItem is a place of a layout: a label, and the field that stands there; of an address, its parts.
type layoutItem struct {
	EditableNew    bool         `json:"editableForNew"`
	EditableUpdate bool         `json:"editableForUpdate"`
	Label          string       `json:"label"`
	Components     []layoutPart `json:"layoutComponents"`
	Placeholder    bool         `json:"placeholder"`
	Required       bool         `json:"required"`
}

type layoutPart struct {
	Components []layoutPart  `json:"components,omitempty"`
	Details    fieldDescribe `json:"details"`
	Lines      int           `json:"displayLines"`
	TabOrder   int           `json:"tabOrder"`
	Type       string        `json:"type"`
	Value      string        `json:"value"`
	FieldType  string        `json:"fieldType"`
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
	Sort      []relatedSort   `json:"sort"`
}

type relatedSort struct {
	Ascending bool   `json:"ascending"`
	Column    string `json:"column"`
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
	Highlights  *layoutSection  `json:"highlightsPanelLayoutSection"`
	Offline     []string        `json:"offlineLinks"`
	Quick       map[string]any  `json:"quickActionList"`
	Content     *string         `json:"relatedContent"`
	RelatedList []relatedList   `json:"relatedLists"`
	SaveOptions []string        `json:"saveOptions"`
}

// layoutsOf answers GET /sobjects/{object}/describe/layouts: the layouts of the viewer's profile, one for each record
// type that has its own, with what the viewer may read.
func (s *Server) layoutsOf(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	types, err := s.recordTypes(c, o)
	if err != nil {
		return nil, err
	}
	types = append(slices.DeleteFunc(types, func(t recordTypeInfo) bool { return !t.Active }), masterRecordType(c.base(), o)...)
	layouts, mappings := []pageLayout{}, []mapping{}
	for _, t := range types {
		l, err := s.layoutFor(c, o, t)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(layouts, func(known pageLayout) bool { return known.Id == l.Id }) {
			layouts = append(layouts, l)
		}
		picklists, err := s.picklistsFor(c, o, t.RecordTypeId)
		if err != nil {
			return nil, err
		}
		mappings = append(mappings, mapping{Active: true, Available: true, Default: t.Default, DeveloperName: t.DeveloperName, LayoutId: l.Id, Master: t.Master,
			Name: t.Name, Picklists: picklists, RecordTypeId: t.RecordTypeId, URLs: t.URLs})
	}
	return s.cached(c, map[string]any{"layouts": layouts, "recordTypeMappings": mappings, "recordTypeSelectorRequired": []bool{len(types) > 1}})
}

// layoutOf answers GET /sobjects/{object}/describe/layouts/{recordType}.
func (s *Server) layoutOf(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	id, err := schema.ParseId(c.args["recordType"])
	if err != nil {
		return nil, notFound()
	}
	types, err := s.recordTypes(c, o)
	if err != nil {
		return nil, err
	}
	types = append(types, masterRecordType(c.base(), o)...)
	i := slices.IndexFunc(types, func(t recordTypeInfo) bool { return t.RecordTypeId == string(id) })
	if i < 0 {
		return nil, notFound()
	}
	l, err := s.layoutFor(c, o, types[i])
	if err != nil {
		return nil, err
	}
	return s.cached(c, l)
}

// layoutFor lays an object out for the viewer and a record type.
func (s *Server) layoutFor(c *call, o *schema.Object, t recordTypeInfo) (l pageLayout, err error) {
	profile, err := s.profileOf(c)
	if err != nil {
		return l, err
	}
	made, err := s.laidOut(c, o)
	if err != nil {
		return l, err
	}
	recordType := schema.Id(t.RecordTypeId)
	if t.Master {
		recordType = ""
	}
	head, _, err := s.headOf(c, o, recordType)
	if err != nil {
		return l, err
	}
	page, id := s.layouts.Page(s.catalog(c), o), "00h"+master[3:]
	if k := made.of(profile, recordType); k != nil {
		page, id = k.page, string(k.id)
	}
	l = s.describer(c).layout(o, page)
	l.Id = id
	highlights := s.describer(c).row(o, head)
	l.Highlights = &highlights
	l.RelatedList, err = s.relatedLists(c, o, page.Related)
	return l, err
}

func (d *describer) layout(o *schema.Object, page layout.Page) pageLayout {
	l := pageLayout{Detail: []layoutSection{}, Edit: []layoutSection{}, Multirow: []layoutSection{}, Buttons: map[string]any{"detailButtons": []any{}},
		Offline: []string{}, Quick: map[string]any{"quickActionListItems": []any{}}, RelatedList: []relatedList{}, SaveOptions: []string{}}
	for _, part := range page.Sections {
		if s := d.section(o, part, false); s.RowCount > 0 {
			l.Detail = append(l.Detail, s)
		}
		if s := d.section(o, part, true); s.RowCount > 0 {
			l.Edit = append(l.Edit, s)
		}
	}
	return l
}

// section lays out what the viewer may read of a section. Rows of which nothing is left are left out; for editing so
// are fields that nobody ever fills in and that have no value before there is a record.
func (d *describer) section(o *schema.Object, part layout.Section, edit bool) layoutSection {
	s := layoutSection{Columns: len(part.Columns), Heading: part.Label, Rows: []layoutRow{}, TabOrder: "LeftToRight", UseHeading: part.Heading}
	if part.Style == layout.TwoByColumns {
		s.TabOrder = "TopToBottom"
	}
	order := 0
	for _, places := range part.Rows() {
		row := layoutRow{Items: []layoutItem{}}
		filled := false
		for _, place := range places {
			item, ok := d.item(o, place, edit)
			filled = filled || ok
			for i := range item.Components {
				order++
				item.Components[i].TabOrder = order
			}
			row.Items = append(row.Items, item)
		}
		if row.Count = len(row.Items); filled {
			s.Rows = append(s.Rows, row)
		}
	}
	s.RowCount = len(s.Rows)
	return s
}

// item is a place of a layout as the viewer sees it; ok is false for one that is empty to them.
func (d *describer) item(o *schema.Object, place layout.Item, edit bool) (item layoutItem, ok bool) {
	empty := layoutItem{Components: []layoutPart{}, Placeholder: true}
	f := o.Field(place.Field)
	if f == nil || f.Hidden || !d.viewer.Reads(o, f) || edit && systemKept[f.Name] {
		return empty, false
	}
	e := d.field(o, f)
	part := layoutPart{Details: e, Lines: 1, Type: "Field", Value: f.Name, FieldType: string(f.Kind)}
	if f.Kind == schema.KindLongText {
		part.Lines = 4
	}
	item = layoutItem{EditableNew: e.Createable, EditableUpdate: e.Updateable, Label: f.Label, Required: f.Required || place.Behavior == layout.Required}
	if f.Kind == schema.KindAddress {
		part.Type = "Address"
		for _, p := range f.Parts {
			if d.viewer.Reads(o, p) {
				pe := d.field(o, p)
				part.Components = append(part.Components, layoutPart{Details: pe, Lines: 1, Type: "Field", Value: p.Name, FieldType: string(p.Kind)})
				item.EditableNew, item.EditableUpdate = item.EditableNew || pe.Createable, item.EditableUpdate || pe.Updateable
			}
		}
	}
	if place.Behavior == layout.Readonly {
		item.EditableNew, item.EditableUpdate, item.Required = false, false, false
	}
	item.Components = []layoutPart{part}
	return item, true
}

// systemKept are fields that forms need not show: the page does.
var systemKept = map[string]bool{"CreatedById": true, "CreatedDate": true, "LastModifiedById": true, "LastModifiedDate": true}

// row lays fields out beside each other.
func (d *describer) row(o *schema.Object, names []string) layoutSection {
	s := layoutSection{Columns: max(1, len(names)), Rows: []layoutRow{{Items: []layoutItem{}}}, TabOrder: "LeftToRight"}
	for _, n := range names {
		if item, ok := d.item(o, layout.Item{Field: n}, false); ok {
			s.Rows[0].Items = append(s.Rows[0].Items, item)
		}
	}
	s.Rows[0].Count, s.RowCount = len(s.Rows[0].Items), 1
	return s
}

// relatedLists are the lists of a page that the viewer may read, with their columns.
func (s *Server) relatedLists(c *call, o *schema.Object, page []layout.Related) ([]relatedList, error) {
	lists := []relatedList{}
	for _, r := range page {
		rel := o.Child(r.List)
		if rel == nil {
			continue
		}
		child := s.catalog(c).Object(rel.Object)
		if !c.viewer.Object(child).Has(access.Read) || !c.viewer.Reads(child, child.Field(rel.Field)) {
			continue
		}
		names := s.open(c, child, r.Fields)
		if len(names) == 0 {
			usual, err := s.columnsOf(c, child, org.ListColumns)
			if err != nil {
				return nil, err
			}
			usual = slices.DeleteFunc(usual, func(n string) bool { return n == rel.Field })
			names = usual[:min(len(usual), 5)]
		}
		l := relatedList{Buttons: []string{}, Custom: child.Custom, Field: rel.Field, Label: child.LabelPlural, LimitRows: 5, Name: rel.Name, Object: child.Name,
			Sort: []relatedSort{}, Columns: []relatedColumn{}}
		for _, n := range names {
			l.Columns = append(l.Columns, relatedColumn{Field: child.Name + "." + n, Label: labelOf(s.catalog(c), child, n), Name: n, API: n})
		}
		if r.SortField != "" && c.viewer.Reads(child, child.Field(r.SortField)) {
			l.Sort = append(l.Sort, relatedSort{r.SortOrder != "Desc", r.SortField})
		}
		lists = append(lists, l)
	}
	return lists, nil
}

type mapping struct {
	Active        bool              `json:"active"`
	Available     bool              `json:"available"`
	Default       bool              `json:"defaultRecordTypeMapping"`
	DeveloperName string            `json:"developerName"`
	LayoutId      string            `json:"layoutId"`
	Master        bool              `json:"master"`
	Name          string            `json:"name"`
	Picklists     []typePicklist    `json:"picklistsForRecordType"`
	RecordTypeId  string            `json:"recordTypeId"`
	URLs          map[string]string `json:"urls"`
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

func (s *Server) compactLayout(c *call, o *schema.Object) (map[string]any, error) {
	head, id, err := s.headOf(c, o, "")
	if err != nil {
		return nil, err
	}
	l := compactLayout{Actions: []any{}, FieldItems: s.describer(c).row(o, head).Rows[0].Items, Id: id, ImageItems: []any{}, Label: "System Default", Name: "SYSTEM", ObjectType: o.Name}
	if id != nil {
		l.Label, l.Name = "Compact Layout", "Compact_Layout"
	}
	primary := map[string]string{"compactLayout": c.base() + "/sobjects/" + o.Name + "/describe/compactLayouts/primary"}
	return map[string]any{
		"compactLayouts": []compactLayout{l}, "defaultCompactLayoutId": id,
		"recordTypeCompactLayoutMappings": []map[string]any{{"available": true, "compactLayoutId": id, "compactLayoutName": l.Name, "recordTypeId": master, "recordTypeName": "Master", "urls": primary}},
		"urls":                            map[string]string{"primary": primary["compactLayout"]},
	}, nil
}

// compactLayoutsOf answers GET /sobjects/{object}/describe/compactLayouts.
func (s *Server) compactLayoutsOf(c *call) (*answer, error) {
	o, err := s.object(c)
	if err != nil {
		return nil, err
	}
	l, err := s.compactLayout(c, o)
	if err != nil {
		return nil, err
	}
	return s.cached(c, l)
}

// compactLayoutsFor answers GET /compactLayouts?q: those of several objects.
func (s *Server) compactLayoutsFor(c *call) (*answer, error) {
	all := map[string]any{}
	for _, name := range list(c.query["q"]) {
		o := s.visible(c, name)
		if o == nil {
			return nil, schema.Refuse("INVALID_TYPE", "sObject type '"+name+"' is not supported.", "q")
		}
		l, err := s.compactLayout(c, o)
		if err != nil {
			return nil, err
		}
		all[o.Name] = l
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
