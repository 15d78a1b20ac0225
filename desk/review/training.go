package review

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/store"
)

// mostHidden is how many words of one conversation can be hidden by hand.
const mostHidden = 2000

// Example is a contact that was put forward to training.
type Example struct {
	ID, Service string
	LastDay     notice.Day // on which it can still be seen; see until

	contact string
}

// Hidden are the words of one line that a reviewer has hidden, by their numbers from 0.
type Hidden struct {
	Line  int64
	Words []int
}

// PutForward makes an example of a drawn contact: its id and the places of the words that the reviewer has
// hidden besides what rules hide, and no copy. It is recorded. Errors: as Item; fault.Denied "not-allowed"
// where the notice does not let reviewers see for training; fault.Invalid on hide; fault.Conflict
// "training-put-already".
func (r *Reviews) PutForward(ctx context.Context, caller access.Caller, sample string, no int64, hide []Hidden) (string, error) {
	if err := checkHidden(hide); err != nil {
		return "", err
	}
	s, err := r.reviewed(ctx, caller, sample)
	if err == nil {
		err = r.stillMay(ctx, caller, s.Service, PurposeTraining, access.RoleReviewer)
	}
	if err != nil {
		return "", err
	}
	id := store.NewID(trainingPrefix)
	err = r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, i, err := r.item(ctx, tx, caller, sample, no)
		if err != nil {
			return err
		}
		if i.Training != "" {
			return fault.New(fault.Conflict, "training-put-already")
		}
		return r.putForward(ctx, tx, caller, Example{ID: id, Service: s.Service, contact: i.contact}, hide)
	})
	return id, err
}

func (r *Reviews) putForward(ctx context.Context, tx *store.Tx, caller access.Caller, one Example, hide []Hidden) error {
	if _, err := tx.Exec(ctx, qTrainingAdd, caller.Authority, one.ID, one.Service, one.contact); err != nil {
		return err
	}
	for _, h := range hide {
		for _, word := range h.Words {
			if _, err := tx.Exec(ctx, qTrainingHide, caller.Authority, one.ID, h.Line, word); err != nil {
				return err
			}
		}
	}
	return r.recordExample(ctx, tx, caller, one, vault.ActionTraining)
}

func (r *Reviews) recordExample(ctx context.Context, tx *store.Tx, caller access.Caller, one Example, action vault.Action) error {
	of, err := contact.Load(ctx, tx, caller.Authority, one.contact)
	if err != nil {
		return err
	}
	return r.record(ctx, tx, caller, vault.Entry{Purpose: PurposeTraining, Action: action, Notice: of.Notice,
		Type: contact.Type, Row: of.ID, Records: []vault.RecordID{of.Record}, Reason: one.ID})
}

// checkHidden refuses what names no place: a number that no line or word has, one twice, or too many.
func checkHidden(hide []Hidden) error {
	type place struct {
		line int64
		word int
	}
	seen := map[place]bool{}
	for _, h := range hide {
		for _, word := range h.Words {
			p := place{h.Line, word}
			if h.Line < 1 || word < 0 || word >= contact.MaxText || seen[p] {
				return fault.New(fault.Invalid, "field-invalid").On("hide")
			}
			seen[p] = true
		}
	}
	if len(seen) > mostHidden {
		return fault.New(fault.Invalid, "field-count").On("hide")
	}
	return nil
}

// Examples are those of the services in which caller reviews or advises. Nothing is opened.
func (r *Reviews) Examples(ctx context.Context, caller access.Caller) (out []Example, err error) {
	err = r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		grants, _, err := access.Grants(ctx, tx, caller, r.o.Now())
		if err != nil {
			return err
		}
		all, err := store.Select(ctx, tx, qTrainings, func(scan func(...any) error) (e Example, err error) {
			return e, scan(&e.ID, &e.Service, &e.contact)
		}, caller.Authority)
		for _, one := range all {
			ok := err == nil && trains(grants, one.Service)
			if ok {
				one.LastDay, ok, err = r.until(ctx, tx, caller.Authority, one.contact)
			}
			if ok {
				out = append(out, one)
			}
		}
		return err
	})
	return out, err
}

