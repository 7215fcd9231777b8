package stock

import (
	"fmt"
	"testing"

	"truckroll/fieldservice/object"
	"truckroll/platform/schema"
)

// BenchmarkConsume takes parts from one van in batches of 500.
func BenchmarkConsume(b *testing.B) {
	d := openDepot(b)
	item := d.stock(d.van, d.filter, 1_000_000_000)
	for b.Loop() {
		recs := make([]any, 500)
		for i := range recs {
			recs[i] = d.uses(item, 1)
		}
		d.Save(recs...)
	}
	b.ReportMetric(float64(b.N*500)/b.Elapsed().Seconds(), "consumptions/s")
}

// BenchmarkShelves stocks one location with ever more products, moves them all to another and counts them there: a
// product of ten thousand should cost what one of a thousand does.
func BenchmarkShelves(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				d := openDepot(b)
				products, items, moves := make([]any, n), make([]any, n), make([]any, n)
				for i := range n {
					products[i] = &object.Product2{Name: fmt.Sprint("Part ", i), IsActive: true}
				}
				d.Save(products...)
				for i, p := range products {
					items[i] = &object.ProductItem{LocationId: locationRef(d.warehouse.Id), Product2Id: productRef(p.(*object.Product2).Id), QuantityOnHand: schema.DecInt(3)}
				}
				d.Save(items...)
				for i, p := range products {
					moves[i] = &object.ProductTransfer{SourceLocationId: locationRef(d.warehouse.Id), DestinationLocationId: locationRef(d.van.Id), Product2Id: productRef(p.(*object.Product2).Id), QuantitySent: schema.DecInt(2), IsReceived: true}
				}
				d.Save(moves...)
				d.Save(&object.CycleCount{LocationId: locationRef(d.van.Id), IsWholeLocation: true})
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/product")
		})
	}
}
