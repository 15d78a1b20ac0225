package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/demo"
	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/core/vault/keystore"
	"luukku/store"
)

// Vault is how the vault is timed: on a fresh demo's parts, without listeners.
type Vault struct {
	Database string // empty: SQLite
	Records  int    // in the bucket that dies
	Keys     int    // living keys at the turn
}

// bench is what is timed.
type vaultBench struct {
	Vault
	p   *program.Program
	out io.Writer
}

const benchAuthority, benchNotice, benchGroup = "dvv", "citizens-advice", "service_event"

// Run prints the figures to out.
func (v Vault) Run(ctx context.Context, out io.Writer) error {
	folder, err := os.MkdirTemp("", "luukku-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	first, err := demo.Authorities()
	if err != nil {
		return err
	}
	c := config.Defaults().WithData(filepath.Join(folder, "data"))
	c.Demo, c.Database = true, v.Database
	p, err := program.Open(ctx, c, first, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	fmt.Fprintln(out, Machine())
	b := vaultBench{v, p, out}
	for _, part := range []func(context.Context) error{b.sealing, b.gate, b.death, b.turn} {
		if err := part(ctx); err != nil {
			return errors.Join(err, p.Close())
		}
	}
	return p.Close()
}

func (b vaultBench) say(format string, args ...any) { fmt.Fprintf(b.out, format+"\n", args...) }

// sealing compares sealing and opening a message of 500 bytes with the bare AES-GCM call.
func (b vaultBench) sealing(context.Context) error {
	n, ok := b.p.Shelf.Current(benchAuthority, benchNotice, b.p.Today(benchAuthority))
	if !ok {
		return errors.New("the notice " + benchNotice + " is not there")
	}
	sealing, opening, err := vault.Speeds(n.Group(benchGroup), "text", strings.Repeat("viesti ", 72)[:500])
	if err != nil {
		return err
	}
	b.speed("seal", sealing)
	b.speed("open", opening)
	return nil
}

func (b vaultBench) speed(what string, s vault.Speed) {
	times := func(d time.Duration) float64 { return float64(d) / float64(s.Bare) }
	b.say("%s 500 bytes: bare AES-GCM %d ns; with encoding %d ns, %.2f times; with the key to be unwrapped %d ns, %.2f times",
		what, s.Bare.Nanoseconds(), s.Held.Nanoseconds(), times(s.Held), s.Unwrapping.Nanoseconds(), times(s.Unwrapping))
}

// gate times the whole gate on the staff register: authorise, record, open.
func (b vaultBench) gate(ctx context.Context) error {
	if _, err := demo.Fill(ctx, b.p); err != nil {
		return err
	}
	accounts, err := b.p.People.List(ctx, access.Caller{Authority: benchAuthority, Kind: access.Program, ID: "console"})
	if err != nil {
		return err
	}
	var opened atomic.Int64
	began := time.Now()
	work, ctx := errgroup.WithContext(ctx)
	for range 32 {
		work.Go(func() error {
			for time.Since(began) < 5*time.Second {
				caller := access.Caller{Authority: benchAuthority, Kind: access.Staff, ID: accounts[0].ID}
				if _, err := b.p.People.Cards(ctx, caller, accounts[1].ID); err != nil {
					return err
				}
				opened.Add(1)
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	b.say("the gate (authorise, record, open) on %s, 32 at once: %.0f a second", b.p.DB.Engine(), float64(opened.Load())/time.Since(began).Seconds())
	return nil
}

// death fills a bucket, lets its day pass, and times until nothing opens; then it reclaims while
// somebody writes.
func (b vaultBench) death(ctx context.Context) error {
	began := time.Now()
	if err := b.fill(ctx); err != nil {
		return err
	}
	b.say("bucket of %d records filled in %.0f s", b.Records, time.Since(began).Seconds())
	last := b.lastDay()
	b.p.Shifted.Forward(last.End(b.p.Zone(benchAuthority)).Add(time.Second))
	b.p.Keeper.Accept(b.p.Shifted.Now())
	began = time.Now()
	ended, err := b.p.Vault.Destroy(ctx, benchAuthority)
	if err != nil {
		return err
	}
	b.say("dead (%d buckets, one of %d records): %.1f ms", len(ended), b.Records, ms(time.Since(began)))
	began = time.Now()
	if _, err := b.p.Vault.Turn(ctx, benchAuthority); err != nil {
		return err
	}
	b.say("its key dropped and the KEK turned: %.1f ms", ms(time.Since(began)))
	return b.reclaim(ctx)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (b vaultBench) lastDay() notice.Day {
	n, _ := b.p.Shelf.Current(benchAuthority, benchNotice, b.p.Today(benchAuthority))
	g := n.Group(benchGroup)
	return g.Keep.LastDay(b.p.Keeper.Now(), b.p.Zone(benchAuthority))
}

func (b vaultBench) fill(ctx context.Context) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(8)
	const batch = 200
	for done := 0; done < b.Records; done += batch {
		work.Go(func() error {
			return b.p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
				for range min(batch, b.Records-done) {
					birth := vault.Birth{Authority: benchAuthority, Notice: benchNotice, Group: benchGroup, Type: "contact", Row: store.NewID("c_"), Final: true}
					if _, err := b.p.Vault.Create(ctx, tx, birth); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	return work.Wait()
}

// reclaim deletes the dead bucket's rows while another writer measures how long it waits.
func (b vaultBench) reclaim(ctx context.Context) error {
	stop, longest := b.probe(ctx)
	began := time.Now()
	var rows int64
	for {
		n, err := b.p.Vault.Reclaim(ctx, benchAuthority, 0)
		if err != nil {
			return err
		}
		if rows += n; n == 0 {
			break
		}
	}
	took := time.Since(began)
	close(stop)
	b.say("reclaimed %d rows in %.1f s; another writer waited at most %.1f ms", rows, took.Seconds(), ms(<-longest))
	return nil
}

// probe writes now and then and tells the longest wait when stop is closed.
func (b vaultBench) probe(ctx context.Context) (stop chan struct{}, longest chan time.Duration) {
	stop, longest = make(chan struct{}), make(chan time.Duration, 1)
	go func() {
		var most time.Duration
		for {
			select {
			case <-stop:
				longest <- most
				return
			case <-time.After(5 * time.Millisecond):
			}
			began := time.Now()
			_ = b.p.DB.Write(ctx, func(context.Context, *store.Tx) error { return nil }) // only the wait counts
			most = max(most, time.Since(began))
		}
	}()
	return stop, longest
}

// turn times a night's turn over many living keys.
func (b vaultBench) turn(ctx context.Context) error {
	set := b.p.Keys(benchAuthority)
	if _, err := set.AddStock(ctx, keystore.Day, b.Keys); err != nil {
		return err
	}
	began := time.Now()
	if _, err := set.Turn(ctx, nil, keystore.Stock{}); err != nil {
		return err
	}
	b.say("turn of %d keys: %.0f ms", len(set.Snapshot().IDs(keystore.Day)), ms(time.Since(began)))
	return nil
}
