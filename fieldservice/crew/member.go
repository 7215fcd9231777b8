package crew

import (
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// checkCrew holds a crew to a size.
func checkCrew(_, c object.ServiceCrew) error {
	if c.CrewSize.Int64() >= 1 {
		return nil
	}
	return record.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "CrewSize: must be 1 or more", "CrewSize")
}

// checkResource holds that a resource of the type crew says which, alone, and that no other does.
func checkResource(r record.Reader, old, s object.ServiceResource) error {
	if s.ServiceCrewId == old.ServiceCrewId && s.ResourceType == old.ResourceType {
		return nil
	}
	if crew := s.ResourceType == object.ResourceTypeCrew; crew != (s.ServiceCrewId != "") {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ServiceCrewId: a resource of the type crew names its crew, and no other does", "ServiceCrewId", "ResourceType")
	}
	if s.ServiceCrewId == "" {
		return nil
	}
	others, err := record.FindBy[object.ServiceResource](r, "ServiceCrewId", schema.Id(s.ServiceCrewId))
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.Id != s.Id {
			return record.Refuse("DUPLICATE_VALUE", "ServiceCrewId: the crew is scheduled as "+other.Name+" already", "ServiceCrewId")
		}
	}
	return nil
}

// checkMember holds that a member can be one.
func checkMember(r record.Reader, _, m object.ServiceCrewMember) error {
	if !m.EndDate.IsNull() && !m.EndDate.After(m.StartDate) {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "EndDate: must be after StartDate", "EndDate", "StartDate")
	}
	s, err := record.Get(r, m.ServiceResourceId)
	if err != nil {
		return err
	}
	switch {
	case s.ResourceType != object.ResourceTypeTechnician:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ServiceResourceId: "+s.Name+" is no technician", "ServiceResourceId")
	case s.IsCapacityBased:
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ServiceResourceId: "+s.Name+" has a capacity instead of a calendar, and can't be in a crew", "ServiceResourceId")
	}
	return nil
}

// overlap reports whether two memberships hold at the same time. One without an end has none.
func overlap(a, b *object.ServiceCrewMember) bool {
	return (b.EndDate.IsNull() || a.StartDate.Before(b.EndDate)) && (a.EndDate.IsNull() || b.StartDate.Before(a.EndDate))
}

// followMembers refuses that somebody is in two crews at a time, or twice in one, and that a crew has two leaders.
func followMembers(tx *record.Tx, changes []record.Change[object.ServiceCrewMember]) error {
	if err := lockBoth(tx, changes); err != nil {
		return err
	}
	for _, c := range changes {
		m := c.New
		own, err := record.FindBy[object.ServiceCrewMember](tx, "ServiceResourceId", schema.Id(m.ServiceResourceId))
		if err != nil {
			return err
		}
		for _, other := range own {
			if other.Id != m.Id && overlap(m, other) {
				return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("StartDate: the resource is in a crew by %s from %s to %s", other.ServiceCrewMemberNumber, other.StartDate, orOpen(other.EndDate)), "StartDate", "EndDate")
			}
		}
		if !m.IsLeader {
			continue
		}
		mates, err := record.FindBy[object.ServiceCrewMember](tx, "ServiceCrewId", schema.Id(m.ServiceCrewId))
		if err != nil {
			return err
		}
		for _, other := range mates {
			if other.Id != m.Id && other.IsLeader && overlap(m, other) {
				return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("IsLeader: the crew is led by %s from %s to %s", other.ServiceCrewMemberNumber, other.StartDate, orOpen(other.EndDate)), "IsLeader")
			}
		}
	}
	return nil
}

// lockBoth locks the resources and the crews of members, so that no two transactions decide at once.
func lockBoth(tx *record.Tx, changes []record.Change[object.ServiceCrewMember]) error {
	var resources []schema.Ref[object.ServiceResource]
	var crews []schema.Ref[object.ServiceCrew]
	for _, c := range changes {
		resources, crews = append(resources, c.New.ServiceResourceId), append(crews, c.New.ServiceCrewId)
	}
	slices.Sort(resources)
	for _, id := range slices.Compact(resources) {
		if _, err := record.Lock(tx, id); err != nil {
			return err
		}
	}
	slices.Sort(crews)
	for _, id := range slices.Compact(crews) {
		if _, err := record.Lock(tx, id); err != nil {
			return err
		}
	}
	return nil
}

func orOpen(t schema.DateTime) string {
	if t.IsNull() {
		return "no end"
	}
	return t.String()
}

func followMemberBack(tx *record.Tx, m *object.ServiceCrewMember) error {
	return followMembers(tx, []record.Change[object.ServiceCrewMember]{{Old: &object.ServiceCrewMember{}, New: m}})
}
