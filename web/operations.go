package web

import (
	"context"

	"luukku/fault"
	"luukku/web/api"
)

// Operations in the order of routes.go.

func (s *Server) operations(r *register) {
	s.chatOperations(r)
	s.staffOperations(r)
	s.deskOperations(r)
	s.leadOperations(r)
	s.officeOperations(r)
	s.adminOperations(r)
	s.setupOperations(r)
}

// Server answers for all authorities.
type Server struct{}

func later[I, O any](context.Context, *Visit, *I) (*O, error) {
	return nil, fault.New(fault.Busy, "starting")
}

func (s *Server) chatOperations(r *register) {
	operate(r, "chat-services", "What can be chatted about, and when", later[ofLang, answer[api.Services]])
	operate(r, "chat-start", "Start a contact", later[ofBody[api.StartContact], answer[api.Started]])
	operate(r, "chat-state", "The contact's state", later[ofContact, answer[api.ChatState]])
	operate(r, "chat-messages", "The conversation after a number", later[ofMessages, answer[api.Messages]])
	operate(r, "chat-post", "Write a message", later[ofContactBody[api.Write], answer[api.Posted]])
	operate(r, "chat-typing", "The citizen is writing", later[ofContact, nothing])
	operate(r, "chat-seen", "The citizen has seen messages", later[ofContactBody[api.UpTo], nothing])
	operate(r, "chat-delivered", "Messages have come to the citizen's client", later[ofContactBody[api.UpTo], nothing])
	operate(r, "chat-end", "End the contact", later[ofContact, answer[api.ChatState]])
	operate(r, "chat-leave", "The citizen's page is closing", later[ofContact, nothing])
	operate(r, "chat-stay", "The citizen is still there", later[ofContact, answer[api.ChatState]])
}

func (s *Server) staffOperations(r *register) {
	operate(r, "sign-in", "Sign in", later[ofBody[api.SignIn], answer[api.Me]])
	operate(r, "sign-out", "Sign out", later[nothing, nothing])
	operate(r, "sign-out-everywhere", "End every session of this account", later[nothing, nothing])
	operate(r, "me", "Who is signed in", later[nothing, answer[api.Me]])
	operate(r, "extend", "Stay signed in", later[nothing, answer[api.SessionEnds]])
	operate(r, "password", "Change one's own password", later[ofBody[api.ChangePassword], answer[api.Me]])
	operate(r, "totp-enrol", "Make a new secret for a code device", later[nothing, answer[api.TOTPEnrolment]])
	operate(r, "totp-confirm", "Take the new secret into use", later[ofBody[api.Code], answer[api.Me]])
}

func (s *Server) deskOperations(r *register) {
	operate(r, "desk-board", "My contacts and the queues", later[ofLang, answer[api.Board]])
	operate(r, "desk-options", "What the desk's forms choose from", later[ofLang, answer[api.DeskOptions]])
	operate(r, "desk-presence", "Set one's own presence", later[ofBody[api.Presence], nothing])
	operate(r, "desk-take-next", "Take the one that has waited longest", later[ofBody[api.TakeNext], answer[api.Taken]])
	operate(r, "desk-take", "Take this contact", later[ofContact, answer[api.Taken]])
	operate(r, "desk-open", "Open a contact of one's own", later[ofContact, answer[api.ContactView]])
	operate(r, "desk-messages", "The conversation after a number", later[ofMessages, answer[api.Messages]])
	operate(r, "desk-post", "Reply, or write an internal note", later[ofContactBody[api.DeskWrite], answer[api.Posted]])
	operate(r, "desk-typing", "The adviser is writing", later[ofContact, nothing])
	operate(r, "desk-seen", "The adviser has seen messages", later[ofContactBody[api.UpTo], nothing])
	operate(r, "desk-delivered", "Messages have come to the adviser's client", later[ofContactBody[api.UpTo], nothing])
	operate(r, "desk-pass", "Pass to a colleague or a queue", later[ofContactBody[api.Pass], nothing])
	operate(r, "desk-close", "Close with topic and outcome", later[ofContactBody[api.Close], nothing])
	operate(r, "desk-reopen", "Reopen within the hour", later[ofContact, nothing])
	operate(r, "desk-end-abusive", "End an abusive chat", later[ofContact, nothing])
	operate(r, "desk-read", "Open a contact for a chosen purpose", later[ofContactBody[api.ReadFor], answer[api.ContactView]])
	operate(r, "desk-search", "Find earlier contacts by one exact value", later[ofBody[api.Search], answer[api.Found]])
}

