// Package work governs work itself: orders, their lines, plans and steps, and the customers that they are done for.
//
// So far it says what follows for sight: a customer sees what belongs to their own account. It does not know who does
// the work, when, or under which agreement.
package work

import "truckroll/platform/access"

// account is the account that a customer belongs to: the one of the contact that their user stands for.
const account = "SELECT AccountId FROM Contact WHERE Id IN (SELECT ContactId FROM User WHERE Id = :user)"

// Scopes say what customers see.
var Scopes = []access.Scope{
	{Object: "Account", Name: "the customer's own account", Level: access.ReadLevel, External: true, Condition: access.Where("Id IN (" + account + ")")},
	{Object: "Contact", Name: "of the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "Asset", Name: "of the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "WorkOrder", Name: "for the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "ServiceAppointment", Name: "for the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "Case", Name: "of the customer's account", Level: access.EditLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
	{Object: "ServiceContract", Name: "of the customer's account", Level: access.ReadLevel, External: true, Condition: access.Where("AccountId IN (" + account + ")")},
}
