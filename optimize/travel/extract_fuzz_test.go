package travel

import (
	"bytes"
	"testing"
)

const crossroads = `<osm>
<node id="1" lat="47" lon="9"/><node id="2" lat="47.01" lon="9"/><node id="3" lat="47" lon="9.01"/>
<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
<way id="2"><nd ref="3"/><nd ref="1"/><nd ref="4"/><tag k="highway" v="primary"/><tag k="maxspeed" v="30 mph"/></way>
</osm>`

// FuzzReadExtract holds that any text which is read as a map gives a network on which a table can be made.
func FuzzReadExtract(f *testing.F) {
	f.Add([]byte(crossroads))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ReadExtract(t.Context(), bytes.NewReader(data), XML)
		if err != nil {
			return
		}
		r, err := NewRoads(e, Car)
		if err != nil {
			return
		}
		at := r.graph.places[0]
		table, err := r.Table(t.Context(), []Point{at, at})
		if err != nil {
			t.Fatal(err)
		}
		if table.Duration(0, 1) != 0 {
			t.Fatalf("from a place to itself takes %d s", table.Duration(0, 1))
		}
	})
}
