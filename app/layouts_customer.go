package app

import "truckroll/platform/layout"

// customerLayouts are the pages of customers, of what they have, what they call about and what they were promised.
var customerLayouts = []layout.Design{
	{
		Object:  "Account",
		Header:  "Phone Website Type Industry OwnerId",
		Columns: "Name Phone Type BillingCity Industry OwnerId",
		Sections: []layout.Part{
			{Label: "Customer", Fields: "Name Phone AccountNumber Website Type Industry ParentId OwnerId OperatingHoursId Rating"},
			{Label: "Address", Fields: "BillingAddress ShippingAddress"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{
			ordersOf,
			rows("Contacts", "Name Title Phone MobilePhone Email", "Name"),
			assetsOf, casesOf,
			rows("ServiceContracts", "ContractNumber Name Status StartDate EndDate", "-StartDate"),
			rows("Entitlements", "Name Type Status StartDate EndDate", "-StartDate"),
			rows("MaintenancePlans", "MaintenancePlanNumber MaintenancePlanTitle WorkTypeId NextSuggestedMaintenanceDate", ""),
			visitsOf,
		},
	},
	{
		Object:  "Contact",
		Header:  "AccountId Title Phone MobilePhone Email",
		Columns: "Name AccountId Title Phone MobilePhone Email",
		Sections: []layout.Part{
			{Label: "Person", Fields: "Salutation FirstName LastName AccountId Title Department Name ReportsToId OwnerId"},
			{Label: "How to reach", Fields: "Phone MobilePhone Email HomePhone OtherPhone Fax DoNotCall HasOptedOutOfEmail"},
			{Label: "Address", Fields: "MailingAddress OtherAddress"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{casesOf, ordersOf, assetsOf},
	},
	{
		Object:  "Asset",
		Header:  "SerialNumber AccountId Product2Id LocationId InstallDate Status",
		Columns: "Name SerialNumber Status AccountId Product2Id InstallDate",
		Sections: []layout.Part{
			{Label: "What", Fields: "Name SerialNumber Product2Id Status AccountId ContactId LocationId ParentId OwnerId Quantity"},
			{Label: "Address", Fields: "Address", Wide: true},
			{Label: "Dates", Fields: "InstallDate PurchaseDate ManufactureDate UsageEndDate"},
			{Label: "State", Fields: "StatusReason DigitalAssetStatus ConsequenceOfFailure AssetServicedById AssetProvidedById IsInternal"},
			{Label: "Availability", Fields: "Availability Reliability AverageUptimePerDay MeanTimeBetweenFailures MeanTimeToRepair SumDowntime SumUnplannedDowntime UptimeRecordStart UptimeRecordEnd"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{
			ordersOf, casesOf,
			rows("ChildAssets", "Name SerialNumber Status Product2Id", "Name"),
			rows("WarrantyAssets", "", ""),
			rows("AssetDowntimePeriods", "", ""),
			rows("AssetAttributes", "", ""),
		},
	},
	{
		Object:  "Case",
		Header:  "Priority AccountId ContactId ContactPhone AssetId OwnerId",
		Columns: "CaseNumber Subject Status Priority AccountId OwnerId CreatedDate",
		Found:   "CaseNumber Subject Status AccountId Priority",
		Sections: []layout.Part{
			{Label: "What", Fields: "Subject Status Priority Type Reason Origin CaseNumber OwnerId"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "Customer", Fields: "AccountId ContactId ContactPhone ContactMobile ContactEmail AssetId ProductId ParentId"},
			{Label: "Service level", Fields: "EntitlementId BusinessHoursId ServiceContractId AssetWarrantyId SlaStartDate SlaExitDate IsEscalated IsStopped StopStartDate MilestoneStatus ClosedDate IsClosed"},
		},
		Related: []layout.Related{
			ordersOf, rows("CaseComments", "CommentBody IsPublished CreatedById CreatedDate", "-CreatedDate"),
			rows("CaseMilestones", "", ""), rows("EmailMessages", "", ""), visitsOf,
		},
	},
	{
		Object:  "ServiceContract",
		Header:  "AccountId Status StartDate EndDate GrandTotal",
		Columns: "ContractNumber Name AccountId Status StartDate EndDate GrandTotal",
		Sections: []layout.Part{
			{Label: "Contract", Fields: "Name AccountId ContactId Pricebook2Id Status ApprovalStatus ParentServiceContractId ContractNumber OwnerId"},
			{Label: "Term", Fields: "StartDate EndDate Term ActivationDate"},
			{Label: "Price", Fields: "Subtotal Discount AdditionalDiscount TotalPrice Tax ShippingHandling GrandTotal LineItemCount CurrencyIsoCode"},
			{Label: "Address", Fields: "BillingAddress ShippingAddress"},
			{Label: "Terms", Fields: "SpecialTerms Description", Wide: true},
		},
		Related: []layout.Related{
			rows("ContractLineItems", "LineItemNumber Product2Id AssetId Quantity UnitPrice TotalPrice", "LineItemNumber"),
			rows("Entitlements", "Name Type Status StartDate EndDate", ""), rows("MaintenancePlans", "", ""), ordersOf,
		},
	},
	{
		Object:  "Entitlement",
		Header:  "AccountId Status StartDate EndDate SlaProcessId",
		Columns: "Name AccountId Type Status StartDate EndDate",
		Sections: []layout.Part{
			{Label: "Entitlement", Fields: "Name AccountId Type Status SlaProcessId BusinessHoursId ServiceContractId ContractLineItemId AssetId LocationId"},
			{Label: "Term", Fields: "StartDate EndDate"},
			{Label: "How much", Fields: "IsPerIncident SvcApptBookingWindowsId CasesPerEntitlement RemainingCases WorkOrdersPerEntitlement RemainingWorkOrders"},
		},
		Related: []layout.Related{casesOf, ordersOf},
	},
	{
		Object:  "Task",
		Header:  "ActivityDate Status Priority WhoId WhatId OwnerId",
		Columns: "Subject Status Priority ActivityDate WhatId OwnerId",
		Sections: []layout.Part{
			{Label: "Task", Fields: "Subject ActivityDate Status Priority WhatId WhoId OwnerId Type TaskSubtype"},
			{Label: "Description", Fields: "Description", Wide: true},
			{Label: "Reminder", Fields: "IsReminderSet ReminderDateTime"},
		},
	},
}
