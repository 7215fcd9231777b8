package record

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"truckroll/platform/schema"
)

// hasForm reports whether the values of f have a form to be held to.
func hasForm(f *schema.Field) bool {
	switch f.Kind {
	case schema.KindBoolean, schema.KindDate, schema.KindDateTime, schema.KindTime, schema.KindReference:
		return false
	}
	return true
}

// validate holds rows to what the catalogue says of each field, and brings values into the form in which they are kept.
func (tx *Tx) validate(p *plan, rows []*row) {
	for _, r := range rows {
		base := p.empty
		if r.base != nil {
			base = r.base.rec
		}
		for _, f := range p.checked {
			if f.Null(r.new) || f.Equal(base, r.new) && !followsChange(p, f, base, r.new) {
				continue
			}
			if wrong := p.form(f, r.new); wrong != nil {
				r.faults = append(r.faults, wrong)
			}
		}
		var lacking []string
		for _, f := range p.required {
			if f.Null(r.new) {
				lacking = append(lacking, f.Name)
			}
		}
		if lacking != nil {
			r.faults = append(r.faults, missing(lacking...))
		}
	}
}

// followsChange reports whether f is a dependent picklist whose controlling field changed.
func followsChange(p *plan, f *schema.Field, base, rec any) bool {
	if f.Controller == "" {
		return false
	}
	c := p.object.Field(f.Controller)
	return c != nil && !c.Equal(base, rec)
}

// form holds the value of f in rec, which is not null, to the form that f asks for.
func (p *plan) form(f *schema.Field, rec any) *Fault {
	switch f.Kind.Store() {
	case schema.StoreInt:
		return intForm(f, f.Get(rec).(schema.Int))
	case schema.StoreDecimal:
		return decimalForm(f, rec)
	}
	s := f.Text(rec)
	switch f.Kind {
	case schema.KindPicklist:
		return p.choiceForm(f, rec, s)
	case schema.KindMultiPicklist:
		if wrong := choicesForm(f, rec, s); wrong != nil {
			return wrong
		}
	case schema.KindEmail:
		if !validEmail(s) {
			return badEmail(f, s)
		}
	case schema.KindBlob:
		if !isContent(s) {
			return fault("FIELD_INTEGRITY_EXCEPTION", f.Name+": the content can't be given here; send the record by itself, with the content in base64", f.Name)
		}
	case schema.KindURL:
		if !validURL(s) {
			return badURL(f, s)
		}
	}
	if f.Length > 0 && len(s) > f.Length && utf8.RuneCountInString(s) > f.Length {
		return tooLong(f, s)
	}
	return nil
}

func intForm(f *schema.Field, n schema.Int) *Fault {
	limit := int64(1<<31 - 1)
	if f.Precision > 0 && f.Precision < 9 {
		limit = power10(f.Precision) - 1
	}
	if v := n.Int64(); v > limit || v < -limit {
		return outOfRange(f, n.String())
	}
	return nil
}

func power10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// decimalForm rounds a number to its field's places and holds it to its field's digits.
func decimalForm(f *schema.Field, rec any) *Fault {
	d := f.Get(rec).(schema.Decimal)
	if d.Overflow() {
		return outOfRange(f, "a result too large to be kept")
	}
	rounded := d.Round(f.Scale)
	whole := f.Precision - f.Scale
	if _, ok := rounded.Units(f.Scale); !ok || f.Precision > 0 && whole < 18 && abs(rounded.Int64()) >= power10(max(whole, 0)) && rounded.Int64() != 0 {
		return outOfRange(f, d.String())
	}
	if rounded != d {
		f.Set(rec, rounded)
	}
	return nil
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// choiceForm gives the value of a picklist the case in which it is listed. A restricted picklist takes what is listed,
// is active, and goes with the value of the controlling field.
func (p *plan) choiceForm(f *schema.Field, rec any, s string) *Fault {
	c := f.Choice(s)
	if c != nil && c.Value != s {
		f.Set(rec, c.Value)
	}
	if f.Restricted && (c == nil || c.Inactive || !p.goesWith(f, c, rec)) {
		return badChoice(f, s)
	}
	if c == nil && utf8.RuneCountInString(s) > f.Length && f.Length > 0 {
		return tooLong(f, s)
	}
	return nil
}

// goesWith reports whether c may be taken under the value that rec has in the controlling field.
func (p *plan) goesWith(f *schema.Field, c *schema.Choice, rec any) bool {
	if f.Controller == "" || len(c.ValidFor) == 0 {
		return true
	}
	control := p.object.Field(f.Controller)
	if control == nil {
		return true
	}
	value := fmt.Sprint(control.Get(rec))
	return slices.ContainsFunc(c.ValidFor, func(v string) bool { return strings.EqualFold(v, value) })
}

// choicesForm orders the values of a multi-select picklist as they are listed, each once; unlisted ones come last.
func choicesForm(f *schema.Field, rec any, s string) *Fault {
	var known, other []string
	picked := map[string]bool{}
	for v := range strings.SplitSeq(s, ";") {
		switch c := f.Choice(strings.TrimSpace(v)); {
		case strings.TrimSpace(v) == "":
		case c != nil && (!c.Inactive || !f.Restricted):
			picked[c.Value] = true
		case f.Restricted:
			return badChoice(f, v)
		default:
			other = append(other, strings.TrimSpace(v))
		}
	}
	for _, c := range f.Choices {
		if picked[c.Value] {
			known = append(known, c.Value)
		}
	}
	f.Set(rec, strings.Join(append(known, other...), ";"))
	return nil
}

// validEmail reports whether s can be the address of a mailbox: one @ between a name and a domain with a dot.
func validEmail(s string) bool {
	name, domain, ok := strings.Cut(s, "@")
	if !ok || name == "" || len(name) > 64 || strings.Contains(domain, "@") || !strings.Contains(domain, ".") {
		return false
	}
	if strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`()<>[]:;,\"`, r)
	}) {
		return false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return !strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".") && !strings.Contains(name, "..")
}

// validURL reports whether s can be followed without harm: a bare address, or one of a scheme that runs no script.
func validURL(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return !strings.Contains(s, ":") || strings.Contains(strings.SplitN(s, ":", 2)[0], ".") // host:port without a scheme
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "ftp", "mailto", "tel":
		return true
	}
	return strings.Contains(u.Scheme, ".") // example.com:8080
}
