package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

var (
	noticeIDForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	idForm       = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	rangeForm    = regexp.MustCompile(`^P?[0-9].*(-|–|/|\.\.| to | or )\s*P?[0-9]`)
)

// scalar returns a text value; ok is false, with a problem noted, if it is none.
func (r *reader) scalar(v value, want string) (string, bool) {
	switch n := v.node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		r.wrongType(v, want+" in quotes")
		return "", false
	}
	r.wrongType(v, want)
	return "", false
}

func (r *reader) str(out *string) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.text("", writtenForm)
			return
		}
		s, ok := r.scalar(v, "text")
		if !ok {
			return
		}
		if s = oneLine(s); s == "" {
			r.fail(v.pos, "wrong-type", v.path+" is empty", "write text, or leave the key out")
		}
		*out = s
	}
}

// oneLine joins lines and spaces: a text is one paragraph.
func oneLine(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && !unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func (r *reader) form(out *string, form *regexp.Regexp, want string) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.text(want, form)
			return
		}
		s, ok := r.scalar(v, want)
		if !ok {
			return
		}
		if !form.MatchString(s) {
			r.fail(v.pos, "wrong-form", fmt.Sprintf("%s: %q is not %s", v.path, s, want), "write "+want)
			return
		}
		*out = s
	}
}

func (r *reader) id(out *string) read {
	return r.form(out, idForm, "an id of lower-case letters, digits and underscores")
}

func (r *reader) ids(out *[]string) read {
	return each(r, out, func(one *string) read { return r.id(one) })
}

func (r *reader) strs(out *[]string) read {
	return each(r, out, func(one *string) read { return r.str(one) })
}

// whole reads a whole number from 1 to limit.
func (r *reader) whole(limit uint64, store func(uint64)) read {
	return func(v value) {
		want := fmt.Sprintf("a whole number from 1 to %d", limit)
		if v.shape != nil {
			*v.shape = schema{Type: "integer", Minimum: 1, Maximum: limit}
			return
		}
		n, ok := v.node.(*ast.IntegerNode)
		if !ok {
			r.wrongType(v, want)
			return
		}
		got, ok := n.Value.(uint64)
		if !ok || got < 1 || got > limit {
			r.fail(v.pos, "wrong-form", fmt.Sprintf("%s: %v is out of range", v.path, n.Value), "write "+want)
			return
		}
		store(got)
	}
}

func (r *reader) boolean(out *bool) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.Type = "boolean"
			return
		}
		n, ok := v.node.(*ast.BoolNode)
		if !ok {
			r.wrongType(v, "true or false")
			return
		}
		*out = n.Value
	}
}

func (r *reader) day(out *Day) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.text("a day like 2026-11-21", daySchema)
			return
		}
		s, ok := r.scalar(v, "a day like 2026-11-21")
		if !ok {
			return
		}
		d, err := ParseDay(s)
		if err != nil {
			r.fail(v.pos, "wrong-form", v.path+": "+err.Error(), "write a day like 2026-11-21")
		}
		*out = d
	}
}

// period reads an ISO 8601 period. A range has a message of its own: it names no time at which
// the data end (S1.9, X-24).
func (r *reader) period(out *Period) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.text("a period like P2M", periodForm)
			return
		}
		if t := v.node.Type(); t == ast.SequenceType || t == ast.MappingType {
			r.fail(v.pos, "range", v.path+" has several values", "write one value; make a group for each retention")
			return
		}
		s, ok := r.scalar(v, "a period like P2M")
		if !ok {
			return
		}
		p, err := ParsePeriod(s)
		switch {
		case err == nil:
			*out = p
		case rangeForm.MatchString(s):
			r.fail(v.pos, "range", fmt.Sprintf("%s: %q is a range", v.path, s), "write one value; make a group for each retention")
		default:
			r.fail(v.pos, "wrong-form", v.path+": "+err.Error(), "write an ISO 8601 period of years, months, weeks or days")
		}
	}
}

// one reads a word of a closed list.
func one[T ~string](r *reader, out *T, allowed ...T) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.Type, v.shape.Enum = "string", spelt(allowed)
			return
		}
		s, ok := r.scalar(v, "one of "+listed(allowed))
		if !ok {
			return
		}
		if !slices.Contains(allowed, T(s)) {
			r.fail(v.pos, "not-in-list", fmt.Sprintf("%s: %q is not known", v.path, s), "write one of "+listed(allowed))
			return
		}
		*out = T(s)
	}
}

func listed[T ~string](list []T) string { return strings.Join(spelt(list), ", ") }

func spelt[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// text reads a mapping of fi, sv and en. A language that is missing is left to the check.
func (r *reader) text(out *Text) read { return r.anyText(out, false) }

// literal reads a text that may hold digits, such as a street address.
func (r *reader) literal(out *Text) read { return r.anyText(out, true) }

func (r *reader) anyText(out *Text, literals bool) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.Ref = "#/$defs/text"
			return
		}
		has := make(map[string]bool, len(languages))
		in := func(lang string, s *string) key {
			return may(lang, func(v value) { has[lang] = true; r.str(s)(v) })
		}
		r.mapping(v, in("fi", &out.FI), in("sv", &out.SV), in("en", &out.EN))
		if _, ok := pairs(v.node); ok {
			r.texts = append(r.texts, placedText{v.path, *out, has, literals})
		}
	}
}
