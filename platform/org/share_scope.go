package org

import (
	"truckroll/platform/access"
	"truckroll/platform/soql"
)

// ownScopes are the scopes that every organisation has, whatever its business.
func ownScopes() []access.Scope {
	return []access.Scope{
		{Object: "User", Name: "the user themself", Level: access.ReadLevel, Condition: func(v access.Viewer) soql.Expr {
			return access.Is("Id", string(v.User()))
		}},
	}
}
