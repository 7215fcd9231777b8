package org

import (
	"context"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
	"truckroll/platform/store"
)

// Shares answers queries about the shares of one object, such as WorkOrderShare and Meter__Share, from [RecordShare].
// Who may see a record sees with whom it is shared by hand; what is shared by rules, owners and roles has no rows.
type Shares struct{}

// Virtual knows no object by itself, as it knows no catalogue.
func (Shares) Virtual(string) *schema.Object { return nil }

// Source implements [query.Virtual].
func (Shares) Source(*schema.Object, access.Viewer) (string, []any, bool) { return "", nil, false }

// Prepare makes the object that a query about shares is about. Other queries are left as they are.
func (s Shares) Prepare(_ context.Context, a query.Ask) (query.Ask, query.Virtual, error) {
	q, err := soql.Parse(a.Text)
	if err != nil {
		return a, s, nil // told when it is resolved
	}
	base := sharedObject(a.Catalog, q.From.Object.Last().Text)
	if base == nil || !a.Viewer.Object(base).Has(access.Read) {
		return a, s, nil
	}
	v := sharesOf{Viewer: a.Viewer, base: base, object: declareShare(base)}
	a.Viewer = v
	return a, v, nil
}

// sharedObject returns the object whose shares are named so, or nil. Records without an owner of their own are shared
// as those that they belong to.
func sharedObject(c *schema.Catalog, name string) *schema.Object {
	stem, ok := cutSuffixFold(name, "Share")
	if !ok || c.Object(name) != nil {
		return nil
	}
	if strings.HasSuffix(stem, "__") {
		stem += "c"
	}
	if o := c.Object(stem); o != nil && o.Field("OwnerId") != nil {
		return o
	}
	return nil
}

func cutSuffixFold(s, suffix string) (string, bool) {
	at := len(s) - len(suffix)
	if at <= 0 || !strings.EqualFold(s[at:], suffix) {
		return s, false
	}
	return s[:at], true
}

// named are the objects after which the API names the fields of their shares: AccountId and AccountAccessLevel.
var named = []string{"Account", "Asset", "Case", "Contact", "Lead", "Opportunity"}

// declareShare makes the object of the shares of base.
func declareShare(base *schema.Object) *schema.Object {
	name, link, level := base.Name+"Share", "ParentId", "AccessLevel"
	switch {
	case base.Custom:
		name = strings.TrimSuffix(base.Name, "c") + "Share"
	case slices.Contains(named, base.Name):
		link, level = base.Name+"Id", base.Name+"AccessLevel"
	}
	o := &schema.Object{Name: name, Label: base.Label + " Share", LabelPlural: base.Label + " Share", Prefix: "zP2", ReadOnly: true, Detail: true, Fields: []*schema.Field{
		{Object: name, Name: "Id", Label: "Record ID", Kind: schema.KindId, Length: 18, ReadOnly: true},
		{Object: name, Name: link, Label: base.Label, Kind: schema.KindReference, Length: 18, To: []string{base.Name}, ReadOnly: true},
		{Object: name, Name: "UserOrGroupId", Label: "User/Group", Kind: schema.KindReference, Length: 18, To: []string{"User", "Group"}, ReadOnly: true},
		{Object: name, Name: level, Label: "Access Level", Kind: schema.KindPicklist, Length: 40, Choices: AccessLevel("").Choices(), ReadOnly: true},
		{Object: name, Name: "RowCause", Label: "Row Cause", Kind: schema.KindPicklist, Length: 40, Choices: ShareCause("").Choices(), ReadOnly: true},
		{Object: name, Name: "LastModifiedDate", Label: "Last Modified Date", Kind: schema.KindDateTime, ReadOnly: true},
		{Object: name, Name: "LastModifiedById", Label: "Last Modified By", Kind: schema.KindReference, Length: 18, To: []string{"User"}, ReadOnly: true},
	}}
	return o.Clone()
}

// sharesOf is the answer to one query about the shares of base, and the viewer who asks it: they see the shares of the
// records that they see.
type sharesOf struct {
	access.Viewer
	base, object *schema.Object
}

// Virtual implements [query.Virtual].
func (s sharesOf) Virtual(name string) *schema.Object {
	if strings.EqualFold(name, s.object.Name) {
		return s.object
	}
	return nil
}

// Source implements [query.Virtual].
func (s sharesOf) Source(o *schema.Object, _ access.Viewer) (string, []any, bool) {
	if o != s.object {
		return "", nil, false
	}
	columns := []string{"Id", "ParentId", "UserOrGroupId", "AccessLevel", "RowCause", "LastModifiedDate", "LastModifiedById"} // as declared
	for i, f := range o.Fields {
		columns[i] = store.Quote(columns[i]) + " AS " + store.Quote(f.Name)
	}
	return "SELECT " + strings.Join(columns, ", ") + ` FROM "RecordShare" WHERE NOT "IsDeleted" AND "SobjectType" = ?`, []any{s.base.Name}, true
}

// Object implements [access.Viewer].
func (s sharesOf) Object(o *schema.Object) access.Rights {
	if o == s.object {
		return access.Read
	}
	return s.Viewer.Object(o)
}

// Reads implements [access.Viewer].
func (s sharesOf) Reads(o *schema.Object, f *schema.Field) bool {
	return o == s.object || s.Viewer.Reads(o, f)
}

// Scope implements [access.Viewer].
func (s sharesOf) Scope(o *schema.Object, l access.Level) soql.Expr {
	if o != s.object {
		return s.Viewer.Scope(o, l)
	}
	return access.Within(o.Fields[1].Name, "Id", s.base.Name, s.Viewer.Scope(s.base, access.ReadLevel))
}
