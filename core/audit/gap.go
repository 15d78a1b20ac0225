package audit

import (
	"context"
	"strconv"
	"strings"

	"luukku/fault"
	"luukku/store"
)

// Gap is where a restored database has an older tree than a checkpoint that was kept: entries are
// missing that the program once vouched for. The tree does not grow until somebody accepts
// that; then a new tree begins whose first leaf says what is missing, and Verify tells of it for
// good. Nobody's data are in that leaf, so it never ends.
type Gap struct {
	Restored Head       // the tree that the database had
	Kept     Checkpoint // the newest checkpoint, which it does not reach or does not fit
}

// gapLabel begins the text of a gap's leaf.
const gapLabel = "luukku audit gap v1"

// leafData is the first leaf of the tree that follows the gap.
func (g Gap) leafData() []byte {
	return append([]byte{leafOrigin}, gapLabel+"\n"+g.Restored.text()+"\n"+g.Kept.Note...)
}

// parseGap reads the text of an origin leaf. It does not check the signature: see openCheckpoint.
func parseGap(text string) (Gap, error) {
	body, ok := strings.CutPrefix(text, gapLabel+"\n")
	restored, signed, cut := strings.Cut(body, "\n\n")
	if !ok || !cut {
		return Gap{}, fault.New(fault.Invalid, "audit-leaf-unreadable")
	}
	head, err := parseHead(restored + "\n")
	if err != nil {
		return Gap{}, err
	}
	named, err := parseHead(signed)
	return Gap{Restored: head, Kept: Checkpoint{Head: named, Note: signed}}, err
}

// treeNo is the number at the end of an origin; 0 for an origin of something else.
func treeNo(origin string) int64 {
	no, err := strconv.ParseInt(origin[strings.LastIndexByte(origin, '/')+1:], 10, 64)
	if err != nil || no < 1 {
		return 0
	}
	return no
}

// covers tells whether a head lies in the gap: beyond what was restored and not beyond what the gap
// names. Where the restored tree is as large and another one, nobody knows where they part.
func (g Gap) covers(h Head) bool {
	no, restored, named := treeNo(h.Origin), treeNo(g.Restored.Origin), treeNo(g.Kept.Origin)
	if no < restored || no > named || no == named && h.Size > g.Kept.Size {
		return false
	}
	forked := restored == named && g.Restored.Size >= g.Kept.Size
	return no > restored || h.Size > g.Restored.Size || forked
}

// GapOf compares the authority's tree with the journal's last checkpoint. It returns nil when the
// tree contains what the checkpoint says, and the gap when it is older or another one.
func (l *Log) GapOf(ctx context.Context, authority string) (*Gap, error) {
	keys := l.keys(authority)
	if keys == nil {
		return nil, fault.New(fault.Busy, "keys-unavailable")
	}
	last, err := lastCheckpoint(keys)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var gap *Gap
	err = l.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		gap, err = l.compare(ctx, tx, authority, last)
		return err
	})
	return gap, err
}

func (l *Log) compare(ctx context.Context, tx *store.Tx, authority string, last Checkpoint) (*Gap, error) {
	t, err := lastTree(ctx, tx, qTreeLast, authority)
	if err != nil || t.no > treeNo(last.Origin) {
		return nil, err // a tree that began after the checkpoint names it in its first leaf
	}
	if t.no == treeNo(last.Origin) && t.size >= last.Size {
		head, err := l.head(ctx, tx, authority, t.no, last.Size)
		if err != nil || head.Root == last.Root {
			return nil, err
		}
	}
	restored, err := l.head(ctx, tx, authority, t.no, t.size)
	return &Gap{Restored: restored, Kept: last}, err
}

// Start looks whether an authority's tree is as the journal says, so that AlarmOlder stands from the
// start and not from the first entry on. Whatever else is wrong it only logs: numbering meets it again.
func (l *Log) Start(ctx context.Context, authority string) {
	err := l.prove(ctx, authority)
	if err != nil && !fault.Is(err, fault.Conflict) && l.keys(authority) != nil {
		l.log.Error("the audit could not be compared with its last checkpoint", "authority", authority, "error", err)
	}
}

// prove makes sure, once in the life of this process, that the authority's tree may grow.
func (l *Log) prove(ctx context.Context, authority string) error {
	l.mu.Lock()
	proven := l.proven[authority]
	l.mu.Unlock()
	if proven {
		return nil
	}
	gap, err := l.GapOf(ctx, authority)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if gap != nil {
		l.halt(authority)
		return fault.New(fault.Conflict, "audit-older-than-checkpoint")
	}
	l.proven[authority] = true
	delete(l.halted, authority)
	return nil
}

// AcceptGap begins a new tree whose first leaf names the checkpoint that the restored one does not
// reach, with the restored size: `luukku restore --accept-audit-gap`. It returns the gap that was
// accepted, or fault.Conflict "audit-no-gap" when the tree is whole.
func (l *Log) AcceptGap(ctx context.Context, authority string) (*Gap, error) {
	gap, err := l.GapOf(ctx, authority)
	if err != nil {
		return nil, err
	}
	if gap == nil {
		return nil, fault.New(fault.Conflict, "audit-no-gap")
	}
	err = l.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return l.beginTree(ctx, tx, authority, *gap)
	})
	if err != nil {
		return nil, err
	}
	_, err = l.Checkpoint(ctx, authority)
	return gap, err
}

func (l *Log) beginTree(ctx context.Context, tx *store.Tx, authority string, gap Gap) error {
	now := l.keeper.Now()
	t := tree{authority: authority, holder: l.node, leaseUntil: now.Add(leaseTime).UnixMilli()}
	last, err := lastTree(ctx, tx, qTreeLock, authority)
	if err != nil {
		return err
	}
	if last.size != gap.Restored.Size || last.no != treeNo(gap.Restored.Origin) {
		return fault.New(fault.Conflict, "audit-tree-moved")
	}
	if err := t.begin(ctx, tx, max(last.no, treeNo(gap.Kept.Origin))+1); err != nil {
		return err
	}
	return t.grow(ctx, tx, [][]byte{gap.leafData()})
}
