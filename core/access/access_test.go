package access

import (
	"context"
	"errors"
	"testing"
	"time"

	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueries(t *testing.T) { storetest.Prepare(t, queries) }

var noon = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)

// bench is a register whose hooks note what they were told, on a fresh database.
type bench struct {
	t     *testing.T
	db    *store.DB
	r     *Register
	ended []string
	lines map[string][]byte
	fail  error
}

func benches(t *testing.T, fn func(b *bench)) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		b := &bench{t: t, db: db, lines: map[string][]byte{}}
		r, err := NewRegister(Hooks{
			EndReadings: func(_ context.Context, _ *store.Tx, authority, staff, reason string) error {
				b.ended = append(b.ended, authority+" "+staff+" "+reason)
				return b.fail
			},
			Journal: func(_ context.Context, _ *store.Tx, authority, kind string, body []byte) error {
				b.lines[kind] = body
				return nil
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		b.r = r
		b.do(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(r.AddStaff(ctx, tx, "dvv", "s_1", noon), r.AddStaff(ctx, tx, "mallila", "s_1", noon))
		})
		fn(b)
	})
}

func (b *bench) do(fn store.Func) {
	b.t.Helper()
	if err := b.db.Write(context.Background(), fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) fails(code fault.Code, key string, fn store.Func) {
	b.t.Helper()
	var e *fault.Error
	if err := b.db.Write(context.Background(), fn); !errors.As(err, &e) || e.Code != code || e.Key != key {
		b.t.Fatalf("got %v, want %s %s", err, code, key)
	}
}

func (b *bench) grant(g Grant) (id string) {
	b.t.Helper()
	b.do(func(ctx context.Context, tx *store.Tx) (err error) {
		id, err = b.r.AddGrant(ctx, tx, g)
		return err
	})
	return id
}

func (b *bench) standing(authority string, now time.Time) (grants []Grant, secrecy bool) {
	b.t.Helper()
	b.do(func(ctx context.Context, tx *store.Tx) (err error) {
		grants, secrecy, err = Grants(ctx, tx, Caller{Authority: authority, Kind: Staff, ID: "s_1"}, now)
		return err
	})
	return grants, secrecy
}

// S4-20: individual ids with limited rights.
func TestGrantRunsFromItsBeginningUntilBeforeItsEnd(t *testing.T) {
	benches(t, func(b *bench) {
		ms := noon.UnixMilli()
		b.grant(Grant{Authority: "dvv", Staff: "s_1", Role: RoleAdviser, Service: "advice", From: ms, Until: ms + 1000})
		for _, at := range []struct {
			ms   int64
			want int
		}{{ms - 1, 0}, {ms, 1}, {ms + 999, 1}, {ms + 1000, 0}} {
			if got, _ := b.standing("dvv", time.UnixMilli(at.ms)); len(got) != at.want {
				b.t.Errorf("at %d: %d grants, want %d", at.ms-ms, len(got), at.want)
			}
		}
		if got, _ := b.standing("mallila", noon); got != nil {
			b.t.Error("a grant of another authority counts")
		}
	})
}

func TestOnlyStaffHoldsGrants(t *testing.T) {
	benches(t, func(b *bench) {
		b.grant(Grant{Authority: "dvv", Staff: "s_1", Role: RoleLead})
		b.do(func(ctx context.Context, tx *store.Tx) error {
			for _, c := range []Caller{
				{Authority: "dvv", Kind: Subject, ID: "s_1"}, {Authority: "dvv", Kind: Program, ID: "s_1"},
				{Authority: "dvv", ID: "s_1"}, {Authority: "dvv", Kind: Staff, ID: "s_2"},
			} {
				if got, secrecy, err := Grants(ctx, tx, c, noon); err != nil || got != nil || secrecy {
					b.t.Errorf("%+v holds %v, %v, %v", c, got, secrecy, err)
				}
			}
			return nil
		})
	})
}

// S4-17
func TestSecrecyCommitmentIsADayAndCanBeTakenAway(t *testing.T) {
	benches(t, func(b *bench) {
		set := func(day string) store.Func {
			return func(ctx context.Context, tx *store.Tx) error {
				return b.r.SetSecrecy(ctx, tx, "dvv", "s_1", day, noon)
			}
		}
		b.fails(fault.Invalid, "not-a-day", set("2026-02-30"))
		b.do(set("2026-02-28"))
		if _, secrecy := b.standing("dvv", noon); !secrecy {
			b.t.Error("no commitment on record")
		}
		b.do(set(""))
		if _, secrecy := b.standing("dvv", noon); secrecy || len(b.ended) != 1 {
			b.t.Error("the commitment stands, or readings go on", b.ended)
		}
	})
}

// S4-18
func TestWithdrawingEndsReadingsInTheSameTransaction(t *testing.T) {
	benches(t, func(b *bench) {
		id := b.grant(Grant{Authority: "dvv", Staff: "s_1", Role: RoleAdviser})
		withdraw := func(ctx context.Context, tx *store.Tx) error {
			return b.r.WithdrawGrant(ctx, tx, "dvv", id, noon)
		}
		b.fail = fault.New(fault.Busy, "readings-stuck")
		b.fails(fault.Busy, "readings-stuck", withdraw)
		if got, _ := b.standing("dvv", noon); len(got) != 1 {
			b.t.Error("the grant went although its readings did not end")
		}
		b.fail = nil
		b.do(withdraw)
		if got, _ := b.standing("dvv", noon); got != nil || b.ended[1] != "dvv s_1 grant-withdrawn" {
			b.t.Error(got, b.ended)
		}
	})
}

func TestUnknownAndForeignAnswerAlike(t *testing.T) {
	benches(t, func(b *bench) {
		id := b.grant(Grant{Authority: "dvv", Staff: "s_1", Role: RoleAdviser})
		for _, unknown := range []string{id, "g_none"} {
			b.fails(fault.NotFound, "not-found", func(ctx context.Context, tx *store.Tx) error {
				return b.r.WithdrawGrant(ctx, tx, "mallila", unknown, noon)
			})
		}
		b.fails(fault.NotFound, "not-found", func(ctx context.Context, tx *store.Tx) error {
			_, err := b.r.AddGrant(ctx, tx, Grant{Authority: "dvv", Staff: "s_2", Role: RoleLead})
			return err
		})
	})
}

func TestGrantsThatMakeNoSenseAreRefused(t *testing.T) {
	benches(t, func(b *bench) {
		for key, g := range map[string]Grant{
			"unknown-role":                {Authority: "dvv", Staff: "s_1", Role: RoleSubject},
			"grant-ends-before-it-begins": {Authority: "dvv", Staff: "s_1", Role: RoleLead, From: 10, Until: 10},
		} {
			b.fails(fault.Invalid, key, func(ctx context.Context, tx *store.Tx) error {
				_, err := b.r.AddGrant(ctx, tx, g)
				return err
			})
		}
	})
}

func TestDisabledAccountHoldsNothingUntilEnabled(t *testing.T) {
	benches(t, func(b *bench) {
		b.grant(Grant{Authority: "dvv", Staff: "s_1", Role: RoleLead})
		b.do(func(ctx context.Context, tx *store.Tx) error { return b.r.Disable(ctx, tx, "dvv", "s_1", noon) })
		if got, _ := b.standing("dvv", noon); got != nil {
			b.t.Error("a disabled account holds", got)
		}
		b.do(func(ctx context.Context, tx *store.Tx) error { return b.r.Enable(ctx, tx, "dvv", "s_1", noon) })
		if got, _ := b.standing("dvv", noon); len(got) != 1 {
			b.t.Error("an enabled account holds", got)
		}
	})
}

// A restore must not give back what was taken away.
func TestReplayTakesAwayAgainWhatABackupStillHas(t *testing.T) {
	benches(t, func(b *bench) {
		id := b.grant(Grant{Authority: "dvv", Staff: "s_1", Role: RoleLead})
		later := noon.Add(time.Minute)
		b.do(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(b.r.WithdrawGrant(ctx, tx, "dvv", id, later), b.r.Disable(ctx, tx, "dvv", "s_1", later))
		})
		b.older(id)
		for range 2 { // a second replay changes nothing
			b.replay()
			if s := b.read(); !s.Disabled || s.Grants[0].Until != later.UnixMilli() {
				b.t.Error("given back:", s)
			}
		}
	})
}

