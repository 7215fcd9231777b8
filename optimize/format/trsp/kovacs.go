package trsp

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
)

// task is a task of Kovacs': need[d][l] people of at least level l+1 in domain d.
type task struct {
	spot
	id   int
	need [][]int
}

// outsourcing is what it costs to give a task away: 200, and the power 1.5 of all that it needs.
func (t task) outsourcing() float64 {
	sum := 0
	for _, domain := range t.need {
		for _, n := range domain {
			sum += n
		}
	}
	return 200 + math.Pow(float64(sum), 1.5)
}

// Kovacs is an instance of Kovacs, Parragh, Doerner and Hartl.
type Kovacs struct {
	depot   spot
	tasks   []task
	levels  [][]int // by technician, then domain: proficiency, 0 is none
	teams   [][]int // technicians of each team
	problem *route.Problem
}

// IsKovacs says whether a text looks like this format.
func IsKovacs(data []byte) bool {
	lines := source.NewLines(data)
	return lines.Next() && strings.HasPrefix(lines.Text(), "Capacity:") && lines.Next() && strings.HasPrefix(lines.Text(), "Customer:")
}

// ReadKovacs parses a file of tasks followed by a file of technicians. Where some task needs more than one person of a
// kind, technicians work in teams. Errors are [source.Fault].
func ReadKovacs(data []byte) (*Kovacs, error) {
	in := &Kovacs{}
	lines := source.NewLines(data)
	domains, levels, err := in.readHead(lines)
	if err != nil {
		return nil, err
	}
	found := false
	for lines.Next() {
		if found = lines.Text() == "Technicians"; found {
			break
		}
		if err := in.readTask(lines, domains, levels); err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, lines.Faultf("expected the technicians after the tasks; put the one file behind the other")
	}
	if len(in.tasks) == 0 {
		return nil, lines.Faultf("there are no tasks; expected the depot, then the tasks")
	}
	if err := in.readTechnicians(lines, domains, levels); err != nil {
		return nil, err
	}
	return in, in.build()
}

// readHead finds the numbers of domains and levels from the names of the columns: d11 to d54 are five domains with
// four levels.
func (in *Kovacs) readHead(lines *source.Lines) (domains, levels int, err error) {
	for _, heading := range []string{"Capacity:", "Customer:", "CUST NO."} {
		if !lines.Next() || !strings.HasPrefix(lines.Text(), heading) {
			return 0, 0, lines.Faultf("expected the heading %q, found %q", heading, lines.Text())
		}
	}
	for _, word := range lines.Fields() {
		if len(word) == 3 && word[0] == 'd' {
			domains, levels = max(domains, int(word[1]-'0')), max(levels, int(word[2]-'0'))
		}
	}
	if domains < 1 || domains > 9 || levels < 1 || levels > 9 {
		return 0, 0, lines.Faultf("expected columns such as d11, d12, … for what tasks need; found %q", lines.Text())
	}
	return domains, levels, nil
}

func (in *Kovacs) readTask(lines *source.Lines, domains, levels int) (err error) {
	t := task{}
	if t.id, err = lines.Count(0, "number", maxItems); err != nil {
		return err
	}
	if t.spot, err = readSpotAround(lines); err != nil {
		return err
	}
	for d := range domains {
		t.need = append(t.need, nil)
		for l := range levels {
			n, err := lines.Count(8+d*levels+l, fmt.Sprintf("d%d%d", d+1, l+1), 1000)
			if err != nil {
				return err
			}
			t.need[d] = append(t.need[d], n)
		}
	}
	if t.id == 1 {
		in.depot = t.spot
		return nil
	}
	if want := len(in.tasks) + 2; t.id != want {
		return lines.Faultf("number %d, expected %d", t.id, want)
	}
	if there := in.depot.from + in.depot.distance(t.spot); there > t.until {
		return lines.Faultf("task %d cannot be reached in time: the earliest arrival is %.1f, the window closes at %g", t.id, there, t.until)
	}
	in.tasks = append(in.tasks, t)
	return nil
}

// readSpotAround reads a spot whose window stands one field farther on than usual: a demand, which plays no part,
// stands before it.
func readSpotAround(lines *source.Lines) (s spot, err error) {
	fields := lines.Fields()
	if len(fields) < 7 {
		return s, lines.Faultf("has %d fields, expected number, x, y, demand, window and service time", len(fields))
	}
	place := source.NewLines([]byte(strings.Join([]string{fields[1], fields[2], fields[4], fields[5], fields[6]}, " ")))
	place.Next()
	s, err = readSpot(place, 0)
	var fault *source.Fault
	if errors.As(err, &fault) {
		return s, lines.Faultf("%s", fault.Text)
	}
	return s, err
}

