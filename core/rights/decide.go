package rights

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Span is a part of a text, from before one UTF-16 unit to before another, as browsers count.
type Span struct{ From, To int }

// Decide decides about one item of a draft. Covered needs the parts of the text, and it and LeftOut a
// ground. Errors: fault.NotFound for no such item, fault.Invalid on decision, ground or spans,
// fault.Gone when retention has ended the draft.
func (r *Rights) Decide(ctx context.Context, caller access.Caller, id string, n int64, decision, ground string, spans []Span) error {
	if !slices.Contains([]string{Kept, Covered, LeftOut}, decision) {
		return fault.New(fault.Invalid, "field-choice").On("decision")
	}
	if decision == Kept {
		ground = ""
	} else if !slices.Contains(Grounds(), ground) {
		return fault.New(fault.Invalid, "rights-ground").On("ground")
	}
	given, err := "", error(nil)
	if decision == Covered {
		if given, err = r.cover(ctx, caller, id, n, spans); err != nil {
			return err
		}
	}
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, i, err := r.itemOf(ctx, tx, caller, id, n)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("item-uncover"), q.Authority, q.Copy, n); err != nil {
			return err
		}
		if decision == Covered {
			if err := r.addCovered(ctx, tx, q, i, given); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, queries.Get("item-decide"), decision, ground, q.Authority, q.Copy, n); err != nil {
			return err
		}
		return r.note(ctx, tx, caller, access.RoleLead, q, ActionDecide, strings.TrimSpace(strconv.FormatInt(n, 10)+" "+decision+" "+ground))
	})
}

// itemOf locks the caller's request and finds one item of its draft.
func (r *Rights) itemOf(ctx context.Context, tx *store.Tx, caller access.Caller, id string, n int64) (Request, row, error) {
	q, err := r.mine(ctx, tx, caller, id, Working)
	if err != nil {
		return q, row{}, err
	}
	i, err := r.item(ctx, tx, q, n)
	return q, i, err
}

// item reads one item of a request's copy.
func (r *Rights) item(ctx context.Context, tx *store.Tx, q Request, n int64) (row, error) {
	i, err := scanItem(q.Authority, q.Copy)(tx.Row(ctx, queries.Get("item-get"), q.Authority, q.Copy, n).Scan)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "item-not-found")
		if q.Copy != "" && q.Ends != "" && q.Ends.Before(r.today(q.Authority)) {
			err = fault.New(fault.Gone, "retention-ended")
		}
	}
	return i, err
}

// cover opens an item and covers parts of it.
func (r *Rights) cover(ctx context.Context, caller access.Caller, id string, n int64, spans []Span) (string, error) {
	var opened *vault.Opened
	var field string
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, i, err := r.itemOf(ctx, tx, caller, id, n)
		if err != nil {
			return err
		}
		reg, err := r.register(q.Authority, q.Register)
		if err != nil {
			return err
		}
		field = i.field
		opened, err = r.o.Vault.Open(ctx, tx, caller, purposeOf(reg), i.sealed, vault.Why{Reason: id})
		return err
	})
	if err != nil {
		return "", err
	}
	text, _ := opened.Text(field)
	if _, is := fileIn(text); is { // a file goes along whole, or not at all
		return "", fault.New(fault.Invalid, "rights-file-whole").On("decision")
	}
	return covered(text, spans)
}

// covered replaces parts of a text by Cover.
func covered(text string, spans []Span) (string, error) {
	bad := fault.New(fault.Invalid, "rights-spans").On("spans")
	units := utf16.Encode([]rune(text))
	if len(spans) == 0 || len(spans) > 1000 {
		return "", bad
	}
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return a.From - b.From })
	var b strings.Builder
	at, open := 0, false
	for _, s := range spans {
		if s.From < 0 || s.To <= s.From || s.To > len(units) {
			return "", bad
		}
		if s.From > at || !open {
			if s.From > at {
				b.WriteString(string(utf16.Decode(units[at:s.From])))
			}
			b.WriteString(Cover)
		}
		at, open = max(at, s.To), true
	}
	b.WriteString(string(utf16.Decode(units[at:])))
	return b.String(), nil
}

func (r *Rights) addCovered(ctx context.Context, tx *store.Tx, q Request, i row, given string) error {
	w, err := r.o.Vault.Writer(ctx, tx, q.Authority, i.record)
	if err != nil {
		return err
	}
	sealed, err := w.Seal(itemRow(q.Copy, i.n, 1), []vault.Value{{Field: i.field, Text: given}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, queries.Get("item-add"), q.Authority, q.Copy, i.n, int64(1), string(i.record), i.thing, i.field, i.at, i.by, Covered, "", sealed)
	return err
}
