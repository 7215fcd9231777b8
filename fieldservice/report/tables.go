package report

import (
	"cmp"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/paper"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// visits tells when who was there, at the visits of the order and its lines, or of the one line.
func (c *composer) visits() (part paper.Section, err error) {
	if !c.open("ServiceAppointment") {
		return part, nil
	}
	parents := []schema.Id{c.order.Id}
	if c.line != nil {
		parents = []schema.Id{c.line.Id}
	} else if parents, err = c.withLines(parents); err != nil {
		return part, err
	}
	all, err := record.Find[object.ServiceAppointment](c.Reader, "ParentRecordId IN ? AND StatusCategory != ? ORDER BY SchedStartTime, AppointmentNumber", parents, string(object.AppointmentCategoryCanceled))
	if err != nil {
		return part, err
	}
	t := paper.Table{Columns: []paper.Column{{Title: c.word("visit"), Weight: 1}, {Title: c.word("date"), Weight: 2.3}, {Title: c.word("technician"), Weight: 2}, {Title: c.word("status"), Weight: 1.4}}}
	for _, v := range all {
		start, end := v.ActualStartTime, v.ActualEndTime
		if start.IsNull() {
			start, end = v.SchedStartTime, v.SchedEndTime
		}
		who, err := c.technicians(v)
		if err != nil {
			return part, err
		}
		t.Rows = append(t.Rows, []string{string(v.AppointmentNumber), c.between(start, end), who, c.choice(string(v.Status), string(v.Status))})
	}
	return c.tableOf("visits", t), nil
}

// tableOf is a section with a table; none when it has no rows.
func (c *composer) tableOf(heading string, t paper.Table) paper.Section {
	if len(t.Rows) == 0 {
		return paper.Section{}
	}
	return paper.Section{Heading: c.word(heading), Block: t}
}

// withLines adds the lines of the order.
func (c *composer) withLines(ids []schema.Id) ([]schema.Id, error) {
	lines, err := record.FindBy[object.WorkOrderLineItem](c.Reader, "WorkOrderId", c.order.Id)
	for _, l := range lines {
		ids = append(ids, l.Id)
	}
	return ids, err
}

func (c *composer) technicians(v *object.ServiceAppointment) (names string, err error) {
	all, err := record.FindBy[object.AssignedResource](c.Reader, "ServiceAppointmentId", v.Id)
	if err != nil || !c.open("AssignedResource") || !c.open("ServiceResource") {
		return "", err
	}
	for _, a := range all {
		r, err := record.Get(c.Reader, a.ServiceResourceId)
		if err != nil {
			return "", err
		}
		if names != "" {
			names += ", "
		}
		names += r.Name
	}
	return names, nil
}

// lines lists the lines of the order, with their prices and the sums of the order if wanted.
func (c *composer) lines(prices bool) (part paper.Section, err error) {
	if !c.open("WorkOrderLineItem") {
		return part, nil
	}
	all, err := record.Find[object.WorkOrderLineItem](c.Reader, "WorkOrderId = ? ORDER BY LineItemNumber", c.order.Id)
	if err != nil {
		return part, err
	}
	t := paper.Table{Columns: []paper.Column{{Title: c.word("number"), Weight: 0.9}, {Title: c.word("item"), Weight: 3.4}, {Title: c.word("quantity"), Weight: 0.9, Right: true}}}
	if prices {
		t.Columns = append(t.Columns, paper.Column{Title: c.word("unitPrice"), Weight: 1.3, Right: true}, paper.Column{Title: c.word("discount"), Weight: 0.9, Right: true}, paper.Column{Title: c.word("amount"), Weight: 1.4, Right: true})
	} else {
		t.Columns = append(t.Columns, paper.Column{Title: c.word("status"), Weight: 1.6})
	}
	for _, l := range all {
		product, err := record.Get(c.Reader, l.Product2Id)
		if err != nil {
			return part, err
		}
		row := []string{strings.TrimLeft(string(l.LineItemNumber), "0"), cmp.Or(l.Subject, product.Name), c.trimmed(l.Quantity)}
		if prices {
			row = append(row, c.money(l.UnitPrice.Decimal, c.currency), c.percent(l.Discount.Decimal), c.money(l.TotalPrice.Decimal, c.currency))
		} else {
			row = append(row, c.choice(string(l.Status), string(l.Status)))
		}
		t.Rows = append(t.Rows, row)
	}
	if prices && c.line == nil {
		t.Totals = c.totals()
	}
	return c.tableOf("lines", t), nil
}

// totals are the sums of the order; what is nothing is left out.
func (c *composer) totals() []paper.Total {
	o := c.order
	var all []paper.Total
	if less := o.TotalPrice.Sub(o.Subtotal.Decimal); less.Sign() != 0 {
		all = append(all, paper.Total{Label: c.word("subtotal"), Value: c.money(o.Subtotal.Decimal, c.currency)}, paper.Total{Label: c.word("lessDiscount"), Value: c.money(less, c.currency)})
	}
	if o.Tax.Sign() != 0 {
		all = append(all, paper.Total{Label: c.word("subtotal"), Value: c.money(o.TotalPrice.Decimal, c.currency)}, paper.Total{Label: c.word("tax"), Value: c.money(o.Tax.Decimal, c.currency)})
	}
	return append(all, paper.Total{Label: c.word("total"), Value: c.money(o.GrandTotal.Decimal, c.currency), Strong: true})
}

// parts lists what was used, on the line or on all of the order.
func (c *composer) parts(prices bool) (part paper.Section, err error) {
	if !c.open("ProductConsumed") {
		return part, nil
	}
	all, err := record.Find[object.ProductConsumed](c.Reader, "WorkOrderId = ? ORDER BY ProductConsumedNumber", c.order.Id)
	if err != nil {
		return part, err
	}
	t := paper.Table{Columns: []paper.Column{{Title: c.word("item"), Weight: 4}, {Title: c.word("quantity"), Weight: 1, Right: true}}}
	if prices {
		t.Columns = append(t.Columns, paper.Column{Title: c.word("unitPrice"), Weight: 1.3, Right: true}, paper.Column{Title: c.word("amount"), Weight: 1.4, Right: true})
	}
	sum := schema.DecInt(0)
	for _, p := range all {
		if c.line != nil && string(p.WorkOrderLineItemId) != string(c.line.Id) {
			continue
		}
		product, err := record.Get(c.Reader, p.Product2Id)
		if err != nil {
			return part, err
		}
		row := []string{cmp.Or(product.Name, p.ProductName, string(p.Description)), c.trimmed(p.QuantityConsumed)}
		if prices {
			row = append(row, c.money(p.UnitPrice.Decimal, c.currency), c.money(p.TotalPrice.Decimal, c.currency))
			sum = sum.Add(p.TotalPrice.Or(schema.DecInt(0)))
		}
		t.Rows = append(t.Rows, row)
	}
	if prices {
		t.Totals = []paper.Total{{Label: c.word("total"), Value: c.money(sum, c.currency), Strong: true}}
	}
	return c.tableOf("parts", t), nil
}

// time lists the entries of time sheets on the work, and their sum.
func (c *composer) time() (part paper.Section, err error) {
	if !c.open("TimeSheetEntry") {
		return part, nil
	}
	where, of := "WorkOrderId = ?", c.order.Id
	if c.line != nil {
		where, of = "WorkOrderLineItemId = ?", c.line.Id
	}
	all, err := record.Find[object.TimeSheetEntry](c.Reader, where+" ORDER BY StartTime, Id", of)
	if err != nil {
		return part, err
	}
	t := paper.Table{Columns: []paper.Column{{Title: c.word("technician"), Weight: 2}, {Title: c.word("kind"), Weight: 1.3}, {Title: c.word("date"), Weight: 2.6}, {Title: c.word("hours"), Weight: 0.9, Right: true}}}
	sum := int64(0)
	for _, e := range all {
		who, err := c.worker(e)
		if err != nil {
			return part, err
		}
		sum += e.DurationInMinutes.Int64()
		t.Rows = append(t.Rows, []string{who, c.choice(string(e.Type), string(e.Type)), c.between(e.StartTime, e.EndTime), c.hours(e.DurationInMinutes.Int64())})
	}
	t.Totals = []paper.Total{{Label: c.word("total"), Value: c.hours(sum) + nobr + "h", Strong: true}}
	return c.tableOf("time", t), nil
}

func (c *composer) worker(e *object.TimeSheetEntry) (string, error) {
	sheet, err := record.Get(c.Reader, e.TimeSheetId)
	if err != nil {
		return "", err
	}
	r, err := record.Get(c.Reader, sheet.ServiceResourceId)
	if err != nil {
		return "", err
	}
	return r.Name, nil
}

// hours writes minutes as hours with two places.
func (l locale) hours(minutes int64) string {
	return l.digits(fixed(schema.DecInt(minutes).Quo(schema.DecInt(60)), 2))
}

// expenses lists what is charged on.
func (c *composer) expenses() (part paper.Section, err error) {
	if !c.open("Expense") {
		return part, nil
	}
	all, err := record.Find[object.Expense](c.Reader, "WorkOrderId = ? AND ExpenseType = ? ORDER BY TransactionDate, ExpenseNumber", c.order.Id, string(object.ExpenseTypeBillable))
	if err != nil {
		return part, err
	}
	t := paper.Table{Columns: []paper.Column{{Title: c.word("date"), Weight: 1.2}, {Title: c.word("item"), Weight: 3.5}, {Title: c.word("amount"), Weight: 1.3, Right: true}}}
	sum := schema.DecInt(0)
	for _, e := range all {
		amount := e.TotalPrice.Or(e.Amount.Decimal)
		sum = sum.Add(amount)
		t.Rows = append(t.Rows, []string{c.day(e.TransactionDate), cmp.Or(e.Title, string(e.Description)), c.money(amount, c.currency)})
	}
	t.Totals = []paper.Total{{Label: c.word("total"), Value: c.money(sum, c.currency), Strong: true}}
	return c.tableOf("expenses", t), nil
}
