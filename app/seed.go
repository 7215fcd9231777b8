package app

import "truckroll/platform/org"

// seed is what an organisation begins with.
var seed = org.Seed{Name: "Truckroll", Zone: "UTC", Currency: "USD", Defaults: sharingDefaults, Profiles: profiles}

// founder is the profile of the user who sets a server up.
const founder = "System Administrator"