func (in *Kovacs) readTechnicians(lines *source.Lines, domains, levels int) error {
	for _, heading := range []string{"Number of Technicians:", "domains:", "proficiency level:", "ID"} {
		if !lines.Next() || !strings.HasPrefix(lines.Text(), heading) {
			return lines.Faultf("expected the heading %q, found %q", heading, lines.Text())
		}
	}
	for lines.Next() {
		var proficiency []int
		for d := range domains {
			level, err := lines.Count(1+d, fmt.Sprintf("domain%d", d+1), levels)
			if err != nil {
				return err
			}
			proficiency = append(proficiency, level)
		}
		if len(in.levels) == 1000 {
			return lines.Faultf("more than 1000 technicians")
		}
		in.levels = append(in.levels, proficiency)
	}
	if len(in.levels) == 0 {
		return lines.Faultf("there are no technicians")
	}
	return nil
}

func (in *Kovacs) build() error {
	places := []spot{in.depot}
	for _, t := range in.tasks {
		places = append(places, t.spot)
	}
	matrix, err := table(len(places), func(i, j int) float64 { return places[i].distance(places[j]) })
	if err != nil {
		return err
	}
	in.teams = formTeams(in.levels, in.tasks)
	in.problem = &route.Problem{
		Modes:  []route.Mode{{Name: "van", Matrix: matrix}},
		Policy: route.Policy{Terms: []route.Term{{Kind: route.Travel, Weight: 1}}},
	}
	for k, team := range in.teams {
		in.problem.Technicians = append(in.problem.Technicians, route.Technician{ID: strconv.Itoa(k + 1), Skills: in.skills(team)})
		in.problem.Shifts = append(in.problem.Shifts, route.Shift{ID: strconv.Itoa(k + 1), Technician: k, Window: in.depot.window()})
	}
	for i, t := range in.tasks {
		in.problem.Visits = append(in.problem.Visits, route.Visit{
			ID: strconv.Itoa(t.id), Place: i + 1, Duration: t.service(), Windows: []route.Window{t.window()},
			Skills: t.skills(), Optional: true, Price: int64(math.Round(t.outsourcing() * scale)),
		})
	}
	return nil
}

// skillName is somebody of at least a level in a domain; the level of the skill is how many of them there are.
func skillName(domain, level int) string { return fmt.Sprintf("domain %d level %d", domain+1, level+1) }

func (t task) skills() (needs []route.SkillNeed) {
	for d, domain := range t.need {
		for l, n := range domain {
			if n > 0 {
				needs = append(needs, route.SkillNeed{Name: skillName(d, l), Level: n})
			}
		}
	}
	return needs
}

func (in *Kovacs) skills(team []int) (skills []route.Skill) {
	for d, domain := range in.ability(team) {
		for l, n := range domain {
			if n > 0 {
				skills = append(skills, route.Skill{Name: skillName(d, l), Level: n})
			}
		}
	}
	return skills
}

// ability counts, by domain and level, how many of a team are at least at the level.
func (in *Kovacs) ability(team []int) [][]int {
	able := make([][]int, len(in.tasks[0].need))
	for d := range able {
		able[d] = make([]int, len(in.tasks[0].need[d]))
		for _, technician := range team {
			for l := range in.levels[technician][d] {
				able[d][l]++
			}
		}
	}
	return able
}

// Problem is what the solver works on.
func (in *Kovacs) Problem() *route.Problem { return in.problem }

// Teams are the technicians, numbered from 0, who travel together.
func (in *Kovacs) Teams() [][]int { return in.teams }

// Cost is travel and outsourcing, in the file's unit.
func (in *Kovacs) Cost(plan *route.Solution) float64 {
	total := 0.0
	for _, r := range plan.Routes {
		at := in.depot
		for _, stop := range r.Stops {
			next := in.tasks[stop.Visit].spot
			total += at.distance(next)
			at = next
		}
		total += at.distance(in.depot)
	}
	for _, a := range plan.Absent {
		total += in.tasks[a.Visit].outsourcing()
	}
	return total
}

// Write lists the routes by team, then the cost.
func (in *Kovacs) Write(w io.Writer, plan *route.Solution) error {
	return writeRoutes(w, in.problem, plan, in.Cost(plan), func(shift int) string {
		var people []string
		for _, technician := range in.teams[shift] {
			people = append(people, strconv.Itoa(technician+1))
		}
		return "technicians " + strings.Join(people, "+")
	})
}
