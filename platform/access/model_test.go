package access

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"truckroll/platform/schema"
	"truckroll/platform/soql"
)

// fact is a record: its values by field.
type fact map[string]string

// facts are the records of a small world by object.
type facts map[string][]fact

// meets evaluates a condition the slow way, for the part of the language in which scopes are written.
func (w facts) meets(r fact, e soql.Expr) bool {
	switch e := e.(type) {
	case nil:
		return true
	case *soql.And:
		return !slices.ContainsFunc(e.Terms, func(t soql.Expr) bool { return !w.meets(r, t) })
	case *soql.Or:
		return slices.ContainsFunc(e.Terms, func(t soql.Expr) bool { return w.meets(r, t) })
	case *soql.Compare:
		value := r[e.Left.String()]
		if s, ok := e.Right.(*soql.String); ok && e.Op == soql.Equal {
			return value == s.Value
		}
		if _, ok := e.Right.(*soql.Null); ok {
			return (value == "") == (e.Op == soql.Equal)
		}
	case *soql.In:
		value := r[e.Left.String()]
		if value == "" {
			return false
		}
		if e.Sub == nil {
			return slices.ContainsFunc(e.Values, func(l soql.Literal) bool { return l.(*soql.String).Value == value })
		}
		column := e.Sub.Select[0].(*soql.SelectTerm).Term.String()
		return slices.ContainsFunc(w[e.Sub.From.Object.String()], func(other fact) bool {
			return other[column] == value && w.meets(other, e.Sub.Where)
		})
	}
	panic(fmt.Sprintf("a scope holds %T: %s", e, e))
}

// little is a drawn world: people in roles, a group, jobs with lines, and shares. Role 1 stands above 2, and 2 above 3.
type little struct {
	facts
	users                []schema.Id
	role                 map[schema.Id]int // 0 is none
	member               map[schema.Id]bool
	model                Model
	rights               Rights
	ruled                bool // a rule shares the jobs of role 3 with the group
	owner, shared, level map[string]string
}

var (
	roles = []schema.Id{"", "00E000000000001AAA", "00E000000000002AAA", "00E000000000003AAA"}
	names = []string{"j1", "j2", "j3"}
)

func drawWorld(t *rapid.T) *little {
	w := &little{facts: facts{}, role: map[schema.Id]int{}, member: map[schema.Id]bool{}, owner: map[string]string{}, shared: map[string]string{}, level: map[string]string{}}
	for i := range 4 {
		id := schema.MakeId("005", uint64(i+1))
		w.users = append(w.users, id)
		w.role[id] = rapid.IntRange(0, 3).Draw(t, "role")
		w.member[id] = rapid.Bool().Draw(t, "member")
		w.facts["User"] = append(w.facts["User"], fact{"Id": string(id), "UserRoleId": string(roles[w.role[id]])})
		if w.member[id] {
			w.facts["GroupMember"] = append(w.facts["GroupMember"], fact{"GroupId": string(north), "UserOrGroupId": string(id)})
		}
	}
	w.model = rapid.SampledFrom([]Model{ModelPrivate, ModelRead, ModelReadWrite, ModelFull}).Draw(t, "model")
	w.rights = Rights(rapid.IntRange(0, int(AllRights)).Draw(t, "rights")).full()
	w.ruled = rapid.Bool().Draw(t, "rule")
	anyone := append([]string{string(north)}, func() (s []string) {
		for _, u := range w.users {
			s = append(s, string(u))
		}
		return s
	}()...)
	for _, j := range names {
		w.owner[j] = rapid.SampledFrom(anyone).Draw(t, "owner")
		w.facts["Job"] = append(w.facts["Job"], fact{"Id": j, "OwnerId": w.owner[j]})
		w.facts["Line"] = append(w.facts["Line"], fact{"Id": j + "l", "JobId": j})
		if rapid.Bool().Draw(t, "shares") {
			w.shared[j], w.level[j] = rapid.SampledFrom(anyone).Draw(t, "with"), rapid.SampledFrom([]string{"Read", "Edit", "All"}).Draw(t, "level")
			w.facts["RecordShare"] = append(w.facts["RecordShare"], fact{"ParentId": j, "UserOrGroupId": w.shared[j], "AccessLevel": w.level[j]})
		}
	}
	return w
}

