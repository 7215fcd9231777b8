// Command truckroll is the program: it reads the command line and hands over to the house.
package main

import (
	"github.com/alecthomas/kong"

	"truckroll/app"
)

// commands are what the program can be told to do.
type commands struct {
	Serve   app.ServeCmd   `cmd:"" help:"Run the server."`
	Demo    app.DemoCmd    `cmd:"" help:"Run the server with a demo company."`
	User    app.UserCmd    `cmd:"" help:"Add users, change their passwords, disable them."`
	Client  app.ClientCmd  `cmd:"" help:"Add connected apps."`
	Backup  app.BackupCmd  `cmd:"" help:"Copy the embedded database to a file, also while the server runs."`
	Restore app.RestoreCmd `cmd:"" help:"Make a database from such a copy."`
	Solve   app.SolveCmd   `cmd:"" help:"Plan a routing problem from a file."`
	Version app.VersionCmd `cmd:"" help:"Print the version."`
}

func main() {
	line := kong.Parse(&commands{}, kong.Name("truckroll"), kong.Description("A self-hosted field service server."), kong.UsageOnError())
	line.FatalIfErrorf(line.Run())
}
