package app

import (
	"context"
	"slices"
	"time"

	"truckroll/fieldservice/asset"
	"truckroll/fieldservice/stock"
	"truckroll/fieldservice/timesheet"
	"truckroll/platform/bulk"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/record"
)

// Jobs lists what happens by itself or in the background: the house's own, that of the platform, and that of the rooms.
// Events and done work are swept by the feed and the queue themselves.
func Jobs() []job.Job[*House] {
	return slices.Concat(
		[]job.Job[*House]{purgeBin, forgetKeys, sweepTokens, sweepFiles, sendLinks, backUp, fillDemo, removeDemo},
		job.Within(keeperOf, org.SummariseJob),
		job.Within(func(h *House) *bulk.Bulk { return h.Bulk }, bulk.Jobs...),
		job.Within(keeperOf, asset.Jobs...),
		job.Within(keeperOf, stock.Jobs...),
		job.Within(keeperOf, timesheet.Jobs...),
	)
}

func keeperOf(h *House) *record.Keeper { return h.Keeper }

// none are the arguments of work that needs none.
type none struct{}

const day = 24 * time.Hour

// purgeBin removes for good what has been in the recycle bin long enough.
var purgeBin = job.Define("purge bin", job.Every(day), func(ctx context.Context, h *House, t job.Task[none]) error {
	_, err := h.Keeper.PurgeBin(ctx, record.Cause{By: "job", Of: t.Id()})
	return err
})

// forgetKeys drops the answers to repeatable requests that nobody repeats any more.
var forgetKeys = job.Define("forget idempotency keys", job.Every(day), func(ctx context.Context, h *House, t job.Task[none]) error {
	_, err := h.Keeper.ForgetKeys(ctx, record.Cause{By: "job", Of: t.Id()})
	return err
})

// sweepTokens removes sessions, tokens and codes that have expired.
var sweepTokens = job.Define("sweep tokens", job.Every(time.Hour), func(ctx context.Context, h *House, _ job.Task[none]) error {
	return h.Auth.Sweep(ctx)
})

// unusedFor is how long content is kept that no record uses. It is longer than any upload or transaction takes.
const unusedFor = day

// sweepFiles removes content that no record uses.
var sweepFiles = job.Define("sweep files", job.Every(day), func(ctx context.Context, h *House, _ job.Task[none]) error {
	_, err := h.Files.Sweep(ctx, h.DB, unusedFor)
	return err
})
