package schema

import (
	"strings"
	"unicode"
)

// small are the words that stand in a label without a capital, unless they are its first or last.
var small = map[string]bool{"Of": true, "In": true, "On": true, "To": true, "At": true, "Per": true, "With": true, "And": true, "Or": true, "For": true, "From": true, "If": true, "Until": true}

// spelled are shortened words of names as people write them.
var spelled = map[string]string{
	"Api": "API", "Bcc": "BCC", "Cc": "CC", "Csv": "CSV", "Guid": "GUID", "Html": "HTML", "Ip": "IP", "Iso": "ISO", "Mb": "MB", "Pkce": "PKCE", "Sla": "SLA", "Soql": "SOQL", "Url": "URL", "Urls": "URLs", "Uuid": "UUID",
	"Addi": "Additional", "Aggr": "Aggregation", "Appt": "Appointment", "Asc": "Assistant", "Avail": "Available", "Avg": "Average", "Bg": "Background", "Calc": "Calculated", "Config": "Configuration", "Fld": "Field", "Freq": "Frequency",
	"Hrs": "Hours", "Loc": "Location", "Max": "Maximum", "Min": "Minimum", "Mins": "Minutes", "Obj": "Object", "Sched": "Scheduled", "Schle": "Schedule", "Sec": "Seconds", "Sobject": "Object", "Svc": "Service", "Terr": "Territory", "Val": "Value",
}

// words splits a Go name into a label: BillingAddress to "Billing Address", UnitOfMeasure to "Unit of Measure".
func words(name string) string {
	list := strings.Fields(split(name))
	for i, w := range list {
		if long, ok := spelled[w]; ok {
			list[i] = long
		} else if small[w] && i > 0 && i < len(list)-1 {
			list[i] = strings.ToLower(w)
		}
	}
	return strings.Join(list, " ")
}

// split puts spaces between the words of a Go name: FSLReport2 becomes "FSL Report2".
func split(name string) string {
	var b strings.Builder
	rs := []rune(name)
	for i, r := range rs {
		if i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1])) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// labelOf is what people read of a field that says nothing else: IsActive is "Active", AccountId is "Account".
func labelOf(name string, kind Kind) string {
	name = strings.TrimSuffix(name, "Id")
	if rest, ok := strings.CutPrefix(name, "Is"); ok && kind == KindBoolean && rest != "" && unicode.IsUpper([]rune(rest)[0]) {
		name = rest
	}
	return words(name)
}

// plural returns the usual English plural of a label.
func plural(label string) string {
	switch {
	case strings.HasSuffix(label, "y") && !strings.HasSuffix(label, "ay") && !strings.HasSuffix(label, "ey"):
		return strings.TrimSuffix(label, "y") + "ies"
	case strings.HasSuffix(label, "s"), strings.HasSuffix(label, "x"), strings.HasSuffix(label, "ch"), strings.HasSuffix(label, "sh"):
		return label + "es"
	}
	return label + "s"
}

// takeLabels gives references that are named after what they lead to its label: Pricebook2Id is a "Price Book".
func (f *Field) takeLabel(target *Object) {
	if name := strings.TrimSuffix(f.Name, "Id"); name == target.Name && f.Label == labelOf(f.Name, f.Kind) {
		f.Label = target.Label
	}
}
