package contact

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/address"
	"luukku/fault"
)

// fieldForms are the fields that a citizen may give at the start and the form in which they are
// stored and searched.
var fieldForms = map[string]func(string) (string, error){"email": emailForm, "phone": phoneForm, "name": nameForm}

// maxName is the longest name in characters.
const maxName = 100

// Askable tells whether a declared field is asked for at the start: it comes from the person then,
// and has a form that can be checked.
func Askable(f notice.Field) bool {
	return fieldForms[f.ID] != nil && slices.Contains(f.Source, notice.FromSubject) && f.Collected == notice.AtStart
}

// givenFields checks what a citizen gave at the start: each field must be declared by the notice as
// coming from the person (fault.Invalid "undeclared-field" names field and notice), have its form,
// and none that the notice requires may be missing. Empty values count as not given. A personal identity
// code inside a name is masked as in every text; inside an address it is refused (fault.Invalid
// "email-holds-code", for no number can hold one): an address with a mask in it is none.
func (c *Contacts) givenFields(n *notice.Notice, given map[string]string) (map[string]string, error) {
	out := map[string]string{}
	for id, typed := range given {
		_, field, declared := n.FieldGroup(id)
		if !declared || !Askable(*field) {
			return nil, fault.New(fault.Invalid, "undeclared-field", "field", id, "notice", n.ID).On("fields." + id)
		}
		if strings.TrimSpace(typed) == "" {
			continue
		}
		value, err := fieldForms[id](typed)
		if err != nil {
			return nil, fault.Of(err).On("fields." + id)
		}
		masked, hidden := c.o.Mask(value)
		if hidden > 0 && id != "name" {
			return nil, fault.New(fault.Invalid, "email-holds-code").On("fields." + id)
		}
		out[id] = masked
	}
	return out, missing(n, out)
}

// missing refuses when a field that the notice requires at the start was not given.
func missing(n *notice.Notice, given map[string]string) error {
	for id := range fieldForms {
		_, field, declared := n.FieldGroup(id)
		if declared && Askable(*field) && field.Required && given[id] == "" {
			return fault.New(fault.Invalid, "field-required").On("fields." + id)
		}
	}
	return nil
}

// emailForm reads one address and gives the form in which it is kept and searched.
func emailForm(typed string) (string, error) {
	read, err := address.Read(typed)
	return read.Kept(), err
}

// nameForm reads a name as somebody wrote it: one line that says something, with single spaces.
func nameForm(typed string) (string, error) {
	bad := fault.New(fault.Invalid, "name-form", "max", strconv.Itoa(maxName))
	if len(typed) > 4*maxName || !utf8.ValidString(typed) {
		return "", bad
	}
	name := norm.NFC.String(strings.Join(strings.Fields(typed), " "))
	if !vault.Legible(name) || utf8.RuneCountInString(name) > maxName || strings.ContainsFunc(name, Unsendable) {
		return "", bad
	}
	return name, nil
}

// phoneForm reads a number as it is dialled in Finland, or with its country's prefix, and gives it
// as E.164.
func phoneForm(typed string) (string, error) {
	bad := fault.New(fault.Invalid, "phone-form")
	if len(typed) > 40 {
		return "", bad
	}
	number, err := phonenumbers.Parse(typed, "FI")
	if err != nil || !phonenumbers.IsPossibleNumber(number) || number.GetExtension() != "" {
		return "", bad
	}
	return phonenumbers.Format(number, phonenumbers.E164), nil
}
