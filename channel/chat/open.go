package chat

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/store"
)

// batch is how many messages one answer holds.
const batch = 200

// request says what of a contact is to be opened, for whom, and on what ground.
type request struct {
	caller  access.Caller
	contact string
	load    func(ctx context.Context, tx *store.Tx) (contact.Contact, error) // checks the claim too
	purpose string
	why     vault.Why
	live    func(of contact.Contact) bool // in a reading session, which is begun when none runs

	lines bool // messages after the number after
	after int64
	limit int
	parts func(of contact.Contact) bool // and what is not messages
	only  vault.RecordID                // parts of this record alone; "" for all
	life  bool
}

// answer is what a request opened. Texts are by the index of lines, nil where nothing was sealed.
type answer struct {
	of    contact.Contact
	live  bool
	lines []contact.Stored
	texts []*vault.Opened
	parts []*vault.Opened
	life  []vault.Life
}

// open reads and opens. In a running session it takes a snapshot; without one it begins a session
// or writes an entry for each record, and reads in that transaction. A session that has just ended
// elsewhere is begun anew, once.
func (c *Chat) open(ctx context.Context, r request) (answer, error) {
	var out answer
	session, runs := c.readings.of(r.caller, r.contact)
	if runs && r.purpose == session.Purpose {
		err := c.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			out, err = c.openIn(ctx, tx, r, &session)
			return err
		})
		if !fault.Is(err, fault.Denied) {
			return out, err
		}
		c.readings.drop(session)
	}
	var begun *vault.Reading
	err := c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		of, err := r.load(ctx, tx)
		if err != nil {
			return err
		}
		if r.live(of) {
			session, err := c.o.Vault.BeginReading(ctx, tx, r.caller, r.purpose, contact.Type, of.ID, r.why)
			if err != nil {
				return err
			}
			begun = &session
		}
		out, err = c.openIn(ctx, tx, r, begun)
		return err
	})
	if err == nil && begun != nil {
		c.readings.keep(*begun)
	}
	return out, err
}

// openIn reads what is asked for and opens it, in a session if there is one.
func (c *Chat) openIn(ctx context.Context, tx *store.Tx, r request, session *vault.Reading) (answer, error) {
	of, err := r.load(ctx, tx)
	if err != nil {
		return answer{}, err
	}
	out := answer{of: of, live: session != nil}
	if r.lines {
		if out.lines, err = contact.Lines(ctx, tx, of, r.after, r.limit); err != nil {
			return out, err
		}
	}
	rows, parts, err := c.rows(ctx, tx, r, out)
	if err != nil {
		return out, err
	}
	if out.life, err = c.life(ctx, tx, r); err != nil {
		return out, err
	}
	opened, err := c.unseal(ctx, tx, r, of, session, rows)
	if err != nil {
		return out, err
	}
	out.parts = opened[:parts]
	out.texts = spread(out.lines, opened[parts:], readerOf(r.caller))
	return out, nil
}

// rows are the sealed rows to be opened: first the parts, then the lines that the reader may see.
func (c *Chat) rows(ctx context.Context, tx *store.Tx, r request, a answer) (rows []vault.Sealed, parts int, err error) {
	if r.parts != nil && r.parts(a.of) {
		all, err := contact.Parts(ctx, tx, r.caller.Authority, a.of.ID)
		if err != nil {
			return nil, 0, err
		}
		for _, p := range all {
			if r.only == "" || p.Sealed.Record() == r.only {
				rows = append(rows, p.Sealed)
			}
		}
	}
	parts = len(rows)
	who := readerOf(r.caller)
	for _, s := range a.lines {
		if len(s.Sealed.Bytes()) > 0 && who.mayOpen(s.Line.Kind) {
			rows = append(rows, s.Sealed)
		}
	}
	return rows, parts, nil
}

func (c *Chat) life(ctx context.Context, tx *store.Tx, r request) ([]vault.Life, error) {
	if !r.life {
		return nil, nil
	}
	return c.o.Vault.LifeOf(ctx, tx, r.caller.Authority, contact.Type, r.contact)
}

// unseal opens rows in the session, or record by record with an entry for each. Where there is
// nothing to open, the gate is not asked; then only whom the contact is assigned to, and its
// citizen, see what else there is.
func (c *Chat) unseal(ctx context.Context, tx *store.Tx, r request, of contact.Contact, session *vault.Reading, rows []vault.Sealed) ([]*vault.Opened, error) {
	if session != nil {
		return c.o.Vault.ReadIn(ctx, tx, *session, rows)
	}
	if len(rows) == 0 && r.caller.Kind == access.Staff && of.Adviser != r.caller.ID {
		return nil, fault.New(fault.Denied, "contact-not-yours")
	}
	out := make([]*vault.Opened, len(rows))
	for i := range rows {
		if out[i] != nil {
			continue
		}
		var same []vault.Sealed
		var at []int
		for j := i; j < len(rows); j++ {
			if rows[j].Record() == rows[i].Record() {
				same, at = append(same, rows[j]), append(at, j)
			}
		}
		opened, err := c.o.Vault.OpenAll(ctx, tx, r.caller, r.purpose, same, r.why)
		if err != nil {
			return nil, err
		}
		for k, j := range at {
			out[j] = opened[k]
		}
	}
	return out, nil
}

// spread puts opened rows back beside the lines they belong to.
func spread(lines []contact.Stored, opened []*vault.Opened, who reader) []*vault.Opened {
	out := make([]*vault.Opened, len(lines))
	next := 0
	for i, s := range lines {
		if len(s.Sealed.Bytes()) > 0 && who.mayOpen(s.Line.Kind) {
			out[i] = opened[next]
			next++
		}
	}
	return out
}

// readerOf: what the program reads goes to the citizen.
func readerOf(caller access.Caller) reader {
	if caller.Kind == access.Staff {
		return reader{caller.ID}
	}
	return reader{}
}

// messages are the lines of an answer as its reader sees them.
func (c *Chat) messages(ctx context.Context, who reader, a answer) []Message {
	signed := map[int64]string{}
	for i, s := range a.lines {
		if name, ok := a.texts[i].Text("adviser_name"); ok {
			signed[s.Line.Writer] = name
		}
	}
	out := make([]Message, 0, len(a.lines))
	for i, s := range a.lines {
		out = append(out, who.message(s.Line, a.texts[i], c.nameOf(ctx, s.Line, signed)))
	}
	return out
}
