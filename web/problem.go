package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"luukku/fault"
	"luukku/web/api"
	"luukku/web/text"
)

// statusOf is the one table from a fault's code to an HTTP status.
var statusOf = map[fault.Code]int{
	fault.Invalid:  http.StatusUnprocessableEntity,
	fault.Denied:   http.StatusForbidden,
	fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict,
	fault.Gone:     http.StatusGone,
	fault.Busy:     http.StatusServiceUnavailable,
	fault.Internal: http.StatusInternalServerError,
}

// statusOfKey are the few problems for which HTTP has a word of its own.
var statusOfKey = map[string]int{
	"signed-out":         http.StatusUnauthorized,
	"sign-in-failed":     http.StatusUnauthorized,
	"totp-required":      http.StatusUnauthorized,
	"totp-wrong":         http.StatusUnauthorized,
	"sign-in-wait":       http.StatusTooManyRequests,
	"too-many-requests":  http.StatusTooManyRequests,
	"body-malformed":     http.StatusBadRequest,
	"body-slow":          http.StatusRequestTimeout,
	"body-too-large":     http.StatusRequestEntityTooLarge,
	"body-type":          http.StatusUnsupportedMediaType,
	"method-not-allowed": http.StatusMethodNotAllowed,
}

// refusal is a fault as it is answered.
type refusal struct {
	api.Problem
	wait int // seconds for Retry-After; 0 for none
}

// newProblem translates err. What an Internal fault says stays in the log.
func newProblem(err error, lang string) *refusal {
	f := fault.Of(err)
	key := f.Key
	if f.Code == fault.Internal {
		key = "internal"
	}
	p := &refusal{Problem: api.Problem{Type: "urn:luukku:problem:" + key, Status: status(f.Code, key), Code: string(f.Code), Key: key,
		Title: text.Of(lang).Get("code-"+string(f.Code), nil), Detail: text.Of(lang).Problem(string(f.Code), key, f.Args), Field: f.Field}}
	p.wait, _ = strconv.Atoi(f.Args["seconds"])
	return p
}

func status(code fault.Code, key string) int {
	if s, ok := statusOfKey[key]; ok {
		return s
	}
	if s, ok := statusOf[code]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// Error implements error.
func (p *refusal) Error() string { return p.Code + ": " + p.Key }

// GetStatus implements huma.StatusError.
func (p *refusal) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError.
func (p *refusal) GetHeaders() http.Header {
	if p.wait > 0 {
		return http.Header{"Retry-After": {strconv.Itoa(p.wait)}}
	}
	return nil
}

// ContentType implements huma.ContentTypeFilter.
func (p *refusal) ContentType(string) string { return "application/problem+json" }

// Schema implements huma.SchemaProvider.
func (p *refusal) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[api.Problem](), true, "Problem")
}

// MarshalJSON writes the problem without what is only for headers.
func (p *refusal) MarshalJSON() ([]byte, error) { return json.Marshal(p.Problem) }

// write answers with the problem outside huma.
func (p *refusal) write(w http.ResponseWriter) {
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	body, err := json.Marshal(p.Problem)
	if err == nil {
		_, _ = w.Write(append(body, '\n')) // a client that is gone needs no answer
	}
}

// init gives huma the program's form of an error. It is huma's only way to be told, and what it is
// told depends on the request alone.
//
// Names of members are compared exactly: encoding/json would also take "REASON" for "reason", whose
// rules nobody would have checked.
func init() {
	huma.ValidateStrictCasing = true
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return refusedInput(visitOf(ctx.Context()).lang(), status, errs)
	}
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return refusedInput(languages[0], status, errs)
	}
}

// refusedInput is what huma found wrong before a handler ran. Values that were sent are not repeated.
func refusedInput(lang string, status int, errs []error) *refusal {
	key, ok := keyOfStatus[status]
	if !ok {
		return newProblem(fault.New(fault.Internal, "http").Wrap(errors.Join(errs...)), lang)
	}
	p := newProblem(fault.New(fault.Invalid, key), lang)
	if key != "body-malformed" {
		return p
	}
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) && !unreadable(d.ErrorDetail()) {
			p.Errors = append(p.Errors, fieldProblem(lang, d.ErrorDetail()))
		}
	}
	if len(p.Errors) > 0 {
		p.Status, p.Field, p.Key, p.Detail = http.StatusUnprocessableEntity, p.Errors[0].Field, p.Errors[0].Key, p.Errors[0].Detail
		p.Type = "urn:luukku:problem:" + p.Key
	}
	return p
}

// unreadable tells a body that is no JSON from one with a wrong member.
func unreadable(d *huma.ErrorDetail) bool {
	return d.Location == "body" && !strings.HasPrefix(d.Message, "expected ") && d.Message != "request body is required"
}

var keyOfStatus = map[int]string{
	http.StatusBadRequest:            "body-malformed",
	http.StatusRequestTimeout:        "body-slow",
	http.StatusRequestEntityTooLarge: "body-too-large",
	http.StatusUnsupportedMediaType:  "body-type",
	http.StatusUnprocessableEntity:   "body-malformed",
}

// fieldProblem names a field at fault and why, in words of our own.
func fieldProblem(lang string, d *huma.ErrorDetail) api.ProblemField {
	field := d.Location
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name, _, _ = strings.Cut(name, " ")
		field += "." + name
	}
	for _, where := range []string{"body.", "query.", "path."} {
		field = strings.TrimPrefix(field, where)
	}
	key := "field-invalid"
	for _, known := range fieldKeys {
		if strings.HasPrefix(d.Message, known.begins) {
			key = known.key
			break
		}
	}
	return api.ProblemField{Field: field, Key: key, Detail: text.Of(lang).Problem(string(fault.Invalid), key, nil)}
}

// fieldKeys are the beginnings of huma's messages with what they mean.
var fieldKeys = []struct{ begins, key string }{
	{validation.MsgUnexpectedProperty, "field-unknown"},
	{"expected required", "field-missing"},
	{"required ", "field-missing"},
	{"expected length >=", "field-empty"},
	{"expected length <=", "field-long"},
	{"expected value to be one of", "field-choice"},
	{"expected number >", "field-range"},
	{"expected number <", "field-range"},
	{"expected array length", "field-count"},
	{"expected string to ", "field-format"},
	{"expected ", "field-type"},
}
