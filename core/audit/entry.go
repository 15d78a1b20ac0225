package audit

import (
	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
)

// Entry is one act as the audit remembers it: when, who, in which role, for which purpose, what,
// on which records, with which outcome. It never holds a field's value.
type Entry struct {
	ID          string // of the row; bound into the seal and the leaf
	At          int64  // unix milliseconds
	Kind        access.Kind
	Actor       string // id of the member of staff, of the contact whose citizen it was, or of the program's part
	SignIn      string // sign-in or connection
	Role        string // "" when refused
	Purpose     string
	Action      string
	Notice      string
	Group       string
	Type        string // of the row that it is about: "contact"
	Row         string
	Records     []string
	Course      string // the contact in whose course it was done
	Outcome     string // vault.OutcomeAllowed, or the key of the fault
	Reason      string // as the caller wrote it
	Reading     string // reading session
	CovertUntil int64  // unix milliseconds until which the person is not shown it; 0 is never hidden
	Leaf        int64  // number in the tree, -1 until it is there; not part of the encoding
}

// entryOf is what Record was told.
func entryOf(id string, e vault.Entry) Entry {
	records := make([]string, len(e.Records))
	for i, r := range e.Records {
		records[i] = string(r)
	}
	return Entry{
		ID: id, At: e.At, Kind: e.Caller.Kind, Actor: e.Caller.ID, SignIn: e.Caller.Session,
		Role: e.Role, Purpose: e.Purpose, Action: string(e.Action), Notice: e.Notice, Group: e.Group,
		Type: e.Type, Row: e.Row, Records: records, Course: e.Contact,
		Outcome: e.Outcome, Reason: e.Reason, Reading: e.Session, CovertUntil: e.CovertUntil, Leaf: -1,
	}
}

// actorName and rowName are the forms by which entries are found.
func actorName(kind access.Kind, id string) string { return string(kind) + ":" + id }
func rowName(typ, row string) string               { return typ + ":" + row }

// Offer is what this package can collect, for the check of notices.
func Offer() notice.Offer {
	need := func(id string, t notice.FieldType) notice.OfferedField {
		return notice.OfferedField{ID: id, Type: t, Necessary: true}
	}
	return notice.Offer{Channel: "audit", Fields: []notice.OfferedField{
		need("at", notice.TypeInstant), need("actor", notice.TypeIdentifier),
		need("role", notice.TypeString), need("purpose", notice.TypeString),
		need("action", notice.TypeString), need("notice", notice.TypeString),
		need("group", notice.TypeString), need("record", notice.TypeIdentifier),
		need("outcome", notice.TypeString), need("reason", notice.TypeText),
		need("session", notice.TypeIdentifier), need("covert_until", notice.TypeInstant),
	}}
}
