package demo

import (
	"math/rand/v2"
	"slices"
)

// district is a neighbourhood of Baltimore and its county, with its centre in degrees.
type district struct {
	name, postal string
	lat, lon     float64
	territory    int // index into territories
}

// territories are the regions that the demo company works in, with the place its vans leave from.
var territories = []struct {
	name     string
	lat, lon float64
}{
	{"Baltimore Central", 39.2904, -76.6122},
	{"Baltimore North", 39.3498, -76.6215},
	{"Baltimore East", 39.2960, -76.5300},
	{"Baltimore West", 39.2990, -76.7050},
	{"Harbor South", 39.2330, -76.6080},
	{"Towson and County", 39.4015, -76.6019},
}

// districts are where the demo's customers live and work.
var districts = []district{
	{"Federal Hill", "21230", 39.2762, -76.6122, 0}, {"Fells Point", "21231", 39.2833, -76.5936, 0},
	{"Mount Vernon", "21201", 39.2975, -76.6160, 0}, {"Canton", "21224", 39.2810, -76.5730, 0},
	{"Locust Point", "21230", 39.2700, -76.5900, 0}, {"Charles Village", "21218", 39.3260, -76.6140, 1},
	{"Hampden", "21211", 39.3310, -76.6350, 1}, {"Roland Park", "21210", 39.3530, -76.6360, 1},
	{"Guilford", "21218", 39.3390, -76.6140, 1}, {"Mount Washington", "21209", 39.3660, -76.6690, 1},
	{"Hamilton", "21214", 39.3540, -76.5610, 1}, {"Highlandtown", "21224", 39.2890, -76.5650, 2},
	{"Dundalk", "21222", 39.2510, -76.5050, 2}, {"Essex", "21221", 39.3090, -76.4750, 2},
	{"Rosedale", "21237", 39.3200, -76.5150, 2}, {"Middle River", "21220", 39.3340, -76.4390, 2},
	{"Catonsville", "21228", 39.2720, -76.7320, 3}, {"Woodlawn", "21207", 39.3220, -76.7280, 3},
	{"Edmondson Village", "21229", 39.2920, -76.6770, 3}, {"Pikesville", "21208", 39.3740, -76.7230, 3},
	{"Randallstown", "21133", 39.3670, -76.7950, 3}, {"Brooklyn", "21225", 39.2290, -76.6030, 4},
	{"Glen Burnie", "21061", 39.1630, -76.6250, 4}, {"Linthicum", "21090", 39.2050, -76.6530, 4},
	{"Curtis Bay", "21226", 39.2240, -76.5880, 4}, {"Arbutus", "21227", 39.2540, -76.6900, 4},
	{"Towson", "21204", 39.4015, -76.6019, 5}, {"Lutherville", "21093", 39.4210, -76.6260, 5},
	{"Parkville", "21234", 39.3770, -76.5400, 5}, {"Perry Hall", "21128", 39.4130, -76.4640, 5},
	{"Cockeysville", "21030", 39.4810, -76.6440, 5},
}

// towns are the districts that are places of their own.
var towns = []string{"Dundalk", "Essex", "Rosedale", "Middle River", "Catonsville", "Woodlawn", "Pikesville", "Randallstown", "Glen Burnie", "Linthicum", "Arbutus", "Towson", "Lutherville", "Parkville", "Perry Hall", "Cockeysville"}

var streets = []string{"Calvert", "Charles", "Saint Paul", "Eastern", "Boston", "Light", "Pratt", "Lombard", "Fayette", "Orleans", "Greenmount",
	"York", "Harford", "Belair", "Liberty", "Reisterstown", "Frederick", "Wilkens", "Washington", "Hanover", "Fort", "Falls", "Keswick", "Roland", "Cold Spring",
	"Northern", "Gwynn Oak", "Windsor Mill", "Edmondson", "Patapsco"}

var streetKinds = []string{"Street", "Avenue", "Road", "Lane", "Court"}

var firstNames = []string{"Ava", "Ben", "Carmen", "Darius", "Elena", "Farid", "Grace", "Hiro", "Imani", "Jonas", "Keisha", "Liam", "Maya", "Noah",
	"Olga", "Priya", "Quentin", "Rosa", "Samir", "Tessa", "Umar", "Vera", "Wes", "Ximena", "Yusuf", "Zoe", "Andre", "Bianca", "Chen", "Dana"}

var lastNames = []string{"Abbott", "Bauer", "Castillo", "Dunn", "Eriksen", "Foster", "Green", "Hayes", "Ibarra", "Jackson", "Kim", "Lopez", "Morgan",
	"Nguyen", "Okafor", "Patel", "Quinn", "Reyes", "Singh", "Turner", "Usman", "Vega", "Walker", "Xu", "Young", "Zimmer", "Brooks", "Carter", "Diaz", "Ellis"}

// site is a place of a customer.
type site struct {
	street, city, postal string
	lat, lon             float64
	territory            int
}

// place returns a random site: an address in a district, scattered around its centre by about a kilometre.
func place(r *rand.Rand) site {
	d := districts[r.IntN(len(districts))]
	city := "Baltimore"
	if slices.Contains(towns, d.name) {
		city = d.name
	}
	return site{
		street: number(r) + " " + pick(r, streets) + " " + pick(r, streetKinds), city: city, postal: d.postal, territory: d.territory,
		lat: round6(d.lat + r.NormFloat64()*0.008), lon: round6(d.lon + r.NormFloat64()*0.010),
	}
}
