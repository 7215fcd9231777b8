package app

import "truckroll/platform/layout"

// workLayouts are the pages of work, and of what plans it.
var workLayouts = []layout.Design{
	{
		Object:  "WorkOrder",
		Header:  "Priority WorkTypeId ServiceTerritoryId StartDate SlaExitDate GrandTotal OwnerId",
		Columns: "WorkOrderNumber Subject Status Priority AccountId ServiceTerritoryId WorkTypeId StartDate",
		Found:   "WorkOrderNumber Subject Status AccountId Priority",
		Sections: []layout.Part{
			{Label: "What", Fields: "Subject WorkTypeId Status Priority WorkOrderNumber OwnerId"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "Who and where", Fields: "AccountId ContactId AssetId LocationId ServiceTerritoryId ParentWorkOrderId CaseId"},
			{Label: "Address", Fields: "Address", Wide: true},
			{Label: "Schedule", Fields: "StartDate EndDate Duration DurationType MinimumCrewSize RecommendedCrewSize DurationInMinutes ServiceAppointmentCount"},
			{Label: "Service level", Fields: "ServiceContractId EntitlementId BusinessHoursId AssetWarrantyId SlaStartDate SlaExitDate IsStopped StopStartDate MilestoneStatus"},
			{Label: "Price", Fields: "Pricebook2Id CurrencyIsoCode Subtotal Discount Tax TotalPrice GrandTotal LineItemCount"},
			{Label: "Outcome", Fields: "PostWorkSummary ServiceReportTemplateId ServiceReportLanguage"},
			{Label: "Where it came from", Fields: "MaintenancePlanId MaintenanceWorkRuleId SuggestedMaintenanceDate IsGeneratedFromMaintenancePlan ProductServiceCampaignId ProductServiceCampaignItemId ReturnOrderId ReturnOrderLineItemId"},
		},
		Related: []layout.Related{
			visitsOf,
			rows("WorkOrderLineItems", "LineItemNumber Subject Status Quantity UnitPrice TotalPrice", "LineItemNumber"),
			rows("ProductsConsumed", "ProductConsumedNumber ProductName QuantityConsumed UnitPrice TotalPrice", ""),
			rows("ProductsRequired", "ProductRequiredNumber Product2Id QuantityRequired", ""),
			rows("TimeSheetEntries", "TimeSheetEntryNumber Type StartTime EndTime DurationInMinutes", "StartTime"),
			rows("Expenses", "ExpenseNumber Title ExpenseType TransactionDate Amount", "-TransactionDate"),
			rows("ServiceReports", "", ""),
			rows("EntityMilestones", "Name TargetDate CompletionDate IsViolated", "TargetDate"),
			rows("ChildWorkOrders", "WorkOrderNumber Subject Status Priority StartDate", "WorkOrderNumber"),
		},
	},
	{
		Object:  "WorkOrderLineItem",
		Header:  "WorkOrderId AssetId Product2Id Quantity UnitPrice TotalPrice",
		Columns: "LineItemNumber Subject Status Quantity UnitPrice TotalPrice WorkOrderId",
		Sections: []layout.Part{
			{Label: "What", Fields: "WorkOrderId Subject Status Priority WorkTypeId AssetId LineItemNumber ParentWorkOrderLineItemId"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "Price", Fields: "PricebookEntryId Product2Id Quantity UnitPrice Discount CurrencyIsoCode ListPrice Subtotal TotalPrice"},
			{Label: "Schedule", Fields: "StartDate EndDate Duration DurationType MinimumCrewSize RecommendedCrewSize DurationInMinutes ServiceAppointmentCount"},
			{Label: "Where", Fields: "LocationId ServiceTerritoryId"},
			{Label: "Address", Fields: "Address", Wide: true},
		},
		Related: []layout.Related{visitsOf, rows("ProductsConsumed", "ProductConsumedNumber ProductName QuantityConsumed TotalPrice", "")},
	},
	{
		Object:  "ServiceAppointment",
		Header:  "SchedStartTime SchedEndTime ParentRecordId AccountId ServiceTerritoryId DueDate",
		Columns: "AppointmentNumber Subject Status SchedStartTime SchedEndTime AccountId ServiceTerritoryId DueDate",
		Found:   "AppointmentNumber Subject Status SchedStartTime AccountId",
		Sections: []layout.Part{
			{Label: "What", Fields: "Subject ParentRecordId Status WorkTypeId AppointmentType AppointmentNumber VisitNumber ReturnOfId"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "Schedule", Fields: "EarliestStartTime DueDate SchedStartTime SchedEndTime ArrivalWindowStartTime ArrivalWindowEndTime Duration DurationType ActualStartTime ActualEndTime ActualDuration DurationInMinutes"},
			{Label: "Who and where", Fields: "AccountId ContactId Phone Email ServiceTerritoryId OwnerId IsOffsiteAppointment"},
			{Label: "Address", Fields: "Address", Wide: true},
			{Label: "For the technician", Fields: "AdditionalInformation Comments ServiceNote"},
			{Label: "When it did not work out", Fields: "CannotCompleteReason CancellationReason OriginalSchedStartTime OriginalSchedEndTime"},
		},
		Related: []layout.Related{
			rows("ServiceResources", "AssignedResourceNumber ServiceResourceId IsRequiredResource EstimatedTravelTime", ""),
			rows("ReturnVisits", "AppointmentNumber Subject Status SchedStartTime", "SchedStartTime"),
		},
	},
	{
		Object:  "WorkType",
		Header:  "EstimatedDuration DurationType ShouldAutoCreateSvcAppt OperatingHoursId",
		Columns: "Name EstimatedDuration DurationType Description",
		Sections: []layout.Part{
			{Label: "What", Fields: "Name ProductId EstimatedDuration DurationType OperatingHoursId OwnerId DurationInMinutes ServiceReportTemplateId"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "Appointments", Fields: "ShouldAutoCreateSvcAppt DefaultAppointmentType TimeframeStart TimeFrameStartUnit TimeframeEnd TimeFrameEndUnit BlockTimeBeforeAppointment BlockTimeBeforeUnit BlockTimeAfterAppointment BlockTimeAfterUnit"},
			{Label: "Crew", Fields: "MinimumCrewSize RecommendedCrewSize"},
		},
		Related: []layout.Related{rows("SkillRequirements", "", ""), rows("ProductsRequired", "ProductRequiredNumber Product2Id QuantityRequired", ""), ordersOf},
	},
	{
		Object:  "MaintenancePlan",
		Header:  "AccountId WorkTypeId StartDate EndDate NextSuggestedMaintenanceDate WorkOrderGenerationStatus",
		Columns: "MaintenancePlanNumber MaintenancePlanTitle AccountId WorkTypeId Frequency FrequencyType NextSuggestedMaintenanceDate",
		Sections: []layout.Part{
			{Label: "What", Fields: "MaintenancePlanTitle WorkTypeId AccountId ContactId LocationId ServiceContractId OwnerId MaintenancePlanNumber"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "How often", Fields: "StartDate EndDate Frequency FrequencyType NextSuggestedMaintenanceDate DoesGenerateUponCompletion MaintenanceWindowStartDays MaintenanceWindowEndDays"},
			{Label: "Work orders", Fields: "DoesAutoGenerateWorkOrders WorkOrderGenerationMethod GenerationTimeframe GenerationTimeframeType GenerationHorizon SvcApptGenerationMethod WorkOrderGenerationStatus"},
		},
		Related: []layout.Related{rows("MaintenanceAssets", "MaintenanceAssetNumber AssetId WorkTypeId NextSuggestedMaintenanceDate", ""), rows("MaintenanceWorkRules", "", ""), ordersOf},
	},
}
