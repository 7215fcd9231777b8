package trsp

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"truckroll/optimize/format/source"
	"truckroll/optimize/route"
)

// person is a technician or a request: the skills, tools and parts had or needed.
type person struct {
	spot
	id            int
	skills, tools []int
	parts         []int
}

// Pillac is an instance of Pillac, Guéret and Medaglia.
type Pillac struct {
	Name        string
	depot       spot
	technicians []person
	requests    []person
	kinds       [3]int // skills, tools, parts

	// stocked tells for each technician whether the day begins at the depot; nil leaves both open.
	stocked []bool
	problem *route.Problem
}

// IsPillac says whether a text looks like this format.
func IsPillac(data []byte) bool {
	lines := source.NewLines(data)
	return lines.Skip(2) && lines.Text() == "INFO"
}

// ReadPillac parses the text. Errors are [source.Fault].
//
// The problem gives every technician two shifts, one with what is on board and one that begins at the depot and lacks
// nothing. A plan may use both; [Pillac.Next] then makes the problem in which each technician has the one that is
// needed.
func ReadPillac(data []byte) (*Pillac, error) {
	in := &Pillac{}
	lines := source.NewLines(data)
	if !lines.Next() {
		return nil, lines.Faultf("the file is empty; expected the instance's name")
	}
	in.Name = lines.Text()
	crew, err := in.readHead(lines)
	if err != nil {
		return nil, err
	}
	for row := 0; lines.Next(); row++ {
		p, err := in.readPerson(lines, row)
		if err != nil {
			return nil, err
		}
		switch {
		case row == 0:
			in.depot = p.spot
		case row <= crew:
			in.technicians = append(in.technicians, p)
		default:
			in.requests = append(in.requests, p)
		}
	}
	if len(in.technicians) < crew || crew == 0 {
		return nil, lines.Faultf("the table has %d technicians, the head promises %d", len(in.technicians), crew)
	}
	if err := in.feasible(); err != nil {
		return nil, err
	}
	return in, in.build()
}

func (in *Pillac) readHead(lines *source.Lines) (crew int, err error) {
	for _, heading := range []string{"INFO", "CREW COUNT"} {
		if !lines.Next() || !strings.HasPrefix(lines.Text(), heading) {
			return 0, lines.Faultf("expected the heading %q, found %q", heading, lines.Text())
		}
	}
	if !lines.Next() {
		return 0, lines.Faultf("expected the numbers of technicians, skills, tools and parts")
	}
	if crew, err = lines.Count(0, "technicians", maxItems); err != nil {
		return 0, err
	}
	for k, name := range []string{"skills", "tools", "spare parts"} {
		if in.kinds[k], err = lines.Count(1+k, name, 100); err != nil {
			return 0, err
		}
	}
	for _, heading := range []string{"DEPOT", "ID"} {
		if !lines.Next() || !strings.HasPrefix(lines.Text(), heading) {
			return 0, lines.Faultf("expected a heading that begins with %q, found %q", heading, lines.Text())
		}
	}
	return crew, nil
}

func (in *Pillac) readPerson(lines *source.Lines, row int) (p person, err error) {
	if p.id, err = lines.Count(0, "number", maxItems); err != nil {
		return p, err
	}
	if p.id != row {
		return p, lines.Faultf("line number %d of the table is numbered %d", row, p.id)
	}
	if p.spot, err = readSpot(lines, 1); err != nil {
		return p, err
	}
	if p.skills, err = readList(lines, 6, "skills"); err != nil {
		return p, err
	}
	if p.tools, err = readList(lines, 7, "tools"); err != nil {
		return p, err
	}
	if p.parts, err = readList(lines, 8, "spare parts"); err != nil {
		return p, err
	}
	if len(p.parts) > 0 && len(p.parts) != in.kinds[2] {
		return p, lines.Faultf("%d numbers of spare parts, expected %d", len(p.parts), in.kinds[2])
	}
	return p, nil
}

