package asset

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// maxHistory is how many entries one answer has.
const maxHistory = 2000

// asking says whose history is wanted.
type asking struct {
	AssetId schema.Ref[object.Asset] `field:"required"`
	Alone   bool                     `help:"without the assets below it"`
	Limit   int                      `help:"most entries; 500 when empty, 2000 at most"`
}

type told struct {
	Entries []entry
	More    bool // older entries were left out
}

// entry is something that happened to an asset.
type entry struct {
	At       schema.DateTime
	Kind     string // Work, Line, Reading, Part, Downtime, Replacement or Report
	AssetId  schema.Id
	Asset    string
	RecordId schema.Id
	Name     string // of the record
	Text     string
	Status   string
}

// historian gathers what happened, as far as a viewer may know it.
type historian struct {
	*record.View
	viewer access.Viewer
	names  map[schema.Id]string // of the assets
	ids    []schema.Id
	all    []entry
}

func history(v *record.View, who access.Viewer, in asking) (told, error) {
	if err := need(v, who, access.ReadLevel, schema.Id(in.AssetId), "assetId", "Asset"); err != nil {
		return told{}, err
	}
	h := &historian{View: v, viewer: who, names: map[schema.Id]string{}}
	if err := h.gather(in); err != nil {
		return told{}, err
	}
	slices.SortStableFunc(h.all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.At.Milli(), a.At.Milli()), strings.Compare(string(a.RecordId), string(b.RecordId)))
	})
	limit := in.Limit
	if limit <= 0 {
		limit = 500
	}
	limit = min(limit, maxHistory)
	out := told{Entries: append([]entry{}, h.all[:min(limit, len(h.all))]...)}
	out.More = len(h.all) > limit
	return out, nil
}

func (h *historian) gather(in asking) error {
	if err := h.assets(in); err != nil {
		return err
	}
	orders, err := h.orders()
	if err != nil {
		return err
	}
	lines, err := h.lines()
	if err != nil {
		return err
	}
	for _, f := range []func(orders, lines map[schema.Id]schema.Id) error{h.readings, h.parts, h.reports} {
		if err := f(orders, lines); err != nil {
			return err
		}
	}
	return errors.Join(h.downtime(), h.replacements())
}

// assets finds the asset and what is below it.
func (h *historian) assets(in asking) error {
	top, err := record.Get(h, in.AssetId)
	if err != nil {
		return err
	}
	h.names[top.Id], h.ids = top.Name, []schema.Id{top.Id}
	if in.Alone {
		return nil
	}
	tree, err := record.Find[object.Asset](h, "RootAssetId = ? ORDER BY AssetLevel", schema.Id(cmp.Or(top.RootAssetId, in.AssetId)))
	for _, a := range tree { // parents come before what is below them
		if _, below := h.names[schema.Id(a.ParentId)]; below && a.Id != top.Id {
			h.names[a.Id], h.ids = a.Name, append(h.ids, a.Id)
		}
	}
	return err
}

func (h *historian) add(e entry) {
	e.Asset = h.names[e.AssetId]
	h.all = append(h.all, e)
}

// visible finds records that meet a condition and are open to the viewer.
func visible[T any](h *historian, name, where string, args ...any) ([]*T, error) {
	if !h.viewer.Object(h.Catalog().Object(name)).Has(access.Read) {
		return nil, nil
	}
	all, err := record.Find[T](h, where, args...)
	if err != nil {
		return nil, err
	}
	kept := all[:0]
	for _, rec := range all {
		ok, err := record.Sees(h, h.viewer, schema.StandardOf(rec).Id)
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, rec)
		}
	}
	return kept, nil
}

// orders adds the orders of the assets and returns which asset each is for.
func (h *historian) orders() (map[schema.Id]schema.Id, error) {
	all, err := visible[object.WorkOrder](h, "WorkOrder", "AssetId IN ?", h.ids)
	of := map[schema.Id]schema.Id{}
	for _, o := range all {
		of[o.Id] = schema.Id(o.AssetId)
		h.add(entry{At: begun(o.StartDate, o.CreatedDate), Kind: "Work", AssetId: schema.Id(o.AssetId), RecordId: o.Id, Name: string(o.WorkOrderNumber), Text: o.Subject, Status: string(o.Status)})
	}
	return of, err
}

// lines adds the lines of the assets and returns which asset each is for.
func (h *historian) lines() (map[schema.Id]schema.Id, error) {
	all, err := visible[object.WorkOrderLineItem](h, "WorkOrderLineItem", "AssetId IN ?", h.ids)
	of := map[schema.Id]schema.Id{}
	for _, l := range all {
		of[l.Id] = schema.Id(l.AssetId)
		h.add(entry{At: begun(l.StartDate, l.CreatedDate), Kind: "Line", AssetId: schema.Id(l.AssetId), RecordId: l.Id, Name: string(l.LineItemNumber), Text: l.Subject, Status: string(l.Status)})
	}
	return of, err
}

func begun(start, created schema.DateTime) schema.DateTime {
	if start.IsNull() {
		return created
	}
	return start
}

