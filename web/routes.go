package web

import (
	"net/http"

	"luukku/core/notice"
)

// Short names that keep the table readable.
const (
	get  = http.MethodGet
	post = http.MethodPost
	put  = http.MethodPut
	del  = http.MethodDelete
)

// Who may call, in words that the table repeats.
var (
	anyone    = []string{Anyone}
	citizen   = []string{Citizen}
	signedIn  = []string{Staff, Pending}
	adviser   = []string{notice.RoleAdviser}
	lead      = []string{notice.RoleLead}
	reviewer  = []string{notice.RoleReviewer}
	trainees  = []string{notice.RoleAdviser, notice.RoleReviewer}
	desk      = []string{notice.RoleAdviser, notice.RoleLead}
	readers   = []string{notice.RoleAdviser, notice.RoleLead, notice.RoleOfficer}
	registry  = []string{notice.RoleRegistryClerk}
	unit      = []string{notice.RoleLead}
	officer   = []string{notice.RoleOfficer}
	admin     = []string{notice.RoleAdministrator}
	overseers = []string{notice.RoleOfficer, notice.RoleAdministrator}
	counters  = []string{notice.RoleLead, notice.RoleOfficer}
	setters   = []string{notice.RoleLead, notice.RoleAdministrator}
	setup     = []string{SetupCode}
)

// Why a route has nothing personal in it.
const (
	published = "the authority publishes it"
	program   = "the program's own files and state"
	plainWork = "ids, times and states of work; nothing sealed is opened"
	settings  = "settings of a service"
	counted   = "counted facts without identifiers"
	keyState  = "states of keys and of the clock"
)

// Routes is the whole table. It is data: the server registers from it, OpenAPI is written from it,
// and proof walks it against a hand-written matrix.
func Routes() []Route {
	var table []Route
	for _, part := range [][]Route{systemRoutes, pageRoutes, chatRoutes, staffRoutesTable, deskRoutes, printRoutes, leadRoutes, answerRoutes, settingRoutes, reviewRoutes, rightsRoutes, officerRoutes, adminRoutes, setupRoutes} {
		table = append(table, part...)
	}
	return table
}

var systemRoutes = []Route{
	{ID: "healthz", Kind: System, Method: get, Pattern: "/healthz", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program, Open: true},
	{ID: "readyz", Kind: System, Method: get, Pattern: "/readyz", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program, Open: true},
	{ID: "openapi", Kind: System, Method: get, Pattern: "/openapi.json", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program, Open: true},
	{ID: "index", Kind: Page, Method: get, Pattern: "/{$}", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "app-file", Kind: File, Method: get, Pattern: "/app/{file...}", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program, Open: true},
	{ID: "page-file", Kind: File, Method: get, Pattern: "/style/{file}", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program, Open: true},
}

