package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// maxBody is the longest request body in bytes: a message of 4,000 characters, escaped, with room.
const maxBody = 64 << 10

// bodyTime is how long a body may take to arrive, so that slow senders hold nothing.
const bodyTime = 10 * time.Second

// register joins handlers to the table. It refuses a handler that has no route, a route that has
// two handlers, and, at the end, a route that has none.
type register struct {
	table  map[string]Route
	joined map[string]bool
	gate   func(Route, http.Handler) http.Handler
	site   *http.ServeMux // below an authority
	root   *http.ServeMux // the server's own
	api    huma.API       // operations below an authority
	base   huma.API       // operations of the server, in the same description
}

// newRegister makes an empty one over a table. gate stands before every handler.
func newRegister(table []Route, gate func(Route, http.Handler) http.Handler) (*register, error) {
	if wrong := Check(table); len(wrong) > 0 {
		return nil, fmt.Errorf("routes: %s", strings.Join(wrong, "; "))
	}
	r := &register{table: map[string]Route{}, joined: map[string]bool{}, gate: gate, site: http.NewServeMux(), root: http.NewServeMux()}
	for _, route := range table {
		r.table[route.ID] = route
	}
	config := describe()
	r.api = huma.NewAPI(config, humago.NewAdapter(gatedMux{r, r.site}, ""))
	r.base = huma.NewAPI(config, humago.NewAdapter(gatedMux{r, r.root}, ""))
	return r, nil
}

// describe is the head of the OpenAPI description, which both halves of the API write into.
func describe() huma.Config {
	config := huma.DefaultConfig("Luukku", "1")
	config.Info.Description = "One program on which a public authority serves people. Errors are application/problem+json."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil // no $schema in bodies
	config.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	config.Servers = []*huma.Server{{URL: "/{authority}", Description: "Where the authority has no host name of its own", Variables: map[string]*huma.ServerVariable{
		"authority": {Default: "dvv", Description: "First segment of the authority's addresses"},
	}}}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"contact": {Type: "http", Scheme: "bearer", Description: "The token of one contact"},
		"staff":   {Type: "apiKey", In: "cookie", Name: "luukku", Description: "The session of a member of staff"},
	}
	return config
}

// strictJSON is how bodies are read.
var strictJSON = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: readJSON}

// take gives the route of an id to its handler, once.
func (r *register) take(id string, kinds ...Kind) Route {
	route, ok := r.table[id]
	switch {
	case !ok:
		panic(fmt.Sprintf("web: handler %q has no route in routes.go", id))
	case r.joined[id]:
		panic(fmt.Sprintf("web: route %q has two handlers", id))
	case !slices.Contains(kinds, route.Kind):
		panic(fmt.Sprintf("web: route %q is of kind %s", id, route.Kind))
	}
	r.joined[id] = true
	return route
}

// missing lists routes without a handler.
func (r *register) missing() []string {
	var ids []string
	for id := range r.table {
		if !r.joined[id] {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// handle joins a plain handler: a page, a file, the socket, the program's state.
func (r *register) handle(id string, h http.HandlerFunc) {
	route := r.take(id, Page, Shell, Socket, File, Stream, System)
	mux := r.site
	if route.Root {
		mux = r.root
	}
	gated := r.gate(route, h)
	mux.Handle(route.Method+" "+route.Pattern, gated)
	if short, ok := strings.CutSuffix(route.Pattern, "/{rest...}"); ok {
		mux.Handle(route.Method+" "+short, gated)
	}
	if short, ok := strings.CutSuffix(route.Pattern, "/{$}"); ok && short != "" {
		mux.HandleFunc(route.Method+" "+short, addSlash)
	}
}

// addSlash leads to the one form of a page's address. The mux's own redirect would forget whose page it is.
func addSlash(w http.ResponseWriter, r *http.Request) {
	to := url.URL{Path: visitOf(r.Context()).Base + r.URL.Path + "/", RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
}

// operate joins an operation: its input is checked against I before h runs.
func operate[I, O any](r *register, id, summary string, h func(context.Context, *Visit, *I) (*O, error)) {
	route := r.take(id, API)
	op := huma.Operation{
		OperationID: route.ID, Method: route.Method, Path: route.Pattern, Summary: summary,
		DefaultStatus: route.Status, MaxBodyBytes: maxBody, BodyReadTimeout: bodyTime,
		Tags: []string{tag(route)}, Security: security(route), Errors: []int{},
		Extensions: map[string]any{"x-who": route.Who, "x-purpose": route.Purpose, "x-audit": string(route.Audit)},
		Responses:  map[string]*huma.Response{"default": problemResponse()},
	}
	if route.Long {
		op.BodyReadTimeout = -1 // huma's deadline would end the request's context, too
	}
	api := r.api
	if route.Root {
		api, op.Servers = r.base, []*huma.Server{{URL: "/"}}
	}
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		visit := visitOf(ctx)
		out, err := h(ctx, visit, in)
		if err != nil {
			return nil, visit.problem(err)
		}
		return out, nil
	})
}

// tag groups operations in the description by the second segment of their path.
func tag(route Route) string {
	parts := strings.Split(strings.TrimPrefix(route.Pattern, "/api/"), "/")
	return parts[0]
}

// security names the credentials that an operation takes.
func security(route Route) []map[string][]string {
	switch {
	case slices.Contains(route.Who, Citizen):
		return []map[string][]string{{"contact": {}}}
	case slices.Contains(route.Who, Anyone), slices.Contains(route.Who, SetupCode):
		return nil
	}
	return []map[string][]string{{"staff": {}}}
}

// problemResponse describes every answer that is not a success.
func problemResponse() *huma.Response {
	return &huma.Response{Description: "Problem", Content: map[string]*huma.MediaType{
		"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}},
	}}
}

// gatedMux lets huma register nothing that the gate does not stand before.
type gatedMux struct {
	r   *register
	mux *http.ServeMux
}

// HandleFunc registers the handler of the route that has this method and pattern.
func (g gatedMux) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	for _, route := range g.r.table {
		if route.Kind == API && route.Method+" "+route.Pattern == pattern && route.Root == (g.mux == g.r.root) {
			g.mux.Handle(pattern, g.r.gate(route, http.HandlerFunc(h)))
			return
		}
	}
	panic(fmt.Sprintf("web: %q has no route in routes.go", pattern))
}

func (g gatedMux) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }
