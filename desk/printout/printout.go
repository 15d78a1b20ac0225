// Package printout puts what a register holds on paper, where the register's notice declares printing and
// nowhere else. It promises that nothing is printed without a case number and a purpose of the notice; that
// every printout has a number, a line in a list and a day by which it is destroyed, never later than what it
// was taken from; that its page is given out once; and that the list ends in its own time (S4-15, S4-16).
//
// What people do with a browser's own printing it cannot prevent: docs/threat-model.md says so.
package printout

import (
	"context"
	_ "embed"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

// columns are those of scan.
const columns = `id, record, notice, service, no, coalesce(contact, ''), purpose, staff, made_at, opened_at, destroy_by, destroyed_at, destroyed_by, sealed`

var queries = store.MustQueries(strings.ReplaceAll(queryText, "{printout}", columns))

// Names that are permanent: they are in notices, seals and the audit.
const (
	Channel = "print" // who collects, in notices
	Type    = "printout"
	idStart = "pr_"
)

// Fresh is how long the page of a printout can be opened after the printout was made.
const Fresh = time.Hour

// State is where a printout stands.
type State string

// The states.
const (
	Waiting   State = "waiting"   // its page has not been opened yet
	Unused    State = "unused"    // its page was not opened in time: there is no paper
	Out       State = "out"       // there is paper
	Overdue   State = "overdue"   // there is paper that should have been destroyed
	Destroyed State = "destroyed" // somebody has said that there is none any more
)

// Options of New. All must be given.
type Options struct {
	DB       *store.DB
	Vault    *vault.Vault
	Recorder vault.Recorder
	Shelf    func() *notice.Shelf
	Now      func() time.Time // the program's accepted time
	Zone     func(authority string) *time.Location
	// Mask hides what must not be stored and tells how much it hid.
	Mask func(text string) (masked string, hidden int)
}

// Printouts are those of all authorities. Safe for concurrent use.
type Printouts struct{ o Options }

// New returns the printouts and binds their list to the vault. Have Forget called when a contact's
// conversation ends.
func New(o Options) (*Printouts, error) {
	if o.DB == nil || o.Vault == nil || o.Recorder == nil || o.Shelf == nil || o.Now == nil || o.Zone == nil || o.Mask == nil {
		return nil, fault.New(fault.Internal, "printout-options")
	}
	p := &Printouts{o}
	return p, o.Vault.Bind(p.binding())
}

// Printout is one line of the list. Instants are unix milliseconds; zero is none.
type Printout struct {
	ID              string
	Notice, Service string
	No              int64  // in its register, from 1
	Purpose         string // for which it was made
	Case            string // the number of the case that is clarified; "" where it was not opened
	Staff           string // who made it and is responsible for it
	MadeAt          int64
	DestroyBy       notice.Day
	DestroyedAt     int64
	DestroyedBy     string
	State           State

	authority, contact string
	openedAt           int64
	sealed             vault.Sealed
}

// Contact is the id of what was printed, "" once its conversation has ended.
func (one Printout) Contact() string { return one.contact }

func (p *Printouts) scan(authority string) func(scan func(...any) error) (Printout, error) {
	return func(scan func(...any) error) (Printout, error) {
		one := Printout{authority: authority}
		var record string
		var sealed []byte
		err := scan(&one.ID, &record, &one.Notice, &one.Service, &one.No, &one.contact, &one.Purpose, &one.Staff, &one.MadeAt,
			&one.openedAt, &one.DestroyBy, &one.DestroyedAt, &one.DestroyedBy, &sealed)
		one.sealed = vault.FromRow(authority, vault.RecordID(record), one.ID, sealed)
		one.State = p.state(one)
		return one, err
	}
}

func (p *Printouts) state(one Printout) State {
	switch {
	case one.DestroyedAt > 0:
		return Destroyed
	case one.openedAt == 0 && p.o.Now().Before(time.UnixMilli(one.MadeAt).Add(Fresh)):
		return Waiting
	case one.openedAt == 0:
		return Unused
	case one.DestroyBy < p.today(one.authority):
		return Overdue
	}
	return Out
}

func (p *Printouts) today(authority string) notice.Day {
	return notice.DayOf(p.o.Now(), p.o.Zone(authority))
}

// load reads one; fault.NotFound "printout-not-found".
func (p *Printouts) load(ctx context.Context, tx *store.Tx, query, authority, id string) (Printout, error) {
	one, err := p.scan(authority)(tx.Row(ctx, queries.Get(query), authority, id).Scan)
	if fault.Is(err, fault.NotFound) {
		err = unknown()
	}
	return one, err
}

func unknown() error { return fault.New(fault.NotFound, "printout-not-found") }

// record leaves an entry of what was done about a printout.
func (p *Printouts) record(ctx context.Context, tx *store.Tx, caller access.Caller, role access.Role, one Printout, act vault.Action) error {
	return p.o.Recorder.Record(ctx, tx, vault.Entry{At: p.o.Now().UnixMilli(), Caller: caller, Role: role, Purpose: p.logPurpose(one), Action: act,
		Notice: one.Notice, Type: Type, Row: one.ID, Records: []vault.RecordID{one.sealed.Record()}, Outcome: vault.OutcomeAllowed})
}
