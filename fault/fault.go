// Package fault is the one error type of the program. It promises that every error which reaches
// a caller has one of seven codes, and that its text holds a key and not a sentence: translations
// live in web/text, and nothing below web knows a language or an HTTP status.
package fault

import "errors"

// Code is the closed set of reasons. The web layer has one table from it to HTTP status.
type Code string

// The codes.
const (
	Invalid  Code = "invalid"   // what was asked breaks a rule that the asker can mend
	Denied   Code = "denied"    // the caller may not do this
	NotFound Code = "not_found" // there is none, or it belongs to another authority
	Conflict Code = "conflict"  // somebody else was first, or the state has moved on
	Gone     Code = "gone"      // retention has ended it
	Busy     Code = "busy"      // not now; the same call may succeed later
	Internal Code = "internal"  // a defect of the program
)

// Error is a fault. Key names the text that web/text translates; Field names the input it is
// about, if one; Args fill the text and never hold personal data; Err is the cause, for logs.
type Error struct {
	Code  Code
	Key   string
	Field string
	Args  map[string]string
	Err   error
}

// New makes a fault. The pairs kv are names and values of its Args; a last name without a value
// gets an empty one.
func New(code Code, key string, kv ...string) *Error {
	e := &Error{Code: code, Key: key}
	if len(kv) == 0 {
		return e
	}
	e.Args = make(map[string]string, (len(kv)+1)/2)
	for i := 0; i < len(kv); i += 2 {
		value := ""
		if i+1 < len(kv) {
			value = kv[i+1]
		}
		e.Args[kv[i]] = value
	}
	return e
}

// On returns a copy of e that is about the input named field.
func (e *Error) On(field string) *Error {
	on := *e
	on.Field = field
	return &on
}

// Wrap returns a copy of e whose cause is err.
func (e *Error) Wrap(err error) *Error {
	wrapped := *e
	wrapped.Err = err
	return &wrapped
}

// Error is for logs and for developers: code, key, field and cause. Args are left out.
func (e *Error) Error() string {
	text := string(e.Code) + ": " + e.Key
	if e.Field != "" {
		text += " (" + e.Field + ")"
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Of returns the fault that err is or wraps. Any other error becomes an Internal fault that wraps
// it, and nil stays nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return New(Internal, "internal").Wrap(err)
}

// CodeOf returns the code of err: Internal for an error that is not a fault, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return Of(err).Code
}

// Is tells whether err is a fault with code c. An outer fault hides the code of its cause.
func Is(err error, c Code) bool { return err != nil && CodeOf(err) == c }
