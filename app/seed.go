package app

import "truckroll/platform/org"

// seed is what an organisation begins with.
var seed = org.Seed{Name: "Truckroll", Zone: "UTC", Currency: "USD", Defaults: sharingDefaults, Profiles: profiles}
