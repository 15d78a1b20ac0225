package review

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/veil"
	"luukku/fault"
	"luukku/store"
)

// most is more lines than a contact has.
const most = 1 << 20

// Shown is a contact as a reviewer or an adviser in training sees it: without its id, its times and its
// notes, and without what tells who spoke, as far as a rule can (see package veil).
type Shown struct {
	No      int64
	State   State
	Service string
	Purpose string
	LastDay notice.Day
	Lines   []Line

	Training string
}

// Line is one line of a conversation as it is shown.
type Line struct {
	N      int64
	Minute int64        // since the conversation began
	From   contact.Kind // never a note
	Who    string       // "A" for the adviser who came first, "B" for the next; "" for nobody of staff
	Lang   string       // as the writer's language was kept, "" where it was not
	Event  string       // what happened, of a line of the program
	Pieces []veil.Piece
}

// Item opens one drawn contact for the purpose it was drawn for. The reading is recorded before a byte is
// opened. Errors: as Sample; fault.NotFound "sample-item-not-found", fault.Gone "sample-item-gone"; those
// of the gate, recorded.
func (r *Reviews) Item(ctx context.Context, caller access.Caller, sample string, no int64) (Shown, error) {
	var s Sample
	var i Item
	opened, err := r.open(ctx, caller, func(ctx context.Context, tx *store.Tx) (what, error) {
		var err error
		if s, i, err = r.item(ctx, tx, caller, sample, no); err != nil {
			return what{}, err
		}
		return what{contact: i.contact, purpose: s.Purpose, sample: s.ID}, nil
	})
	if err != nil {
		return Shown{}, err
	}
	return Shown{No: i.No, State: i.State, Service: s.Service, Purpose: s.Purpose, LastDay: i.LastDay,
		Lines: opened.shown(nil), Training: i.Training}, nil
}

// item is one drawn contact that can still be seen.
func (r *Reviews) item(ctx context.Context, tx *store.Tx, caller access.Caller, sample string, no int64) (Sample, Item, error) {
	s, err := r.sample(ctx, tx, caller, sample)
	if err != nil {
		return s, Item{}, err
	}
	for _, i := range s.Items {
		switch {
		case i.No != no:
		case i.contact == "":
			return s, i, fault.New(fault.Gone, "sample-item-gone")
		default:
			return s, i, nil
		}
	}
	return s, Item{}, fault.New(fault.NotFound, "sample-item-not-found")
}

// what is to be opened, for which purpose, and where it lies.
type what struct{ contact, purpose, sample string }

// opened is a conversation whose fields can be read once its transaction has committed.
type opened struct {
	of    contact.Contact
	n     *notice.Notice
	lines []contact.Stored
	texts map[string]*vault.Opened // by the id of the row
	parts []*vault.Opened
	staff []string
}

// open finds out what is to be opened and opens it, in one transaction.
func (r *Reviews) open(ctx context.Context, caller access.Caller, find func(ctx context.Context, tx *store.Tx) (what, error)) (*opened, error) {
	staff, err := r.o.Staff(ctx, caller.Authority)
	if err != nil {
		return nil, err
	}
	var out *opened
	err = r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		it, err := find(ctx, tx)
		if err != nil {
			return err
		}
		out = &opened{staff: staff, texts: map[string]*vault.Opened{}}
		return r.openIn(ctx, tx, caller, it, out)
	})
	return out, err
}

func (r *Reviews) openIn(ctx context.Context, tx *store.Tx, caller access.Caller, it what, out *opened) (err error) {
	if out.of, err = contact.Load(ctx, tx, caller.Authority, it.contact); err != nil {
		return err
	}
	var ok bool
	if out.n, ok = r.o.Shelf().Version(caller.Authority, out.of.Notice, out.of.Version); !ok {
		return fault.New(fault.Internal, "notice-version-missing", "notice", out.of.Notice)
	}
	if out.lines, err = contact.Lines(ctx, tx, out.of, 0, most); err != nil {
		return err
	}
	parts, err := contact.Parts(ctx, tx, caller.Authority, it.contact)
	if err != nil {
		return err
	}
	why := vault.Why{Sample: it.sample, Reason: it.sample}
	for _, rows := range byRecord(parts, out.lines) {
		all, err := r.o.Vault.OpenAll(ctx, tx, caller, it.purpose, rows, why)
		if err != nil {
			return err
		}
		out.take(all)
	}
	return nil
}

// take keeps what was opened: lines by their rows, and the rest.
func (o *opened) take(all []*vault.Opened) {
	for _, one := range all {
		o.texts[one.Row()] = one
		o.parts = append(o.parts, one)
	}
}

// byRecord are the rows to be opened, those of one record together: the parts, whose values are hidden
// wherever they stand, and the lines. Notes are not opened.
func byRecord(parts []contact.Part, lines []contact.Stored) map[vault.RecordID][]vault.Sealed {
	out := map[vault.RecordID][]vault.Sealed{}
	add := func(s vault.Sealed) {
		if len(s.Bytes()) > 0 {
			out[s.Record()] = append(out[s.Record()], s)
		}
	}
	for _, p := range parts {
		add(p.Sealed)
	}
	for _, l := range lines {
		if l.Line.Kind != contact.Note {
			add(l.Sealed)
		}
	}
	return out
}
