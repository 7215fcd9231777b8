package roster

// The parts that the scopes are made of: queries for one column, in which :user is the viewer.
const (
	// resource is what the user is in the roster. It is asked for by itself, not through a relationship, so that a
	// database can begin with it and look only at what belongs to it.
	resource = "SELECT Id FROM ServiceResource WHERE RelatedRecordId = :user"

	// visits are the appointments on which the user is, by name or as a member of a crew.
	visits = "SELECT ServiceAppointmentId FROM AssignedResource WHERE ServiceResourceId IN (" + resource + ")" +
		" OR ServiceCrewId IN (SELECT ServiceCrewId FROM ServiceCrewMember WHERE ServiceResourceId IN (" + resource + "))"

	// customers are the accounts of these visits.
	customers = "SELECT AccountId FROM ServiceAppointment WHERE Id IN (" + visits + ")"

	// member are the territories that the user dispatches, until the membership ends.
	member = "SELECT ServiceTerritoryId FROM ServiceTerritoryMember WHERE ServiceResource.RelatedRecordId = :user AND ServiceResource.ResourceType = 'D'" +
		" AND (EffectiveEndDate = null OR EffectiveEndDate >= TODAY)"

	// territories are these, and all below them.
	territories = "SELECT Id FROM ServiceTerritory WHERE Id IN (" + member + ") OR ParentTerritoryId IN (" + member + ") OR TopLevelTerritoryId IN (" + member + ")"
)
