package travel_test

import (
	"context"
	"fmt"

	"truckroll/optimize/travel"
)

// Without a map, drives are estimated from coordinates.
func ExampleNewGlobe() {
	globe, err := travel.NewGlobe([]travel.Point{{Lat: 48.2082, Lon: 16.3738}, {Lat: 48.1850, Lon: 16.3122}}, travel.DefaultEstimate())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d s, %d m\n", globe.Duration(0, 1), globe.Distance(0, 1))
	// Output: 652 s, 6817 m
}

// With a map, a table of drives is measured on its roads.
func ExampleRoads_Table() {
	ctx := context.Background()
	extract, err := travel.OpenExtract(ctx, "testdata/monaco.osm.gz")
	if err != nil {
		fmt.Println(err)
		return
	}
	roads, err := travel.NewRoads(extract, travel.Foot)
	if err != nil {
		fmt.Println(err)
		return
	}
	palace, casino := travel.Point{Lat: 43.7314, Lon: 7.4202}, travel.Point{Lat: 43.7392, Lon: 7.4277}
	table, err := roads.Table(ctx, []travel.Point{palace, casino})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d min, %d m\n", table.Duration(0, 1)/60, table.Distance(0, 1))
	// Output: 16 min, 1353 m
}

// A drive that begins at half past six and needs an hour on empty roads runs into the rush hour.
func ExampleClock_Arrival() {
	clock, err := travel.NewClock([]travel.Band{{From: 0, Speed: 100}, {From: 7 * 3600, Speed: 50}, {From: 9 * 3600, Speed: 100}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(clock.Arrival(6*3600+1800, 3600) - (6*3600 + 1800))
	// Output: 5400
}
