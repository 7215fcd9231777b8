package report

import "truckroll/platform/paper"

// standard is the layout that comes with the house, and what layouts leave out.
func standard() *layout {
	customer := section{Kind: kindFields, Heading: nil, Fields: paths("Order.Account.Name", "Order.Contact.Name", "Order.Address", "Order.Contact.Phone")}
	work := paths("Order.WorkOrderNumber", "Order.Status", "Order.WorkType.Name", "Order.Asset.Name", "Order.Asset.SerialNumber", "Order.Location.Name", "Order.Description")
	line := paths("Line.LineItemNumber", "Line.Status", "Line.Asset.Name", "Line.Asset.SerialNumber", "Line.Description")
	visit := paths("Visit.AppointmentNumber", "Visit.Status", "Visit.ActualStartTime", "Visit.ActualEndTime", "Visit.ServiceNote")
	rest := []section{{Kind: kindSteps, Photos: true}, {Kind: kindParts}, {Kind: kindTime}}
	sign := section{Kind: kindSignatures, Lines: []text{{every: "Customer"}, {every: "Technician"}}}
	whole := func(facts []field, more ...section) []section {
		all := append([]section{customer, {Kind: kindFields, Fields: facts}}, more...)
		return append(append(all, rest...), sign)
	}
	summary := section{Kind: kindFields, Fields: paths("Order.PostWorkSummary")}
	return &layout{
		Accent:             paper.DefaultAccent.String(),
		WorkOrder:          &template{Subtitle: "Order.Subject", Sections: whole(work, summary, section{Kind: kindVisits}, section{Kind: kindLines})},
		WorkOrderLine:      &template{Subtitle: "Line.Subject", Sections: whole(append(work[:2:2], line...))},
		AppointmentOfOrder: &template{Subtitle: "Visit.Subject", Sections: whole(append(visit[:4:4], append(work, visit[4])...), summary)},
		AppointmentOfLine:  &template{Subtitle: "Visit.Subject", Sections: whole(append(visit[:4:4], append(append(work[:2:2], line...), visit[4])...))},
	}
}

func paths(all ...string) []field {
	fields := make([]field, len(all))
	for i, p := range all {
		fields[i].Path = p
	}
	return fields
}