func (s *Server) leadOperations(r *register) {
	operate(r, "lead-overview", "Who is present and who waits", later[ofLang, answer[api.Overview]])
	operate(r, "lead-reassign", "Move a contact to another adviser", later[ofContactBody[api.Reassign], nothing])
	operate(r, "lead-service", "Settings of a service", later[ofService, answer[api.LeadService]])
	operate(r, "lead-closure", "Close a service now, or open it again", later[ofServiceBody[api.Closure], answer[api.LeadService]])
	operate(r, "lead-hours", "Set the service hours", later[ofServiceBody[api.HoursSet], answer[api.LeadService]])
	operate(r, "lead-holidays", "Set the exceptional days", later[ofServiceBody[api.HolidaySet], answer[api.LeadService]])
	operate(r, "report-contacts", "Contacts counted", later[ofReport, answer[api.Report]])
}

func (s *Server) officeOperations(r *register) {
	operate(r, "officer-destruction", "What will be destroyed, when and why", later[ofLang, answer[api.Destruction]])
	operate(r, "officer-audit", "Entries about a contact or of a member of staff", later[ofBody[api.AuditQuery], answer[api.AuditEntries]])
	operate(r, "officer-staff", "Names to choose from", later[nothing, answer[api.Directory]])
	operate(r, "officer-purposes", "Purposes to choose from", later[ofLang, answer[api.Purposes]])
	operate(r, "officer-checkpoint", "The signed head of the audit tree", later[nothing, answer[api.Checkpoint]])
	operate(r, "officer-alarms", "What needs a person", later[ofLang, answer[api.Alarms]])
}

func (s *Server) adminOperations(r *register) {
	operate(r, "admin-staff", "Every account", later[nothing, answer[api.StaffList]])
	operate(r, "admin-staff-add", "Make an account", later[ofBody[api.NewAccount], answer[api.AccountMade]])
	operate(r, "admin-staff-change", "Correct a name and address", later[ofStaffBody[api.ChangeAccount], answer[api.Account]])
	operate(r, "admin-staff-disable", "Disable an account for good", later[ofStaffBody[api.WithReason], answer[api.Account]])
	operate(r, "admin-staff-password", "Make a new password for another", later[ofStaffBody[api.WithReason], answer[api.AccountMade]])
	operate(r, "admin-staff-totp", "Let another enrol a new code device", later[ofStaffBody[api.WithReason], answer[api.Account]])
	operate(r, "admin-staff-secrecy", "Record a secrecy commitment", later[ofStaffBody[api.SecrecyState], answer[api.Account]])
	operate(r, "admin-grant", "Give a role", later[ofStaffBody[api.NewGrant], answer[api.Account]])
	operate(r, "admin-grant-withdraw", "Withdraw a role", later[ofGrant, answer[api.Account]])
	operate(r, "admin-keys", "State of the key stores", later[ofLang, answer[api.KeysStatus]])
	operate(r, "admin-clock", "State of the clock", later[nothing, answer[api.ClockStatus]])
	operate(r, "admin-clock-settle", "Settle an alarm of the clock", later[ofBody[api.SettleClock], answer[api.ClockStatus]])
	operate(r, "admin-time", "Move the demo's time forward", later[ofBody[api.Advance], answer[api.Advanced]])
}

func (s *Server) setupOperations(r *register) {
	operate(r, "setup-state", "Whether the first start has still to be done", later[ofLang, answer[api.SetupState]])
	operate(r, "setup-code", "Try the code on the console", later[ofBody[api.SetupCode], nothing])
	operate(r, "setup-do", "Do the first start", later[ofBody[api.Setup], answer[api.SetupDone]])
}
