// Command truckroll is the program: it reads the command line and hands over to the house.
package main

import (
	"github.com/alecthomas/kong"

	"truckroll/app"
)

// commands are what the program can be told to do.
type commands struct {
	Solve app.SolveCmd `cmd:"" help:"Plan a routing problem from a file."`
}

func main() {
	line := kong.Parse(&commands{}, kong.Name("truckroll"), kong.Description("A self-hosted field service server."), kong.UsageOnError())
	line.FatalIfErrorf(line.Run())
}
