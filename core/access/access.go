// Package access knows who may ask: callers, their roles and the grants behind them. It promises
// that a caller carries ids only, so that what somebody may do is read in the transaction that
// does it, never remembered; and that withdrawing a grant ends the reading it allowed in the same
// transaction (S4-17, S4-18).
package access

import (
	"luukku/core/notice"
)

// Kind says what sort of caller asks.
type Kind string

// The kinds.
const (
	Staff   Kind = "staff"   // a member of staff with an account and grants
	Subject Kind = "subject" // the person the data are about, known by a contact's token
	Program Kind = "program" // a part of this program: "retention", "sign-in"
)

// Caller is who asks. It holds ids only; everything else is looked up in the transaction.
type Caller struct {
	Authority string // slug of the authority within which it asks
	Kind      Kind
	ID        string // staff id, contact id of a subject, name of a part of the program
	Session   string // sign-in or connection, for the audit; may be empty
}

// Role is a role of a notice's access rules.
type Role = string

// The roles.
const (
	RoleAdviser       = notice.RoleAdviser
	RoleLead          = notice.RoleLead
	RoleReviewer      = notice.RoleReviewer
	RoleRegistryClerk = notice.RoleRegistryClerk
	RoleOfficer       = notice.RoleOfficer
	RoleAdministrator = notice.RoleAdministrator
	RoleSubject       = notice.RoleSubject
	RoleProgram       = notice.RoleProgram
)

// Relation is how a caller stands to a record.
type Relation = notice.Relation

// The relations.
const (
	Unrelated = notice.Unrelated
	Assigned  = notice.Assigned
	Own       = notice.Own
	Sampled   = notice.Sampled
)

// Grant gives a member of staff one role, in one service or (Service "") in all of them, from From
// until before Until, both in unix milliseconds. Until 0 is no end.
type Grant struct {
	ID        string
	Authority string
	Staff     string
	Role      Role
	Service   string
	From      int64
	Until     int64
}

// Covers tells whether the grant reaches the service. A row of no service ("") is reached by
// grants of every service only.
func (g Grant) Covers(service string) bool { return g.Service == "" || g.Service == service }