// until is a day on which an example can still be seen. Its contact's own last day would tell on which day the
// contact was closed, so while that is more than a month ahead, it is the end of the month before.
func (r *Reviews) until(ctx context.Context, tx *store.Tx, authority, id string) (notice.Day, bool, error) {
	_, last, ok, err := r.living(ctx, tx, authority, id)
	if ok && last > r.today(authority).AddDays(31) {
		last = (last[:8] + "01").AddDays(-1)
	}
	return last, ok, err
}

func trains(grants []access.Grant, service string) bool {
	for _, g := range grants {
		if (g.Role == access.RoleReviewer || g.Role == access.RoleAdviser) && g.Covers(service) {
			return true
		}
	}
	return false
}

// Example opens one for the purpose training; the reading is recorded before a byte is opened. Errors:
// fault.NotFound "training-not-found", those of the gate.
func (r *Reviews) Example(ctx context.Context, caller access.Caller, id string) (Shown, error) {
	var one Example
	hand := map[int64][]int{}
	opened, err := r.open(ctx, caller, func(ctx context.Context, tx *store.Tx) (what, error) {
		var err error
		if one, err = example(ctx, tx, caller.Authority, id); err != nil {
			return what{}, err
		}
		if one.LastDay, _, err = r.until(ctx, tx, caller.Authority, one.contact); err != nil {
			return what{}, err
		}
		return what{one.contact, PurposeTraining, id}, words(ctx, tx, caller.Authority, id, hand)
	})
	if err != nil {
		return Shown{}, err
	}
	return Shown{Service: one.Service, Purpose: PurposeTraining, LastDay: one.LastDay, Lines: opened.shown(hand), Training: id}, nil
}

func example(ctx context.Context, tx *store.Tx, authority, id string) (e Example, err error) {
	err = tx.Row(ctx, qTraining, authority, id).Scan(&e.ID, &e.Service, &e.contact)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "training-not-found")
	}
	return e, err
}

func words(ctx context.Context, tx *store.Tx, authority, id string, hand map[int64][]int) error {
	return tx.Each(ctx, qTrainingWords, func(scan func(...any) error) error {
		var line int64
		var word int
		err := scan(&line, &word)
		hand[line] = append(hand[line], word)
		return err
	}, authority, id)
}

// TakeBack ends an example, by a reviewer of its service; it is recorded. Errors: fault.NotFound
// "training-not-found", fault.Denied.
func (r *Reviews) TakeBack(ctx context.Context, caller access.Caller, id string) error {
	var one Example
	err := r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		one, err = example(ctx, tx, caller.Authority, id)
		return err
	})
	if err == nil {
		err = r.stillMay(ctx, caller, one.Service, PurposeTraining, access.RoleReviewer)
	}
	if err != nil {
		return err
	}
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		one, err := example(ctx, tx, caller.Authority, id)
		if err != nil {
			return err
		}
		if err := r.recordExample(ctx, tx, caller, one, vault.ActionTrainingEnd); err != nil {
			return err
		}
		return deleteExample(ctx, tx, caller.Authority, id)
	})
}

func deleteExample(ctx context.Context, tx *store.Tx, authority, id string) error {
	for _, q := range []store.Query{qWordsDelete, qTrainingEnd} {
		if _, err := tx.Exec(ctx, q, authority, id); err != nil {
			return err
		}
	}
	return nil
}

// Forget ends what refers to a contact whose conversation ends in this transaction: the sample says that
// it is gone, and an example of it is none any more.
func (r *Reviews) Forget(ctx context.Context, tx *store.Tx, authority, id string) error {
	if _, err := tx.Exec(ctx, qItemsForget, authority, id); err != nil {
		return err
	}
	var e Example
	err := tx.Row(ctx, qTrainingOf, authority, id).Scan(&e.ID, &e.Service, &e.contact)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return deleteExample(ctx, tx, authority, e.ID)
}
