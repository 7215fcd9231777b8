package record

import (
	"truckroll/platform/access"
	"truckroll/platform/query"
	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// Sees reports whether v may read the record with the given id: that is for actions to ask which tell what they read
// as the house. A record in the recycle bin is not there.
func Sees(r Reader, v access.Viewer, id schema.Id) (bool, error) {
	return Opens(r, v, id, access.ReadLevel)
}

// Opens is [Sees] for more than reading: it reports whether the record is within v's reach at level l. Which of the rights
// on the object v has, beyond reading, is another question.
func Opens(r Reader, v access.Viewer, id schema.Id, l access.Level) (bool, error) {
	s := r.reader()
	p := s.planById(id)
	if p == nil || !v.Object(p.object).Has(access.Read) {
		return false, nil
	}
	found, err := s.ids(selectIds(p.object, &soql.In{Left: path("Id"), Values: literals([]schema.Id{id})}), v, query.Options{Now: s.now, Level: l})
	return len(found) == 1, err
}
