package app

import (
	"truckroll/platform/access"
	"truckroll/platform/org"
)

// Rights that profiles give together.
const (
	reads  = access.Read
	keeps  = access.Read | access.Create | access.Edit
	owns   = access.Read | access.Create | access.Edit | access.Delete
	sees   = access.Read | access.ViewAll
	serves = access.Read | access.Create | access.Edit | access.ViewAll | access.ModifyAll // but not delete
)

// The groups of objects that profiles speak of.
const (
	// configuration of the business, which managers keep
	businessSetup = "Skill MilestoneType BusinessHours Holiday EntitlementTemplate SlaProcess TimeSheetTemplate ServiceReportLayout"

	customers = "Account Contact Individual Asset AssetRelationship AssetAttribute AssetDowntimePeriod AssetWarranty AssociatedLocation Address"
	cases     = "Case CaseComment CaseMilestone EmailMessage"
	promises  = "ServiceContract ContractLineItem ContractLineOutcome ContractLineOutcomeData Entitlement EntitlementContact EntityMilestone WarrantyTerm ProductWarrantyTerm"
	jobs      = "WorkOrder WorkOrderLineItem ServiceAppointment"
	plans     = "WorkPlan WorkStep SkillRequirement ProductRequired LinkedArticle ResourcePreference"
	files     = "ContentDocument ContentVersion ContentDocumentLink Attachment Note Document"
	daily     = "Task Event " + files

	// what is needed to understand work and does not change with it
	reference = `WorkType WorkTypeGroup WorkTypeGroupMember WorkPlanTemplate WorkPlanTemplateEntry WorkStepTemplate WorkPlanSelectionRule
		Product2 Pricebook2 PricebookEntry UnitOfMeasure SkillType AttributeDefinition AttributePicklist AttributePicklistValue
		ServiceTerritory ServiceTerritoryLocation OperatingHours TimeSlot OperatingHoursHoliday Location LocationGroup Knowledge__ka Knowledge__kav
		ProductServiceCampaign ProductServiceCampaignItem MaintenancePlan MaintenanceAsset MaintenanceWorkRule CostCenter JobExpenseType`
	people = "ServiceResource ServiceResourceSkill ServiceResourceCapacity ServiceTerritoryMember ServiceCrew ServiceCrewMember"
	stores = "ProductItem ProductItemTransaction SerializedProduct SerializedProductTransaction ProductRequest ProductRequestLineItem ProductTransfer ProductTransferState Shipment ShipmentItem ReturnOrder ReturnOrderLineItem ReorderPoint CycleCount CycleCountEntry StockDifference"
)

