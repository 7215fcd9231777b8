package travel

import (
	"strconv"
	"strings"

	"github.com/paulmach/osm"
)

// Mode is a way of moving about, and with it the roads that are open and how fast they are.
type Mode string

// The modes that a road network can be built for.
const (
	Car  Mode = "car"
	Bike Mode = "bike"
	Foot Mode = "foot"
)

// Speeds in km/h by kind of road. They are what a technician averages, junctions included,
// which is below the posted limit; a road that is not listed is closed to the mode.
func (m Mode) roadSpeed(highway string) (float64, bool) {
	switch m {
	case Car:
		speed, ok := carSpeeds[highway]
		return speed, ok
	case Bike:
		speed, ok := bikeSpeeds[highway]
		return speed, ok
	default:
		return footSpeed, footRoads[highway]
	}
}

const (
	footSpeed   = 4.8
	carFlow     = 0.8 // share of a posted limit that traffic averages
	walkTheBike = 4.0
)

var carSpeeds = map[string]float64{
	"motorway": 95, "motorway_link": 50, "trunk": 75, "trunk_link": 45,
	"primary": 55, "primary_link": 35, "secondary": 45, "secondary_link": 30,
	"tertiary": 35, "tertiary_link": 25, "unclassified": 28, "residential": 23,
	"living_street": 10, "service": 13, "road": 20, "track": 10,
}

var bikeSpeeds = map[string]float64{
	"trunk": 15, "primary": 15, "primary_link": 15, "secondary": 16, "secondary_link": 16,
	"tertiary": 16, "tertiary_link": 16, "unclassified": 16, "residential": 16,
	"living_street": 14, "service": 13, "road": 14, "track": 11, "cycleway": 17,
	"path": 10, "pedestrian": 6, "footway": walkTheBike, "bridleway": 8,
}

var footRoads = map[string]bool{
	"trunk": true, "primary": true, "primary_link": true, "secondary": true, "secondary_link": true,
	"tertiary": true, "tertiary_link": true, "unclassified": true, "residential": true,
	"living_street": true, "service": true, "road": true, "track": true, "cycleway": true,
	"path": true, "pedestrian": true, "footway": true, "bridleway": true, "steps": true, "corridor": true,
}

// accessKeys lists the tags that open or close a road, the most particular last, because a
// later one overrules an earlier one.
func (m Mode) accessKeys() []string {
	switch m {
	case Car:
		return []string{"access", "vehicle", "motor_vehicle", "motorcar"}
	case Bike:
		return []string{"access", "vehicle", "bicycle"}
	default:
		return []string{"access", "foot"}
	}
}

// onewayKeys lists the tags that close a direction, the most particular last.
func (m Mode) onewayKeys() []string {
	switch m {
	case Car:
		return []string{"oneway", "oneway:motor_vehicle", "oneway:motorcar"}
	case Bike:
		return []string{"oneway", "oneway:bicycle"}
	default:
		return []string{"oneway:foot"}
	}
}

// passage is what a way offers a mode: km/h in the direction it is drawn and against it,
// 0 where that direction is closed.
func (m Mode) passage(tags osm.Tags) (forward, backward float64) {
	kind := tags.Find("highway")
	speed, open := m.roadSpeed(kind)
	if kind == "" || kind == "proposed" || kind == "construction" || tags.Find("area") == "yes" || !m.allowed(tags, open) {
		return 0, 0
	}
	if !open {
		speed = walkTheBike // opened by a tag for this very mode, such as bicycle=yes on a pavement
	}
	if limit, ok := speedLimit(tags.Find("maxspeed")); ok && m == Car {
		speed = limit * carFlow
	}
	switch m.direction(tags) {
	case 1:
		return speed, 0
	case -1:
		return 0, speed
	}
	return speed, speed
}

// allowed starts from the kind of road and lets the access tags overrule it. A private road
// stays closed: the house at its end is reached from where it leaves the public road.
func (m Mode) allowed(tags osm.Tags, kindOpen bool) bool {
	open := kindOpen
	for _, key := range m.accessKeys() {
		general := key == "access" || key == "vehicle"
		switch tags.Find(key) {
		case "yes", "designated", "permissive", "destination", "customers", "delivery", "official":
			open = kindOpen || !general // access=yes does not put walkers on a motorway
		case "no", "private", "agricultural", "forestry", "military", "emergency":
			open = false
		}
	}
	return open
}

// direction is 1 for a way open only as drawn, -1 for only against, 0 for both.
func (m Mode) direction(tags osm.Tags) int {
	way := 0
	if m != Foot && (tags.Find("junction") == "roundabout" || tags.Find("junction") == "circular" || m == Car && tags.Find("highway") == "motorway") {
		way = 1
	}
	for _, key := range m.onewayKeys() {
		switch tags.Find(key) {
		case "yes", "true", "1":
			way = 1
		case "-1", "reverse":
			way = -1
		case "no", "false", "0":
			way = 0
		}
	}
	if m == Bike && strings.HasPrefix(tags.Find("cycleway"), "opposite") {
		way = 0
	}
	return way
}

// speedLimit reads a posted limit into km/h: "50", "30 mph"; a country's default or "none"
// gives no figure.
func speedLimit(text string) (kmh float64, ok bool) {
	number, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	value, err := strconv.ParseFloat(strings.TrimSuffix(number, "mph"), 64)
	if err != nil || value < 5 || value > 200 {
		return 0, false
	}
	if unit == "mph" || strings.HasSuffix(number, "mph") {
		value *= 1.609344
	}
	return value, true
}
