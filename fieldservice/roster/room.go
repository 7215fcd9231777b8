// Package roster governs who works where and when: resources, skills, territories, shifts and absences.
//
// So far it says what follows for sight: a technician sees the visits that are theirs and what belongs to them, a
// dispatcher sees the territories that they are a member of. It does not know what work is, or how it is planned.
package roster

import "truckroll/platform/access"

// Scopes say who sees what because of their place in the roster.
var Scopes = []access.Scope{
	// A technician: visits that are assigned to them, or to a crew that they are in.
	{Object: "ServiceAppointment", Name: "assigned to the user", Level: access.EditLevel, Condition: access.Where("Id IN (" + visits + ")")},
	{Object: "WorkOrder", Name: "work of a visit that is assigned to the user", Level: access.EditLevel, Condition: access.Where(
		"Id IN (SELECT ParentRecordId FROM ServiceAppointment WHERE Id IN (" + visits + "))" +
			" OR Id IN (SELECT WorkOrderId FROM WorkOrderLineItem WHERE Id IN (SELECT ParentRecordId FROM ServiceAppointment WHERE Id IN (" + visits + ")))")},
	{Object: "Account", Name: "customer of a visit that is assigned to the user", Level: access.ReadLevel, Condition: access.Where("Id IN (" + customers + ")")},
	{Object: "Contact", Name: "customer of a visit that is assigned to the user", Level: access.ReadLevel, Condition: access.Where("AccountId IN (" + customers + ")")},
	{Object: "Asset", Name: "customer of a visit that is assigned to the user", Level: access.EditLevel, Condition: access.Where("AccountId IN (" + customers + ")")},
	{Object: "Case", Name: "case of work that is assigned to the user", Level: access.ReadLevel, Condition: access.Where(
		"Id IN (SELECT CaseId FROM WorkOrder WHERE Id IN (SELECT ParentRecordId FROM ServiceAppointment WHERE Id IN (" + visits + ")))")},

	// Everyone who is a resource: what is about themself.
	{Object: "ResourceAbsence", Name: "the user's own", Level: access.DeleteLevel, Condition: access.Where("ResourceId IN (" + resource + ")")},
	{Object: "TimeSheet", Name: "the user's own", Level: access.EditLevel, Condition: access.Where("ServiceResourceId IN (" + resource + ")")},
	{Object: "Shift", Name: "the user's own", Level: access.ReadLevel, Condition: access.Where("ServiceResourceId IN (" + resource + ")")},

	// A dispatcher: the territories that they are a member of, with those below.
	{Object: "WorkOrder", Name: "in a territory of the user", Level: access.TransferLevel, Condition: access.Where("ServiceTerritoryId IN (" + territories + ")")},
	{Object: "ServiceAppointment", Name: "in a territory of the user", Level: access.TransferLevel, Condition: access.Where("ServiceTerritoryId IN (" + territories + ")")},
	{Object: "Shift", Name: "in a territory of the user", Level: access.TransferLevel, Condition: access.Where("ServiceTerritoryId IN (" + territories + ")")},
	{Object: "ResourceAbsence", Name: "of a resource in a territory of the user", Level: access.DeleteLevel, Condition: access.Where(
		"ResourceId IN (SELECT ServiceResourceId FROM ServiceTerritoryMember WHERE ServiceTerritoryId IN (" + territories + "))")},
}
