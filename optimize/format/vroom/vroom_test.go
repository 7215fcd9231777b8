package vroom

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"truckroll/optimize/check"
	"truckroll/optimize/route"
	"truckroll/optimize/travel"
)

func sample(t testing.TB, name string) string {
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func read(t testing.TB, text string) *Instance {
	t.Helper()
	in, err := Read([]byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Problem().Validate(); err != nil {
		t.Fatal(err)
	}
	return in
}

func TestReadMatrices(t *testing.T) {
	p := read(t, sample(t, "matrices.json")).Problem()
	visits := []route.Visit{
		{ID: "job 10", Place: 2, Duration: 300, Setup: 60, Windows: []route.Window{{From: 32400, Until: 39600}}, Priority: 5,
			Skills: []route.SkillNeed{{Name: "14"}}, Deliver: []int64{1}},
		{ID: "job 11", Place: 3, Duration: 600, Priority: 100, Pickup: []int64{1}},
		{ID: "job 12", Place: 3, Duration: 600, Priority: 1, Windows: []route.Window{{From: 0, Until: 10}}, Skills: []route.SkillNeed{{Name: "1"}}},
		{ID: "pickup 1", Place: 4, Duration: 60, Priority: 3, Skills: []route.SkillNeed{{Name: "2"}}, Pickup: []int64{2}},
		{ID: "delivery 1", Place: 2, Duration: 60, Priority: 3, Skills: []route.SkillNeed{{Name: "2"}}},
	}
	if diff := cmp.Diff(visits, p.Visits); diff != "" {
		t.Errorf("visits (-want +got):\n%s", diff)
	}
	shifts := []route.Shift{
		{ID: "1", Window: route.Window{From: 28800, Until: 43200}, Capacity: []int64{4},
			Breaks: []route.Break{{ID: "7", Windows: []route.Window{{From: 32400, Until: 34200}}, Duration: 300}}},
		{ID: "2", Technician: 1, Mode: 1, Start: 1, End: route.Anywhere, Window: route.Window{Until: 43200 + 300 + 60 + 600 + 600 + 60 + 60 + 5*2*day}, Capacity: []int64{2},
			MaxTasks: 3, MaxTravel: 7200, MaxDistance: 90000},
	}
	if diff := cmp.Diff(shifts, p.Shifts); diff != "" {
		t.Errorf("shifts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]route.Link{{Kind: route.Shipment, First: 3, Second: 4}}, p.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if d := p.Modes[1].Matrix.Duration(0, 2); d != 450 {
		t.Errorf("at twice the speed 900 s became %d", d)
	}
}

func TestReadCoordinates(t *testing.T) {
	p := read(t, sample(t, "coordinates.json")).Problem()
	if len(p.Modes) != 2 || p.Modes[0].Matrix.Len() != 5 {
		t.Fatalf("%d modes, %d places", len(p.Modes), p.Modes[0].Matrix.Len())
	}
	// Places are numbered as they come: start of 1, start of 2, then the jobs.
	globe, err := Estimate("car", []travel.Point{{Lat: 48.21, Lon: 16.37}, {Lat: 48.22, Lon: 16.38}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Modes[0].Matrix.Duration(0, 2), globe.Duration(0, 1); got != want {
		t.Errorf("from the first start to job 1: %d s, want %d", got, want)
	}
	metres := int64(globe.Distance(0, 1))
	price := (1800*int64(globe.Duration(0, 1))*100+1800)/3600 + (50*metres*100+500)/1000
	if got := int64(p.Modes[0].Matrix.Distance(0, 2)); got != price {
		t.Errorf("the leg is priced at %d, want %d", got, price)
	}
	if p.Shifts[0].Fixed != 100*priceScale {
		t.Errorf("fixed price %d", p.Shifts[0].Fixed)
	}
	want := []route.Placed{{Visit: 1, Shift: 0, Start: 60}, {Visit: 0, Shift: 0, Start: 120}}
	if diff := cmp.Diff(want, p.Present); diff != "" {
		t.Errorf("present (-want +got):\n%s", diff)
	}
	if pin := p.Visits[1].Pin; pin == nil || pin.Shift != 0 || pin.Start != route.Never || p.Visits[1].Windows[0].From != 100 {
		t.Errorf("pin %+v, windows %v", p.Visits[1].Pin, p.Visits[1].Windows)
	}
}

func TestFaultsNameThePath(t *testing.T) {
	text := sample(t, "matrices.json")
	for _, c := range []struct{ from, to, want string }{
		{`"start_index": 0, "end_index": 0, `, ``, "vehicles[0]: has neither start nor end"},
		{`"start_index": 0`, `"start_index": 5`, "vehicles[0].start_index: 5; matrices.car has 5 rows"},
		{`"start_index": 0`, `"start_index": -1`, "vehicles[0].start_index: -1 is negative"},
		{`"id": 2, `, `"id": 1, `, "vehicles[1].id: 1 stands twice"},
		{`"id": 11`, `"id": 10`, "jobs[1].id: 10 stands twice"},
		{`[28800, 43200]`, `[43200, 28800]`, "vehicles[0].time_window: [43200, 28800] is empty"},
		{`[28800, 43200]`, `[28800]`, "vehicles[0].time_window: has 1 numbers"},
		{`[36000, 39600]`, `[36000, 3600]`, "jobs[0].time_windows[0]: [36000, 3600] is empty"},
		{`[36000, 39600]`, `[-5, 3600]`, "jobs[0].time_windows[0]: [-5, 3600] is not between"},
		{`"service": 600`, `"service": -600`, "jobs[1].service: -600 is not between"},
		{`"setup": 60`, `"setup": -60`, "jobs[0].setup: -60 is not between"},
		{`"priority": 100`, `"priority": 101`, "jobs[1].priority: 101 is not between 0 and 100"},
		{`"skills": [14]`, `"skills": [14, 3]`, "jobs[0].skills[1]: no vehicle has skill 3"},
		{`"delivery": [1]`, `"delivery": [1, 1]`, "has 1 amounts, others have 2"},
		{`"delivery": [1]`, `"delivery": [-1]`, "jobs[0].delivery[0]: -1 is not between"},
		{`"location_index": 3`, `"location_index": 9`, "jobs[1].location_index: 9; matrices.car has 5 rows"},
		{`"location_index": 3, `, ``, "jobs[1].location_index: is missing"},
		{`"speed_factor": 2`, `"speed_factor": 0`, "vehicles[1].speed_factor: speed: 0 is not between"},
		{`"speed_factor": 2`, `"profile": "boat"`, "vehicles[1].profile: there is no matrices.boat"},
		{`"max_tasks": 3`, `"max_tasks": 0`, "vehicles[1].max_tasks: 0 is not between 1"},
		{`"service": 300}]`, `"service": 300, "max_load": [1]}]`, "vehicles[0].breaks[0].max_load: is not supported"},
		{`"speed_factor": 2`, `"costs": {"per_task_hour": 9}`, "vehicles[1].costs.per_task_hour: is not supported"},
		{`"speed_factor": 2`, `"costs": {"per_km": 9}`, "vehicles[1].max_distance: is not supported beside costs"},
		{`"speed_factor": 2`, `"costs": {"fixed": -9}`, "vehicles[1].costs: a price is not between"},
		{`[900, 500, 0`, `[900, null, 0`, "matrices.car.durations[2][1]: is not a number"},
		{`[900, 500, 0`, `[900, -1, 0`, "matrices.car.durations[2][1]: -1 is negative"},
		{`[900, 500, 0`, `[900, 1.5, 0`, "matrices.car.durations[2][1]: 1.5 is not a whole number"},
		{`[900, 500, 0`, `[900, 0`, "matrices.car.durations[2]: has 4 entries for 5 rows"},
		{`"distances": [[0, 6000, 9000, 12000, 15000], `, `"distances": [`, "matrices.car.distances: has 4 rows, the durations have 5"},
		{`"durations": [[0`, `"durations": [0, [0`, "matrices.car.durations[0][0]: is not inside a row"},
		{`"service": 600`, `"service": "600"`, "line 12, jobs.service: is a JSON string, expected a whole number"},
		{`"jobs"`, `"vehicles": [], "jobs"`, "vehicles: is empty"},
		{`"description": "van",`, `"steps": [{"type": "job", "id": 99}],`, "vehicles[0].steps[0].id: there is no job 99"},
		{`"description": "van",`, `"steps": [{"type": "nap"}],`, `vehicles[0].steps[0].type: "nap" is none of`},
		{`"description": "van",`, `"steps": [{"type": "job", "id": 10}, {"type": "job", "id": 10}],`, "steps[1].id: job 10 stands in two places"},
		{`"description": "van",`, `"steps": [{"type": "end", "service_at": 10}],`, "a end cannot be fixed"},
		{`"description": "van",`, `"steps": [{"type": "job", "id": 10, "service_before": 5}],`, "leave nothing of the task's time_windows"},
		{`1500], [600`, `4000000000], [600`, "shipments[0].pickup"},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		if changed == text {
			t.Fatalf("%q is not in the sample", c.from)
		}
		if c.want == "shipments[0].pickup" {
			changed = strings.NewReplacer("1500", "4000000000", "1100", "4000000000").Replace(text)
		}
		_, err := Read([]byte(changed), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.to, err, c.want)
		}
	}
}

func TestCoordinateFaults(t *testing.T) {
	text := sample(t, "coordinates.json")
	for _, c := range []struct{ from, to, want string }{
		{`[16.38, 48.22]`, `[48.22, 161.38]`, "jobs[0].location: latitude 161.38 is not between -90 and 90"},
		{`[16.38, 48.22]`, `[16.38]`, "jobs[0].location: has 1 numbers"},
		{`"location": [16.38, 48.22], `, ``, "jobs[0].location: is missing"},
		{`"start": [16.40, 48.20], `, ``, "vehicles[1]: has neither start nor end"},
	} {
		_, err := Read([]byte(strings.Replace(text, c.from, c.to, 1)), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.to, err, c.want)
		}
	}
}

// solve runs the solver for a moment and has its plan checked.
func solve(t *testing.T, in *Instance) *route.Solution {
	t.Helper()
	plan, err := route.Solve(t.Context(), in.Problem(), route.Options{Iterations: 2000, Seed: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range check.Plan(in.Problem(), plan) {
		t.Error(fault)
	}
	return plan
}

func TestOutputAddsUp(t *testing.T) {
	in := read(t, sample(t, "matrices.json"))
	var text bytes.Buffer
	if err := in.Write(&text, solve(t, in)); err != nil {
		t.Fatal(err)
	}
	var out Output
	if err := json.Unmarshal(text.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Unassigned) != 1 || out.Unassigned[0].ID != 12 || out.Unassigned[0].Reason == "" {
		t.Errorf("unassigned %+v; job 12's window is over before the shift begins", out.Unassigned)
	}
	if out.Summary.Priority != 5+100+3+3 || out.Summary.Routes != 2 || out.Summary.Cost != out.Summary.Duration {
		t.Errorf("summary %+v", out.Summary)
	}
	for _, r := range out.Routes {
		steps := r.Steps
		first, last := steps[0], steps[len(steps)-1]
		if first.Type != "start" || r.Vehicle == 1 && last.Type != "end" || r.Vehicle == 2 && last.Type == "end" {
			t.Errorf("vehicle %d goes from %s to %s", r.Vehicle, first.Type, last.Type)
		}
		time, travelled := first.Arrival, int64(0)
		for _, s := range steps {
			time += s.Duration - travelled
			if s.Arrival != time {
				t.Errorf("vehicle %d: %s at %d, but its times add up to %d", r.Vehicle, s.Type, s.Arrival, time)
			}
			time, travelled = s.Arrival+s.WaitingTime+s.Setup+s.Service, s.Duration
			if s.Load[0] < 0 || s.Load[0] > 4 {
				t.Errorf("vehicle %d carries %v", r.Vehicle, s.Load)
			}
		}
		if last.Duration != r.Duration || *last.Distance != *r.Distance {
			t.Errorf("vehicle %d: last step %+v, totals %+v", r.Vehicle, last, r.Totals)
		}
	}
}

func TestPricedPlan(t *testing.T) {
	in := read(t, sample(t, "coordinates.json"))
	out := in.Output(solve(t, in))
	if out.Summary.Unassigned != 0 || out.Summary.Cost <= 0 || *out.Summary.Distance <= 0 {
		t.Errorf("summary %+v", out.Summary)
	}
	sum := int64(0)
	for _, r := range out.Routes {
		sum += r.Cost
	}
	if diff := out.Summary.Cost - sum; diff < 0 || diff > int64(len(out.Routes)) {
		t.Errorf("routes cost %d, the plan %d", sum, out.Summary.Cost)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f, "matrices.json")))
	f.Add([]byte(sample(f, "coordinates.json")))
	f.Add([]byte(`{"vehicles":[{"id":1,"start_index":0}],"jobs":[{"id":1,"location_index":0}],"matrix":[[0]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := Read(data, nil)
		if err != nil {
			return
		}
		if err := in.Problem().Validate(); err != nil {
			t.Fatalf("read without a fault, but: %v", err)
		}
	})
}