func TestReplayDoesNotUndoWhatCameLater(t *testing.T) {
	benches(t, func(b *bench) {
		b.do(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(b.r.Disable(ctx, tx, "dvv", "s_1", noon), b.r.Enable(ctx, tx, "dvv", "s_1", noon.Add(time.Second)))
		})
		b.replay()
		if b.read().Disabled {
			b.t.Error("an old line disabled an account that was enabled since")
		}
	})
}

// older makes the rows what they were before anything was taken away.
func (b *bench) older(grant string) {
	b.do(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qStaffDisabled, nil, noon.UnixMilli(), "dvv", "s_1")
		_, err2 := tx.Exec(ctx, qGrantRestore, "dvv", grant)
		return errors.Join(err, err2)
	})
}

var qGrantRestore = store.MustQueries(`
-- name: grant-restore
update role_grant set valid_until = 0 where authority = ? and id = ?;`).Get("grant-restore")

func (b *bench) replay() {
	b.do(func(ctx context.Context, tx *store.Tx) error {
		for _, body := range b.lines {
			if err := Replay(ctx, tx, "dvv", body); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *bench) read() (s Standing) {
	b.do(func(ctx context.Context, tx *store.Tx) (err error) {
		s, err = StandingOf(ctx, tx, "dvv", "s_1")
		return err
	})
	return s
}
