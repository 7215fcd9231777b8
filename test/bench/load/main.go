// Command load measures the server over HTTP beside PocketBase, in one run: creates, reads by id and pages of a list,
// with 16 clients over a million work orders, then latencies at fixed rates. It prints one line a figure.
//
//	go run ./test/bench/load -orders 1000000 -dir DIR
//
// DIR keeps the two databases for the next run. PocketBase is left out when its toolchain can't be had; the ratios
// are then missing and the rest is printed.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	var r run
	flag.IntVar(&r.orders, "orders", 1_000_000, "work orders loaded before measuring")
	flag.StringVar(&r.dir, "dir", filepath.Join(os.TempDir(), "truckroll-bench"), "where the databases are kept")
	flag.StringVar(&r.database, "database", "", "measure on this PostgreSQL database instead of the embedded one")
	flag.IntVar(&r.clients, "clients", 16, "clients at once")
	flag.DurationVar(&r.each, "each", 8*time.Second, "how long one measurement takes")
	flag.IntVar(&r.rounds, "rounds", 3, "how often the two are measured in turn")
	flag.BoolVar(&r.alone, "alone", false, "leave PocketBase out")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := r.do(ctx); err != nil {
		log.Fatal(err)
	}
}

// run is one run of the benchmark.
type run struct {
	orders, clients, rounds int
	dir, database           string
	each                    time.Duration
	alone                   bool
}

func (r *run) do(ctx context.Context) error {
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return err
	}
	ours, err := r.startOurs(ctx)
	if err != nil {
		return err
	}
	defer ours.stop()
	targets := []*target{ours}
	if !r.alone {
		theirs, err := r.startPocketBase(ctx)
		if err != nil {
			fmt.Fprintln(os.Stderr, "PocketBase is left out:", err)
		} else {
			defer theirs.stop()
			targets = append(targets, theirs)
		}
	}
	for _, s := range scenarios {
		if err := r.compare(ctx, s, targets); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return r.paced(ctx, ours)
}

// figure prints a figure and whether it reaches its target; op is >= or <=.
func figure(name string, value float64, unit, op string, want float64) {
	verdict := "ok"
	if op == ">=" && value < want || op == "<=" && value > want {
		verdict = "short"
	}
	fmt.Printf("figure %s %.4g %s target %s %g %s\n", name, value, unit, op, want, verdict)
}

// note prints a figure that has no target.
func note(name string, value float64, unit string) {
	fmt.Printf("figure %s %.4g %s target - - ok\n", name, value, unit)
}
