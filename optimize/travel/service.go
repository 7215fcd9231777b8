package travel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// Service fetches tables from a routing server over HTTP.
type Service struct {
	Client *http.Client // nil is http.DefaultClient
	Block  int          // most sources, and most targets, in one request; 0 is 50, which servers accept as they come

	fetch func(ctx context.Context, s *Service, sources, targets []Point) (block, error)
}

// block is a rectangle of a table: rows are sources. A nil entry has no way.
type block struct {
	durations, distances [][]*float64
}

// maxReply bounds what we read of an answer, against a server that never ends.
const maxReply = 256 << 20

// Table asks for the travel between every two points, block by block.
func (s *Service) Table(ctx context.Context, points []Point) (*Table, error) {
	for i, p := range points {
		if err := p.Validate(); err != nil {
			return nil, fmt.Errorf("points[%d]: %w", i, err)
		}
	}
	n, size := len(points), s.Block
	if size <= 0 {
		size = 50
	}
	durations, distances := make([]int32, n*n), make([]int32, n*n)
	for row := 0; row < n; row += size {
		for column := 0; column < n; column += size {
			sources, targets := points[row:min(row+size, n)], points[column:min(column+size, n)]
			part, err := s.fetch(ctx, s, sources, targets)
			if err != nil {
				return nil, fmt.Errorf("travel from places %d to %d, to places %d to %d: %w",
					row, row+len(sources)-1, column, column+len(targets)-1, err)
			}
			for i := range sources {
				for j := range targets {
					at := (row+i)*n + column + j
					durations[at], distances[at] = part.entry(i, j)
				}
			}
		}
	}
	return NewTable(n, durations, distances)
}

func (b *block) entry(i, j int) (seconds, metres int32) {
	duration, distance := b.durations[i][j], b.distances[i][j]
	if duration == nil || distance == nil {
		return Unreachable, Unreachable
	}
	return whole(*duration), whole(*distance)
}

// checked says whether the server sent every entry that was asked for, none of them negative.
func (b *block) checked(sources, targets int) error {
	for _, part := range []struct {
		name string
		rows [][]*float64
	}{{"durations", b.durations}, {"distances", b.distances}} {
		if len(part.rows) != sources {
			return fmt.Errorf("the server sent %d rows of %s for %d sources", len(part.rows), part.name, sources)
		}
		for i, row := range part.rows {
			if len(row) != targets {
				return fmt.Errorf("the server sent %d %s in row %d for %d targets", len(row), part.name, i, targets)
			}
			for j, v := range row {
				if v != nil && *v < 0 {
					return fmt.Errorf("the server sent a negative entry, %s[%d][%d] = %g", part.name, i, j, *v)
				}
			}
		}
	}
	return nil
}

// ask sends a request and reads its JSON answer. A refusal is told in the server's own words.
func (s *Service) ask(request *http.Request, answer any) error {
	client := s.Client
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", response.Status, refusal(body))
	}
	if err := json.Unmarshal(body, answer); err != nil {
		return fmt.Errorf("the server's answer cannot be read: %w", err)
	}
	return nil
}

// refusal finds the sentence in an error answer of OSRM ("message") or Valhalla ("error").
func refusal(body []byte) error {
	var said struct{ Message, Error string }
	if err := json.Unmarshal(body, &said); err != nil || said.Message+said.Error == "" {
		return fmt.Errorf("%.200q", body)
	}
	return errors.New(said.Message + said.Error)
}
