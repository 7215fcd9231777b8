package org

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Rules are the rules about the organisation's own records, in order of execution.
var Rules = slices.Concat(
	record.Book{
		record.Fill("user: name and type", fillUser),
		record.Fill("user: nobody raises a user above themself", guardUser),
		record.Fill("permission set assignment: nobody grants what they lack", guardAssignment),
		record.Fill("object permissions: about an object that is there", fillObjectPermissions),
		record.Fill("field permissions: about a field that is granted by itself", fillFieldPermissions),
		record.Fill("sharing default: about an object that is there", fillSharingDefault),
		record.Fill("sharing rule: says what is shared with whom", fillSharingRule),
		record.Fill("record share: given by who owns the record", fillRecordShare),
		record.Fill("connected app: has a key of its own", fillApplication),
		record.Fill("connected app: can be used as it says, and gives nobody more", guardApplication),
		record.Fill("list view: has a name for programs", fillListView),
		record.Fill("list view: shared by who may, and answers", checkListView),
		record.Fill("email template: its merge fields lead somewhere", fillTemplate),
		record.CheckWith("role: above nobody who is above it", checkRole),
		record.CheckWith("group member: no group within itself", checkMember),
		record.Follow("profile: has a permission set of its own", followProfile),
		record.Follow("user: rights are read anew", followUser),
		record.FollowDelete("user: nothing is left when deleted", func(tx *record.Tx, u *User) error {
			return errors.Join(RightsChanged(tx.Store()), EndSessions(tx.Store(), u.Id))
		}),
		record.Follow("connected app: its tokens end with it", followApplication),
		record.FollowDelete("connected app: its tokens end when it is deleted", endApplication),
	},
	definitionRules,
	layoutRules,
	recordTypeRules,
	adminRules,
	decides[Profile]("profile"), decides[PermissionSet]("permission set"), decides[PermissionSetAssignment]("permission set assignment"),
	decides[ObjectPermissions]("object permissions"), decides[FieldPermissions]("field permissions"),
	decides[UserRole]("role"), decides[Group]("group"), decides[GroupMember]("group member"),
	decides[SharingDefault]("sharing default"), decides[SharingRule]("sharing rule"), decides[Organization]("organization"),
)

// decides returns the rules by which all rights are read anew when a record changes that decides about them.
func decides[T any](what string) record.Book {
	changed := func(tx *record.Tx, _ *T) error { return RightsChanged(tx.Store()) }
	return record.Book{
		record.Follow(what+": rights are read anew", func(tx *record.Tx, _ record.Change[T]) error { return RightsChanged(tx.Store()) }),
		record.FollowDelete(what+": rights are read anew when deleted", changed),
		record.FollowUndelete(what+": rights are read anew when undeleted", changed),
	}
}

func fillUser(tx *record.Tx, c *record.Change[User]) error {
	u := c.New
	u.Name = strings.TrimSpace(u.FirstName + " " + u.LastName)
	if u.ProfileId == "" || u.ProfileId == c.Old.ProfileId && u.UserType != "" {
		return nil
	}
	p, err := record.Get(tx, u.ProfileId)
	if err != nil {
		return err
	}
	u.UserType = p.UserType
	return nil
}

// followUser has rights read anew when what they depend on changed, and ends the sessions of a user who may not sign in
// any more. That a user signed in changes nothing.
func followUser(tx *record.Tx, c record.Change[User]) error {
	type part struct {
		active                           bool
		profile, role, kind              string
		zone, locale, language, currency schema.Picklist
	}
	of := func(u *User) part {
		return part{u.IsActive, string(u.ProfileId), string(u.UserRoleId), string(u.UserType), u.TimeZoneSidKey, u.LocaleSidKey, u.LanguageLocaleKey, u.DefaultCurrencyIsoCode}
	}
	if c.Insert || of(c.Old) == of(c.New) {
		return nil
	}
	if !c.New.IsActive {
		if err := EndSessions(tx.Store(), c.New.Id); err != nil {
			return err
		}
	}
	return RightsChanged(tx.Store())
}

