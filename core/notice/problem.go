package notice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is a place in a file; lines and columns count from 1.
type Position struct{ Line, Column int }

// Severity says whether a problem stops the program.
type Severity int

// The severities.
const (
	Error Severity = iota // the notice cannot be used
	Note                  // shown by the check, does not stop: an answered warning or an open point
)

// Problem is what is wrong in a notice, where, and how to mend it.
type Problem struct {
	File     string
	Line     int
	Column   int
	Severity Severity
	Rule     string // "missing-basis"; with its subject it is what an open point answers
	Subject  string // "A21", "service_event.email"
	Message  string
	Mend     string
}

// Key is what an open point writes in `answers`: the rule, and the subject after a colon if there is one.
func (p Problem) Key() string {
	if p.Subject == "" {
		return p.Rule
	}
	return p.Rule + ":" + p.Subject
}

// Error gives file:line:column, the message and the mend on one line.
func (p Problem) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
	if p.Mend != "" {
		s += " (" + p.Mend + ")"
	}
	return s
}

// Problems are the problems of a notice in the order of its lines.
type Problems []Problem

// Errors returns those that stop the program.
func (ps Problems) Errors() Problems {
	var out Problems
	for _, p := range ps {
		if p.Severity == Error {
			out = append(out, p)
		}
	}
	return out
}

// Err returns an error that lists the errors, or nil if there are none.
func (ps Problems) Err() error {
	if errs := ps.Errors(); len(errs) > 0 {
		return errs
	}
	return nil
}

// Error gives one line for each problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