// assetOf returns which of the assets something of an order or line is about: the line's, else the order's; "" is none.
func assetOf(orders, lines map[schema.Id]schema.Id, order schema.Ref[object.WorkOrder], line schema.Ref[object.WorkOrderLineItem]) schema.Id {
	if line != "" {
		return lines[schema.Id(line)]
	}
	return orders[schema.Id(order)]
}

func keys(m map[schema.Id]schema.Id) []schema.Id {
	ids := []schema.Id{""} // a list is never empty
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// readings adds the measurements of checklists.
func (h *historian) readings(orders, lines map[schema.Id]schema.Id) error {
	all, err := visible[object.WorkStep](h, "WorkStep", "(WorkOrderId IN ? OR WorkOrderLineItemId IN ?) AND AnswerNumber != NULL", keys(orders), keys(lines))
	for _, s := range all {
		if of := assetOf(orders, lines, s.WorkOrderId, s.WorkOrderLineItemId); of != "" {
			text := strings.TrimSpace(fmt.Sprintf("%s: %s %s", s.Name, trimmed(s.AnswerNumber), s.Unit))
			if s.IsOutOfLimits {
				text += " (out of limits)"
			}
			h.add(entry{At: begun(s.EndTime, s.LastModifiedDate), Kind: "Reading", AssetId: of, RecordId: s.Id, Name: s.Name, Text: text, Status: string(s.Status)})
		}
	}
	return err
}

func trimmed(d schema.Decimal) string {
	if s := d.String(); strings.Contains(s, ".") {
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return d.String()
}

// parts adds what was used.
func (h *historian) parts(orders, lines map[schema.Id]schema.Id) error {
	all, err := visible[object.ProductConsumed](h, "ProductConsumed", "WorkOrderId IN ? OR WorkOrderLineItemId IN ?", keys(orders), keys(lines))
	if err != nil {
		return err
	}
	for _, p := range all {
		of := assetOf(orders, lines, p.WorkOrderId, p.WorkOrderLineItemId)
		if of == "" {
			continue
		}
		product, err := record.Get(h, p.Product2Id)
		if err != nil {
			return err
		}
		h.add(entry{At: p.CreatedDate, Kind: "Part", AssetId: of, RecordId: p.Id, Name: string(p.ProductConsumedNumber), Text: trimmed(p.QuantityConsumed) + " × " + cmp.Or(product.Name, p.ProductName)})
	}
	return nil
}

// reports adds the reports of orders and lines, and of the visits to them.
func (h *historian) reports(orders, lines map[schema.Id]schema.Id) error {
	visits, err := visible[object.ServiceAppointment](h, "ServiceAppointment", "ParentRecordId IN ? OR ParentRecordId IN ?", keys(orders), keys(lines))
	if err != nil {
		return err
	}
	of := map[schema.Id]schema.Id{}
	for _, v := range visits {
		of[v.Id] = cmp.Or(lines[schema.Id(v.ParentRecordId)], orders[schema.Id(v.ParentRecordId)])
	}
	for _, m := range []map[schema.Id]schema.Id{orders, lines} {
		for id, asset := range m {
			of[id] = asset
		}
	}
	all, err := visible[object.ServiceReport](h, "ServiceReport", "ParentId IN ?", keys(of))
	for _, r := range all {
		status := ""
		if r.IsSigned {
			status = "Signed"
		}
		h.add(entry{At: r.CreatedDate, Kind: "Report", AssetId: of[schema.Id(r.ParentId)], RecordId: r.Id, Name: string(r.ServiceReportNumber), Text: r.DocumentName, Status: status})
	}
	return err
}

func (h *historian) downtime() error {
	all, err := visible[object.AssetDowntimePeriod](h, "AssetDowntimePeriod", "AssetId IN ?", h.ids)
	for _, p := range all {
		text := fmt.Sprintf("%s hours", trimmed(schema.DecInt(p.EndTime.Milli()-p.StartTime.Milli()).Quo(schema.DecInt(3_600_000)).Round(2)))
		if p.Description != "" {
			text += ": " + string(p.Description)
		}
		h.add(entry{At: p.StartTime, Kind: "Downtime", AssetId: schema.Id(p.AssetId), RecordId: p.Id, Name: string(p.AssetDowntimePeriodNumber), Text: text, Status: string(p.DowntimeType)})
	}
	return err
}

// replacements adds what took the place of an asset, and what an asset took the place of.
func (h *historian) replacements() error {
	all, err := visible[object.AssetRelationship](h, "AssetRelationship", "AssetId IN ? OR RelatedAssetId IN ?", h.ids, h.ids)
	if err != nil {
		return err
	}
	for _, l := range all {
		about, other, how := schema.Id(l.AssetId), l.RelatedAssetId, "took the place of "
		if _, ours := h.names[about]; !ours {
			about, other, how = schema.Id(l.RelatedAssetId), l.AssetId, "gave way to "
		}
		name, err := record.Get(h, other)
		if err != nil {
			return err
		}
		h.add(entry{At: begun(l.FromDate, l.CreatedDate), Kind: "Replacement", AssetId: about, RecordId: l.Id, Name: string(l.AssetRelationshipNumber), Text: how + name.Name, Status: string(l.RelationshipType)})
	}
	return nil
}