// guardUser keeps who may manage users from making anyone, themselves included, more than they are: neither by another
// profile nor by taking over the account of someone who may do more.
func guardUser(tx *record.Tx, c *record.Change[User]) error {
	for _, profile := range []schema.Ref[Profile]{c.Old.ProfileId, c.New.ProfileId} {
		p, err := record.Get(tx, profile)
		if err != nil {
			return err
		}
		if more := exceeds(tx.Viewer(), p.SystemPermissions); more != "" {
			return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", fmt.Sprintf("the profile %s holds the permission %s, which you do not have", p.Name, more), "ProfileId")
		}
	}
	return nil
}

func guardAssignment(tx *record.Tx, c *record.Change[PermissionSetAssignment]) error {
	p, err := record.Get(tx, c.New.PermissionSetId)
	if err != nil {
		return err
	}
	if p.IsOwnedByProfile {
		return schema.Refuse("INVALID_CROSS_REFERENCE_KEY", "the permission set of a profile cannot be assigned; give the user the profile", "PermissionSetId")
	}
	if more := exceeds(tx.Viewer(), p.SystemPermissions); more != "" {
		return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", fmt.Sprintf("the permission set %s holds the permission %s, which you do not have", p.Label, more), "PermissionSetId")
	}
	return nil
}

// duty is the permission that is none: it asks something of its holder, and may be given by who does not have it.
const duty = "ForceTwoFactor"

// exceeds returns the first permission among p that v lacks; "" when v has them all, or could give them to themself.
func exceeds(v access.Viewer, p SystemPermissions) string {
	if v.May(access.ModifyAllData) && v.May(access.CustomizeApplication) {
		return ""
	}
	values := reflect.ValueOf(p)
	_, names := permissionColumns()
	for i, name := range names {
		if values.Field(i).Bool() && name != duty && !v.May(name) {
			return name
		}
	}
	return ""
}

// objectNamed returns the named object, for a field that holds its name.
func objectNamed(tx *record.Tx, name string) (*schema.Object, error) {
	if o := tx.Catalog().Object(name); o != nil {
		return o, nil
	}
	return nil, schema.Refuse("INVALID_TYPE", fmt.Sprintf("there is no object named %q", name), "SobjectType")
}

func fillObjectPermissions(tx *record.Tx, c *record.Change[ObjectPermissions]) error {
	o, err := objectNamed(tx, c.New.SobjectType)
	if err != nil {
		return err
	}
	c.New.SobjectType = o.Name
	return nil
}

func fillFieldPermissions(tx *record.Tx, c *record.Change[FieldPermissions]) error {
	o, err := objectNamed(tx, c.New.SobjectType)
	if err != nil {
		return err
	}
	object, name, _ := strings.Cut(c.New.Field, ".")
	f := o.Field(name)
	switch {
	case !strings.EqualFold(object, o.Name) || f == nil || f.Hidden:
		return schema.Refuse("INVALID_FIELD", fmt.Sprintf("there is no field %q; write it as %s.Name", c.New.Field, o.Name), "Field")
	case f.Parent != nil:
		return schema.Refuse("INVALID_FIELD", fmt.Sprintf("%s is a part of %s; rights are granted on the whole", f.Name, f.Parent.Name), "Field")
	case !access.Permissionable(f):
		return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("%s.%s comes with the object; rights on it cannot be granted or withheld", o.Name, f.Name), "Field")
	}
	c.New.SobjectType, c.New.Field = o.Name, o.Name+"."+f.Name
	c.New.PermissionsRead = c.New.PermissionsRead || c.New.PermissionsEdit
	return nil
}

func fillSharingDefault(tx *record.Tx, c *record.Change[SharingDefault]) error {
	o, err := objectNamed(tx, c.New.SobjectType)
	if err != nil {
		return err
	}
	c.New.SobjectType = o.Name
	for field, model := range map[string]SharingModel{"InternalSharingModel": c.New.InternalSharingModel, "ExternalSharingModel": c.New.ExternalSharingModel} {
		if model == SharingControlledByParent && access.Master(o, "") == nil {
			return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", o.Name+" has no master record that could control it", field)
		}
	}
	return nil
}

