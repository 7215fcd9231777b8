package org

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// The ways in which a connected app may obtain tokens.
var flows = []string{"authorization_code", "client_credentials", "jwt_bearer", "device", "password"}

// Flows returns the ways in which a connected app may obtain tokens, as ConnectedApplication.GrantTypes spells them.
func Flows() []string { return slices.Clone(flows) }

// guardApplication refuses a connected app that could not be used as it says, and one by which whoever makes it could do
// more than they may.
func guardApplication(tx *record.Tx, c *record.Change[ConnectedApplication]) error {
	n, o := c.New, c.Old
	has := strings.Fields(n.GrantTypes)
	for _, f := range has {
		if !slices.Contains(flows, f) {
			return schema.Refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fmt.Sprintf("there is no way to obtain tokens named %q; there are %s", f, strings.Join(flows, ", ")), "GrantTypes")
		}
	}
	for address := range strings.FieldsSeq(string(n.CallbackUrls)) {
		if problem := badRedirect(address); problem != "" && n.CallbackUrls != o.CallbackUrls {
			return schema.Refuse("FIELD_INTEGRITY_EXCEPTION", address+": "+problem, "CallbackUrls")
		}
	}
	switch changed := n.GrantTypes != o.GrantTypes || n.RunAsUserId != o.RunAsUserId || n.Certificate != o.Certificate; {
	case !changed && n.SecretHash == o.SecretHash:
		return nil
	case !changed: // whoever is told the new secret works as the app's user
		return guardRunAs(tx, n.RunAsUserId)
	case slices.Contains(has, "client_credentials") && n.RunAsUserId == "":
		return schema.Refuse("REQUIRED_FIELD_MISSING", "an app that works by itself (client_credentials) needs a user as whom it works", "RunAsUserId")
	case slices.Contains(has, "jwt_bearer") && n.Certificate == "":
		return schema.Refuse("REQUIRED_FIELD_MISSING", "an app that signs its requests (jwt_bearer) needs a certificate", "Certificate")
	case slices.Contains(has, "jwt_bearer") && n.RunAsUserId == "" && !tx.Viewer().May(access.ModifyAllData):
		return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "without a user as whom it works, this app could act as anyone; name one, or have it made by someone with ModifyAllData", "RunAsUserId")
	}
	return guardRunAs(tx, n.RunAsUserId)
}

// guardRunAs refuses a user who may do more than the viewer.
func guardRunAs(tx *record.Tx, user schema.Ref[User]) error {
	if user == "" {
		return nil
	}
	u, err := record.Get(tx, user)
	if err != nil {
		return err
	}
	held := []SystemPermissions{}
	p, err := record.Get(tx, u.ProfileId)
	if err != nil {
		return err
	}
	held = append(held, p.SystemPermissions)
	sets, err := record.Find[PermissionSet](tx, "Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ?)", string(u.Id))
	if err != nil {
		return err
	}
	for _, s := range sets {
		held = append(held, s.SystemPermissions)
	}
	for _, h := range held {
		if more := exceeds(tx.Viewer(), h); more != "" {
			return schema.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", fmt.Sprintf("%s has the permission %s, which you do not have", u.Name, more), "RunAsUserId")
		}
	}
	return nil
}

// badRedirect says what is wrong with an address to which users are sent back with a code; "" is nothing. It must be
// one that nobody else can listen at: https, the user's own machine, or the private scheme of an app.
func badRedirect(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme == "":
		return "this is not an address; write it as https://app.example.com/back"
	case u.Fragment != "":
		return "an address to come back to has no part after #"
	case u.Scheme == "https" && u.Hostname() != "":
		return ""
	case u.Scheme == "http":
		if a, err := netip.ParseAddr(u.Hostname()); u.Hostname() == "localhost" || err == nil && a.IsLoopback() {
			return ""
		}
		return "only https is safe, except on the user's own machine (http://localhost)"
	case !strings.Contains(u.Scheme, "."):
		return "the scheme of an app is written like com.example.app:/back"
	}
	return ""
}