// readList reads whole numbers in brackets, without blanks: [0,3,4].
func readList(lines *source.Lines, field int, name string) ([]int, error) {
	if field >= len(lines.Fields()) {
		return nil, lines.Faultf("field %d (%s) is missing", field+1, name)
	}
	text := lines.Fields()[field]
	inside, ok := strings.CutPrefix(text, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	if !ok || !closed {
		return nil, lines.Faultf("field %d (%s): %q is not a list such as [0,3]", field+1, name, text)
	}
	var list []int
	if inside == "" {
		return nil, nil
	}
	for _, word := range strings.Split(inside, ",") {
		n, err := strconv.Atoi(word)
		if err != nil || n < 0 || n > 10_000 {
			return nil, lines.Faultf("field %d (%s): %q is not a whole number between 0 and 10000", field+1, name, word)
		}
		list = append(list, n)
	}
	return list, nil
}

// feasible refuses a request whose skills nobody has.
func (in *Pillac) feasible() error {
	for _, r := range in.requests {
		able := slices.ContainsFunc(in.technicians, func(t person) bool { return subset(r.skills, t.skills) })
		if !able {
			return source.Faultf(fmt.Sprintf("request %d", r.id), "no technician has the skills %v", r.skills)
		}
	}
	return nil
}

func subset(part, whole []int) bool {
	return !slices.ContainsFunc(part, func(k int) bool { return !slices.Contains(whole, k) })
}

// build makes the problem. Places are the homes, the requests, and for each technician a home from which every way
// leads over the depot.
func (in *Pillac) build() error {
	k, n := len(in.technicians), len(in.requests)
	matrix, err := table(2*k+n, func(i, j int) float64 {
		from, over := in.place(i)
		to, _ := in.place(j)
		if over {
			return from.distance(in.depot) + in.depot.distance(to)
		}
		return from.distance(to)
	})
	if err != nil {
		return err
	}
	in.problem = &route.Problem{
		Name:   in.Name,
		Modes:  []route.Mode{{Name: "van", Matrix: matrix}},
		Policy: route.Policy{Terms: []route.Term{{Kind: route.Travel, Weight: 1}, {Kind: route.Waiting, Weight: 1}}},
	}
	for i, t := range in.technicians {
		in.technician(i, t)
	}
	for i, r := range in.requests {
		in.problem.Visits = append(in.problem.Visits, in.visit(k+i, r))
	}
	return nil
}

// place is where a place of the matrix is, and whether ways from it lead over the depot.
func (in *Pillac) place(i int) (spot, bool) {
	k, n := len(in.technicians), len(in.requests)
	switch {
	case i < k:
		return in.technicians[i].spot, false
	case i < k+n:
		return in.requests[i-k].spot, false
	}
	return in.technicians[i-k-n].spot, true
}

// technician adds one, with a shift as the vans stand, a shift that begins at the depot, or both. What belongs to a
// shift and not to a person, tools and parts, are the stock of the shift.
func (in *Pillac) technician(i int, t person) {
	p := in.problem
	var skills []route.Skill
	for _, s := range t.skills {
		skills = append(skills, route.Skill{Name: fmt.Sprintf("skill %d", s)})
	}
	p.Technicians = append(p.Technicians, route.Technician{ID: strconv.Itoa(t.id), Skills: skills})
	own := route.Shift{ID: fmt.Sprintf("technician %d", t.id), Technician: i, Start: i, End: i, Window: t.window(), Stock: map[string]int64{}}
	for _, tool := range t.tools {
		own.Stock[toolName(tool)] = plenty
	}
	for part, count := range t.parts {
		own.Stock[partName(part)] = int64(count)
	}
	over := own
	over.ID, over.Start, over.Stock = own.ID+" over the depot", len(in.technicians)+len(in.requests)+i, map[string]int64{}
	for tool := range in.kinds[1] {
		over.Stock[toolName(tool)] = plenty
	}
	for part := range in.kinds[2] {
		over.Stock[partName(part)] = plenty
	}
	if in.stocked == nil || !in.stocked[i] {
		p.Shifts = append(p.Shifts, own)
	}
	if in.stocked == nil || in.stocked[i] {
		p.Shifts = append(p.Shifts, over)
	}
}

// plenty is more of a tool than there are requests: tools are not used up.
const plenty = 1 << 20

func toolName(k int) string { return fmt.Sprintf("tool %d", k) }
func partName(k int) string { return fmt.Sprintf("part %d", k) }

func (in *Pillac) visit(place int, r person) route.Visit {
	v := route.Visit{
		ID: strconv.Itoa(r.id), Place: place, Duration: r.service(), Windows: []route.Window{r.window()},
		Parts: map[string]int64{},
	}
	for _, s := range r.skills {
		v.Skills = append(v.Skills, route.SkillNeed{Name: fmt.Sprintf("skill %d", s)})
	}
	for _, tool := range r.tools {
		v.Parts[toolName(tool)] = 1
	}
	for part, count := range r.parts {
		if count > 0 {
			v.Parts[partName(part)] = int64(count)
		}
	}
	return v
}

// Problem is what the solver works on.
func (in *Pillac) Problem() *route.Problem { return in.problem }

// Next makes the second stage from a plan of the first: technicians who went over the depot do so for good, with what
// the plan gives them, all others never. It is nil once every technician has one shift.
func (in *Pillac) Next(plan *route.Solution) (*Pillac, error) {
	if in.stocked != nil {
		return nil, nil
	}
	next := *in
	next.stocked = make([]bool, len(in.technicians))
	for i, r := range plan.Routes {
		s := &in.problem.Shifts[i]
		if len(r.Stops) > 0 && s.Start != s.End {
			next.stocked[s.Technician] = true
		}
	}
	if err := next.build(); err != nil {
		return nil, err
	}
	shiftOf := map[int]int{}
	for i, s := range next.problem.Shifts {
		shiftOf[s.Technician] = i
	}
	for i, r := range plan.Routes {
		for _, stop := range r.Stops {
			shift := shiftOf[in.problem.Shifts[i].Technician]
			next.problem.Present = append(next.problem.Present, route.Placed{Visit: stop.Visit, Shift: shift, Start: stop.Begin})
		}
	}
	return &next, nil
}

// Cost is the total duration of the routes, in the file's unit, each begun as late as it can. Where a technician goes
// over the depot, the best moment for it is looked for among those at which nothing is missing yet.
func (in *Pillac) Cost(plan *route.Solution) float64 {
	total := 0.0
	for i, r := range plan.Routes {
		if len(r.Stops) == 0 {
			continue
		}
		s := &in.problem.Shifts[i]
		t := in.technicians[s.Technician]
		stops := []spot{{x: t.x, y: t.y, from: t.from, until: t.until}}
		for _, stop := range r.Stops {
			stops = append(stops, in.requests[in.problem.Visits[stop.Visit].Place-len(in.technicians)].spot)
		}
		stops = append(stops, spot{x: t.x, y: t.y, from: t.from, until: t.until})
		if s.Start == s.End {
			total += shortest(stops)
			continue
		}
		total += in.overDepot(t, stops, r.Stops)
	}
	return total
}

// overDepot tries the depot before each stop until one that what is on board does not suffice for.
func (in *Pillac) overDepot(t person, stops []spot, made []route.Stop) float64 {
	board := slices.Clone(t.parts)
	depot := in.depot
	depot.serve, depot.from, depot.until = 0, t.from, t.until
	best := shortest(slices.Insert(slices.Clone(stops), 1, depot))
	for k, stop := range made {
		r := in.requests[in.problem.Visits[stop.Visit].Place-len(in.technicians)]
		if !subset(r.tools, t.tools) {
			return best
		}
		for part, count := range r.parts {
			if part >= len(board) || board[part] < count {
				if count > 0 {
					return best
				}
				continue
			}
			board[part] -= count
		}
		way := slices.Insert(slices.Clone(stops), k+2, depot)
		if inTime(way) {
			best = min(best, shortest(way))
		}
	}
	return min(best, shortest(stops)) // it was never needed
}

// inTime says whether a sequence keeps every window.
func inTime(stops []spot) bool {
	now := stops[0].from
	for i, s := range stops {
		if i > 0 {
			now += stops[i-1].distance(s)
		}
		now = max(now, s.from)
		if now > s.until+1e-6 {
			return false
		}
		now += s.serve
	}
	return true
}

// Write lists the routes by technician, then the total duration.
func (in *Pillac) Write(w io.Writer, plan *route.Solution) error {
	return writeRoutes(w, in.problem, plan, in.Cost(plan), func(shift int) string { return in.problem.Shifts[shift].ID })
}
