package audit

import "golang.org/x/mod/sumdb/tlog"

// Report is what Verify found out about one authority's log.
type Report struct {
	Authority string
	Trees     []TreeReport
	Waiting   int64 // committed entries that have no leaf yet; not a finding
	Findings  []Finding
	More      int64 // findings beyond the first 1,000
}

// OK tells that nothing was altered and nothing is missing before its time. Accepted gaps do not
// change that; the report names them for good.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// TreeReport is one tree of an authority; only the last one grows.
type TreeReport struct {
	Origin string
	No     int64
	Size   int64
	Root   tlog.Hash
	Living int64 // entries whose retention runs: opened and compared
	Ended  int64 // entries that retention has ended: their leaf proves that they were there
	Kept   int64 // checkpoints of the journal that the tree fits
	Gap    *Gap  // the accepted gap that this tree begins with
}

// What a finding can be.
const (
	EntryMissing       = "entry-missing"       // a leaf whose entry is not there before its expiry
	EntryAltered       = "entry-altered"       // a row that does not match its leaf or does not open
	EntryStray         = "entry-stray"         // a row numbered where no tree has a leaf
	LeafUnreadable     = "leaf-unreadable"     // bytes in a bundle that are no leaf
	TileDiffers        = "tile-differs"        // a tile that does not follow from the leaves
	TileStray          = "tile-stray"          // a tile where the tree has none
	TreeUnexplained    = "tree-unexplained"    // a tree that does not begin as it must
	GapDiffers         = "gap-differs"         // an accepted gap that does not fit the tree before it
	CheckpointDiffers  = "checkpoint-differs"  // a kept checkpoint that its tree does not fit
	CheckpointUnsigned = "checkpoint-unsigned" // a kept checkpoint that the audit key has not signed
	JournalUnreachable = "journal-unreachable" // no key store to compare with
	mostFindings       = 1000
)

// Finding is something that does not fit. It holds numbers and ids only.
type Finding struct {
	Kind string
	Tree int64
	Leaf int64 // of an entry or a leaf, else -1
	ID   string
}

func (r *Report) find(kind string, tree, leaf int64, id string) {
	if len(r.Findings) >= mostFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{Kind: kind, Tree: tree, Leaf: leaf, ID: id})
}
