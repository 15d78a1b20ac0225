package outbox

import (
	"context"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Order is one mail to be sent. Address has the form of (address.Address).Mail; Domain is the sender's.
type Order struct {
	Authority, Contact string
	Notice             *notice.Notice
	Lang               string
	Address            string
	Domain             string
}

// Order puts a mail into the outbox in the transaction in which it is ordered. Errors:
// fault.Conflict "transcript-waiting" while another of the contact waits, "transcript-limit" after
// PerContact of them, "transcript-not-offered"; fault.Busy as of (*vault.Vault).Create.
func (b *Outbox) Order(ctx context.Context, tx *store.Tx, o Order) error {
	g := GroupOf(o.Notice)
	if g == nil {
		return fault.New(fault.Conflict, "transcript-not-offered")
	}
	if err := mayOrder(ctx, tx, o); err != nil {
		return err
	}
	id := store.NewID("m_")
	sealed, err := b.seal(ctx, tx, o, g, id)
	if err != nil {
		return err
	}
	now := b.o.Now().UnixMilli()
	_, err = tx.Exec(ctx, qAdd, o.Authority, id, o.Contact, string(OfContact), now, now, id+"@"+o.Domain, o.Lang, string(sealed.Record()), sealed)
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "transcript-waiting")
	}
	tx.OnCommit(b.rouse)
	return err
}

func mayOrder(ctx context.Context, tx *store.Tx, o Order) error {
	var ordered, waiting int64
	if err := tx.Row(ctx, qOrdered, o.Authority, o.Contact).Scan(&ordered, &waiting); err != nil {
		return err
	}
	switch {
	case waiting > 0:
		return fault.New(fault.Conflict, "transcript-waiting")
	case ordered >= PerContact:
		return fault.New(fault.Conflict, "transcript-limit")
	}
	return nil
}

// seal makes the address's own record in the bucket that ends with the sending.
func (b *Outbox) seal(ctx context.Context, tx *store.Tx, o Order, g *notice.Group, id string) (vault.Sealed, error) {
	record, err := b.o.Vault.Create(ctx, tx, vault.Birth{Authority: o.Authority, Notice: o.Notice.ID, Group: g.ID,
		Type: Type, Row: id, At: b.o.Now(), Final: true})
	if err != nil {
		return vault.Sealed{}, err
	}
	w, err := b.o.Vault.Writer(ctx, tx, o.Authority, record)
	if err != nil {
		return vault.Sealed{}, err
	}
	return w.Seal(id, []vault.Value{{Field: Field, Text: o.Address}})
}

// rouse tells a worker that sleeps.
func (b *Outbox) rouse() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Latest is the newest order of a contact; ok is false when there is none.
type Latest struct {
	State     State
	Reason    string
	OrderedAt int64
}

// Latest returns a contact's newest order.
func (b *Outbox) Latest(ctx context.Context, tx *store.Tx, authority, contact string) (l Latest, ok bool, err error) {
	err = tx.Row(ctx, qLatest, authority, contact).Scan(&l.State, &l.Reason, &l.OrderedAt)
	if fault.Is(err, fault.NotFound) {
		return l, false, nil
	}
	return l, err == nil, err
}
