package travel

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// line has places a hundredth of a degree apart on one meridian, so that a fake server can
// answer by coordinates and the test can tell every entry apart.
func line(n int) []Point {
	points := make([]Point, n)
	for i := range points {
		points[i] = Point{Lat: float64(i) / 100, Lon: 9}
	}
	return points
}

// fakeOSRM answers with the difference of latitudes, and no way from place 2 to place 0.
func fakeOSRM(t *testing.T) *httptest.Server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutPrefix(r.URL.Path, "/table/v1/driving/")
		if !ok || r.URL.Query().Get("annotations") != "duration,distance" {
			http.NotFound(w, r)
			return
		}
		var lat []float64
		for _, place := range strings.Split(path, ";") {
			var x, y float64
			fmt.Sscanf(place, "%f,%f", &x, &y)
			lat = append(lat, y*100)
		}
		pick := func(name string) (list []float64) {
			// net/url drops a query part with a semicolon, as it should be escaped; OSRM takes it plain.
			for _, part := range strings.Split(r.URL.RawQuery, "&") {
				if key, value, _ := strings.Cut(part, "="); key == name {
					for _, i := range strings.Split(value, ";") {
						var k int
						fmt.Sscan(i, &k)
						list = append(list, lat[k])
					}
				}
			}
			return list
		}
		json.NewEncoder(w).Encode(map[string]any{
			"code":      "Ok",
			"durations": gaps(pick("sources"), pick("destinations"), 60),
			"distances": gaps(pick("sources"), pick("destinations"), 1000),
		})
	})
}

func gaps(sources, targets []float64, scale float64) [][]any {
	var rows [][]any
	for _, a := range sources {
		var row []any
		for _, b := range targets {
			if a > 1.5 && a < 2.5 && b < 0.5 {
				row = append(row, nil)
			} else {
				row = append(row, max(a-b, b-a)*scale)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func fakeValhalla(t *testing.T) *httptest.Server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		var question struct {
			Sources, Targets []valhallaPlace
			Costing          string
		}
		if err := json.NewDecoder(r.Body).Decode(&question); err != nil || r.URL.Path != "/sources_to_targets" || question.Costing != "auto" {
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"error_code":154,"error":"Path distance exceeds the max distance limit","status_code":400}`)
			return
		}
		lat := func(places []valhallaPlace) (list []float64) {
			for _, p := range places {
				list = append(list, p.Lat*100)
			}
			return list
		}
		times, kilometres := gaps(lat(question.Sources), lat(question.Targets), 60), gaps(lat(question.Sources), lat(question.Targets), 1)
		var rows [][]map[string]any
		for i := range times {
			var row []map[string]any
			for j := range times[i] {
				row = append(row, map[string]any{"time": times[i][j], "distance": kilometres[i][j], "from_index": i, "to_index": j})
			}
			rows = append(rows, row)
		}
		json.NewEncoder(w).Encode(map[string]any{"sources_to_targets": rows})
	})
}

func serve(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return s
}

func TestServicesFillTablesBlockByBlock(t *testing.T) {
	for name, service := range map[string]*Service{
		"OSRM":     OSRM(fakeOSRM(t).URL+"/", "driving"),
		"Valhalla": Valhalla(fakeValhalla(t).URL, "auto"),
	} {
		for _, size := range []int{0, 1, 3, 7} {
			service.Block = size
			table, err := service.Table(t.Context(), line(7))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for i := range 7 {
				for j := range 7 {
					gap := int32(max(i-j, j-i))
					wantSeconds, wantMetres := gap*60, gap*1000
					if i == 2 && j == 0 {
						wantSeconds, wantMetres = Unreachable, Unreachable
					}
					if table.Duration(i, j) != wantSeconds || table.Distance(i, j) != wantMetres {
						t.Fatalf("%s in blocks of %d: %d to %d is %d s, %d m", name, size, i, j, table.Duration(i, j), table.Distance(i, j))
					}
				}
			}
		}
	}
}

func TestServiceFaultsAreTold(t *testing.T) {
	reply := func(status int, body string) string {
		return serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			io.WriteString(w, body)
		}).URL
	}
	for _, c := range []struct {
		service *Service
		want    string
	}{
		{OSRM(reply(400, `{"code":"TooBig","message":"Too many table coordinates"}`), "driving"), "Too many table coordinates"},
		{OSRM(reply(200, `{"code":"NoSegment","message":"one is off the map"}`), "driving"), "one is off the map"},
		{OSRM(reply(200, `{"code":"Ok","durations":[[0]],"distances":[[0]]}`), "driving"), "1 rows of durations for 2 sources"},
		{OSRM(reply(200, `{"code":"Ok","durations":[[0,1],[0,1]],"distances":[[0,-1],[0,1]]}`), "driving"), "distances[0][1] = -1"},
		{OSRM(reply(200, `<html>`), "driving"), "cannot be read"},
		{OSRM(reply(502, `<html>`), "driving"), "502 Bad Gateway"},
		{Valhalla(fakeValhalla(t).URL, "boat"), "max distance limit"},
		{Valhalla(reply(200, `{"sources_to_targets":[[{"time":1,"distance":1}],[]]}`), "auto"), "1 durations in row 0 for 2 targets"},
		{Valhalla("http://127.0.0.1:1", "auto"), "places 0 to 1"},
	} {
		_, err := c.service.Table(t.Context(), line(2))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
