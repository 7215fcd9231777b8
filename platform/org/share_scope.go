package org

import (
	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// ownScopes are the scopes that every organisation has, whatever its business.
func ownScopes(catalog func() *schema.Catalog) []access.Scope {
	return []access.Scope{
		{Object: "User", Name: "the user themself", Level: access.ReadLevel, External: true, Condition: access.Where("Id = :user")},
		{Object: "LoginHistory", Name: "the user's own", Level: access.ReadLevel, Condition: access.Where("UserId = :user")},
		{Object: "ViewAsSession", Name: "the user's own", Level: access.ReadLevel, Condition: access.Where("UserId = :user OR ById = :user")},
		{Object: "ListView", Name: "the user's own", Level: access.DeleteLevel, Condition: access.Where("OwnerId = :user")},
		{Object: "ListView", Name: "shared list", Level: access.ReadLevel, Condition: listsShared},
		{Object: "ListView", Name: "keeps shared lists", Level: access.DeleteLevel, Condition: listsKept},
		{Object: "ContentDocument", Name: "file of a record that is open", Level: access.ReadLevel, Condition: filesOfOpenRecords(catalog)},
		{Object: "ContentDocument", Name: "file of a record that is open", Level: access.ReadLevel, External: true, Condition: filesOfOpenRecords(catalog)},
	}
}

// filesOfOpenRecords opens the documents that are linked to a record that the viewer may read, or to the viewer. To
// customers only those are opened that were meant for all who see the record.
func filesOfOpenRecords(catalog func() *schema.Catalog) func(access.Viewer) soql.Expr {
	return func(v access.Viewer) soql.Expr {
		c := catalog()
		with := []schema.Id{v.User()}
		open := access.Through(v, c, c.Object("ContentDocumentLink").Field("LinkedEntityId"), access.ReadLevel)
		if g, ok := v.(*access.Grants); ok && g.External() {
			open = access.All(open, access.Is("Visibility", "AllUsers"))
		} else if ok {
			with = append(with, g.Groups()...)
		}
		return access.Within("Id", "ContentDocumentId", "ContentDocumentLink", access.Any(open, access.OneOf("LinkedEntityId", with...)))
	}
}
