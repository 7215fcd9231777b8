module truckroll

go 1.26.0
