package travel

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// Valhalla is a [Service] of a Valhalla server's sources_to_targets endpoint. Base is its
// address, such as "http://localhost:8002"; costing its name for a mode, such as "auto".
func Valhalla(base, costing string) *Service {
	return &Service{fetch: func(ctx context.Context, s *Service, sources, targets []Point) (block, error) {
		question, err := json.Marshal(map[string]any{
			"sources": valhallaPlaces(sources), "targets": valhallaPlaces(targets), "costing": costing, "units": "kilometers",
		})
		if err != nil {
			return block{}, err
		}
		address := strings.TrimRight(base, "/") + "/sources_to_targets"
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(question))
		if err != nil {
			return block{}, err
		}
		request.Header.Set("Content-Type", "application/json")
		var answer valhallaAnswer
		if err := s.ask(request, &answer); err != nil {
			return block{}, err
		}
		b := answer.block()
		return b, b.checked(len(sources), len(targets))
	}}
}

type valhallaPlace struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

func valhallaPlaces(points []Point) []valhallaPlace {
	places := make([]valhallaPlace, len(points))
	for i, p := range points {
		places[i] = valhallaPlace(p)
	}
	return places
}

type valhallaAnswer struct {
	Rows [][]struct {
		Time     *float64 `json:"time"`     // seconds
		Distance *float64 `json:"distance"` // kilometres
	} `json:"sources_to_targets"`
}

func (a *valhallaAnswer) block() block {
	var b block
	for _, row := range a.Rows {
		var durations, distances []*float64
		for _, entry := range row {
			if entry.Distance != nil {
				*entry.Distance *= 1000
			}
			durations, distances = append(durations, entry.Time), append(distances, entry.Distance)
		}
		b.durations, b.distances = append(b.durations, durations), append(b.distances, distances)
	}
	return b
}
