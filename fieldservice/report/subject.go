package report

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// reader is a transaction or a view.
type reader interface {
	record.Reader
	Catalog() *schema.Catalog
	Now() time.Time
}

// subject is what a report is about, and how it is written.
type subject struct {
	sight
	locale

	id    schema.Id // of the record
	order *object.WorkOrder
	line  *object.WorkOrderLineItem  // nil when the report is about the order
	visit *object.ServiceAppointment // nil when it is about no single visit

	company  *org.Organization
	language string
	currency string
	layout   *layout
	template *template
	layoutId schema.Id
	now      time.Time
}

// load reads what a report is about. The template is the one that is asked for, else the record's, else its work
// type's, else the organisation's, else the standard one. The language is the order's, else that of the viewer.
func load(r reader, v access.Viewer, id, template schema.Id) (*subject, error) {
	s := &subject{sight: sight{Reader: r, catalog: r.Catalog(), viewer: v, seen: map[schema.Id]bool{}}, id: id, now: r.Now()}
	if err := s.loadWork(); err != nil {
		return nil, err
	}
	companies, err := record.Every[org.Organization](r)
	if err != nil {
		return nil, err
	}
	if s.company = (&org.Organization{}); len(companies) > 0 {
		s.company = companies[0]
	}
	s.home = s.company.Address.Country
	if err := s.loadLayout(template); err != nil {
		return nil, err
	}
	zone, err := s.placeZone()
	if err != nil {
		return nil, err
	}
	s.language = cmp.Or(strings.ReplaceAll(string(s.order.ServiceReportLanguage), "-", "_"), v.Language(), string(s.company.LanguageLocaleKey), "en_US")
	s.locale = localeFor(s.language, v.Locale(), zone)
	s.currency = cmp.Or(string(s.order.CurrencyIsoCode), string(s.company.DefaultCurrencyIsoCode), "USD")
	return s, nil
}

// loadWork finds the order, and the line and visit, of the record.
func (s *subject) loadWork() (err error) {
	notThere := record.Refuse("INVALID_CROSS_REFERENCE_KEY", "entityId: there is no such work order, line item or service appointment", "entityId")
	at := s.id
	if o := s.catalog.ById(at); o == nil {
		return notThere
	}
	if ok, err := s.sees(at); !ok || err != nil {
		return errors.Join(err, notThere)
	}
	if s.nameOfObject(at) == "ServiceAppointment" {
		if s.visit, err = record.Get(s.Reader, schema.Ref[object.ServiceAppointment](at)); err != nil {
			return err
		}
		at = schema.Id(s.visit.ParentRecordId)
	}
	if s.nameOfObject(at) == "WorkOrderLineItem" {
		if s.line, err = record.Get(s.Reader, schema.Ref[object.WorkOrderLineItem](at)); err != nil {
			return err
		}
		at = schema.Id(s.line.WorkOrderId)
	}
	if s.nameOfObject(at) != "WorkOrder" {
		return record.Refuse("INVALID_CROSS_REFERENCE_KEY", "entityId: a report is about a work order, one of its line items, or a service appointment of one of these", "entityId")
	}
	s.order, err = record.Get(s.Reader, schema.Ref[object.WorkOrder](at))
	return err
}

func (s *subject) nameOfObject(id schema.Id) string {
	if o := s.catalog.ById(id); o != nil {
		return o.Name
	}
	return ""
}

// loadLayout chooses the layout and which of its templates counts.
func (s *subject) loadLayout(asked schema.Id) error {
	id, err := s.chooseLayout(schema.Ref[object.ServiceReportLayout](asked))
	if err != nil {
		return err
	}
	definition := ""
	if id != "" {
		l, err := record.Get(s.Reader, id)
		if errors.Is(err, record.ErrNotFound) {
			return record.Refuse("INVALID_CROSS_REFERENCE_KEY", "templateId: there is no such service report layout", "templateId")
		}
		if err != nil {
			return err
		}
		definition, s.layoutId = string(l.Definition), l.Id
	}
	if s.layout, err = parseLayout(definition, s.catalog); err != nil {
		return record.Refuse("INVALID_INPUT", "templateId: the layout can't be used: "+err.Error(), "templateId")
	}
	switch {
	case s.visit != nil && s.line != nil:
		s.template = s.layout.AppointmentOfLine
	case s.visit != nil:
		s.template = s.layout.AppointmentOfOrder
	case s.line != nil:
		s.template = s.layout.WorkOrderLine
	default:
		s.template = s.layout.WorkOrder
	}
	return nil
}

func (s *subject) chooseLayout(asked schema.Ref[object.ServiceReportLayout]) (schema.Ref[object.ServiceReportLayout], error) {
	if asked != "" {
		return asked, nil
	}
	of, kind := s.order.ServiceReportTemplateId, s.order.WorkTypeId
	if s.line != nil {
		of, kind = cmp.Or(s.line.ServiceReportTemplateId, of), cmp.Or(s.line.WorkTypeId, kind)
	}
	if of != "" {
		return of, nil
	}
	workType, err := record.Get(s.Reader, kind)
	if err != nil || workType.ServiceReportTemplateId != "" {
		return workType.ServiceReportTemplateId, err
	}
	all, err := record.Every[object.ServiceReportLayout](s.Reader)
	for _, l := range all {
		if l.IsDefault {
			return schema.Ref[object.ServiceReportLayout](l.Id), err
		}
	}
	return "", err
}

// placeZone is that of the place where the work is done, as its territory has it; else the viewer's.
func (s *subject) placeZone() (*time.Location, error) {
	territory := s.order.ServiceTerritoryId
	if s.visit != nil && s.visit.ServiceTerritoryId != "" {
		territory = s.visit.ServiceTerritoryId
	}
	t, err := record.Get(s.Reader, territory)
	if err != nil {
		return nil, fmt.Errorf("the territory: %w", err)
	}
	hours, err := record.Get(s.Reader, t.OperatingHoursId)
	if err != nil {
		return nil, fmt.Errorf("the hours of the territory: %w", err)
	}
	if zone, err := time.LoadLocation(string(hours.TimeZone)); err == nil && hours.TimeZone != "" {
		return zone, nil
	}
	return s.viewer.Location(), nil
}

// root returns the record that a path begins with; nil is none.
func (s *subject) root(name string) any {
	switch {
	case name == "Order":
		return s.order
	case name == "Line" && s.line != nil:
		return s.line
	case name == "Visit" && s.visit != nil:
		return s.visit
	}
	return nil
}

// at returns the label and value of a path of the layout.
func (s *subject) at(path string) (label, value string, err error) {
	root, rest, _ := strings.Cut(path, ".")
	rec := s.root(root)
	if rec == nil {
		return "", "", nil
	}
	return s.value(s.locale, s.currency, rec, rest)
}
