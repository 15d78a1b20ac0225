package audit

import (
	"context"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"luukku/fault"
	"luukku/store"
)

// beginning makes sure that a tree begins as it must: the first one with an entry, every later one
// with the gap after the one before it.
func (v *verifier) beginning(t TreeReport) {
	before := TreeReport{Origin: v.log.origin(v.authority, 0), Root: emptyRoot()}
	if n := len(v.report.Trees); n > 0 {
		before = v.report.Trees[n-1]
	}
	if (t.No == 1) != (t.Gap == nil) {
		v.report.find(TreeUnexplained, t.No, -1, t.Origin)
		return
	}
	if t.Gap == nil {
		return
	}
	restored := t.Gap.Restored
	if treeNo(restored.Origin) != before.No || restored.Size != before.Size || restored.Root != before.Root {
		v.report.find(GapDiffers, t.No, 0, restored.Origin)
	}
	v.signed(t)
}

// signed makes sure that the checkpoint which a gap names is one that the audit key has signed.
func (v *verifier) signed(t TreeReport) {
	keys := v.log.keys(v.authority)
	if keys == nil {
		return // told by checkpoints
	}
	if _, err := openCheckpoint(t.Gap.Kept.Note, keys.Signer()); err != nil {
		v.report.find(CheckpointUnsigned, t.No, 0, t.Gap.Kept.Origin)
	}
}

func emptyRoot() tlog.Hash {
	root, err := tlog.TreeHash(0, nil)
	if err != nil {
		panic("audit: the empty tree has a root: " + err.Error())
	}
	return root
}

// checkpoints compares the trees with every checkpoint that the journal keeps.
func (v *verifier) checkpoints(ctx context.Context) error {
	keys := v.log.keys(v.authority)
	if keys == nil {
		v.report.find(JournalUnreachable, 0, -1, "")
		return nil
	}
	all, err := kept(keys)
	if fault.Is(err, fault.Invalid) {
		v.report.find(CheckpointUnsigned, 0, -1, "")
		return nil
	}
	if err != nil {
		return err
	}
	for some := range slices.Chunk(all, checkpointsAtOnce) {
		err := v.log.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
			return v.compareHeads(ctx, tx, some)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// checkpointsAtOnce bounds how long one snapshot is held and how many tiles are kept in memory.
const checkpointsAtOnce = 200

func (v *verifier) compareHeads(ctx context.Context, tx *store.Tx, some []Checkpoint) error {
	trees := map[int64]*tiles{}
	for _, c := range some {
		no := treeNo(c.Origin)
		if trees[no] == nil {
			trees[no] = tilesOf(ctx, tx, v.authority, no)
		}
		if err := v.checkpoint(trees[no], c); err != nil {
			return err
		}
	}
	return nil
}

// checkpoint compares one kept checkpoint with its tree. What an accepted gap names is missing with
// everybody's knowledge.
func (v *verifier) checkpoint(of *tiles, c Checkpoint) error {
	t := v.numbered(treeNo(c.Origin))
	if t != nil && c.Size <= t.Size {
		root, err := tlog.TreeHash(c.Size, of)
		if err == nil && root == c.Root {
			t.Kept++
			return nil
		}
		if fault.Is(err, fault.Busy) {
			return err
		}
	}
	if !v.accepted(c) {
		v.report.find(CheckpointDiffers, treeNo(c.Origin), c.Size, c.Origin)
	}
	return nil
}

func (v *verifier) numbered(no int64) *TreeReport {
	for i := range v.report.Trees {
		if v.report.Trees[i].No == no {
			return &v.report.Trees[i]
		}
	}
	return nil
}

// accepted tells whether a gap covers a checkpoint that no tree reaches or fits.
func (v *verifier) accepted(c Checkpoint) bool {
	for _, t := range v.report.Trees {
		if t.Gap != nil && t.Gap.covers(c.Head) {
			return true
		}
	}
	return false
}
