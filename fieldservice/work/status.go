package work

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// hasCategory reports whether the statuses of o have categories, which rules depend on.
func hasCategory(o *schema.Object) bool {
	s := o.Field("Status")
	if s == nil || s.Kind != schema.KindPicklist || o.Field("StatusCategory") == nil && o.Field("IsClosed") == nil {
		return false
	}
	return slices.ContainsFunc(s.Choices, func(c schema.Choice) bool { return c.Category != "" })
}

// categoryOf returns the category of a status; "" when it has none.
func categoryOf(status *schema.Field, value string) string {
	if c := status.Choice(value); c != nil {
		return c.Category
	}
	return ""
}

// statusFor returns the status of an object that stands for a category: its default where that fits, else the first.
func statusFor(c *schema.Catalog, name, category string) string {
	status := c.Object(name).Field("Status")
	if categoryOf(status, status.Default) == category {
		return status.Default
	}
	for _, choice := range status.Choices {
		if choice.Category == category && !choice.Inactive {
			return choice.Value
		}
	}
	return ""
}

func fillCategory(_ *record.Tx, c record.AnyChange) error {
	status := c.Object.Field("Status")
	category := categoryOf(status, status.Text(c.New))
	if f := c.Object.Field("StatusCategory"); f != nil {
		f.Set(c.New, category)
	}
	if f := c.Object.Field("IsClosed"); f != nil {
		f.Set(c.New, category == "Closed")
	}
	return nil
}

// checkTransition refuses changes of status that no transition of the object allows. Where there are none, all are. A
// record whose status is no longer in use may go anywhere, since nothing leads away from it.
func checkTransition(r record.Reader, c record.AnyChange) error {
	f := c.Object.Field("Status")
	from, to := f.Text(c.Old), f.Text(c.New)
	if c.Insert || from == "" || to == from {
		return nil
	}
	if was := f.Choice(from); to != "" && (was == nil || was.Inactive) {
		return nil
	}
	graph, err := transitions(r, c.Object.Name)
	if err != nil || len(graph) == 0 {
		return err
	}
	if to == "" {
		return record.Refuse("REQUIRED_FIELD_MISSING", "Status: must not become empty", "Status")
	}
	profile, err := profileOf(r)
	if err != nil {
		return err
	}
	var allowed []string
	for _, t := range graph {
		switch {
		case t.FromStatus != "" && !strings.EqualFold(t.FromStatus, from), !opensTo(t, profile):
		case strings.EqualFold(t.ToStatus, to):
			if err := checkReason(r, t); err != nil {
				return err
			}
			return checkRequired(c, t)
		case !slices.Contains(allowed, t.ToStatus) && t.ToStatus != from:
			allowed = append(allowed, t.ToStatus)
		}
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("Status: %s can't become %s. From %s, you may choose: %s", from, to, from, orNothing(allowed)), "Status")
}

func orNothing(list []string) string {
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}

// transitions returns the active transitions of an object.
func transitions(r record.Reader, of string) ([]*object.StatusTransition, error) {
	all, err := record.Every[object.StatusTransition](r)
	return slices.DeleteFunc(all, func(t *object.StatusTransition) bool {
		return !t.IsActive || !strings.EqualFold(t.SobjectType, of)
	}), err
}

// profileOf returns the name of the profile of whoever makes the change; "" is the house itself, which no profile holds back.
func profileOf(r record.Reader) (string, error) {
	tx, ok := r.(*record.Tx)
	if !ok || tx.Viewer().User() == "" {
		return "", nil
	}
	u, err := record.Get(r, schema.Ref[org.User](tx.Viewer().User()))
	if err != nil {
		return "", err
	}
	p, err := record.Get(r, u.ProfileId)
	return p.Name, err
}

// opensTo reports whether people of a profile may take t.
func opensTo(t *object.StatusTransition, profile string) bool {
	if t.ProfileNames == "" || profile == "" {
		return true
	}
	for name := range strings.SplitSeq(string(t.ProfileNames), "\n") {
		if strings.EqualFold(strings.TrimSpace(name), profile) {
			return true
		}
	}
	return false
}

// checkReason wants to hear from people why they take a transition that asks for it.
func checkReason(r record.Reader, t *object.StatusTransition) error {
	tx, ok := r.(*record.Tx)
	if !ok || !t.ReasonRequired || tx.Viewer().User() == "" || strings.TrimSpace(tx.Cause().Reason) != "" {
		return nil
	}
	return record.Refuse("REASON_REQUIRED", fmt.Sprintf("Status: say why it becomes %s; send the reason with the change, as X-Change-Reason", t.ToStatus), "Status")
}

// checkRequired holds a record to the fields that a transition wants filled.
func checkRequired(c record.AnyChange, t *object.StatusTransition) error {
	var missing []string
	for _, name := range fieldNames(t) {
		if f := c.Object.Field(name); f != nil && f.Null(c.New) {
			missing = append(missing, f.Name)
		}
	}
	if missing == nil {
		return nil
	}
	return record.Refuse("REQUIRED_FIELD_MISSING", fmt.Sprintf("Status: before it becomes %s, fill %s", t.ToStatus, strings.Join(missing, ", ")), missing...)
}

func fieldNames(t *object.StatusTransition) []string {
	return strings.FieldsFunc(string(t.RequiredFields), func(r rune) bool { return strings.ContainsRune(" ,;\n\r\t", r) })
}

// checkStatusTransition refuses a transition about things that are not there.
func checkStatusTransition(r record.Reader, _, t object.StatusTransition) error {
	tx, ok := r.(*record.Tx)
	if !ok {
		return nil
	}
	o := tx.Catalog().Object(t.SobjectType)
	if o == nil || !hasCategory(o) {
		return record.Refuse("INVALID_FIELD", fmt.Sprintf("SobjectType: %s is not an object whose statuses have categories", t.SobjectType), "SobjectType")
	}
	status := o.Field("Status")
	for name, value := range map[string]string{"FromStatus": t.FromStatus, "ToStatus": t.ToStatus} {
		if value != "" && status.Choice(value) == nil {
			return record.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("%s: %s has no status %s", name, o.Label, value), name)
		}
	}
	for _, name := range fieldNames(&t) {
		if o.Field(name) == nil {
			return record.Refuse("INVALID_FIELD", fmt.Sprintf("RequiredFields: %s has no field %s", o.Label, name), "RequiredFields")
		}
	}
	return nil
}

// checkAppointmentStatus refuses an appointment without a status: every rule depends on one.
func checkAppointmentStatus(_, a object.ServiceAppointment) error {
	if a.Status == "" {
		return record.Refuse("REQUIRED_FIELD_MISSING", "Status: an appointment always has one", "Status")
	}
	return nil
}

// hasPersonName reports whether o is about people, whose name the house makes.
func hasPersonName(o *schema.Object) bool {
	name := o.Field("Name")
	return name != nil && name.ReadOnly && o.Name != "User" && o.Field("FirstName") != nil && o.Field("LastName") != nil
}

func fillPersonName(_ *record.Tx, c record.AnyChange) error {
	first, last := c.Object.Field("FirstName").Text(c.New), c.Object.Field("LastName").Text(c.New)
	c.Object.Field("Name").Set(c.New, strings.TrimSpace(first+" "+last))
	return nil
}
