package proof

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"luukku/core/notice"
	"luukku/web"
)

// callers are the columns of matrix.csv.
var callers = []string{
	"anonymous", "token", "other_token", "foreign_token", "adviser", "other_adviser", "lead", "quality_reviewer", "registry_clerk",
	"data_protection_officer", "administrator", "pending", "foreign_staff",
}

// expected is matrix.csv: for each route and caller "yes", a status, or "same" (as for anybody).
func expected(t *testing.T) (order []string, cells map[string]map[string]string) {
	t.Helper()
	file, err := os.Open("matrix.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0][1:], callers) {
		t.Fatalf("the columns are %v", rows[0])
	}
	cells = map[string]map[string]string{}
	for _, r := range rows[1:] {
		order = append(order, r[0])
		cells[r[0]] = map[string]string{}
		for i, cell := range r[1:] {
			cells[r[0]][callers[i]] = cell
		}
	}
	return order, cells
}

// Promise 5: every route is in the matrix, and the matrix names no route that is not there.
func TestEveryRouteIsInTheMatrix(t *testing.T) {
	order, _ := expected(t)
	var table []string
	for _, r := range web.Routes() {
		table = append(table, r.ID)
	}
	slices.Sort(order)
	slices.Sort(table)
	if !slices.Equal(order, table) {
		t.Errorf("matrix.csv and web.Routes differ:\n%v\n%v", missing(order, table), missing(table, order))
	}
	if wrong := web.Check(web.Routes()); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func missing(in, from []string) []string {
	return slices.DeleteFunc(slices.Clone(from), func(s string) bool { return slices.Contains(in, s) })
}

// credentials are what a caller sends along.
type credentials struct{ bearer, cookie string }

// reply is an answer as it came, without what differs from one second to the next.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// send asks without a cookie jar, so that nobody's session is mixed with another's.
func (h *house) send(as credentials, method, path string, body any) reply {
	h.t.Helper()
	var in io.Reader
	kind := "application/json"
	if f, ok := body.(form); ok {
		in, kind = strings.NewReader(f.text), f.kind
	} else if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			h.t.Fatal(err)
		}
		in = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(h.t.Context(), method, "http://localhost"+path, in)
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Accept-Language", "en")
	request.Header.Set("Origin", "http://localhost")
	if as.bearer != "" {
		request.Header.Set("Authorization", "Bearer "+as.bearer)
	}
	if as.cookie != "" {
		request.AddCookie(&http.Cookie{Name: "luukku", Value: as.cookie})
	}
	c := http.Client{Transport: h.transport(), Timeout: 2 * time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := c.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	header := answer.Header.Clone()
	for _, name := range []string{"Date", "Content-Security-Policy"} { // the second carries a nonce
		header.Del(name)
	}
	return reply{answer.StatusCode, header, text}
}

// cookie is the session token in a person's browser.
func (p *person) cookie() string {
	for _, c := range p.HTTP.Jar.Cookies(mustURL("http://localhost/" + p.authority + "/")) {
		return c.Value
	}
	p.house.t.Fatal("no session cookie")
	return ""
}

// call is one request to a route.
type call struct {
	as     credentials
	method string
	path   string
	body   any
}

// ask makes the request of a caller to a route. Whoever is expected to be let in gets things of
// their own to work on, so that nobody disturbs anybody.
func (m *matrix) ask(r web.Route, caller string, allowed bool) call {
	if strings.HasSuffix(r.ID, "-file") && r.Kind == web.Stream {
		return m.askElsewhere(r, caller)
	}
	c := call{as: m.standing[caller], method: r.Method}
	citizen, staff := m.subject(r.ID, caller, allowed), m.target.ID
	switch caller {
	case "token":
		c.as = credentials{bearer: citizen.Token}
	case "other_token":
		c.as = credentials{bearer: m.other.Token}
	case "foreign_token":
		c.as = credentials{bearer: m.foreign.Token}
	}
	grant := "g_00000000000000000000000000"
	if allowed && strings.HasPrefix(r.ID, "admin-") && strings.Contains(r.Pattern, "{staff}") {
		made := m.account(notice.RoleAdviser).Account
		staff, grant = made.ID, made.Grants[0].ID
	}
	c.path = strings.NewReplacer("{$}", "", "{contact}", citizen.contact, "{service}", "citizens-advice", "{notice}", "citizens-advice",
		"{staff}", staff, "{grant}", grant, "{answer}", m.answer(r, allowed), "{request}", m.request(r, allowed), "{printout}", m.printout(r, caller, allowed), "{n}", "1", "{link}", "x", "{rest...}", "", "{file...}", "x.js", "{file}", "x.css").Replace(r.Pattern)
	if r.Pattern != "" && strings.Contains(r.Pattern, "/api/review/") {
		c.path = m.reviewed(r, allowed).Replace(c.path)
	}
	if !r.Root {
		c.path = "/dvv" + c.path
	}
	switch r.ID {
	case "report-contacts":
		c.path += "?from=2026-01-01&to=2027-12-31"
	case "setting-preview":
		m.settled()
		c.path += "?kind=service&id=citizens-advice&part=holidays&to=0"
	case "report-days", "report-file":
		c.path += "?from=2026-11-09&to=2026-11-15"
	}
	c.body = m.body(r.ID, caller, citizen, &c, allowed)
	return c
}

// Promises 4 and 5 over HTTP: every route is asked by every caller, and answers as the hand-written
// matrix says. Foreign staff are those of each role of the other authority, with their own session.
// // S4-18, S3-25
func TestEveryRouteAnswersEveryCallerAsWritten(t *testing.T) {
	h := newHouse(t, "sqlite")
	h.start()
	m := newMatrix(h)
	order, cells := expected(t)
	slices.SortStableFunc(order, func(a, b string) int { return last(a) - last(b) })
	asked := 0
	for _, id := range order {
		route := routeOf(id)
		anybody := h.send(m.ask(route, "anonymous", false).parts())
		for _, caller := range callers {
			for _, as := range m.eachOf(caller) {
				asked++
				m.judge(route, caller, as, cells[id][caller], anybody)
			}
		}
	}
	t.Logf("%d requests were judged", asked)
}

// last puts what moves the clock behind everything else.
func last(route string) int {
	if route == "admin-time" {
		return 1
	}
	return 0
}

func routeOf(id string) web.Route {
	all := web.Routes()
	return all[slices.IndexFunc(all, func(r web.Route) bool { return r.ID == id })]
}

// eachOf names the credentials behind a column: the foreign staff are five.
func (m *matrix) eachOf(caller string) []string {
	if caller != "foreign_staff" {
		return []string{caller}
	}
	var all []string
	for _, role := range staffRoles {
		all = append(all, "foreign "+role)
	}
	return all
}

func (c call) parts() (credentials, string, string, any) { return c.as, c.method, c.path, c.body }

func (m *matrix) judge(route web.Route, caller, as, want string, anybody reply) {
	m.t.Helper()
	got := m.send(m.ask(route, as, want == "yes").parts())
	ok := false
	switch want {
	case "yes":
		ok = got.status < 400
	case "same":
		ok = got.status == anybody.status && got.status != http.StatusInternalServerError
	default:
		ok = strconv.Itoa(got.status) == want
	}
	if !ok {
		m.t.Errorf("%s as %s: %d, want %s\n%.300s", route.ID, as, got.status, want, got.body)
	}
}
