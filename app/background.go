package app

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"truckroll/platform/bulk"
	"truckroll/platform/event"
	"truckroll/platform/job"
	"truckroll/platform/org"
	"truckroll/platform/query"
	"truckroll/platform/store"
	"truckroll/server/live"
)

// sequenceEvery is how often entries of the audit log get their places in its tree, where the commit does not give them.
const sequenceEvery = 200 * time.Millisecond

// background is what runs beside the answering of requests.
type background struct {
	stop context.CancelFunc
	wg   sync.WaitGroup
}

// prepareBackground makes what background work needs. None of it runs before [House.start].
func (h *House) prepareBackground(ctx context.Context) (err error) {
	h.Feed, err = event.Open(ctx, h.DB, event.Options{Failed: h.failed("events")})
	if err != nil {
		return err
	}
	h.Live = live.New(live.Options{Keeper: h.Keeper, Directory: h.Directory, Feed: h.Feed, Door: h.Auth.Require, Log: h.log})
	h.Bulk = bulk.New(h.Keeper, h.Directory, h.Files, h.Engine)
	h.Queue, err = job.Open(h.DB, h, Jobs(), job.Options{Node: hex.EncodeToString(randomBytes(4)), Grace: drain - time.Second, Failed: func(name string, err error) {
		h.log.Error("background work failed", "work", name, "error", err.Error())
	}})
	return err
}

// virtuals are the objects that have no table.
func (h *House) virtuals(more ...query.Virtual) (query.Virtuals, error) {
	v, err := org.NewVirtual(h.DB, h.Keeper.Catalog)
	return append(query.Virtuals{v}, more...), err
}

// failed returns what is told of errors of a part of the background work.
func (h *House) failed(part string) func(error) {
	return func(err error) {
		if !errors.Is(err, context.Canceled) {
			h.log.Error("background work failed", "work", part, "error", err.Error())
		}
	}
}

// start begins the background work.
func (h *House) start() *background {
	ctx, stop := context.WithCancel(context.Background())
	b := &background{stop: stop}
	b.wg.Go(func() { h.Audit.Run(ctx, sequenceEvery, h.failed("audit sequence")) })
	b.wg.Go(func() { h.Feed.Run(ctx) })
	b.wg.Go(func() { h.Definitions.Run(ctx, h.failed("definitions")) })
	b.wg.Go(func() {
		if h.config.Database == "" { // nobody else works on an embedded database
			if err := h.Queue.Reclaim(ctx); err != nil {
				h.failed("reclaim")(err)
			}
		}
		h.Queue.Run(ctx)
	})
	return b
}

// end lets work under way finish, or hands it back to the queue.
func (b *background) end(within context.Context) error {
	b.stop()
	ended := make(chan struct{})
	go func() {
		b.wg.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-within.Done():
		return fmt.Errorf("background work did not end: %w", within.Err())
	}
}

// errDisk ends a server whose database can't be written any more.
var errDisk = errors.New("the disk failed while the database was written; nothing more was written since. Mend the disk and start again")

// diskFailed returns a channel that receives when the disk has failed, and how to stop listening.
func (h *House) diskFailed() (<-chan struct{}, func()) { return h.DB.Listen(store.DiskFailed) }
