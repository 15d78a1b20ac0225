package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"luukku/core/access"
	"luukku/core/notice"
)

// Promise 5: every route declares who may call it, for which purpose, and what it records.
func TestEveryRouteIsDeclaredInFull(t *testing.T) {
	for _, wrong := range Check(Routes()) {
		t.Error(wrong)
	}
	for _, r := range Routes() {
		for _, who := range r.Who {
			if !slices.Contains([]string{Anyone, Citizen, Staff, Pending, SetupCode}, who) && !isStaffRole(who) {
				t.Errorf("route %q names %q, which nobody can be", r.ID, who)
			}
		}
		if strings.Contains(r.Pattern, "{authority}") {
			t.Errorf("route %q names the authority in its pattern", r.ID)
		}
	}
}

func TestRouteTableRefusesWhatIsNotDeclared(t *testing.T) {
	good := Route{ID: "x", Kind: API, Method: "GET", Pattern: "/x", Who: []string{Anyone}, Purpose: PurposeNone, Audit: AuditNone, Why: "published"}
	if wrong := Check([]Route{good}); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for want, spoil := range map[string]func(*Route){
		"declares no purpose":          func(r *Route) { r.Purpose = "" },
		"declares no audit kind":       func(r *Route) { r.Audit = "" },
		"who may call it":              func(r *Route) { r.Who = nil },
		"does not say why":             func(r *Route) { r.Why = "" },
		"records nothing":              func(r *Route) { r.Purpose = PurposeSignIn },
		"open to anyone and to others": func(r *Route) { r.Who = []string{Anyone, notice.RoleLead} },
		"has no pattern":               func(r *Route) { r.Pattern = "x" },
	} {
		bad := good
		spoil(&bad)
		if wrong := Check([]Route{bad}); len(wrong) == 0 || !strings.Contains(wrong[0], want) {
			t.Errorf("%s: %v", want, wrong)
		}
		if _, err := newRegister([]Route{bad}, nil); err == nil {
			t.Errorf("%s: the server would start", want)
		}
	}
	twice := good
	twice.ID = "y"
	if wrong := Check([]Route{good, twice}); len(wrong) != 1 {
		t.Errorf("one pattern twice: %v", wrong)
	}
}

// Deny by default: a handler that is not in the table cannot be registered.
func TestHandlerWithoutARouteCannotBeRegistered(t *testing.T) {
	gate := func(_ Route, h http.Handler) http.Handler { return h }
	for name, register := range map[string]func(*register){
		"unknown handler":   func(r *register) { r.handle("nobody-declared-this", nil) },
		"handler twice":     func(r *register) { r.handle("healthz", http.NotFound); r.handle("healthz", http.NotFound) },
		"page as operation": func(r *register) { operate[nothing, nothing](r, "services-page", "", nil) },
		"unknown operation": func(r *register) { operate[nothing, nothing](r, "nobody-declared-this", "", nil) },
		"past the table":    func(r *register) { gatedMux{r, r.site}.HandleFunc("GET /api/secret", http.NotFound) },
	} {
		r, err := newRegister(Routes(), gate)
		if err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was registered", name)
				}
			}()
			register(r)
		}()
	}
	r, _ := newRegister(Routes(), gate)
	if len(r.missing()) != len(Routes()) {
		t.Errorf("%d of %d routes are missing a handler", len(r.missing()), len(Routes()))
	}
}

// Every staff route answers 401 without a sign-in, 403 to a role that it does not name, and anything
// else to one that it does; another authority's sign-in is none.
func TestRolesAreKeptApart(t *testing.T) {
	h := newHouse(t)
	roles := access.StaffRoles()
	browsers, far := map[string]*browser{}, map[string]*browser{}
	for _, role := range roles {
		browsers[role] = h.signedIn("dvv", role, role)
	}
	far[access.RoleAdministrator] = h.signedIn("mallila", "kaukana", access.RoleAdministrator)
	nobody := h.browser("dvv")
	for _, r := range Routes() {
		if r.Kind != API || r.Root || slices.Contains(r.Who, Anyone) || slices.Contains(r.Who, Citizen) || r.ID == "sign-out" || r.ID == "sign-out-everywhere" {
			continue
		}
		path := strings.NewReplacer("{contact}", "c_00000000000000000000000000", "{staff}", "s_none", "{grant}", "g_none", "{service}", "none").Replace(r.Pattern)
		if got := nobody.ask(r.Method, path, body(r)); got.status != http.StatusUnauthorized {
			t.Errorf("%s without a sign-in: %d %s", r.ID, got.status, got.body)
		}
		for _, role := range roles {
			got := browsers[role].ask(r.Method, path, body(r))
			if refused := got.status == http.StatusForbidden && strings.Contains(got.body, `"role-missing"`); refused == r.Allows(role) {
				t.Errorf("%s as %s: %d %s", r.ID, role, got.status, got.body)
			}
		}
		other := *far[access.RoleAdministrator]
		other.base = h.site.URL + "/dvv"
		if got := other.ask(r.Method, path, body(r)); got.status != http.StatusUnauthorized {
			t.Errorf("%s with another authority's sign-in: %d", r.ID, got.status)
		}
	}
}

// body is something to send, so that no route refuses before it looks at the caller.
func body(r Route) any {
	if r.Method == http.MethodGet || r.Method == http.MethodDelete {
		return nil
	}
	return map[string]any{}
}