// above reports whether a stands above b in the roles.
func (w *little) above(a, b schema.Id) bool {
	return w.role[a] != 0 && w.role[b] != 0 && w.role[a] < w.role[b]
}

// stands reports whether what is given to whom reaches user: by name, by the group, or through someone below.
func (w *little) stands(user schema.Id, whom string) bool {
	for _, u := range w.users {
		if (u == user || w.above(user, u)) && (string(u) == whom || whom == string(north) && w.member[u]) {
			return true
		}
	}
	return false
}

// may says from first principles whether a job is open to a user.
func (w *little) may(user schema.Id, job string, l Level) bool {
	needs := map[Level]Rights{ReadLevel: Read, EditLevel: Edit, DeleteLevel: Delete, TransferLevel: Edit}[l]
	if !w.rights.Has(needs) {
		return false
	}
	owner := schema.Id(w.owner[job])
	opens := map[string]Level{"Read": ReadLevel, "Edit": EditLevel, "All": TransferLevel}
	return w.rights.Has(ModifyAll) || l == ReadLevel && w.rights.Has(ViewAll) ||
		w.model == ModelFull || w.model == ModelReadWrite && l <= EditLevel || w.model == ModelRead && l == ReadLevel ||
		w.stands(user, w.owner[job]) ||
		w.shared[job] != "" && l <= opens[w.level[job]] && w.stands(user, w.shared[job]) ||
		w.ruled && l == ReadLevel && w.role[owner] == 3 && w.stands(user, string(north))
}

// grants builds the viewer of a user of the world, as a directory would.
func (w *little) grants(c *schema.Catalog, user schema.Id) *Grants {
	grant := ObjectGrant{w.rights, true, true}
	p := Person{Id: user, Sets: []Set{{Objects: map[string]ObjectGrant{"Job": grant, "Line": grant}}}}
	if w.member[user] {
		p.Groups = []schema.Id{north}
	}
	if w.role[user] != 0 {
		p.Below.Roles = roles[w.role[user]+1:]
	}
	for _, u := range w.users {
		if w.above(user, u) && w.member[u] {
			p.Below.Groups = []schema.Id{north}
		}
	}
	s := &Sharing{Catalog: c, Defaults: map[string]Default{"Job": {Internal: w.model}}}
	if w.ruled {
		s.Rules = []Rule{{Name: "r", Object: "Job", To: []schema.Id{north}, Level: ReadLevel, Owners: Members{Roles: roles[3:]}}}
	}
	return Grant(s, p)
}

// The conditions open exactly the records that are open from first principles; a detail is open as its master is; and
// every reason that is named opens what it says.
func TestConditionsSayWhatTheModelSays(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		for _, user := range w.users {
			g := w.grants(c, user)
			for _, l := range []Level{ReadLevel, EditLevel, DeleteLevel, TransferLevel} {
				job, line := g.Scope(c.Object("Job"), l), g.Scope(c.Object("Line"), l)
				for i, name := range names {
					if got, want := w.meets(w.facts["Job"][i], job), w.may(user, name, l); got != want {
						t.Fatalf("job %s at level %d for %s: open %t, want %t, by %s", name, l, user, got, want, text(job))
					}
					needs := w.rights.Has(l.needs())
					if got, want := w.meets(w.facts["Line"][i], line), needs && w.may(user, name, min(l, EditLevel)); got != want {
						t.Fatalf("line of %s at level %d for %s: open %t, want %t, by %s", name, l, user, got, want, text(line))
					}
					open := slices.ContainsFunc(g.Reasons(c.Object("Job"), l), func(r Reason) bool { return w.meets(w.facts["Job"][i], r.Condition) })
					if open != w.may(user, name, l) {
						t.Fatalf("job %s at level %d for %s: the reasons say %t", name, l, user, open)
					}
				}
			}
		}
	})
}
