package app

import "truckroll/platform/layout"

// peopleLayouts are the pages of those who do the work, and of where they do it.
var peopleLayouts = []layout.Design{
	{
		Object:  "ServiceResource",
		Header:  "ResourceType IsActive RelatedRecordId LocationId",
		Columns: "Name ResourceType IsActive RelatedRecordId LocationId",
		Sections: []layout.Part{
			{Label: "Who", Fields: "Name RelatedRecordId ResourceType IsActive ServiceCrewId AccountId AssetId OwnerId"},
			{Label: "Planning", Fields: "IsOptimizationCapable IsCapacityBased SchedulingConstraintId LocationId LastKnownLocation LastKnownLocationDate"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{
			rows("ServiceAppointments", "AssignedResourceNumber ServiceAppointmentId IsRequiredResource EstimatedTravelTime", "-CreatedDate"),
			rows("ServiceResourceSkills", "SkillNumber SkillId SkillLevel EffectiveStartDate EffectiveEndDate", "SkillNumber"),
			rows("ServiceTerritories", "MemberNumber ServiceTerritoryId TerritoryType EffectiveStartDate EffectiveEndDate", "-EffectiveStartDate"),
			rows("ResourceAbsences", "AbsenceNumber Type Start End ApprovalStatus", "-Start"),
			rows("ShiftServiceResources", "", ""),
		},
	},
	{
		Object:  "ServiceTerritory",
		Header:  "ParentTerritoryId IsActive OperatingHoursId TravelModeId",
		Columns: "Name ParentTerritoryId IsActive OperatingHoursId",
		Sections: []layout.Part{
			{Label: "What", Fields: "Name ParentTerritoryId IsActive OperatingHoursId TopLevelTerritoryId OwnerId"},
			{Label: "Address", Fields: "Address", Wide: true},
			{Label: "Travel", Fields: "TravelModeId SchedulingConstraintId AvgTravelTime TypicalInTerritoryTravelTime TravelTimeBuffer"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{
			rows("ServiceResources", "MemberNumber ServiceResourceId TerritoryType EffectiveStartDate EffectiveEndDate", ""),
			visitsOf, ordersOf,
		},
	},
	{
		Object:  "ResourceAbsence",
		Header:  "ResourceId Type Start End ApprovalStatus",
		Columns: "AbsenceNumber ResourceId Type Start End ApprovalStatus",
		Sections: []layout.Part{
			{Label: "Absence", Fields: "ResourceId Type Start End ApprovalStatus IsAbsenceTravelFromHomeBase"},
			{Label: "Address", Fields: "Address", Wide: true},
		},
	},
	{
		Object:  "TimeSheetEntry",
		Header:  "TimeSheetId Type StartTime EndTime DurationInMinutes Status",
		Columns: "TimeSheetEntryNumber Subject Type StartTime EndTime DurationInMinutes WorkOrderId",
		Sections: []layout.Part{
			{Label: "Time", Fields: "TimeSheetId Type StartTime EndTime Subject Category WorkOrderId WorkOrderLineItemId Status StatusComment DurationInMinutes BilledLineId"},
		},
	},
}
