package app

import "truckroll/platform/org"

// sharingDefaults are what an organisation begins with; an object that is not named is private when its records have
// owners, follows its master when it is a detail, and is open to whoever has rights on it otherwise.
var sharingDefaults = []org.DefaultSeed{
	// What the own people need to know to work: seen by all, changed by owners and by profiles that change all.
	{Internal: org.SharingRead, External: org.SharingPrivate, Objects: `
		WorkType WorkTypeGroup WorkPlanTemplate WorkStepTemplate WorkPlanSelectionRule MaintenancePlan ProductServiceCampaign
		ServiceResource ServiceTerritory ServiceCrew OperatingHours ShiftTemplate ShiftPattern JobProfile SkillType
		Location LocationGroup ProductItem SerializedProduct ReorderPoint WarrantyTerm AttributeDefinition AttributePicklist UnitOfMeasure
		CostCenter JobExpenseType CostBook ProductSellingModel TravelMode SchedulingConstraint Knowledge__kav
		ApptBundleConfig ApptBundlePolicy RecordsetFilterCriteria GeolocationBasedAction
		WorkCapacityLimit WorkCapacityUsage WorkCapacityAvailability`},

	// As the record that they belong to, although they have owners of their own.
	{Internal: org.SharingControlledByParent, External: org.SharingControlledByParent, Objects: `WorkPlan MaintenanceWorkRule Attachment Note ContentVersion`},

	// About single people: their own, and open to whom a scope says.
	{Internal: org.SharingPrivate, External: org.SharingPrivate, Objects: `ResourceAbsence`},

	// Configuration that not everyone needs to read.
	{Internal: org.SharingPrivate, External: org.SharingPrivate, Objects: `LoginHistory ConnectedApplication`},

	// What customers' programs need to know of the configuration.
	{Internal: org.SharingRead, External: org.SharingRead, Objects: `
		Organization RecordType CurrencyType WorkOrderStatus WorkOrderLineItemStatus ServiceAppointmentStatus CaseStatus WorkStepStatus`},
}
