package web

import (
	"fmt"
	"slices"
	"strings"

	"luukku/core/notice"
)

// Route is one way in. Every route of the program is a value in routes.go; a handler that has none
// cannot be registered, and a route without a purpose or an audit kind does not start (promise 5).
type Route struct {
	ID      string   // permanent name, the operation id of the OpenAPI description
	Kind    Kind     // how it answers
	Method  string   // HTTP method
	Pattern string   // net/http pattern below the authority, or below the server's root when Root
	Root    bool     // it belongs to the server, not to an authority
	Who     []string // callers: Anyone, Citizen, Staff, Pending, SetupCode, or role ids of core/notice
	Purpose string   // the purpose of a notice for which it opens data, or one of the words below
	Audit   Audit    // what it leaves in the audit
	Why     string   // for PurposeNone: why there is nothing personal in it
	Status  int      // status of success; 0 means 200, or 204 without a body
	Open    bool     // it takes part in no flood limit of an address (files, health)
	Long    bool     // it may take minutes: no deadline cuts it off
}

// Kind is how a route answers.
type Kind string

// The kinds.
const (
	API    Kind = "api"    // JSON, described by OpenAPI
	Page   Kind = "page"   // rendered on the server, no script, no cookie
	Shell  Kind = "shell"  // the page in which the front end runs
	Socket Kind = "socket" // centrifuge
	File   Kind = "file"   // embedded, immutable
	Stream Kind = "stream" // somebody's file, in as part of a form or out as an attachment
	System Kind = "system" // for operators and machines
)

// Callers besides the roles of core/notice.
const (
	Anyone    = "anyone"     // no credentials are looked at
	Citizen   = "citizen"    // the holder of this contact's token
	Staff     = "staff"      // any signed-in member of staff with nothing outstanding
	Pending   = "pending"    // signed in, but a password or a code device is still outstanding
	SetupCode = "setup_code" // the holder of the code on the console, until the first start is done
)

// Purposes that are not a notice's.
const (
	PurposeNone       = "none"       // nothing personal is opened; Why says why
	PurposeAssignment = "assignment" // follows from the assignment: answer for the contact's adviser and citizen
	PurposeChosen     = "chosen"     // the caller chooses one of the notice's purposes, with a reason
	PurposeSignIn     = "sign_in"
	PurposeAccess     = "access_management"
	PurposeRights     = "rights_fulfilment"
	PurposeWork       = "work"
	PurposeLog        = "printouts" // that of the notice's rules about its list of printouts
)

// Audit is what a route leaves behind in the audit.
type Audit string

// The audit kinds.
const (
	AuditNone    Audit = "none"    // nothing personal is opened, so there is nothing to record
	AuditSession Audit = "session" // a reading session begins, runs or ends
	AuditRead    Audit = "read"    // each opening is an entry
	AuditFind    Audit = "find"    // each search is an entry, whatever it finds
	AuditPost    Audit = "post"    // a sealed message is its own record
	AuditAct     Audit = "act"     // the act is an entry
)

// Allows tells whether someone with these roles may call r. What Pending and Citizen mean beyond the
// name (this contact's token, an outstanding password) the request decides.
func (r Route) Allows(roles ...string) bool {
	return slices.ContainsFunc(roles, func(role string) bool {
		return slices.Contains(r.Who, role) || slices.Contains(r.Who, Staff) && isStaffRole(role)
	})
}

// isStaffRole tells the roles that a member of staff can hold.
func isStaffRole(role string) bool {
	return slices.Contains(staffRoles, role)
}

// staffRoles are those that a grant can give.
var staffRoles = []string{
	notice.RoleAdviser, notice.RoleLead, notice.RoleReviewer, notice.RoleRegistryClerk, notice.RoleOfficer, notice.RoleAdministrator,
}

// Check returns what is wrong with the table, each as a sentence with the route's name. The server
// does not start unless it is empty.
func Check(table []Route) []string {
	var wrong []string
	seen := map[string]bool{}
	for _, r := range table {
		for _, lack := range r.lacks() {
			wrong = append(wrong, fmt.Sprintf("route %q: %s", r.ID, lack))
		}
		for _, key := range []string{r.ID, r.Method + " " + rootMark(r) + r.Pattern} {
			if seen[key] {
				wrong = append(wrong, fmt.Sprintf("route %q: %q is declared twice", r.ID, key))
			}
			seen[key] = true
		}
	}
	return wrong
}

// rootMark keeps a server's path apart from the same path below an authority.
func rootMark(r Route) string {
	if r.Root {
		return "root:"
	}
	return ""
}

// lacks lists what one route leaves undeclared.
func (r Route) lacks() []string {
	var lack []string
	say := func(missing bool, what string) {
		if missing {
			lack = append(lack, what)
		}
	}
	say(r.ID == "", "has no id")
	say(r.Kind == "", "has no kind")
	say(r.Method == "", "has no method")
	say(!strings.HasPrefix(r.Pattern, "/"), "has no pattern")
	say(len(r.Who) == 0, "says nothing about who may call it")
	say(r.Purpose == "", "declares no purpose")
	say(r.Audit == "", "declares no audit kind")
	say(r.Purpose == PurposeNone && r.Why == "", "opens nothing, but does not say why")
	say(r.Purpose != PurposeNone && r.Audit == AuditNone, "opens something and records nothing")
	say(slices.Contains(r.Who, Anyone) && len(r.Who) > 1, "is open to anyone and to others")
	return lack
}
