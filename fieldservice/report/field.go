package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// rootObjects are what the paths of a layout begin with.
var rootObjects = map[string]string{"Order": "WorkOrder", "Line": "WorkOrderLineItem", "Visit": "ServiceAppointment"}

// resolve checks a path such as Order.Account.Name and returns its last field.
func resolve(c *schema.Catalog, path string, roots []string) (*schema.Field, error) {
	root, rest, _ := strings.Cut(path, ".")
	if !slices.Contains(roots, root) {
		return nil, fmt.Errorf("%s: a path begins here with one of %q", path, roots)
	}
	f, err := walk(c, c.Object(rootObjects[root]), rest)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// walk follows a path from an object to its last field.
func walk(c *schema.Catalog, o *schema.Object, path string) (*schema.Field, error) {
	step, rest, more := strings.Cut(path, ".")
	if !more {
		f := o.Field(step)
		if f == nil || f.Hidden || f.Kind == schema.KindBlob {
			return nil, fmt.Errorf("%s has no field %q", o.Name, step)
		}
		return f, nil
	}
	ref := o.Reference(step)
	if ref == nil || ref.Polymorphic() {
		return nil, fmt.Errorf("%s has no reference to one object named %q", o.Name, step)
	}
	return walk(c, c.Object(ref.To[0]), rest)
}

// sight reads records as far as a viewer may.
type sight struct {
	record.Reader
	catalog *schema.Catalog
	viewer  access.Viewer
	seen    map[schema.Id]bool
	home    string // the country of the organisation
}

// sees reports whether the viewer may read a record.
func (s *sight) sees(id schema.Id) (bool, error) {
	if ok, known := s.seen[id]; known {
		return ok, nil
	}
	ok, err := record.Sees(s.Reader, s.viewer, id)
	s.seen[id] = ok
	return ok, err
}

// open reports whether the viewer may read records of an object at all.
func (s *sight) open(name string) bool {
	return s.viewer.Object(s.catalog.Object(name)).Has(access.Read)
}

// value returns the value at a path from a record, in words, and the label of its last field. What the viewer may not
// read is as if it were empty.
func (s *sight) value(l locale, currency string, rec any, path string) (label, value string, err error) {
	id := schema.StandardOf(rec).Id
	o := s.catalog.ById(id)
	step, rest, more := strings.Cut(path, ".")
	if !more {
		f := o.Field(step)
		if f == nil || !s.viewer.Reads(o, f) {
			return "", "", nil
		}
		value, err := s.text(l, currency, f, rec)
		return l.label(o.Name, strings.TrimSuffix(f.Name, "Id"), f.Label), value, err
	}
	ref := o.Reference(step)
	if ref == nil || !s.viewer.Reads(o, ref) || ref.Null(rec) {
		return "", "", nil
	}
	to := schema.Id(ref.Text(rec))
	if ok, err := s.sees(to); !ok || err != nil {
		return "", "", err
	}
	next, err := record.GetAny(s.Reader, to)
	if errors.Is(err, record.ErrNotFound) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	return s.value(l, currency, next, rest)
}

// text writes a field of a record as people read it.
func (s *sight) text(l locale, currency string, f *schema.Field, rec any) (string, error) {
	if f.Kind == schema.KindAddress {
		a, _ := f.Get(rec).(schema.Address)
		return address(a, s.home), nil
	}
	if f.Null(rec) {
		return "", nil
	}
	if f.Calculated && !f.Stored() {
		v, err := record.Compute(s.Reader, rec, f.Name)
		return fmt.Sprint(v), err
	}
	switch v := f.Get(rec).(type) {
	case schema.Date:
		return l.day(v), nil
	case schema.DateTime:
		return l.moment(v), nil
	case bool:
		if v {
			return l.word("yes"), nil
		}
		return l.word("no"), nil
	case schema.Int:
		return l.number(v.Decimal()), nil
	case schema.Decimal:
		return l.amount(f.Kind, v, currency), nil
	}
	switch f.Kind {
	case schema.KindReference:
		return s.nameOf(schema.Id(f.Text(rec)))
	case schema.KindPicklist:
		value := f.Text(rec)
		given := value
		if c := f.Choice(value); c != nil && c.Label != "" {
			given = c.Label
		}
		return l.choice(value, given), nil
	case schema.KindMultiPicklist:
		return strings.ReplaceAll(f.Text(rec), ";", ", "), nil
	}
	return f.Text(rec), nil
}

// amount writes a number as its kind has it.
func (l locale) amount(k schema.Kind, d schema.Decimal, currency string) string {
	switch k {
	case schema.KindCurrency:
		return l.money(d, currency)
	case schema.KindPercent:
		return l.percent(d)
	}
	return l.trimmed(d)
}

// nameOf returns what people know a record by; "" when the viewer may not see it.
func (s *sight) nameOf(id schema.Id) (string, error) {
	if ok, err := s.sees(id); !ok || err != nil {
		return "", err
	}
	rec, err := record.GetAny(s.Reader, id)
	if err != nil {
		return "", err
	}
	if f := s.catalog.ById(id).NameField(); f != nil && s.viewer.Reads(s.catalog.ById(id), f) {
		return f.Text(rec), nil
	}
	return "", nil
}

// cityFirst are countries that write the postal code after the city.
var cityFirst = map[string]bool{"US": true, "USA": true, "United States": true, "CA": true, "Canada": true, "AU": true, "Australia": true, "GB": true, "United Kingdom": true, "IE": true, "Ireland": true}

// address writes an address in lines as its country does. The country itself stands only where it is not home.
func address(a schema.Address, home string) string {
	city := strings.TrimSpace(a.PostalCode + " " + a.City)
	if cityFirst[a.CountryCode] || cityFirst[a.Country] {
		city = strings.TrimSpace(strings.Trim(a.City+", "+a.State, ", ") + " " + a.PostalCode)
	}
	country := a.Country
	if country == home {
		country = ""
	}
	var lines []string
	for _, line := range []string{string(a.Street), city, country} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
