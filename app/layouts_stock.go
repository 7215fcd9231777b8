package app

import "truckroll/platform/layout"

// stockLayouts are the pages of products, of where they are and of how they get there.
var stockLayouts = []layout.Design{
	{
		Object:  "Product2",
		Header:  "ProductCode Family IsActive StockKeepingUnit",
		Columns: "Name ProductCode Family IsActive QuantityUnitOfMeasure",
		Sections: []layout.Part{
			{Label: "Product", Fields: "Name ProductCode Family StockKeepingUnit IsActive QuantityUnitOfMeasure IsSerialized IsLabor Type DisplayUrl"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{
			rows("PricebookEntries", "Pricebook2Id UnitPrice IsActive", ""),
			rows("ProductItems", "ProductItemNumber LocationId QuantityOnHand SerialNumber", "-QuantityOnHand"),
			assetsOf,
		},
	},
	{
		Object:  "ProductRequest",
		Header:  "Status NeedByDate SourceLocationId DestinationLocationId WorkOrderId",
		Columns: "ProductRequestNumber Status NeedByDate SourceLocationId DestinationLocationId WorkOrderId",
		Sections: []layout.Part{
			{Label: "Request", Fields: "Status NeedByDate SourceLocationId DestinationLocationId ShipmentType OwnerId"},
			{Label: "For", Fields: "WorkOrderId WorkOrderLineItemId CaseId AccountId"},
			{Label: "Address", Fields: "ShipToAddress", Wide: true},
			{Label: "Description", Fields: "Description", Wide: true},
		},
		Related: []layout.Related{
			rows("ProductRequestLineItems", "ProductRequestLineItemNumber Product2Id QuantityRequested Status NeedByDate", ""),
			rows("ProductTransfers", "", ""),
		},
	},
	{
		Object:  "ProductItem",
		Header:  "Product2Id LocationId QuantityOnHand SerialNumber",
		Columns: "ProductItemNumber Product2Id LocationId QuantityOnHand SerialNumber",
		Sections: []layout.Part{
			{Label: "Stock", Fields: "Product2Id LocationId QuantityOnHand SerialNumber AdjustmentReason OwnerId"},
		},
	},
	{
		Object:  "Location",
		Header:  "LocationType IsInventoryLocation ParentLocationId TimeZone",
		Columns: "Name LocationType ParentLocationId IsInventoryLocation OwnerId",
		Sections: []layout.Part{
			{Label: "Location", Fields: "Name LocationType ParentLocationId VisitorAddressId OpenDate CloseDate OwnerId ExternalReference"},
			{Label: "Where", Fields: "Location TimeZone DrivingDirections"},
			{Label: "Stock", Fields: "IsInventoryLocation AllowsNegativeStock"},
		},
		Related: []layout.Related{
			assetsOf, rows("ProductItems", "ProductItemNumber Product2Id QuantityOnHand SerialNumber", "ProductItemNumber"),
			ordersOf, rows("ChildLocations", "Name LocationType IsInventoryLocation", "Name"), rows("Addresses", "", ""),
		},
	},
	{
		Object:  "Expense",
		Header:  "ExpenseType TransactionDate Amount WorkOrderId",
		Columns: "ExpenseNumber Title ExpenseType TransactionDate Amount WorkOrderId",
		Sections: []layout.Part{
			{Label: "Expense", Fields: "Title ExpenseType TransactionDate Amount WorkOrderId AccountId OwnerId"},
			{Label: "Description", Fields: "Description", Wide: true},
		},
	},
}
