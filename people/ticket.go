package people

import (
	"context"
	"time"

	"luukku/fault"
	"luukku/store"
)

var (
	qTicketPut   = queries.Get("ticket-put")
	qTicketGet   = queries.Get("ticket-get")
	qTicketTake  = queries.Get("ticket-take")
	qTicketDrop  = queries.Get("ticket-drop")
	qTicketSweep = queries.Get("ticket-sweep")
)

// Lives of tickets: to sign in at the directory, and to type a code after it.
const (
	ticketLife = 10 * time.Minute
	codeLife   = 5 * time.Minute
)

// GiveTicket remembers that a browser has begun to sign in by the directory. Hash is of what only the
// browser has.
func (p *People) GiveTicket(ctx context.Context, authority string, hash []byte) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return p.putTicket(ctx, tx, authority, hash, "", ticketLife)
	})
}

// giveCodeTicket remembers of whom the directory has vouched until they show a code.
func (p *People) giveCodeTicket(ctx context.Context, v Vouched, staff string) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := p.holdDirectory(ctx, tx, v.Authority, v.Who.By); err != nil {
			return err
		}
		return p.putTicket(ctx, tx, v.Authority, v.Ticket, staff, codeLife)
	})
}

func (p *People) putTicket(ctx context.Context, tx *store.Tx, authority string, hash []byte, staff string, life time.Duration) error {
	_, err := tx.Exec(ctx, qTicketPut, authority, hash, staff, p.Real.Now().Add(life).UnixMilli())
	return err
}

// TakeTicket ends a ticket: it is good once. fault.Denied "directory-state" for one that was taken before,
// has expired, or was never given.
func (p *People) TakeTicket(ctx context.Context, authority string, hash []byte) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		staff, err := p.ticketOf(ctx, tx, authority, hash)
		if err == nil && staff != "" {
			err = noTicket()
		}
		if err != nil {
			return err
		}
		return took(tx.Exec(ctx, qTicketTake, authority, hash))
	})
}

// codeTicket is of whom the directory has vouched under a ticket, and which directory it is: with another one
// every ticket ends.
func (p *People) codeTicket(ctx context.Context, authority string, hash []byte) (staff, directory string, err error) {
	err = p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		f, err := p.Federation(ctx, tx, authority)
		if err != nil {
			return err
		}
		directory = f.name()
		staff, err = p.ticketOf(ctx, tx, authority, hash)
		return err
	})
	if err == nil && staff == "" {
		err = noTicket()
	}
	return staff, directory, err
}

// ticketOf is whom a ticket is about, "" before the directory has said it.
func (p *People) ticketOf(ctx context.Context, tx *store.Tx, authority string, hash []byte) (staff string, err error) {
	err = tx.Row(ctx, qTicketGet, authority, hash, p.Real.Now().UnixMilli()).Scan(&staff)
	if fault.Is(err, fault.NotFound) {
		err = noTicket()
	}
	return staff, err
}

// took refuses the second of two who took a ticket at one moment.
func took(rows int64, err error) error {
	if err == nil && rows == 0 {
		return noTicket()
	}
	return err
}

func noTicket() error { return fault.New(fault.Denied, "directory-state") }

func (p *People) sweepTickets(ctx context.Context, authority string) error {
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, qTicketSweep, authority, p.Real.Now().UnixMilli())
		return err
	})
}
