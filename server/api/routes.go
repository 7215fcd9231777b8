package api

import "slices"

// routes lists every address below /services/data/{version} and who answers it.
func (s *Server) routes() []route {
	return slices.Concat(s.metadataRoutes(), s.recordRoutes(), s.queryRoutes(), s.compositeRoutes())
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
