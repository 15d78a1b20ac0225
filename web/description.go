package web

import (
	"encoding/json"
	"net/http"
	"reflect"

	"luukku/web/api"
)

// Description returns the OpenAPI 3.1 description of the whole API, as JSON with sorted keys. It
// needs no server: the table and the shapes say everything.
func Description() ([]byte, error) {
	open := func(_ Route, h http.Handler) http.Handler { return h }
	r, err := newRegister(Routes(), open)
	if err != nil {
		return nil, err
	}
	(&Server{}).operations(r)
	return r.description()
}

// description writes what has been registered, with the shapes that only the socket uses.
func (r *register) description() ([]byte, error) {
	doc := r.api.OpenAPI()
	for _, shape := range []any{api.Problem{}, api.ConnectCitizen{}, api.ConnectStaff{}, api.Connected{}, api.Call{}, api.Push{}} {
		kind := reflect.TypeOf(shape)
		doc.Components.Schemas.Schema(kind, true, kind.Name())
	}
	raw, err := doc.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return sortedJSON(raw)
}

// sortedJSON writes JSON again with sorted keys and indents, so that a changed contract shows as a small difference.
func sortedJSON(raw []byte) ([]byte, error) {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, err
	}
	out, err := json.MarshalIndent(v, "", "  ")
	return append(out, '\n'), err
}
