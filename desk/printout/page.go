package printout

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Page is a printout whose page its maker fetches, with its case number. What it shows is then opened for
// the printout's purpose, and GiveOut says that it has been given out; only then may it be sent. Errors:
// fault.NotFound "printout-not-found", also for somebody else's; fault.Conflict "printout-opened";
// fault.Gone "printout-late"; those of the gate.
func (p *Printouts) Page(ctx context.Context, caller access.Caller, id string) (Printout, error) {
	var one Printout
	var opened *vault.Opened
	err := p.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if one, err = p.load(ctx, tx, "printout-get", caller.Authority, id); err != nil {
			return err
		}
		if err := fetchable(one, caller); err != nil {
			return err
		}
		opened, err = p.o.Vault.Open(ctx, tx, caller, p.logPurpose(one), one.sealed, vault.Why{Reason: one.ID})
		return err
	})
	one.Case, _ = opened.Text(fieldCase)
	return one, err
}

func fetchable(one Printout, caller access.Caller) error {
	switch {
	case one.Staff != caller.ID:
		return unknown()
	case one.State == Unused, one.contact == "":
		return fault.New(fault.Gone, "printout-late")
	case one.State != Waiting:
		return fault.New(fault.Conflict, "printout-opened")
	}
	return nil
}

// GiveOut notes that the page of a printout is given out, which happens once. Errors: fault.Conflict
// "printout-opened".
func (p *Printouts) GiveOut(ctx context.Context, caller access.Caller, id string) error {
	return p.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.Exec(ctx, queries.Get("printout-open"), p.o.Now().UnixMilli(), caller.Authority, id)
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "printout-opened")
		}
		return err
	})
}

// logPurpose is the purpose for which the line of a printout is opened.
func (p *Printouts) logPurpose(one Printout) string {
	n, ok := p.o.Shelf().Current(one.authority, one.Notice, p.today(one.authority))
	if !ok {
		return ""
	}
	return n.LogPurpose()
}

// Offer tells by which day a printout of what is open would be destroyed if it were made now; ok is false
// where the notice declares no printing for the purpose.
func (p *Printouts) Offer(of Opened) (by notice.Day, ok bool) {
	printing := p.printing(of.Contact, of.Purpose)
	if printing == nil {
		return "", false
	}
	return printing.DestroyBy(p.o.Now(), p.o.Zone(of.Contact.Authority), Ends(of.Contact, of.Life)...), true
}
