package contact

import (
	"context"
	"slices"
	"strings"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Search asks for earlier contacts by one exact value: By is "reference", "email" or "phone".
// Purpose is chosen from the notice; Reason is the caller's own words.
type Search struct{ By, Value, Purpose, Reason string }

// Find returns the contacts that carry the value, newest first, in the registers that caller may
// search for the purpose (S3-2). The search is recorded; nothing is opened. Errors: fault.Invalid
// on by or value; those of the gate, recorded, when no register may be searched.
func (c *Contacts) Find(ctx context.Context, caller access.Caller, s Search) ([]Contact, error) {
	field, value, err := s.form()
	if err != nil {
		return nil, err
	}
	var out []Contact
	err = c.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		out = nil
		notices, err := c.searchable(ctx, tx, caller, field, s.Purpose)
		if err != nil {
			return err
		}
		for _, n := range notices {
			found, err := c.o.Vault.Find(ctx, tx, caller, s.Purpose, n, field, value, vault.Why{Reason: s.Reason})
			if err != nil {
				return err
			}
			if out, err = appendFound(ctx, tx, out, caller.Authority, found); err != nil {
				return err
			}
		}
		return nil
	})
	return newestFirst(out), err
}

// appendFound adds the contacts that found records belong to.
func appendFound(ctx context.Context, tx *store.Tx, out []Contact, authority string, found []vault.Found) ([]Contact, error) {
	for _, f := range found {
		if f.Type != Type {
			continue
		}
		of, err := Load(ctx, tx, authority, f.Row)
		if fault.Is(err, fault.NotFound) {
			continue // its rows are being deleted
		}
		if err != nil {
			return out, err
		}
		out = append(out, of)
	}
	return out, nil
}

// form is the field that is searched and the value in the form of its tokens.
func (s Search) form() (field, value string, err error) {
	switch s.By {
	case "reference":
		value, err = ParseReference(s.Value)
		return "reference_code", value, err
	case "email":
		value, err = emailForm(s.Value)
		return "email", value, onField(err, "value")
	case "phone":
		value, err = phoneForm(s.Value)
		return "phone", value, onField(err, "value")
	}
	return "", "", fault.New(fault.Invalid, "search-by").On("by")
}

// searchable are the notices in which caller may search a field for a purpose. If there is none,
// the first that has the field is returned, so that the gate refuses and records it.
func (c *Contacts) searchable(ctx context.Context, tx *store.Tx, caller access.Caller, field, purpose string) ([]string, error) {
	grants, _, err := access.Grants(ctx, tx, caller, c.o.Now())
	if err != nil {
		return nil, err
	}
	today := notice.DayOf(c.o.Now(), c.o.Services.Zone(caller.Authority))
	var may, has []string
	for _, n := range c.o.Shelf().CurrentAll(caller.Authority, today) {
		g, _, ok := n.FieldGroup(field)
		if !ok || !c.ours(n) {
			continue
		}
		has = append(has, n.ID)
		for _, grant := range grants {
			if _, ok := n.RuleFor(grant.Role, g.ID, purpose, access.Unrelated); ok {
				may = append(may, n.ID)
				break
			}
		}
	}
	switch {
	case len(may) > 0:
		return may, nil
	case len(has) > 0:
		return has[:1], nil
	}
	return nil, fault.New(fault.Invalid, "search-by").On("by")
}

// newestFirst sorts by id, which carries the time, and drops a contact that several records found.
func newestFirst(all []Contact) []Contact {
	slices.SortFunc(all, func(a, b Contact) int { return strings.Compare(b.ID, a.ID) })
	return slices.CompactFunc(all, func(a, b Contact) bool { return a.ID == b.ID })
}
