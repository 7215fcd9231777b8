package api

import "slices"

// routes lists every address below /services/data/{version} and who answers it.
func (s *Server) routes() []route {
	return slices.Concat(s.metadataRoutes(), s.recordRoutes(), s.queryRoutes(), s.compositeRoutes(), s.viewRoutes(), s.minorRoutes())
}

func (s *Server) metadataRoutes() []route {
	return []route{
		{method: "GET", pattern: "/", do: s.readRoot},
		{method: "GET", pattern: "/limits", do: s.readLimits},
		{method: "GET", pattern: "/sobjects", do: s.readObjects},
		{method: "GET", pattern: "/sobjects/{object}", do: s.readObject},
		{method: "GET", pattern: "/sobjects/{object}/describe", do: s.describe},
	}
}

func (s *Server) recordRoutes() []route {
	readNested := s.nested(s.readByKey, s.readOfRecord)
	updateNested := s.nested(s.upsertByKey, s.updateParent)
	deleteNested := s.nested(s.deleteByKey, s.deleteParent)
	return []route{
		{method: "POST", pattern: "/sobjects/{object}", do: s.createRecord, upload: s.createWithFile, limit: large},
		{method: "GET", pattern: "/sobjects/{object}/updated", do: s.readUpdated},
		{method: "GET", pattern: "/sobjects/{object}/deleted", do: s.readDeleted},
		{method: "GET", pattern: "/sobjects/{object}/{key}", do: s.readRecord},
		{method: "PATCH", pattern: "/sobjects/{object}/{key}", do: s.updateRecord, upload: s.updateWithFile, limit: large},
		{method: "DELETE", pattern: "/sobjects/{object}/{key}", do: s.deleteRecord},
		{method: "POST", pattern: "/sobjects/{object}/{key}", do: s.createUnderId, limit: large},
		{method: "GET", pattern: "/sobjects/{object}/{key}/{name}", do: readNested},
		{method: "PATCH", pattern: "/sobjects/{object}/{key}/{name}", do: updateNested, limit: large},
		{method: "DELETE", pattern: "/sobjects/{object}/{key}/{name}", do: deleteNested},
		{method: "GET", pattern: "/recent", do: s.readRecent},
	}
}

func (s *Server) queryRoutes() []route {
	return []route{
		{method: "GET", pattern: "/query", do: s.readQuery(false)},
		{method: "GET", pattern: "/query/{locator}", do: s.readMore},
		{method: "GET", pattern: "/queryAll", do: s.readQuery(true)},
		{method: "GET", pattern: "/queryAll/{locator}", do: s.readMore},
		{method: "GET", pattern: "/search", do: s.search},
		{method: "GET", pattern: "/parameterizedSearch", do: s.searchByParameters},
		{method: "POST", pattern: "/parameterizedSearch", do: s.searchByBody},
	}
}

func (s *Server) compositeRoutes() []route {
	return []route{
		{method: "POST", pattern: "/composite", do: s.composite, limit: medium, alone: true},
		{method: "POST", pattern: "/composite/batch", do: s.batch, limit: medium, alone: true},
		{method: "POST", pattern: "/composite/graph", do: s.graph, limit: medium, alone: true},
		{method: "POST", pattern: "/composite/tree/{object}", do: s.tree, limit: medium},
		{method: "POST", pattern: "/composite/sobjects", do: s.createMany, limit: medium},
		{method: "PATCH", pattern: "/composite/sobjects", do: s.updateMany, limit: medium},
		{method: "DELETE", pattern: "/composite/sobjects", do: s.deleteMany},
		{method: "GET", pattern: "/composite/sobjects/{object}", do: s.retrieveMany},
		{method: "POST", pattern: "/composite/sobjects/{object}", do: s.retrieveListed, limit: medium},
		{method: "PATCH", pattern: "/composite/sobjects/{object}/{field}", do: s.upsertMany, limit: medium},
	}
}

func (s *Server) viewRoutes() []route {
	return []route{
		{method: "GET", pattern: "/sobjects/{object}/listviews", do: s.readViews},
		{method: "GET", pattern: "/sobjects/{object}/listviews/{view}", do: s.readView},
		{method: "GET", pattern: "/sobjects/{object}/listviews/{view}/describe", do: s.describeView},
		{method: "GET", pattern: "/sobjects/{object}/listviews/{view}/results", do: s.viewResults},
		{method: "GET", pattern: "/sobjects/{object}/describe/layouts", do: s.layoutsOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/layouts/{recordType}", do: s.layoutOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/compactLayouts", do: s.compactLayoutsOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/compactLayouts/primary", do: s.compactLayoutsOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/approvalLayouts", do: s.noneOf(map[string]any{"approvalLayouts": []any{}})},
		{method: "GET", pattern: "/sobjects/{object}/describe/namedLayouts/{name}", do: absent},
		{method: "GET", pattern: "/sobjects/{object}/quickActions", do: s.noneOf([]any{})},
		{method: "GET", pattern: "/sobjects/{object}/quickActions/{action}", do: absent},
		{method: "GET", pattern: "/sobjects/{object}/quickActions/{action}/describe", do: absent},
		{method: "GET", pattern: "/sobjects/{object}/quickActions/{action}/defaultValues", do: absent},
		{method: "GET", pattern: "/compactLayouts", do: s.compactLayoutsFor},
		{method: "GET", pattern: "/tabs", do: s.tabs},
	}
}

func (s *Server) minorRoutes() []route {
	return []route{
		{method: "GET", pattern: "/actions", do: s.readActionKinds},
		{method: "GET", pattern: "/actions/standard", do: s.readActions},
		{method: "GET", pattern: "/actions/standard/{action}", do: s.readAction},
		{method: "POST", pattern: "/actions/standard/{action}", do: s.runAction, limit: medium},
		{method: "GET", pattern: "/actions/custom", do: s.readCustomActions},
		{method: "GET", pattern: "/quickActions", do: none([]any{})},
		{method: "GET", pattern: "/theme", do: none(map[string]any{"themeItems": []any{}})},
		{method: "GET", pattern: "/process/rules", do: none(map[string]any{"rules": map[string]any{}})},
		{method: "GET", pattern: "/process/approvals", do: none(map[string]any{"approvals": map[string]any{}})},
		{method: "GET", pattern: "/support", do: s.support},
		{method: "GET", pattern: "/support/dataCategoryGroups", do: none(map[string]any{"categoryGroups": []any{}})},
		{method: "GET", pattern: "/support/knowledgeArticles", do: none(map[string]any{"articles": []any{}, "currentPageUrl": nil, "nextPageUrl": nil, "pageNumber": 1})},
		{method: "GET", pattern: "/connect", do: s.connect},
		{method: "GET", pattern: "/connect/organization", do: s.organization},
		{method: "GET", pattern: "/chatter", do: s.connect},
		{method: "GET", pattern: "/chatter/users/me", do: s.me},
	}
}
