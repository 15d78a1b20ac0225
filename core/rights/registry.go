package rights

import (
	"context"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Said are the fields of a request in clear, by their ids.
type Said map[string]string

// View is a request with what its reader may read of it.
type View struct {
	Request
	Said Said
}

// Open reads a request for the registry: what is asked and who asks. It never reads what a register
// holds. Errors as of the gate; fault.NotFound for another authority's too.
func (r *Rights) Open(ctx context.Context, caller access.Caller, id string) (View, error) {
	return r.read(ctx, caller, id, groupRequest, groupApplicant)
}

func (r *Rights) read(ctx context.Context, caller access.Caller, id string, groups ...string) (View, error) {
	var v View
	var opened []*vault.Opened
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if v.Request, err = load(ctx, tx, caller.Authority, "request-get", id); err != nil {
			return err
		}
		opened, err = r.openParts(ctx, tx, caller, v.Request, groups...)
		return err
	})
	v.Said = said(opened)
	return v, err
}

// openParts opens the parts of a request's groups through the gate.
func (r *Rights) openParts(ctx context.Context, tx *store.Tx, caller access.Caller, q Request, groups ...string) (all []*vault.Opened, err error) {
	for _, g := range groups {
		rows, err := store.Select(ctx, tx, queries.Get("parts-of"), func(scan func(...any) error) (vault.Sealed, error) {
			var part int64
			var record string
			var sealed []byte
			err := scan(&part, &record, &sealed)
			return vault.FromRow(q.Authority, vault.RecordID(record), partRow(q.ID, g, part), sealed), err
		}, q.Authority, q.ID, g)
		if err != nil || len(rows) == 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		opened, err := r.o.Vault.OpenAll(ctx, tx, caller, "rights_fulfilment", rows, vault.Why{})
		if err != nil {
			return nil, err
		}
		all = append(all, opened...)
	}
	return all, nil
}

// said reads opened parts, once their transaction has committed.
func said(opened []*vault.Opened) Said {
	out := Said{}
	for _, o := range opened {
		for _, f := range o.Fields() {
			out[f], _ = o.Text(f)
		}
	}
	return out
}

// Accept notes what showed who asks and hands the request to the register's unit. Errors:
// fault.Invalid on evidence or note, fault.Conflict "request-status".
func (r *Rights) Accept(ctx context.Context, caller access.Caller, id, evidence, note string) error {
	if !slices.Contains(Evidence(), evidence) {
		return fault.New(fault.Invalid, "field-choice").On("evidence")
	}
	note, err := r.clean(note, "note", longLine)
	if err != nil {
		return err
	}
	if evidence == "other" && note == "" {
		return fault.New(fault.Invalid, "field-required").On("note")
	}
	return r.change(ctx, caller, id, ActionAccept, evidence, func(ctx context.Context, tx *store.Tx, q Request) error {
		err := r.addPart(ctx, tx, q, groupApplicant, partIdentity, []vault.Value{{Field: "identity_check", Text: evidence}, {Field: "identity_note", Text: note}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, queries.Get("request-accept"), q.Authority, q.ID)
		return err
	}, Received)
}

// change does something to a request in one transaction, with its entry.
func (r *Rights) change(ctx context.Context, caller access.Caller, id string, act vault.Action, word string, do func(context.Context, *store.Tx, Request) error, want ...Status) error {
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := locked(ctx, tx, caller.Authority, id, want...)
		if err != nil {
			return err
		}
		if err := do(ctx, tx, q); err != nil {
			return err
		}
		return r.note(ctx, tx, caller, roleOf(caller), q, act, word)
	})
}

// Answer closes a request without a link: refused, no data, destroyed by retention, or a copy that was
// given otherwise. Text is the answer as it was given. Errors: fault.Invalid on outcome or text,
// fault.Conflict "request-status".
func (r *Rights) Answer(ctx context.Context, caller access.Caller, id, outcome, text string) error {
	if !slices.Contains([]string{Granted, Partly, Refused, NoData, Destroyed}, outcome) {
		return fault.New(fault.Invalid, "field-choice").On("outcome")
	}
	text, err := r.clean(text, "text", longText)
	if err == nil && !vault.Legible(text) {
		err = fault.New(fault.Invalid, "field-required").On("text")
	}
	if err != nil {
		return err
	}
	want := []Status{Ready}
	if outcome == Refused {
		want = []Status{Received, Accepted, Ready}
	}
	return r.change(ctx, caller, id, ActionClose, outcome, func(ctx context.Context, tx *store.Tx, q Request) error {
		if err := r.mayAnswer(ctx, tx, q, outcome); err != nil {
			return err
		}
		return r.close(ctx, tx, caller, q, outcome, text)
	}, want...)
}

// mayAnswer lets the registry answer what the unit came to, or refuse; and that retention has ended a copy which
// was ready and not delivered yet.
func (r *Rights) mayAnswer(ctx context.Context, tx *store.Tx, q Request, outcome string) error {
	if outcome == Refused || outcome == q.Outcome {
		return nil
	}
	if outcome == Destroyed && q.Copy != "" {
		if alive, err := r.alive(ctx, tx, q); err != nil || !alive {
			return err
		}
	}
	return fault.New(fault.Conflict, "rights-outcome").On("outcome")
}

// close seals the outcome; retention counts from now.
func (r *Rights) close(ctx context.Context, tx *store.Tx, caller access.Caller, q Request, outcome, text string) error {
	now := r.o.Now()
	err := r.addPart(ctx, tx, q, groupRequest, partClosed, []vault.Value{{Field: "decision", Text: outcome}, {Field: "answer", Text: text},
		{Field: "handler", Text: caller.ID}, {Field: "closed_at", Text: now.UTC().Format(time.RFC3339)}})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, queries.Get("request-close"), outcome, now.UnixMilli(), q.Authority, q.ID); err != nil {
		return err
	}
	for _, record := range []vault.RecordID{q.Record, q.Applicant} {
		if err := r.o.Vault.Settle(ctx, tx, q.Authority, record, now, "settled"); err != nil {
			return err
		}
	}
	return nil
}