func fillSharingRule(tx *record.Tx, c *record.Change[SharingRule]) error {
	o, err := objectNamed(tx, c.New.SobjectType)
	if err != nil {
		return err
	}
	c.New.SobjectType = o.Name
	if c.New.Kind == SharingByOwner {
		if c.New.FromGroupId == "" {
			return schema.Refuse("REQUIRED_FIELD_MISSING", "a rule by owner needs the group of the owners", "FromGroupId")
		}
		if !o.Owned() {
			return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", o.Name+" has no owner; share it by criteria", "Kind")
		}
		return nil
	}
	where, err := soql.ParseCondition(string(c.New.Criteria))
	if err != nil {
		return schema.Refuse("MALFORMED_QUERY", fmt.Sprintf("the criteria are not a condition: %v", err), "Criteria")
	}
	if _, err := query.Resolve(idsOf(o, where), tx.Catalog(), access.Everything{}, query.Options{Now: tx.Now()}); err != nil {
		return schema.Refuse("MALFORMED_QUERY", fmt.Sprintf("the criteria do not fit %s: %v", o.Name, err), "Criteria")
	}
	return nil
}

func idsOf(o *schema.Object, where soql.Expr) *soql.Query {
	return &soql.Query{Select: []soql.SelectItem{&soql.SelectTerm{Term: access.Path("Id")}}, From: soql.From{Object: access.Path(o.Name)}, Where: where}
}

// fillRecordShare names the object of the shared record, and has only those share it who may give it away.
func fillRecordShare(tx *record.Tx, c *record.Change[RecordShare]) error {
	o := tx.Catalog().ById(schema.Id(c.New.ParentId))
	if o == nil {
		return schema.Refuse("INVALID_CROSS_REFERENCE_KEY", "there is no object whose records have such ids", "ParentId")
	}
	c.New.SobjectType = o.Name
	if tx.Viewer().Scope(o, access.TransferLevel) == nil {
		return nil
	}
	st, err := query.Resolve(idsOf(o, access.Is("Id", string(c.New.ParentId))), tx.Catalog(), tx.Viewer(), query.Options{Now: tx.Now(), Level: access.TransferLevel})
	if err != nil {
		return err
	}
	text, args := st.SQL(tx.Store().Dialect(), 1)
	rows, err := tx.Store().Query(text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return schema.Refuse("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "only the owner of a record, or who stands above, can share it", "ParentId")
	}
	return nil
}

func checkRole(r record.Reader, _, new UserRole) error {
	seen := []schema.Id{new.Id}
	for above := new.ParentRoleId; above != ""; {
		if slices.Contains(seen, schema.Id(above)) {
			return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "a role cannot report to itself or to a role below it", "ParentRoleId")
		}
		seen = append(seen, schema.Id(above))
		role, err := record.Get(r, above)
		if err != nil {
			return err
		}
		above = role.ParentRoleId
	}
	return nil
}

func checkMember(r record.Reader, _, new GroupMember) error {
	if schema.Id(new.UserOrGroupId).Prefix() != "00G" {
		return nil
	}
	next, seen := []schema.AnyRef{new.UserOrGroupId}, map[schema.AnyRef]bool{}
	for len(next) > 0 {
		id := next[0]
		next = next[1:]
		if string(id) == string(new.GroupId) {
			return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", "a group cannot be a member of itself, not even through others", "UserOrGroupId")
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		members, err := record.Find[GroupMember](r, "GroupId = ?", string(id))
		if err != nil {
			return err
		}
		for _, m := range members {
			if schema.Id(m.UserOrGroupId).Prefix() == "00G" {
				next = append(next, m.UserOrGroupId)
			}
		}
	}
	return nil
}

// followProfile gives a new profile the permission set that holds what it grants on objects and fields.
func followProfile(tx *record.Tx, c record.Change[Profile]) error {
	if !c.Insert {
		return nil
	}
	return tx.Save(&PermissionSet{Name: "X" + string(c.New.Id), Label: c.New.Name, Type: "Profile", IsOwnedByProfile: true, ProfileId: schema.Ref[Profile](c.New.Id)})
}
