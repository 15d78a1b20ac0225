// Package rights handles a person's requests: today a copy of their data (GDPR Art. 15). It promises
// that the registry never sees what a register holds and the register's official never sees who asks
// and how to reach them; that no free text is handed out before a human has decided about it; that a
// copy is sealed beside what it was taken from and dies with the first of it; and that a link
// to it is good for little time, few tries and nobody without its code.
//
// What a register holds is found and read through the bindings of the vault; how a package's rows are
// looked up and in which order they were written it registers here as a Source.
package rights

import (
	"context"
	"crypto/rand"
	_ "embed"
	"io"
	"slices"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// The register of requests and its types of records.
const (
	NoticeID       = "rights-requests"
	Channel        = "rights"
	TypeRequest    = "request"
	TypeCopy       = "copy"
	groupRequest   = "request"
	groupApplicant = "applicant"
)

// fulfilment is the term of the purpose for which requests are answered.
const fulfilment = "dpv:RightsFulfilment"

//go:embed queries.sql
var queryText string

// requestColumns are those of scanRequest.
const requestColumns = `id, record, applicant, status, coalesce(register, ''), coalesce(lang, ''), coalesce(received_at, 0), coalesce(due, ''),
  extended, coalesce(official, ''), coalesce(copy, ''), coalesce(ends, ''), coalesce(outcome, ''), coalesce(closed_at, 0), told`

var queries = store.MustQueries(strings.ReplaceAll(queryText, "{request}", requestColumns))

// Source is how a package whose records can be found for a person shows them.
type Source struct {
	Type string // of its records
	// Forms read what somebody typed into the form of the tokens, by field.
	Forms map[string]func(typed string) (string, error)
	// Lines tell of each sealed row of a thing when it was written and by whom, by the row's id.
	Lines func(ctx context.Context, tx *store.Tx, authority, thing string) (map[string]Line, error)
	// About gives the ids of this package's things that tell of a thing of another package; nil where none do.
	About func(ctx context.Context, tx *store.Tx, authority, thing string) ([]string, error)
	// Words tells how a thing's values read in a language; nil shows them as they are.
	Words func(ctx context.Context, tx *store.Tx, authority, thing, lang string) (func(field, text string) string, error)
	// File reads what a value says of a file; ok is false for one that is none. Nil where there are no files.
	File func(field, text string) (f File, ok bool)
}

// Line is when a row was written (unix milliseconds) and by whom: "citizen", "adviser", "note", or ""
// where that says nothing.
type Line struct {
	At int64
	By string
}

// Options of New. All but Rand must be given.
type Options struct {
	DB       *store.DB
	Vault    *vault.Vault
	Recorder vault.Recorder
	Shelf    func() *notice.Shelf
	Now      func() time.Time // accepted time
	Zone     func(authority string) *time.Location
	Rand     io.Reader // of links and codes; nil is crypto/rand
	Sources  []Source
	// Mask hides what must not be stored; every free text passes it.
	Mask func(text string) (masked string, hidden int)
	// Services are those that a register belongs to.
	Services func(ctx context.Context, tx *store.Tx, authority, register string) ([]string, error)
	// Mail puts a mail about a request, to the address that it has, into the outbox; ok is false where the
	// authority mails nothing or nothing can be mailed to the address. Nil mails nothing.
	Mail func(ctx context.Context, tx *store.Tx, q Request, address string) (ok bool, err error)
}

// Rights are the requests of all authorities. Safe for concurrent use.
type Rights struct{ o Options }

// New returns the requests and binds them to the vault.
func New(o Options) (*Rights, error) {
	if o.DB == nil || o.Vault == nil || o.Recorder == nil || o.Shelf == nil || o.Now == nil || o.Zone == nil || o.Mask == nil || o.Services == nil {
		return nil, fault.New(fault.Internal, "rights-options")
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	r := &Rights{o}
	if err := o.Vault.Bind(r.bindRequests()); err != nil {
		return nil, err
	}
	return r, o.Vault.Bind(r.bindCopies())
}

// Offer is what this package can collect, for the check of notices.
func Offer() notice.Offer {
	return notice.Offer{Channel: Channel, Fields: []notice.OfferedField{
		{ID: "requested_right", Type: notice.TypeEnum, Necessary: true},
		{ID: "register", Type: notice.TypeString, Necessary: true},
		{ID: "request_text", Type: notice.TypeText},
		{ID: "name", Type: notice.TypeString},
		{ID: "email", Type: notice.TypeEmail},
		{ID: "postal_address", Type: notice.TypeText},
		{ID: "reference_code", Type: notice.TypeIdentifier},
		{ID: "known_email", Type: notice.TypeEmail},
		{ID: "known_phone", Type: notice.TypePhone},
		{ID: "identity_check", Type: notice.TypeEnum},
		{ID: "identity_note", Type: notice.TypeString},
		{ID: "arrived_by", Type: notice.TypeEnum, Necessary: true},
		{ID: "received_at", Type: notice.TypeInstant, Necessary: true},
		{ID: "extension", Type: notice.TypeText},
		{ID: "decision", Type: notice.TypeEnum, Necessary: true},
		{ID: "answer", Type: notice.TypeText},
		{ID: "handler", Type: notice.TypeIdentifier},
		{ID: "closed_at", Type: notice.TypeInstant, Necessary: true},
	}}
}

// today is the authority's day.
func (r *Rights) today(authority string) notice.Day {
	return notice.DayOf(r.o.Now(), r.o.Zone(authority))
}

// register is a register's notice as it rules now; fault.Invalid on "register" when there is none.
func (r *Rights) register(authority, id string) (*notice.Notice, error) {
	n, ok := r.o.Shelf().Current(authority, id, r.today(authority))
	if !ok {
		return nil, fault.New(fault.Invalid, "rights-register").On("register")
	}
	return n, nil
}

// purposeOf is the purpose for which a register answers requests, "" when it has none.
func purposeOf(n *notice.Notice) string {
	for _, p := range n.Purposes {
		if p.DPV == fulfilment {
			return p.ID
		}
	}
	return ""
}

// source is the registered one for a type of records.
func (r *Rights) source(typ string) (Source, bool) {
	i := slices.IndexFunc(r.o.Sources, func(s Source) bool { return s.Type == typ })
	if i < 0 {
		return Source{}, false
	}
	return r.o.Sources[i], true
}

// lookups are the ways to find a person, by what the registry chooses, with the field that is searched.
var lookups = []struct{ By, Field, Kept string }{
	{"reference", "reference_code", "reference_code"}, {"email", "email", "known_email"}, {"phone", "phone", "known_phone"},
}

// LookupsOf are the ways in which a person can be found in a register: "reference", "email", "phone".
func (r *Rights) LookupsOf(n *notice.Notice) []string {
	out := []string{}
	for _, l := range lookups {
		if _, _, declared := n.FieldGroup(l.Field); declared && purposeOf(n) != "" && r.form(n, l.Field) != nil {
			out = append(out, l.By)
		}
	}
	return out
}

// form reads a look-up value as the package that keeps the register does; nil when none does.
func (r *Rights) form(n *notice.Notice, field string) func(string) (string, error) {
	for _, b := range r.o.Vault.Bindings() {
		if s, ok := r.source(b.Type); ok && len(b.Groups(n)) > 0 && s.Forms[field] != nil {
			return s.Forms[field]
		}
	}
	return nil
}

// The acts of this package in the audit.
const (
	ActionReceive vault.Action = "rights-receive"
	ActionAccept  vault.Action = "rights-accept"
	ActionExtend  vault.Action = "rights-extend"
	ActionTake    vault.Action = "rights-take"
	ActionLeave   vault.Action = "rights-give-back"
	ActionDecide  vault.Action = "rights-decide"
	ActionFinish  vault.Action = "rights-finish"
	ActionDeliver vault.Action = "rights-deliver"
	ActionClose   vault.Action = "rights-close"
	ActionFetch   vault.Action = "rights-fetch"
	ActionFollow  vault.Action = "rights-follow"
)

// note records an act about a request. word is the program's own, never a value.
func (r *Rights) note(ctx context.Context, tx *store.Tx, by access.Caller, role string, q Request, act vault.Action, word string) error {
	return r.o.Recorder.Record(ctx, tx, vault.Entry{At: r.o.Now().UnixMilli(), Caller: by, Role: role, Purpose: "rights_fulfilment", Action: act,
		Notice: NoticeID, Group: groupRequest, Type: TypeRequest, Row: q.ID, Records: []vault.RecordID{q.Record},
		Outcome: vault.OutcomeAllowed, Reason: word})
}
