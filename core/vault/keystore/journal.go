package keystore

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"luukku/fault"
)

// JournalLine is one thing that a restore must not undo. The body holds ids and digests, never
// field values.
type JournalLine struct {
	ID   string // made by Append when empty; a line has the same id in every store
	At   int64  // unix milliseconds
	Kind string // one of the Line constants, or another of at most 32 bytes
	Body []byte // at most MaxBody bytes
	seq  int64  // place in the journal
}

// MaxBody is the largest body of a journal line, in bytes.
const MaxBody = 4 << 10

// LineLife is how long a line lives: a day longer than data backups may, which are refused when
// they are older than 35 days.
const LineLife = 36 * 24 * time.Hour

// Kinds of journal lines.
const (
	LineDestroyed       = "destroyed"        // a bucket's key was dropped
	LineErased          = "erased"           // one person's records were erased
	LineHold            = "hold"             // a hold was placed or released
	LineRestriction     = "restriction"      // a restriction was placed or released
	LineGrantWithdrawn  = "grant_withdrawn"  // a role ended
	LineAccountDisabled = "account_disabled" // an account was disabled
	LineClockMark       = "clock_mark"       // accepted time; see prune: the latest lives on
	LineCheckpoint      = "checkpoint"       // the audit's signed checkpoint; likewise
	LineKeyLost         = "key_lost"         // AcceptLoss; lives for good
)

// mustReachAll tells whether a line must be in every configured store before it is acknowledged.
func mustReachAll(l JournalLine) bool { return l.Kind == LineErased }

// Append writes lines at the journal's end, in one piece and durably, before it returns.
//
// A line of erasure must reach every configured store: if one cannot be reached, fault.Busy
// "keystore-unreachable" is returned and the erasure must not be acknowledged (it may be in a
// store nevertheless, and a restore may then do what was asked for). For any other line one store
// is enough, because disabling an account or placing a hold must not wait for a disk; a store that
// missed it raises an alarm and gets it when it is next written anew.
//
// fault.Invalid: a body over MaxBody, an empty or too long kind.
func (s *Set) Append(ctx context.Context, lines ...JournalLine) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	seq, err := s.usable()
	if err != nil || len(lines) == 0 {
		return err
	}
	var records []byte
	lines = slices.Clone(lines)
	for i := range lines {
		if err := lines[i].complete(s.o.Rand); err != nil {
			return err
		}
		seq++
		lines[i].seq = seq
		records = appendLine(records, lines[i])
	}
	all := slices.ContainsFunc(lines, mustReachAll)
	return s.commit(ctx, s.keys, s.keys.now.withLines(lines), records, all)
}

func (l *JournalLine) complete(random io.Reader) (err error) {
	if l.Kind == "" || len(l.Kind) > 32 || len(l.Body) > MaxBody || len(l.ID) > 64 {
		return fault.New(fault.Invalid, "journal-line", "kind", l.Kind)
	}
	if l.ID == "" {
		l.ID, err = newID(random, "jl_")
	}
	l.Body = slices.Clone(l.Body)
	return err
}

// Journal returns the living lines in the order in which they were written. The bodies are shared:
// they must not be changed.
func (s *Set) Journal() []JournalLine {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.keys.now.lines)
}

// merge returns every line that is in one of the journals, once, in order.
func merge(journals ...[]JournalLine) []JournalLine {
	var all []JournalLine
	seen := map[string]bool{}
	for _, lines := range journals {
		for _, l := range lines {
			if !seen[l.ID] {
				seen[l.ID] = true
				all = append(all, l)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b JournalLine) int {
		return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// thinAfter is how long before the newest line of its kind every line of a repeating kind lives; of
// those before it the last of each day does. Two nodes may write theirs in another order than they
// made them, so the newest line alone need not be the one that says most.
const thinAfter = time.Hour

// prune returns the lines that live on after now.
func prune(lines []JournalLine, now time.Time) []JournalLine {
	oldest, last := now.Add(-LineLife).UnixMilli(), lastOfDays(lines)
	return slices.DeleteFunc(slices.Clone(lines), func(l JournalLine) bool {
		newest := last[l.kindOn(wholeTime)]
		switch {
		case l.Kind == LineKeyLost || l.ID == newest.ID:
			return false
		case l.At < oldest:
			return true
		}
		return l.repeats() && l.At < newest.At-thinAfter.Milliseconds() && l.ID != last[l.kindOn(l.day())].ID
	})
}

// repeats tells whether a later line of the kind says all that an earlier one does.
func (l JournalLine) repeats() bool { return l.Kind == LineClockMark || l.Kind == LineCheckpoint }

// kindOn is a repeating kind on one day (UTC, counted from 1970), or over the whole time.
type kindOn struct {
	kind string
	day  int64
}

const wholeTime = -1

func (l JournalLine) kindOn(day int64) kindOn { return kindOn{l.Kind, day} }

func (l JournalLine) day() int64 { return l.At / (24 * time.Hour).Milliseconds() }

// lastOfDays finds the latest line of each repeating kind, on each day and of all.
func lastOfDays(lines []JournalLine) map[kindOn]JournalLine {
	last := map[kindOn]JournalLine{}
	for _, l := range lines {
		if !l.repeats() {
			continue
		}
		for _, at := range []kindOn{l.kindOn(l.day()), l.kindOn(wholeTime)} {
			if l.At >= last[at].At {
				last[at] = l
			}
		}
	}
	return last
}
