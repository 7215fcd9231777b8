package travel

import "fmt"

// scaled is a Matrix whose durations are divided by a speed.
type scaled struct {
	Matrix
	speed float64
}

// AtSpeed is a matrix as seen by somebody who moves at a multiple of its speed: 2 halves every duration. Distances,
// and what is [Unreachable], stay.
func AtSpeed(m Matrix, speed float64) (Matrix, error) {
	if !(speed >= 0.01 && speed <= 100) {
		return nil, fmt.Errorf("speed: %g is not between 0.01 and 100", speed)
	}
	if speed == 1 {
		return m, nil
	}
	return scaled{m, speed}, nil
}

// Duration is in seconds.
func (s scaled) Duration(from, to int) int32 {
	d := s.Matrix.Duration(from, to)
	if d >= Unreachable {
		return Unreachable
	}
	return whole(float64(d) / s.speed)
}
