package world

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// guesser makes up requests of someone who wants to know what is hidden.
type guesser struct {
	r   *rand.Rand
	ids []string
}

const base = "/services/data/v60.0"

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func (g *guesser) id() string {
	if g.r.IntN(12) == 0 {
		return "001000000009999AAA"
	}
	return g.ids[g.r.IntN(len(g.ids))]
}

func (g *guesser) object() string {
	return pick(g.r, "Account", "Account", "Contact", "WorkOrder", "WorkOrder", "Asset", "User", "Nothing", "WorkOrderLineItem", "ContentVersion")
}

func (g *guesser) field() string {
	return pick(g.r, "Id", "Name", "Subject", "OwnerId", "CreatedDate", "NumberOfEmployees", "LastName", "AccountId", "ParentId", "ContactId",
		"Description", "AnnualRevenue", "Account.Name", "Account.Description", "Parent.Name", "Parent.AnnualRevenue", "Owner.Name", "Contact.LastName", "Account.Parent.Name", "Nothing", "IsDeleted", "SystemModstamp")
}

func (g *guesser) value() string {
	return pick(g.r, "'alpha'", "'%a%'", "'pump%'", "null", "3", "0", "TRUE", "'"+g.id()+"'", "2026-07-15", "TODAY", "'5'")
}

func (g *guesser) condition(depth int) string {
	switch g.r.IntN(8) {
	case 0:
		if depth > 0 {
			return "(" + g.condition(depth-1) + pick(g.r, " AND ", " OR ") + g.condition(depth-1) + ")"
		}
	case 1:
		return "(NOT " + g.field() + " LIKE '%a%')"
	case 2:
		return "Id " + pick(g.r, "IN", "NOT IN") + " (SELECT " + pick(g.r, "AccountId", "Id", "ParentId") + " FROM " + g.object() + " WHERE " + g.field() + " != " + g.value() + ")"
	case 3:
		return g.field() + " IN (" + g.value() + ", " + g.value() + ")"
	}
	return g.field() + " " + pick(g.r, "=", "!=", "<", ">=", "LIKE") + " " + g.value()
}

func (g *guesser) query() string {
	object := g.object()
	if g.r.IntN(4) == 0 {
		text := "SELECT " + pick(g.r, "COUNT()", "COUNT(Id)", "SUM(AnnualRevenue)", "MAX(NumberOfEmployees), COUNT(Id)", "MIN(Name)", "COUNT_DISTINCT(OwnerId)") + " FROM " + object
		if g.r.IntN(2) == 0 {
			text += " WHERE " + g.condition(1)
		}
		if g.r.IntN(2) == 0 {
			text += " GROUP BY " + g.field()
		}
		return text
	}
	text := "SELECT Id, " + g.field()
	if g.r.IntN(4) == 0 {
		text += ", (SELECT Id, " + g.field() + " FROM " + pick(g.r, "Contacts", "WorkOrders", "ChildAccounts", "Assets") + " WHERE " + g.condition(0) + ")"
	}
	text += " FROM " + object
	if g.r.IntN(3) > 0 {
		text += " WHERE " + g.condition(2)
	}
	if g.r.IntN(2) == 0 {
		text += " ORDER BY " + g.field() + pick(g.r, "", " DESC", " NULLS LAST") + ", Id"
	}
	if g.r.IntN(3) == 0 {
		text += fmt.Sprint(" LIMIT ", g.r.IntN(9)+1)
	}
	return text
}

func quoted(v any) string { b, _ := json.Marshal(v); return string(b) }

func (g *guesser) search() string {
	word := pick(g.r, "alpha", "pump*", "beta OR valve", "gam*", "7", "delta AND NOT pump")
	if g.r.IntN(3) == 0 {
		return "/parameterizedSearch?q=" + url.QueryEscape(word) + "&sobject=" + g.object() + "&fields=" + g.field()
	}
	return "/search?q=" + url.QueryEscape("FIND {"+word+"} IN "+pick(g.r, "ALL", "NAME")+" FIELDS RETURNING "+pick(g.r, "Account(Id, Name)", "Account(Name ORDER BY Name, Id), WorkOrder(Subject)", "Contact(Id, "+g.field()+")", "Asset(Id)"))
}

// request makes up one request.
func (g *guesser) request() request {
	record := base + "/sobjects/" + g.object() + "/" + g.id()
	switch g.r.IntN(16) {
	case 0:
		return request{"GET", record, ""}
	case 1:
		return request{"GET", record + "?fields=" + g.field(), ""}
	case 2:
		return request{"GET", record + "/" + pick(g.r, "Contacts", "WorkOrders", "Parent", "Account", "Owner", "ChildAccounts", "Contact", "Assets", "Nothing"), ""}
	case 3:
		return request{"PATCH", record, quoted(map[string]any{pick(g.r, "Name", "Description", "Subject", "LastName", "AnnualRevenue", "AccountId", "Nothing"): pick[any](g.r, "alpha", 3, nil, g.id())})}
	case 4:
		return request{"GET", base + "/sobjects/" + g.object() + pick(g.r, "", "/describe", "/listviews", "/describe/layouts", "/describe/compactLayouts"), ""}
	case 5:
		return request{"GET", base + "/sobjects/" + g.object() + pick(g.r, "/updated", "/deleted") + "?start=2026-07-15T00:00:00Z&end=2026-07-16T00:00:00Z", ""}
	case 6:
		return request{"GET", base + g.search(), ""}
	case 7:
		return request{"GET", base + "/composite/sobjects/" + g.object() + "?ids=" + g.id() + "," + g.id() + "&fields=" + g.field(), ""}
	case 8:
		return request{"POST", base + "/composite/batch", quoted(map[string]any{"batchRequests": []map[string]any{{"method": "GET", "url": "v60.0" + strings.TrimPrefix(record, base)}, {"method": "GET", "url": "v60.0/query?q=" + url.QueryEscape(g.query())}}})}
	case 9:
		return request{"DELETE", base + "/composite/sobjects?allOrNone=true&ids=" + g.id() + ",001000000009999AAA", ""}
	case 10:
		return request{"GET", base + pick(g.r, "/sobjects", "/recent", "/tabs", "/limits", "/openapi.json"), ""}
	case 11:
		return request{"GET", base + "/query?" + pick(g.r, "columns=true&q=", "explain=") + url.QueryEscape(g.query()), ""}
	}
	return request{"GET", base + pick(g.r, "/query", "/query", "/queryAll") + "?q=" + url.QueryEscape(g.query()), ""}
}
