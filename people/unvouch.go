package people

import (
	"context"
	"encoding/json"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

var (
	qSessionList    = queries.Get("session-list")
	qFederationHold = queries.Get("federation-hold")
)

// vouched is a running sign-in that rests on the directory's word, and the hash of its token.
type vouched struct {
	Session
	hash []byte
}

// VouchedSignIns are how many sign-ins rest on the directory's word and would end with it, if by, who is
// signed in, changed it now.
func (p *People) VouchedSignIns(ctx context.Context, tx *store.Tx, by access.Caller) (int, error) {
	all, err := p.vouchedSignIns(ctx, tx, by)
	return len(all), err
}

func (p *People) vouchedSignIns(ctx context.Context, tx *store.Tx, by access.Caller) (running []vouched, err error) {
	now := p.Real.Now().UnixMilli()
	all, err := store.Select(ctx, tx, qSessionList, func(scan func(...any) error) (one vouched, err error) {
		var data string
		var d sessionData
		if err = scan(&one.hash, &data); err != nil {
			return one, err
		}
		if err = json.Unmarshal([]byte(data), &d); err != nil {
			return one, fault.New(fault.Internal, "session-unreadable").Wrap(err)
		}
		one.Session = p.sessions.told(by.Authority, d)
		return one, nil
	}, by.Authority, now)
	for _, one := range all {
		if one.Directory && now < one.IdleAt && one.ID != by.Session {
			running = append(running, one)
		}
	}
	return running, err
}

// unvouch ends what rests on a directory that is the authority's no more: sign-ins, but the one in which by
// acts, and those that have only begun.
func (p *People) unvouch(ctx context.Context, tx *store.Tx, by access.Caller) error {
	if _, err := tx.Exec(ctx, qTicketDrop, by.Authority); err != nil {
		return err
	}
	all, err := p.vouchedSignIns(ctx, tx, by)
	if err != nil {
		return err
	}
	for _, one := range all {
		if _, err := tx.Exec(ctx, qSessionDelete, by.Authority, one.hash); err != nil {
			return err
		}
		err := p.record(ctx, tx, vault.Entry{Caller: by, Purpose: PurposeAccess, Action: ActionUnvouch, Row: one.Staff, Session: one.ID})
		if err != nil {
			return err
		}
		tx.OnCommit(func() {
			p.ended(Ended{Authority: by.Authority, Staff: one.Staff, Session: one.ID, Reason: "directory_changed"})
		})
	}
	return nil
}

// holdDirectory refuses the word of a directory that is the authority's no more (fault.Denied
// "directory-state"), and keeps it from being changed until tx ends: a sign-in that it lets in is there to be
// ended when it is.
func (p *People) holdDirectory(ctx context.Context, tx *store.Tx, authority, name string) error {
	var value string
	err := tx.Row(ctx, qFederationHold, authority).Scan(&value)
	if fault.Is(err, fault.NotFound) {
		return noTicket()
	} else if err != nil {
		return err
	}
	f, err := readFederation(value)
	if err == nil && (name == "" || f.name() != name) {
		err = noTicket()
	}
	return err
}
