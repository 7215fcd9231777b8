package api

import "slices"

// routes lists every address below /services/data/{version} and who answers it.
func (s *Server) routes() []route {
	return slices.Concat(s.metadataRoutes(), s.recordRoutes(), s.queryRoutes(), s.compositeRoutes(), s.viewRoutes(), s.minorRoutes(), s.peopleRoutes(), s.letterRoutes(), s.toolingRoutes(), s.setupRoutes(), s.bulkRoutes(), s.spreadsheetRoutes())
}

func (s *Server) metadataRoutes() []route {
	return []route{
		{method: "GET", pattern: "/", about: "The resources of this version", do: s.readRoot},
		{method: "GET", pattern: "/openapi.json", about: "This document, as far as the user may know of it", do: s.readOpenAPI},
		{method: "GET", pattern: "/limits", about: "How much may be asked of the server, and how much is left", do: s.readLimits},
		{method: "GET", pattern: "/sobjects", about: "All objects in brief", do: s.readObjects},
		{method: "GET", pattern: "/sobjects/{object}", about: "An object in brief, and its records that the user looked at last", do: s.readObject},
		{method: "GET", pattern: "/sobjects/{object}/describe", about: "An object with its fields, relationships and choices", do: s.describe},
	}
}

func (s *Server) recordRoutes() []route {
	readNested := s.nested(s.readByKey, s.readOfRecord)
	updateNested := s.nested(s.upsertByKey, s.updateParent)
	deleteNested := s.nested(s.deleteByKey, s.deleteParent)
	return []route{
		{method: "POST", pattern: "/sobjects/{object}", about: "Create a record", do: s.createRecord, upload: s.createWithFile, limit: large},
		{method: "GET", pattern: "/sobjects/{object}/updated", about: "The ids of records that were changed between start and end", do: s.readUpdated},
		{method: "GET", pattern: "/sobjects/{object}/deleted", about: "The ids of records that were deleted between start and end", do: s.readDeleted},
		{method: "GET", pattern: "/sobjects/{object}/{key}", about: "Read a record by its id", do: s.readRecord},
		{method: "PATCH", pattern: "/sobjects/{object}/{key}", about: "Change a record", do: s.updateRecord, upload: s.updateWithFile, limit: large},
		{method: "DELETE", pattern: "/sobjects/{object}/{key}", about: "Put a record into the recycle bin", do: s.deleteRecord},
		{method: "POST", pattern: "/sobjects/{object}/{key}", about: "Create a record, where key is Id", do: s.createUnderId, limit: large},
		{method: "GET", pattern: "/sobjects/{object}/{key}/{name}", about: "Read a record by an external id, or what belongs to a record: its parent, its children, its file", do: readNested},
		{method: "PATCH", pattern: "/sobjects/{object}/{key}/{name}", about: "Change or create a record by an external id, or change the parent of a record", do: updateNested, limit: large},
		{method: "DELETE", pattern: "/sobjects/{object}/{key}/{name}", about: "Delete a record by an external id, or the parent of a record", do: deleteNested},
		{method: "GET", pattern: "/recent", about: "The records that the user looked at last", do: s.readRecent},
	}
}

func (s *Server) queryRoutes() []route {
	return []route{
		{method: "GET", pattern: "/query", about: "Answer a query in SOQL", do: s.readQuery(false)},
		{method: "GET", pattern: "/query/file", about: "The whole answer to a query as a file for spreadsheets, CSV or XLSX", stream: s.queryFile, alone: true},
		{method: "GET", pattern: "/query/{locator}", about: "The next page of an answer", do: s.readMore},
		{method: "GET", pattern: "/queryAll", about: "Answer a query, deleted records included", do: s.readQuery(true)},
		{method: "GET", pattern: "/queryAll/{locator}", about: "The next page of an answer", do: s.readMore},
		{method: "GET", pattern: "/search", about: "Answer a search in SOSL", do: s.search},
		{method: "GET", pattern: "/parameterizedSearch", about: "Search by parameters", do: s.searchByParameters},
		{method: "POST", pattern: "/parameterizedSearch", about: "Search by a body", do: s.searchByBody},
	}
}

func (s *Server) compositeRoutes() []route {
	return []route{
		{method: "POST", pattern: "/composite", about: "Several requests in order, each of which may refer to the answers before it", do: s.composite, limit: medium, alone: true},
		{method: "POST", pattern: "/composite/batch", about: "Several requests that have nothing to do with each other", do: s.batch, limit: medium, alone: true},
		{method: "POST", pattern: "/composite/graph", about: "Several composite requests, each of which stands or falls by itself", do: s.graph, limit: medium, alone: true},
		{method: "POST", pattern: "/composite/tree/{object}", about: "Create records with their children", do: s.tree, limit: medium},
		{method: "POST", pattern: "/composite/sobjects", about: "Create up to 200 records", do: s.createMany, limit: medium},
		{method: "PATCH", pattern: "/composite/sobjects", about: "Change up to 200 records", do: s.updateMany, limit: medium},
		{method: "DELETE", pattern: "/composite/sobjects", about: "Delete up to 200 records", do: s.deleteMany},
		{method: "GET", pattern: "/composite/sobjects/{object}", about: "Read records by their ids", do: s.retrieveMany},
		{method: "POST", pattern: "/composite/sobjects/{object}", about: "Read up to 2,000 records by their ids", do: s.retrieveListed, limit: medium},
		{method: "PATCH", pattern: "/composite/sobjects/{object}/{field}", about: "Change or create up to 200 records by an external id", do: s.upsertMany, limit: medium},
	}
}

