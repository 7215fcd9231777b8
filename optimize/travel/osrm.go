package travel

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// OSRM is a [Service] of an OSRM server's table endpoint. Base is its address, such as
// "http://localhost:5000"; profile the name under which it serves a mode, such as "driving".
func OSRM(base, profile string) *Service {
	return &Service{fetch: func(ctx context.Context, s *Service, sources, targets []Point) (block, error) {
		address := osrmAddress(base, profile, sources, targets)
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return block{}, err
		}
		var answer struct {
			Code      string
			Message   string
			Durations [][]*float64
			Distances [][]*float64
		}
		if err := s.ask(request, &answer); err != nil {
			return block{}, err
		}
		if answer.Code != "Ok" {
			return block{}, fmt.Errorf("OSRM refused: %s %s", answer.Code, answer.Message)
		}
		b := block{answer.Durations, answer.Distances}
		return b, b.checked(len(sources), len(targets))
	}}
}

// osrmAddress lists the sources, then the targets, as one list of coordinates.
func osrmAddress(base, profile string, sources, targets []Point) string {
	var places []string
	for _, list := range [][]Point{sources, targets} {
		for _, p := range list {
			places = append(places, fmt.Sprintf("%.6f,%.6f", p.Lon, p.Lat))
		}
	}
	query := "annotations=duration,distance&sources=" + numbers(0, len(sources)) +
		"&destinations=" + numbers(len(sources), len(places))
	return fmt.Sprintf("%s/table/v1/%s/%s?%s", strings.TrimRight(base, "/"), url.PathEscape(profile), strings.Join(places, ";"), query)
}

func numbers(from, until int) string {
	list := make([]string, 0, until-from)
	for i := from; i < until; i++ {
		list = append(list, strconv.Itoa(i))
	}
	return strings.Join(list, ";")
}