var pageRoutes = []Route{
	{ID: "services-page", Kind: Page, Method: get, Pattern: "/{$}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "service-page", Kind: Page, Method: get, Pattern: "/services/{service}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "notices-page", Kind: Page, Method: get, Pattern: "/notices/{$}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "notice-page", Kind: Page, Method: get, Pattern: "/notices/{notice}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "accessibility-page", Kind: Page, Method: get, Pattern: "/accessibility", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "copy-request-page", Kind: Page, Method: get, Pattern: "/copy-request", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "copy-request", Kind: Page, Method: post, Pattern: "/copy-request", Who: anyone, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "copy-status-page", Kind: Page, Method: get, Pattern: "/copy-request/status", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "copy-status", Kind: Page, Method: post, Pattern: "/copy-request/status", Who: anyone, Purpose: PurposeRights, Audit: AuditRead},
	{ID: "copy-page", Kind: Page, Method: get, Pattern: "/copy/{link}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: "it looks nothing up: every link shows the same page"},
	{ID: "copy-fetch", Kind: Page, Method: post, Pattern: "/copy/{link}", Who: anyone, Purpose: PurposeRights, Audit: AuditRead},
	{ID: "copy-file-page", Kind: Page, Method: get, Pattern: "/copy/{link}/files/{n}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: "it looks nothing up: every link and number shows the same page"},
	{ID: "copy-file", Kind: Page, Method: post, Pattern: "/copy/{link}/files/{n}", Who: anyone, Purpose: PurposeRights, Audit: AuditRead},
	{ID: "copy-schema", Kind: File, Method: get, Pattern: "/copy.schema.json", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published, Open: true},
	{ID: "chat-shell", Kind: Shell, Method: get, Pattern: "/chat/{service}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "embed-shell", Kind: Shell, Method: get, Pattern: "/chat/{service}/embed", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "widget-script", Kind: File, Method: get, Pattern: "/widget.js", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program, Open: true},
	{ID: "sign-in-shell", Kind: Shell, Method: get, Pattern: "/sign-in", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "desk-shell", Kind: Shell, Method: get, Pattern: "/desk/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "lead-shell", Kind: Shell, Method: get, Pattern: "/lead/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "review-shell", Kind: Shell, Method: get, Pattern: "/review/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "registry-shell", Kind: Shell, Method: get, Pattern: "/registry/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "officer-shell", Kind: Shell, Method: get, Pattern: "/officer/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "admin-shell", Kind: Shell, Method: get, Pattern: "/admin/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "account-shell", Kind: Shell, Method: get, Pattern: "/account/{rest...}", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
}

var chatRoutes = []Route{
	{ID: "chat-services", Kind: API, Method: get, Pattern: "/api/chat/services", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "chat-start", Kind: API, Method: post, Pattern: "/api/chat/contacts", Who: anyone, Purpose: PurposeAssignment, Audit: AuditPost, Status: http.StatusCreated},
	{ID: "chat-state", Kind: API, Method: get, Pattern: "/api/chat/contacts/{contact}", Who: citizen, Purpose: PurposeAssignment, Audit: AuditRead},
	{ID: "chat-messages", Kind: API, Method: get, Pattern: "/api/chat/contacts/{contact}/messages", Who: citizen, Purpose: PurposeAssignment, Audit: AuditRead},
	{ID: "chat-post", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/messages", Who: citizen, Purpose: PurposeAssignment, Audit: AuditPost},
	{ID: "chat-send-file", Kind: Stream, Method: post, Pattern: "/api/chat/contacts/{contact}/files", Who: citizen, Purpose: PurposeAssignment, Audit: AuditPost},
	{ID: "chat-file", Kind: Stream, Method: get, Pattern: "/api/chat/contacts/{contact}/messages/{n}/file", Who: citizen, Purpose: PurposeAssignment, Audit: AuditRead},
	{ID: "chat-typing", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/typing", Who: citizen, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "chat-seen", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/seen", Who: citizen, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "chat-delivered", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/delivered", Who: citizen, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "chat-end", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/end", Who: citizen, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "chat-leave", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/leave", Who: citizen, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "chat-transcript", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/transcript", Who: citizen, Purpose: PurposeAssignment, Audit: AuditPost},
	{ID: "chat-helped", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/helped", Who: citizen, Purpose: PurposeNone, Audit: AuditNone, Why: counted},
	{ID: "chat-stay", Kind: API, Method: post, Pattern: "/api/chat/contacts/{contact}/stay", Who: citizen, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "socket", Kind: Socket, Method: get, Pattern: "/api/socket", Who: anyone, Purpose: PurposeAssignment, Audit: AuditSession},
}

var staffRoutesTable = []Route{
	{ID: "sign-in", Kind: API, Method: post, Pattern: "/api/staff/sign-in", Who: anyone, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "sign-in-ways", Kind: API, Method: get, Pattern: "/api/staff/sign-in", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "directory-begin", Kind: API, Method: post, Pattern: "/api/staff/directory", Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: "it says where to go; who comes is not known yet"},
	{ID: "directory-answer", Kind: Page, Method: get, Pattern: "/sign-in/directory", Who: anyone, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "directory-code", Kind: API, Method: post, Pattern: "/api/staff/directory/code", Who: anyone, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "sign-out", Kind: API, Method: post, Pattern: "/api/staff/sign-out", Who: signedIn, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "sign-out-everywhere", Kind: API, Method: post, Pattern: "/api/staff/sign-out-everywhere", Who: signedIn, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "me", Kind: API, Method: get, Pattern: "/api/staff/me", Who: signedIn, Purpose: PurposeSignIn, Audit: AuditRead},
	{ID: "extend", Kind: API, Method: post, Pattern: "/api/staff/extend", Who: signedIn, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "password", Kind: API, Method: post, Pattern: "/api/staff/password", Who: signedIn, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "totp-enrol", Kind: API, Method: post, Pattern: "/api/staff/totp", Who: signedIn, Purpose: PurposeSignIn, Audit: AuditAct},
	{ID: "totp-confirm", Kind: API, Method: post, Pattern: "/api/staff/totp/confirm", Who: signedIn, Purpose: PurposeSignIn, Audit: AuditAct},
}

var deskRoutes = []Route{
	{ID: "desk-board", Kind: API, Method: get, Pattern: "/api/desk/board", Who: desk, Purpose: PurposeWork, Audit: AuditRead},
	{ID: "desk-options", Kind: API, Method: get, Pattern: "/api/desk/options", Who: readers, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "desk-presence", Kind: API, Method: post, Pattern: "/api/desk/presence", Who: adviser, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "desk-take-next", Kind: API, Method: post, Pattern: "/api/desk/take", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-take", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/take", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-open", Kind: API, Method: get, Pattern: "/api/desk/contacts/{contact}", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-messages", Kind: API, Method: get, Pattern: "/api/desk/contacts/{contact}/messages", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-post", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/messages", Who: adviser, Purpose: PurposeAssignment, Audit: AuditPost},
	{ID: "desk-send-file", Kind: Stream, Method: post, Pattern: "/api/desk/contacts/{contact}/files", Who: adviser, Purpose: PurposeAssignment, Audit: AuditPost},
	{ID: "desk-file", Kind: Stream, Method: get, Pattern: "/api/desk/contacts/{contact}/messages/{n}/file", Who: adviser, Purpose: PurposeAssignment, Audit: AuditRead},
	{ID: "desk-read-file", Kind: Stream, Method: post, Pattern: "/api/desk/contacts/{contact}/messages/{n}/file", Who: readers, Purpose: PurposeChosen, Audit: AuditRead},
	{ID: "desk-typing", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/typing", Who: adviser, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "desk-seen", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/seen", Who: adviser, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "desk-delivered", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/delivered", Who: adviser, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "desk-pass", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/pass", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-accept", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/handover", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-handover-end", Kind: API, Method: del, Pattern: "/api/desk/contacts/{contact}/handover", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-elsewhere", Kind: API, Method: get, Pattern: "/api/desk/elsewhere", Who: adviser, Purpose: PurposeNone, Audit: AuditNone, Why: published},
	{ID: "desk-offer", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/offer", Who: adviser, Purpose: PurposeAssignment, Audit: AuditPost},
	{ID: "desk-close", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/close", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-reopen", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/reopen", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-end-abusive", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/end-abusive", Who: adviser, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "desk-read", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/read", Who: readers, Purpose: PurposeChosen, Audit: AuditRead},
	{ID: "desk-print", Kind: API, Method: post, Pattern: "/api/desk/contacts/{contact}/printouts", Who: readers, Purpose: PurposeChosen, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "desk-search", Kind: API, Method: post, Pattern: "/api/desk/search", Who: readers, Purpose: PurposeChosen, Audit: AuditFind},
}

// printRoutes are the list of printouts, and the page of one.
var printRoutes = []Route{
	{ID: "printout-page", Kind: Page, Method: post, Pattern: "/printouts/{printout}", Who: readers, Purpose: PurposeChosen, Audit: AuditRead},
	{ID: "printouts", Kind: API, Method: get, Pattern: "/api/printouts", Who: readers, Purpose: PurposeLog, Audit: AuditRead},
	{ID: "printouts-due", Kind: API, Method: get, Pattern: "/api/printouts/due", Who: readers, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "printout-destroyed", Kind: API, Method: post, Pattern: "/api/printouts/{printout}/destroyed", Who: readers, Purpose: PurposeLog, Audit: AuditAct},
}

var leadRoutes = []Route{
	{ID: "lead-overview", Kind: API, Method: get, Pattern: "/api/lead/overview", Who: lead, Purpose: PurposeWork, Audit: AuditRead},
	{ID: "lead-reassign", Kind: API, Method: post, Pattern: "/api/lead/contacts/{contact}/reassign", Who: lead, Purpose: PurposeAssignment, Audit: AuditSession},
	{ID: "lead-service", Kind: API, Method: get, Pattern: "/api/lead/services/{service}", Who: setters, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "lead-closure", Kind: API, Method: put, Pattern: "/api/lead/services/{service}/closure", Who: setters, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-hours", Kind: API, Method: put, Pattern: "/api/lead/services/{service}/hours", Who: setters, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-holidays", Kind: API, Method: put, Pattern: "/api/lead/services/{service}/holidays", Who: setters, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-widget", Kind: API, Method: put, Pattern: "/api/lead/services/{service}/widget", Who: setters, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-routing", Kind: API, Method: put, Pattern: "/api/lead/services/{service}/routing", Who: setters, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-advisers", Kind: API, Method: get, Pattern: "/api/lead/advisers", Who: lead, Purpose: PurposeWork, Audit: AuditRead},
	{ID: "lead-adviser", Kind: API, Method: put, Pattern: "/api/lead/advisers/{staff}", Who: lead, Purpose: PurposeWork, Audit: AuditAct},
	{ID: "report-contacts", Kind: API, Method: get, Pattern: "/api/report/contacts", Who: counters, Purpose: PurposeNone, Audit: AuditNone, Why: counted},
	{ID: "report-days", Kind: API, Method: get, Pattern: "/api/report/days", Who: counters, Purpose: PurposeNone, Audit: AuditNone, Why: counted},
	{ID: "report-file", Kind: API, Method: get, Pattern: "/api/report/days.csv", Who: counters, Purpose: PurposeNone, Audit: AuditNone, Why: counted},
}

var answerRoutes = []Route{
	{ID: "desk-answers", Kind: API, Method: get, Pattern: "/api/desk/services/{service}/answers", Who: adviser, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "lead-answers", Kind: API, Method: get, Pattern: "/api/lead/answers", Who: lead, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "lead-answer-make", Kind: API, Method: post, Pattern: "/api/lead/answers", Who: lead, Purpose: PurposeAccess, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "lead-answer", Kind: API, Method: get, Pattern: "/api/lead/answers/{answer}", Who: lead, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "lead-answer-save", Kind: API, Method: put, Pattern: "/api/lead/answers/{answer}", Who: lead, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-answer-revert", Kind: API, Method: post, Pattern: "/api/lead/answers/{answer}/revert", Who: lead, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "lead-answer-archive", Kind: API, Method: put, Pattern: "/api/lead/answers/{answer}/archive", Who: lead, Purpose: PurposeAccess, Audit: AuditAct},
}

// settingRoutes are the ledger of settings. Its lines name people, whose names are opened.
var settingRoutes = []Route{
	{ID: "setting-changes", Kind: API, Method: get, Pattern: "/api/settings/changes", Who: setters, Purpose: PurposeWork, Audit: AuditRead},
	{ID: "setting-preview", Kind: API, Method: get, Pattern: "/api/settings/preview", Who: setters, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "setting-restore", Kind: API, Method: post, Pattern: "/api/settings/restore", Who: setters, Purpose: PurposeAccess, Audit: AuditAct},
}

var reviewRoutes = []Route{
	{ID: "review-options", Kind: API, Method: get, Pattern: "/api/review/options", Who: reviewer, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "review-samples", Kind: API, Method: get, Pattern: "/api/review/samples", Who: reviewer, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "review-draw", Kind: API, Method: post, Pattern: "/api/review/samples", Who: reviewer, Purpose: PurposeChosen, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "review-item", Kind: API, Method: get, Pattern: "/api/review/samples/{sample}/items/{item}", Who: reviewer, Purpose: PurposeChosen, Audit: AuditRead},
	{ID: "review-mark", Kind: API, Method: post, Pattern: "/api/review/samples/{sample}/items/{item}/marks", Who: reviewer, Purpose: PurposeNone, Audit: AuditNone, Why: counted},
	{ID: "review-train", Kind: API, Method: post, Pattern: "/api/review/samples/{sample}/items/{item}/training", Who: reviewer, Purpose: PurposeChosen, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "training", Kind: API, Method: get, Pattern: "/api/review/training", Who: trainees, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "training-example", Kind: API, Method: get, Pattern: "/api/review/training/{example}", Who: trainees, Purpose: PurposeChosen, Audit: AuditRead},
	{ID: "training-end", Kind: API, Method: del, Pattern: "/api/review/training/{example}", Who: reviewer, Purpose: PurposeChosen, Audit: AuditAct},
}

var rightsRoutes = []Route{
	{ID: "registry-requests", Kind: API, Method: get, Pattern: "/api/registry/requests", Who: registry, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "registry-options", Kind: API, Method: get, Pattern: "/api/registry/options", Who: registry, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "registry-receive", Kind: API, Method: post, Pattern: "/api/registry/requests", Who: registry, Purpose: PurposeRights, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "registry-request", Kind: API, Method: get, Pattern: "/api/registry/requests/{request}", Who: registry, Purpose: PurposeRights, Audit: AuditRead},
	{ID: "registry-accept", Kind: API, Method: post, Pattern: "/api/registry/requests/{request}/accept", Who: registry, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "registry-extend", Kind: API, Method: post, Pattern: "/api/registry/requests/{request}/extend", Who: registry, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "registry-deliver", Kind: API, Method: post, Pattern: "/api/registry/requests/{request}/deliver", Who: registry, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "registry-answer", Kind: API, Method: post, Pattern: "/api/registry/requests/{request}/answer", Who: registry, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "unit-requests", Kind: API, Method: get, Pattern: "/api/unit/requests", Who: unit, Purpose: PurposeNone, Audit: AuditNone, Why: plainWork},
	{ID: "unit-take", Kind: API, Method: post, Pattern: "/api/unit/requests/{request}/take", Who: unit, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "unit-give-back", Kind: API, Method: post, Pattern: "/api/unit/requests/{request}/give-back", Who: unit, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "unit-request", Kind: API, Method: get, Pattern: "/api/unit/requests/{request}", Who: unit, Purpose: PurposeRights, Audit: AuditRead},
	{ID: "unit-find", Kind: API, Method: post, Pattern: "/api/unit/requests/{request}/find", Who: unit, Purpose: PurposeRights, Audit: AuditFind},
	{ID: "unit-item", Kind: API, Method: put, Pattern: "/api/unit/requests/{request}/items/{n}", Who: unit, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "unit-file", Kind: Stream, Method: get, Pattern: "/api/unit/requests/{request}/items/{n}/file", Who: unit, Purpose: PurposeRights, Audit: AuditRead},
	{ID: "unit-finish", Kind: API, Method: post, Pattern: "/api/unit/requests/{request}/finish", Who: unit, Purpose: PurposeRights, Audit: AuditAct},
	{ID: "unit-nothing", Kind: API, Method: post, Pattern: "/api/unit/requests/{request}/nothing", Who: unit, Purpose: PurposeRights, Audit: AuditAct},
}

var officerRoutes = []Route{
	{ID: "officer-destruction", Kind: API, Method: get, Pattern: "/api/officer/destruction", Who: overseers, Purpose: PurposeNone, Audit: AuditNone, Why: keyState},
	{ID: "officer-audit", Kind: API, Method: post, Pattern: "/api/officer/audit", Who: officer, Purpose: PurposeChosen, Audit: AuditRead},
	{ID: "officer-staff", Kind: API, Method: get, Pattern: "/api/officer/staff", Who: officer, Purpose: PurposeWork, Audit: AuditRead},
	{ID: "officer-purposes", Kind: API, Method: get, Pattern: "/api/officer/purposes", Who: officer, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "officer-checkpoint", Kind: API, Method: get, Pattern: "/api/officer/checkpoint", Who: officer, Purpose: PurposeNone, Audit: AuditNone, Why: keyState},
	{ID: "officer-alarms", Kind: API, Method: get, Pattern: "/api/officer/alarms", Who: overseers, Purpose: PurposeNone, Audit: AuditNone, Why: keyState},
}

var adminRoutes = []Route{
	{ID: "admin-staff", Kind: API, Method: get, Pattern: "/api/admin/staff", Who: admin, Purpose: PurposeAccess, Audit: AuditRead},
	{ID: "admin-staff-add", Kind: API, Method: post, Pattern: "/api/admin/staff", Who: admin, Purpose: PurposeAccess, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "admin-staff-change", Kind: API, Method: put, Pattern: "/api/admin/staff/{staff}", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-staff-disable", Kind: API, Method: post, Pattern: "/api/admin/staff/{staff}/disable", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-staff-password", Kind: API, Method: post, Pattern: "/api/admin/staff/{staff}/password", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-staff-totp", Kind: API, Method: post, Pattern: "/api/admin/staff/{staff}/totp-recovery", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-staff-secrecy", Kind: API, Method: put, Pattern: "/api/admin/staff/{staff}/secrecy", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-staff-directory", Kind: API, Method: put, Pattern: "/api/admin/staff/{staff}/directory", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-grant", Kind: API, Method: post, Pattern: "/api/admin/staff/{staff}/grants", Who: admin, Purpose: PurposeAccess, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "admin-grant-withdraw", Kind: API, Method: del, Pattern: "/api/admin/staff/{staff}/grants/{grant}", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-services", Kind: API, Method: get, Pattern: "/api/admin/services", Who: admin, Purpose: PurposeNone, Audit: AuditNone, Why: settings},
	{ID: "admin-service-make", Kind: API, Method: post, Pattern: "/api/admin/services", Who: admin, Purpose: PurposeAccess, Audit: AuditAct, Status: http.StatusCreated},
	{ID: "admin-service-texts", Kind: API, Method: put, Pattern: "/api/admin/services/{service}/texts", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-service-topics", Kind: API, Method: put, Pattern: "/api/admin/services/{service}/topics", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-service-queues", Kind: API, Method: put, Pattern: "/api/admin/services/{service}/queues", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-mail", Kind: API, Method: get, Pattern: "/api/admin/mail", Who: admin, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "admin-mail-try", Kind: API, Method: post, Pattern: "/api/admin/mail/try", Who: admin, Purpose: PurposeAccess, Audit: AuditAct, Long: true},
	{ID: "admin-directory", Kind: API, Method: get, Pattern: "/api/admin/directory", Who: admin, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "admin-directory-set", Kind: API, Method: put, Pattern: "/api/admin/directory", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-directory-try", Kind: API, Method: post, Pattern: "/api/admin/directory/try", Who: admin, Purpose: PurposeAccess, Audit: AuditAct, Long: true},
	{ID: "admin-keys", Kind: API, Method: get, Pattern: "/api/admin/keys", Who: admin, Purpose: PurposeNone, Audit: AuditNone, Why: keyState},
	{ID: "admin-clock", Kind: API, Method: get, Pattern: "/api/admin/clock", Who: admin, Purpose: PurposeNone, Audit: AuditNone, Why: keyState},
	{ID: "admin-clock-settle", Kind: API, Method: post, Pattern: "/api/admin/clock", Who: admin, Purpose: PurposeAccess, Audit: AuditAct},
	{ID: "admin-time", Kind: API, Method: post, Pattern: "/api/admin/time", Who: admin, Purpose: PurposeNone, Audit: AuditNone, Why: "the demo's clock; every turn on the way writes its own entries", Long: true},
}

var setupRoutes = []Route{
	{ID: "setup-shell", Kind: Shell, Method: get, Pattern: "/setup", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "setup-state", Kind: API, Method: get, Pattern: "/api/setup", Root: true, Who: anyone, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "setup-code", Kind: API, Method: post, Pattern: "/api/setup/code", Root: true, Who: setup, Purpose: PurposeNone, Audit: AuditNone, Why: program},
	{ID: "setup-do", Kind: API, Method: post, Pattern: "/api/setup", Root: true, Who: setup, Purpose: PurposeAccess, Audit: AuditAct, Status: http.StatusCreated},
}
