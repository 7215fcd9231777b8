package stock

import (
	"context"
	"fmt"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// audit compares every night what the journal sums up to with what is on hand.
var audit = job.Define("stock audit", job.Every(24*time.Hour), func(ctx context.Context, k *record.Keeper, t job.Task[struct{}]) error {
	return k.Do(ctx, record.Cause{By: "job", Of: "stock audit"}, func(tx *record.Tx) error {
		if _, err := auditStock(tx); err != nil {
			return err
		}
		return t.Complete(tx.Store())
	})
})

// difference is a stock that is not what its journal says.
type difference struct {
	item           itemRef
	onHand, summed schema.Decimal
}

// auditIn asks for stock to be audited now.
type auditIn struct{}

// auditOut says how many stocks differ from their journals. They stand in StockDifference.
type auditOut struct {
	Differences schema.Int
}

func runAudit(tx *record.Tx, _ auditIn) (auditOut, error) {
	n, err := auditStock(tx)
	return auditOut{schema.NewInt(int64(n))}, err
}

// auditStock records each difference between stock and journal, closes the records of those that are gone, and returns
// how many there are.
func auditStock(tx *record.Tx) (int, error) {
	found, err := differences(tx)
	if err != nil {
		return 0, err
	}
	open, err := record.Find[object.StockDifference](tx, "IsOpen = true")
	if err != nil {
		return 0, err
	}
	known := map[itemRef]*object.StockDifference{}
	for _, d := range open {
		d.IsOpen = false
		known[d.ProductItemId] = d
	}
	recs := make([]any, 0, len(found)+len(open))
	for _, f := range found {
		d := known[f.item]
		if d == nil {
			d = &object.StockDifference{ProductItemId: f.item}
			recs = append(recs, d)
		}
		d.QuantityOnHand, d.JournalSum, d.IsOpen = f.onHand, f.summed, true
	}
	for _, d := range open {
		recs = append(recs, d)
	}
	return len(found), tx.Save(recs...)
}

// differences asks the database for every stock whose quantity, or running sum, is not the sum of its journal. It is one
// statement, so that it sees one moment and costs no memory.
func differences(tx *record.Tx) ([]difference, error) {
	scale := tx.Catalog().Object("ProductItem").Field("QuantityOnHand").Scale
	not := tx.Store().Dialect().Bool(false)
	rows, err := tx.Store().Query(`SELECT i."Id", COALESCE(i."QuantityOnHand", 0), COALESCE(t."total", 0) FROM "ProductItem" i
		LEFT JOIN (SELECT "ProductItemId", CAST(SUM("Quantity") AS BIGINT) AS "total" FROM "ProductItemTransaction" WHERE "IsDeleted" = ` + not + ` GROUP BY "ProductItemId") t ON t."ProductItemId" = i."Id"
		WHERE i."IsDeleted" = ` + not + ` AND (COALESCE(i."QuantityOnHand", 0) <> COALESCE(t."total", 0) OR COALESCE(i."JournalQuantity", 0) <> COALESCE(t."total", 0)) ORDER BY i."Id"`)
	if err != nil {
		return nil, fmt.Errorf("compare stock with its journal: %w", err)
	}
	return readDifferences(rows, scale)
}

func readDifferences(rows *store.Rows, scale int) (all []difference, err error) {
	defer rows.Close()
	for rows.Next() {
		var id string
		var onHand, summed int64
		if err := rows.Scan(&id, &onHand, &summed); err != nil {
			return nil, err
		}
		all = append(all, difference{itemRef(id), schema.Dec(onHand, scale), schema.Dec(summed, scale)})
	}
	return all, rows.Err()
}
