package vault

import (
	"context"

	"luukku/core/access"
	"luukku/fault"
	"luukku/store"
)

// RecordID names a record: the data of one group about one thing (a contact's conversation). The
// record has a key of its own, wrapped by its bucket's.
type RecordID string

// Action says what was done to data, in the audit.
type Action string

// The actions.
const (
	ActionOpen         Action = "open"
	ActionOpenBlob     Action = "open-file"
	ActionSearch       Action = "search"
	ActionReadingBegin Action = "reading-begin"
	ActionReadingEnd   Action = "reading-end"
	ActionMove         Action = "move"
	ActionHold         Action = "hold"
	ActionRestrict     Action = "restrict"
	ActionRelease      Action = "release"
	ActionErase        Action = "erase"
	ActionPass         Action = "pass"
	ActionWrite        Action = "write" // an answer or note of who has not opened what they write to
	ActionKeysLost     Action = "keys-lost"

	ActionDraw        Action = "sample-draw"  // contacts were drawn for a review
	ActionTraining    Action = "training-put" // a drawn contact was put forward to training
	ActionTrainingEnd Action = "training-end"

	ActionPrint    Action = "print"           // a printout was made for a clarification
	ActionPrintEnd Action = "print-destroyed" // a printout was marked as destroyed
)

// Outcome is OutcomeAllowed, or the key of the fault with which it was refused.
const OutcomeAllowed = "allowed"

// Entry is one line of the audit. It never holds a value of a field.
type Entry struct {
	At      int64 // unix milliseconds
	Caller  access.Caller
	Role    access.Role // under which it was allowed; "" when refused
	Purpose string
	Action  Action
	Notice  string
	Group   string // several are joined by ","
	Type    string // of the records: "contact"
	Row     string // what the records belong to: a contact's id
	Records []RecordID
	Outcome string
	Reason  string // as the caller wrote it, or the program's own word
	Contact string // the contact in whose course a past one is opened; may be empty
	Session string // reading session, if any

	// CovertUntil is the unix millisecond until which the person is not shown the entry (a lawful
	// request that must stay covert for now); 0 is never hidden.
	CovertUntil int64
}

// Recorder writes entries; core/audit implements it. It is an interface because audit stands above
// vault. Record writes in tx, so that what it tells of and the entry are committed together or not
// at all.
type Recorder interface {
	Record(ctx context.Context, tx *store.Tx, e Entry) error
}

// Later stands in for a recorder that is given with SetRecorder: audit needs the vault's Sealer
// first. While it stands every Record fails, so nothing is opened.
type Later struct{}

// Record always fails.
func (Later) Record(context.Context, *store.Tx, Entry) error {
	return fault.New(fault.Internal, "no-recorder")
}

// Act records what caller did with a thing without opening any of it: that it was passed on, and how.
// The entry names every record of (type, row); fault.NotFound when there is none.
func (v *Vault) Act(ctx context.Context, tx *store.Tx, caller access.Caller, action Action, purpose, typ, row, how string) error {
	records, err := v.recordsOf(ctx, tx, caller.Authority, typ, row)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return notFound()
	}
	q := &question{caller: caller, purpose: purpose, why: Why{Reason: how}, now: v.now()}
	return v.record(ctx, tx, q.entry(action, records...))
}
