package app

import (
	"fmt"
	"runtime/debug"
)

// Version is the version of the program.
const Version = "0.1.0"

// VersionCmd is the command that prints the version.
type VersionCmd struct{}

// Run prints the program's version and that of the Go it was built with.
func (VersionCmd) Run() error {
	goVersion := "unknown Go"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
	}
	_, err := fmt.Printf("truckroll %s (%s)\n", Version, goVersion)
	return err
}
