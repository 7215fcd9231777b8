package asset

import (
	"context"
	"slices"
	"time"

	"truckroll/fieldservice/object"
	"truckroll/platform/job"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

const day = 24 * time.Hour

// span is a time from one moment to another, in milliseconds.
type span struct{ from, to int64 }

// within cuts a span to a range.
func (s span) within(r span) span { return span{max(s.from, r.from), min(s.to, r.to)} }

// union returns how long the spans last together: what overlaps counts once.
func union(all []span) (ms int64) {
	slices.SortFunc(all, func(a, b span) int { return int(min(max(a.from-b.from, -1), 1)) })
	end := int64(-1 << 62)
	for _, s := range all {
		if from := max(s.from, end); s.to > from {
			ms += s.to - from
		}
		end = max(end, s.to)
	}
	return ms
}

// recorded is the range of an asset's record of uptime until now; ok is false when it keeps none.
func recorded(a *object.Asset, now time.Time) (r span, ok bool) {
	if a.UptimeRecordStart.IsNull() {
		return span{}, false
	}
	r = span{a.UptimeRecordStart.Milli(), now.UnixMilli()}
	if !a.UptimeRecordEnd.IsNull() {
		r.to = min(r.to, a.UptimeRecordEnd.Milli())
	}
	return r, r.to > r.from
}

// fillUptime computes the figures of an asset from its times out of service. Expected is AverageUptimePerDay hours for
// each day of the record, 24 when it does not say. Downtime is counted up to now and within the record; times that
// overlap count once.
func fillUptime(tx *record.Tx, c *record.Change[object.Asset]) error {
	a := c.New
	r, ok := recorded(a, tx.Now())
	if !ok {
		a.SumDowntime, a.SumUnplannedDowntime, a.Availability, a.Reliability = schema.Decimal{}, schema.Decimal{}, schema.Percent{}, schema.Percent{}
		return nil
	}
	var all, unplanned []span
	failures := int64(0)
	if a.Id != "" {
		periods, err := record.Find[object.AssetDowntimePeriod](tx, "AssetId = ?", a.Id)
		if err != nil {
			return err
		}
		for _, p := range periods {
			s := span{p.StartTime.Milli(), p.EndTime.Milli()}.within(r)
			if s.to <= s.from {
				continue
			}
			all = append(all, s)
			if p.DowntimeType != object.DowntimeTypePlanned {
				unplanned, failures = append(unplanned, s), failures+1
			}
		}
	}
	setFigures(a, r, union(all), union(unplanned), failures)
	return nil
}

// setFigures sets sums in hours, shares in percent and mean times in hours.
func setFigures(a *object.Asset, r span, down, unplanned, failures int64) {
	hours := func(ms int64) schema.Decimal { return schema.DecInt(ms).Quo(schema.DecInt(3_600_000)) }
	expected := hours(r.to - r.from).Mul(a.AverageUptimePerDay.Or(schema.DecInt(24))).Quo(schema.DecInt(24))
	a.SumDowntime, a.SumUnplannedDowntime = hours(down).Round(2), hours(unplanned).Round(2)
	a.Availability = share(expected, hours(down))
	a.Reliability = share(expected, hours(unplanned))
	if failures == 0 {
		return // what people entered stays
	}
	up := expected.Sub(hours(unplanned))
	if up.Sign() < 0 {
		up = schema.DecInt(0)
	}
	a.MeanTimeBetweenFailures = up.Quo(schema.DecInt(failures)).Round(2)
	a.MeanTimeToRepair = hours(unplanned).Quo(schema.DecInt(failures)).Round(2)
}

// share is how much of the expected time is left, in percent; never below 0.
func share(expected, lost schema.Decimal) schema.Percent {
	left := expected.Sub(lost)
	if expected.Sign() <= 0 || left.Sign() < 0 {
		return schema.Percent{Decimal: schema.DecInt(0)}
	}
	return schema.Percent{Decimal: left.Mul(schema.DecInt(100)).Quo(expected).Round(2)}
}

// fillDowntime says whether a time out of service is outside of the asset's record.
func fillDowntime(tx *record.Tx, c *record.Change[object.AssetDowntimePeriod]) error {
	a, err := record.Get(tx, c.New.AssetId)
	if err == nil {
		c.New.IsExcluded = excluded(c.New, a)
	}
	return err
}

func excluded(p *object.AssetDowntimePeriod, a *object.Asset) bool {
	return a.UptimeRecordStart.IsNull() || !p.EndTime.After(a.UptimeRecordStart) || !a.UptimeRecordEnd.IsNull() && !p.StartTime.Before(a.UptimeRecordEnd)
}

func checkDowntime(_, p object.AssetDowntimePeriod) error {
	if p.EndTime.After(p.StartTime) {
		return nil
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "EndTime: a time out of service ends after it starts", "StartTime", "EndTime")
}

// followDowntime has the figures of an asset computed anew.
func followDowntime(tx *record.Tx, c record.Change[object.AssetDowntimePeriod]) error {
	return refresh(tx, c.New.AssetId)
}

func gone(tx *record.Tx, p *object.AssetDowntimePeriod) error { return refresh(tx, p.AssetId) }

// refresh saves an asset, which computes its figures; one that is being deleted is left alone.
func refresh(tx *record.Tx, id schema.Ref[object.Asset]) error {
	a, err := record.Lock(tx, id)
	if err != nil || a.IsDeleted {
		return err
	}
	return tx.Save(a)
}

// followUptime says anew which times out of service count, when the record of uptime changed.
func followUptime(tx *record.Tx, c record.Change[object.Asset]) error {
	if c.Insert || c.New.UptimeRecordStart == c.Old.UptimeRecordStart && c.New.UptimeRecordEnd == c.Old.UptimeRecordEnd {
		return nil
	}
	periods, err := record.FindBy[object.AssetDowntimePeriod](tx, "AssetId", c.New.Id)
	if err != nil {
		return err
	}
	for _, p := range periods {
		if p.IsExcluded != excluded(p, c.New) {
			if err := tx.Save(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// refreshUptime computes the figures of all records of uptime that are not closed, because the expected time grows by
// itself.
var refreshUptime = job.Define("refresh uptime of assets", job.Every(day), func(ctx context.Context, k *record.Keeper, t job.Task[struct{}]) error {
	return k.Do(ctx, record.Cause{By: "job", Of: t.Id()}, func(tx *record.Tx) error {
		for a, err := range record.Each[object.Asset](tx, "UptimeRecordStart != NULL AND (UptimeRecordEnd = NULL OR UptimeRecordEnd > ?)", tx.Now().Add(-2*day)) {
			if err != nil {
				return err
			}
			if err := tx.Save(a); err != nil {
				return err
			}
		}
		return nil
	})
})
