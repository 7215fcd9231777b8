package object

// All lists every object of the business, in the order in which people meet them.
var All = []any{
	// Work.
	WorkOrder{}, WorkOrderLineItem{}, ServiceAppointment{}, AssignedResource{},

	// What work is, and what it needs.
	WorkType{}, WorkTypeGroup{}, WorkTypeGroupMember{}, Skill{}, SkillType{}, SkillRequirement{}, ProductRequired{},
	LinkedArticle{},

	// Checklists.
	WorkPlan{}, WorkStep{}, WorkPlanTemplate{}, WorkPlanTemplateEntry{}, WorkStepTemplate{}, WorkPlanSelectionRule{},

	// Customers, and what they have.
	Account{}, Contact{}, Individual{}, Asset{}, AssetRelationship{}, AssetAttribute{}, AttributeDefinition{},
	AttributePicklist{}, AttributePicklistValue{}, UnitOfMeasure{}, AssetDowntimePeriod{}, AssetWarranty{},
	WarrantyTerm{}, ProductWarrantyTerm{},

	// Cases and service levels.
	Case{}, CaseComment{}, CaseMilestone{}, Entitlement{}, EntitlementContact{}, EntitlementTemplate{}, SlaProcess{},
	MilestoneType{}, EntityMilestone{}, BusinessHours{},

	// Contracts and prices.
	ServiceContract{}, ContractLineItem{}, ContractLineOutcome{}, ContractLineOutcomeData{}, Product2{}, Pricebook2{},
	PricebookEntry{}, ProductSellingModel{}, CostBook{},

	// People and hours.
	ServiceResource{}, ServiceResourceSkill{}, ServiceResourceCapacity{}, ServiceTerritory{},
	ServiceTerritoryMember{}, ServiceTerritoryLocation{}, ServiceCrew{}, ServiceCrewMember{}, OperatingHours{},
	TimeSlot{}, OperatingHoursHoliday{}, Holiday{}, ResourceAbsence{}, ResourcePreference{}, Shift{}, ShiftTemplate{},
	ShiftPattern{}, ShiftPatternEntry{}, JobProfile{},

	// Schedules.
	SchedulingConstraint{}, TravelMode{}, WorkCapacityLimit{}, WorkCapacityUsage{}, WorkCapacityAvailability{},
	ApptBundleConfig{}, ApptBundlePolicy{}, ApptBundleAggrPolicy{}, ApptBundleAggrDurDnscale{},
	ApptBundlePropagatePolicy{}, ApptBundleRestrictPolicy{}, ApptBundleSortPolicy{}, ApptBundlePolicySvcTerr{},
	RecordsetFilterCriteria{}, RecordsetFilterCriteriaRule{}, RecordsetFltrCritMonitor{}, FldSvcObjChg{},
	FldSvcObjChgDtl{},

	// Maintenance and campaigns.
	MaintenancePlan{}, MaintenanceAsset{}, MaintenanceWorkRule{}, ProductServiceCampaign{},
	ProductServiceCampaignItem{},

	// Places and stock.
	Location{}, LocationGroup{}, AssociatedLocation{}, Address{}, ProductItem{}, ProductItemTransaction{},
	SerializedProduct{}, SerializedProductTransaction{}, ProductConsumed{}, ProductConsumedState{}, ProductRequest{},
	ProductRequestLineItem{}, ProductTransfer{}, ProductTransferState{}, Shipment{}, ShipmentItem{}, ReturnOrder{},
	ReturnOrderLineItem{}, CareProgramEnrollee{}, ReorderPoint{}, CycleCount{}, CycleCountEntry{}, StockDifference{},

	// Time and money spent.
	TimeSheet{}, TimeSheetEntry{}, TimeSheetTemplate{}, Expense{}, ExpenseReport{}, ExpenseReportEntry{},
	CostCenter{}, JobExpenseType{},

	// Proof.
	ServiceReport{}, ServiceReportLayout{}, DigitalSignature{},

	// Sales, knowledge and activities.
	Lead{}, Opportunity{}, Order{}, OrderItem{}, Quote{}, Knowledge__ka{}, Knowledge__kav{}, Task{}, Event{},
	EmailMessage{}, ContentAsset{}, FlowInterview{},

	// The mobile app.
	FieldServiceMobileSettings{}, MobileSettingsAssignment{}, GeolocationBasedAction{},

	// How the organisation works.
	StatusTransition{}, WorkSetting{},

	// Lists of statuses, kept by the house.
	WorkOrderStatus{}, WorkOrderLineItemStatus{}, ServiceAppointmentStatus{}, ShiftStatus{}, WorkStepStatus{},
	CaseStatus{},
}
