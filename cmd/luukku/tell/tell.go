// Package tell says on the command line what went wrong: a sentence and what to do, never the key
// of a fault. It speaks English, as every command does.
package tell

import (
	"fmt"
	"strings"

	"luukku/fault"
	"luukku/web/text"
)

// Error puts an error in words. Each fault in it becomes its sentence, with its cause behind it; what
// is said around them stays.
func Error(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := err.(*fault.Error); ok {
		return sentence(f)
	}
	said := err.Error()
	for _, part := range parts(err) {
		said = strings.Replace(said, part.Error(), Error(part), 1)
	}
	return said
}

// parts are the errors that err wraps directly.
func parts(err error) []error {
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	case interface{ Unwrap() error }:
		if part := e.Unwrap(); part != nil {
			return []error{part}
		}
	}
	return nil
}

func sentence(f *fault.Error) string {
	said := words(f)
	if f.Field != "" {
		said = f.Field + ": " + said
	}
	if f.Err != nil {
		said += " (" + Error(f.Err) + ")"
	}
	return said
}

// words are the sentence of a fault's key: the administrator's own, or the one that everybody gets. A
// defect has none; its key is what a report of it must hold.
func words(f *fault.Error) string {
	english := text.Of("en")
	switch own, ok := sentences[f.Key]; {
	case ok:
		return own
	case f.Code == fault.Internal:
		return fmt.Sprintf("Something is wrong in the program itself (%s). Look at its log, and report it.", f.Key)
	case english.Has("problem-" + f.Key):
		return english.Problem(string(f.Code), f.Key, f.Args)
	}
	return fmt.Sprintf("%s (%s)", english.Problem(string(f.Code), f.Key, f.Args), f.Key)
}
