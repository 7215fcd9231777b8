package travel

import (
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
	"github.com/paulmach/osm/osmxml"
)

// Encoding is how an OpenStreetMap extract is written.
type Encoding int

// The encodings that ReadExtract understands.
const (
	PBF Encoding = iota
	XML
	XMLGzip
	XMLBzip2
)

// EncodingOf tells the encoding by a file's name.
func EncodingOf(name string) (Encoding, error) {
	for _, e := range []struct {
		suffix string
		is     Encoding
	}{{".pbf", PBF}, {".osm", XML}, {".xml", XML}, {".osm.gz", XMLGzip}, {".xml.gz", XMLGzip}, {".osm.bz2", XMLBzip2}} {
		if strings.HasSuffix(name, e.suffix) {
			return e.is, nil
		}
	}
	return 0, fmt.Errorf("%s: unknown kind of map extract; expected .pbf, .osm, .osm.gz or .osm.bz2", name)
}

// Extract holds the roads of an OpenStreetMap extract, before a mode has been chosen.
type Extract struct {
	ways   []way
	places map[osm.NodeID]Point
}

type way struct {
	tags  osm.Tags
	nodes []osm.NodeID
}

// OpenExtract reads the roads of a map file; its name tells the encoding.
func OpenExtract(ctx context.Context, path string) (*Extract, error) {
	encoding, err := EncodingOf(path)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	extract, err := ReadExtract(ctx, file, encoding)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return extract, nil
}

// ReadExtract reads the roads of a map in two passes, ways first, so that only the places on
// roads are kept in memory: most of a map is houses.
func ReadExtract(ctx context.Context, r io.ReadSeeker, encoding Encoding) (*Extract, error) {
	e := &Extract{places: map[osm.NodeID]Point{}}
	if err := scan(ctx, r, encoding, osm.TypeWay, e.addWay); err != nil {
		return nil, fmt.Errorf("reading ways: %w", err)
	}
	if len(e.ways) == 0 {
		return nil, errors.New("the map has no roads (no way with a highway tag)")
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("going back to read the nodes: %w", err)
	}
	if err := scan(ctx, r, encoding, osm.TypeNode, e.addNode); err != nil {
		return nil, fmt.Errorf("reading nodes: %w", err)
	}
	return e, nil
}

func (e *Extract) addWay(object osm.Object) {
	w, ok := object.(*osm.Way)
	if !ok || w.Tags.Find("highway") == "" {
		return
	}
	kept := way{tags: w.Tags, nodes: w.Nodes.NodeIDs()}
	e.ways = append(e.ways, kept)
	for _, id := range kept.nodes {
		e.places[id] = nowhere
	}
}

// nowhere marks a node whose place is not known yet, or lies outside the extract.
var nowhere = Point{Lat: 91}

func (e *Extract) addNode(object osm.Object) {
	n, ok := object.(*osm.Node)
	if !ok {
		return
	}
	place := Point{Lat: n.Lat, Lon: n.Lon}
	if _, onRoad := e.places[n.ID]; onRoad && place.Validate() == nil {
		e.places[n.ID] = place
	}
}

// scanner is what the readers of both encodings share.
type scanner interface {
	Scan() bool
	Object() osm.Object
	Err() error
	Close() error
}

// scan visits the objects of a map; want is a hint that lets a reader skip all others.
func scan(ctx context.Context, r io.Reader, encoding Encoding, want osm.Type, visit func(osm.Object)) (err error) {
	s, err := newScanner(ctx, r, encoding, want)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for s.Scan() {
		visit(s.Object())
	}
	return s.Err()
}

func newScanner(ctx context.Context, r io.Reader, encoding Encoding, want osm.Type) (scanner, error) {
	switch encoding {
	case PBF:
		s := osmpbf.New(ctx, r, 2)
		s.SkipNodes, s.SkipWays, s.SkipRelations = want != osm.TypeNode, want != osm.TypeWay, true
		return s, nil
	case XMLGzip:
		unzipped, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		return osmxml.New(ctx, unzipped), nil
	case XMLBzip2:
		return osmxml.New(ctx, bzip2.NewReader(r)), nil
	}
	return osmxml.New(ctx, r), nil
}