func (s *Server) viewRoutes() []route {
	return []route{
		{method: "GET", pattern: "/sobjects/{object}/listviews", about: "The saved lists of an object", do: s.readViews},
		{method: "GET", pattern: "/sobjects/{object}/listviews/{view}", about: "A saved list", do: s.readView},
		{method: "GET", pattern: "/sobjects/{object}/listviews/{view}/describe", about: "The columns and the query of a saved list", do: s.describeView},
		{method: "GET", pattern: "/sobjects/{object}/listviews/{view}/results", about: "The records of a saved list", do: s.viewResults},
		{method: "GET", pattern: "/search/layout", about: "The columns of what a search finds", do: s.searchLayouts},
		{method: "GET", pattern: "/sobjects/{object}/describe/layouts", about: "The page layouts of an object", do: s.layoutsOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/layouts/{recordType}", about: "The page layout of a record type", do: s.layoutOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/compactLayouts", about: "The fields by which people recognise a record", do: s.compactLayoutsOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/compactLayouts/primary", about: "The fields by which people recognise a record", do: s.compactLayoutsOf},
		{method: "GET", pattern: "/sobjects/{object}/describe/approvalLayouts", about: "The approval layouts of an object: none", do: s.noneOf(map[string]any{"approvalLayouts": []any{}})},
		{method: "GET", pattern: "/sobjects/{object}/describe/namedLayouts/{name}", about: "The named layouts of an object: none", do: absent},
		{method: "GET", pattern: "/sobjects/{object}/quickActions", about: "The quick actions of an object: none", do: s.noneOf([]any{})},
		{method: "GET", pattern: "/sobjects/{object}/quickActions/{action}", about: "A quick action: none", do: absent},
		{method: "GET", pattern: "/sobjects/{object}/quickActions/{action}/describe", about: "A quick action described: none", do: absent},
		{method: "GET", pattern: "/sobjects/{object}/quickActions/{action}/defaultValues", about: "The values that a quick action begins with: none", do: absent},
		{method: "GET", pattern: "/compactLayouts", about: "The compact layouts of several objects", do: s.compactLayoutsFor},
		{method: "GET", pattern: "/tabs", about: "The objects that people open", do: s.tabs},
	}
}

func (s *Server) minorRoutes() []route {
	return []route{
		{method: "GET", pattern: "/actions", about: "The kinds of actions", do: s.readActionKinds},
		{method: "GET", pattern: "/actions/standard", about: "The actions that the user may ask for", do: s.readActions},
		{method: "GET", pattern: "/actions/standard/{action}", about: "The inputs and outputs of an action", do: s.readAction},
		{method: "POST", pattern: "/actions/standard/{action}", about: "Ask for an action, once for each input", do: s.runAction, limit: medium},
		{method: "GET", pattern: "/actions/custom", about: "The actions that administrators made: none", do: s.readCustomActions},
		{method: "GET", pattern: "/quickActions", about: "The global quick actions: none", do: none([]any{})},
		{method: "GET", pattern: "/preferences", about: "What the user arranged in the console, by name", do: s.readPreferences},
		{method: "PUT", pattern: "/preferences/{name}", about: "Keep what the user arranged: any JSON, or null to forget it", do: s.keepPreference, own: true},
		{method: "GET", pattern: "/theme", about: "Icons and colours: none", do: none(map[string]any{"themeItems": []any{}})},
		{method: "GET", pattern: "/process/rules", about: "Workflow rules: none", do: none(map[string]any{"rules": map[string]any{}})},
		{method: "GET", pattern: "/process/approvals", about: "Approval processes: none", do: none(map[string]any{"approvals": map[string]any{}})},
		{method: "GET", pattern: "/support", about: "The resources of support", do: s.support},
		{method: "GET", pattern: "/support/dataCategoryGroups", about: "The categories of articles: none", do: none(map[string]any{"categoryGroups": []any{}})},
		{method: "GET", pattern: "/support/knowledgeArticles", about: "Knowledge articles: none", do: none(map[string]any{"articles": []any{}, "currentPageUrl": nil, "nextPageUrl": nil, "pageNumber": 1})},
		{method: "GET", pattern: "/connect", about: "The resources of people and organisation", do: s.connect},
		{method: "GET", pattern: "/connect/organization", about: "The organisation", do: s.organization},
		{method: "GET", pattern: "/chatter", about: "The resources of people and organisation", do: s.connect},
		{method: "GET", pattern: "/chatter/users/me", about: "The user who asks", do: s.me},
	}
}
