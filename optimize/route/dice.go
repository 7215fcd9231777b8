package route

import (
	"math"
	"math/bits"
)

// dice is a generator of random numbers (SplitMix64, Steele, Lea and Flood 2014), small enough to be inlined.
type dice uint64

func newDice(seed uint64, stream int) *dice {
	d := dice(seed ^ uint64(stream+1)*0x9e3779b97f4a7c15)
	d.next()
	return &d
}

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is uniform in 0 to n-1.
func (d *dice) below(n int) int {
	hi, _ := bits.Mul64(d.next(), uint64(n))
	return int(hi)
}

// unit is uniform in (0, 1].
func (d *dice) unit() float64 { return float64(d.next()>>11+1) / (1 << 53) }

// gap is the number of failures before the next success of independent trials with the given chance.
func (d *dice) gap(chance float64) int {
	return int(math.Log(d.unit()) / math.Log1p(-chance))
}

func shuffle[T any](d *dice, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := d.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