// profiles are what people of seven kinds may do, to begin with.
var profiles = []org.ProfileSeed{
	{
		Name:        "System Administrator",
		Description: "Changes everything, the configuration included.",
		Permissions: `ApiEnabled ViewSetup ViewAllData ModifyAllData CustomizeApplication ManageUsers AssignPermissionSets ManageSharing
			TransferAnyEntity BulkApiHardDelete RunReports ExportReport ViewAuditLog ManageConnectedApps ManagePublicListViews ViewAsUser`,
	},
	{
		Name:        "Service Manager",
		Description: "Runs the service business: all records, and the configuration of work, skills and service levels.",
		Permissions: "ApiEnabled ViewSetup TransferAnyEntity RunReports ExportReport ManagePublicListViews",
		Grants: []org.GrantSeed{
			{Objects: "*", Rights: access.AllRights},
			{Objects: businessSetup, Rights: access.AllRights},
		},
	},
	{
		Name:        "Dispatcher",
		Description: "Plans and dispatches the work of the territories that they are a member of.",
		Permissions: "ApiEnabled TransferAnyEntity RunReports",
		Grants: []org.GrantSeed{
			{Objects: jobs + " AssignedResource Shift ResourceAbsence " + plans, Rights: owns},
			{Objects: customers + " " + cases, Rights: serves},
			{Objects: promises + " " + reference + " TravelMode SchedulingConstraint", Rights: sees},
			{Objects: people + " " + stores, Rights: sees},
			{Objects: "ServiceCrew ServiceCrewMember ServiceTerritoryMember", Rights: owns | access.ViewAll | access.ModifyAll},
			{Objects: "ShiftTemplate ShiftPattern ShiftPatternEntry JobProfile WorkCapacityLimit WorkCapacityUsage WorkCapacityAvailability RecordsetFilterCriteria RecordsetFilterCriteriaRule", Rights: sees},
			{Objects: "ApptBundleConfig ApptBundlePolicy ApptBundleAggrPolicy ApptBundleAggrDurDnscale ApptBundlePropagatePolicy ApptBundleRestrictPolicy ApptBundleSortPolicy ApptBundlePolicySvcTerr", Rights: reads},
			{Objects: "ServiceReport DigitalSignature ProductConsumed ProductConsumedState TimeSheet TimeSheetEntry", Rights: reads},
			{Objects: daily + " RecordShare", Rights: owns},
		},
	},
	{
		Name:        "Field Technician",
		Description: "Does the work that is assigned to them, and sees what belongs to it.",
		Permissions: "ApiEnabled",
		Grants: []org.GrantSeed{
			{Objects: "WorkOrder ServiceAppointment WorkStep Asset", Rights: reads | access.Edit},
			{Objects: "WorkOrderLineItem WorkPlan", Rights: keeps},
			{Objects: "Account Contact Individual AssetRelationship AssetAttribute AssetDowntimePeriod AssetWarranty AssociatedLocation Address Case AssignedResource", Rights: reads},
			{Objects: "SkillRequirement ProductRequired LinkedArticle Entitlement EntityMilestone WarrantyTerm ProductWarrantyTerm", Rights: reads},
			{Objects: reference + " " + people, Rights: reads},
			{Objects: "ProductItem ProductItemTransaction SerializedProduct SerializedProductTransaction Shipment ShipmentItem ReorderPoint", Rights: reads},
			{Objects: "ProductConsumed ProductRequest ProductRequestLineItem ReturnOrder ReturnOrderLineItem Expense ExpenseReport ExpenseReportEntry TimeSheet TimeSheetEntry ResourceAbsence", Rights: owns},
			{Objects: "ProductTransfer ProductConsumedState ProductTransferState CycleCount CycleCountEntry ServiceReport DigitalSignature", Rights: keeps},
			{Objects: "Shift", Rights: reads},
			{Objects: daily + " RecordShare", Rights: owns},
		},
		Hidden: "ServiceResource.LastKnownLocation",
	},
	{
		Name:        "Service Agent",
		Description: "Takes calls: keeps customers and cases, and books work for them.",
		Permissions: "ApiEnabled RunReports",
		Grants: []org.GrantSeed{
			{Objects: customers + " " + cases + " " + jobs + " " + plans, Rights: serves},
			{Objects: promises + " " + reference, Rights: sees},
			{Objects: people + " AssignedResource Shift", Rights: reads},
			{Objects: "ServiceReport DigitalSignature ProductConsumed", Rights: sees},
			{Objects: daily + " RecordShare", Rights: owns},
		},
		Hidden: "ServiceResource.LastKnownLocation",
	},
	{
		Name:        "Auditor",
		Description: "Reads everything, the audit log included, and changes nothing.",
		Permissions: "ApiEnabled ViewSetup ViewAllData RunReports ExportReport ViewAuditLog",
	},
	{
		Name:        "Customer Community",
		Description: "A customer: sees what belongs to their own account, and reports cases.",
		UserType:    "CspLitePortal",
		Permissions: "ApiEnabled",
		Grants: []org.GrantSeed{
			{Objects: "Account Contact Asset WorkOrder WorkOrderLineItem ServiceAppointment ServiceContract ContractLineItem Entitlement ServiceReport User", Rights: reads},
			{Objects: "Case CaseComment", Rights: keeps},
			{Objects: "Product2 ContentDocument ContentVersion ContentDocumentLink", Rights: reads},
		},
		Hidden: "Account.Description Account.AnnualRevenue WorkOrder.Subtotal WorkOrder.TotalPrice WorkOrder.GrandTotal ServiceAppointment.ServiceNote",
		Fixed:  "Case.Priority",
	},
}
