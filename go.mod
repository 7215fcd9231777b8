module truckroll

go 1.26.0

require (
	github.com/alecthomas/kong v1.17.0 // indirect
	github.com/cockroachdb/apd/v3 v3.2.3 // indirect
	github.com/datadog/czlib v0.0.0-20160811164712-4bc9a24e37f2 // indirect
	github.com/paulmach/orb v0.1.3 // indirect
	github.com/paulmach/osm v0.8.0 // indirect
	github.com/paulmach/protoscan v0.2.1 // indirect
	github.com/ulikunitz/xz v0.5.17 // indirect
	google.golang.org/protobuf v1.27.1 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)
