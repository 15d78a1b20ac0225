package answer

import (
	"context"
	"time"

	"luukku/core/ledger"
	"luukku/fault"
	"luukku/store"
)

// Make keeps a new answer as its first version. Besides what clean refuses it is fault.Denied
// "answer-not-yours" outside the lead's reach, fault.Conflict "answer-shortcut-taken" on shortcut,
// and fault.Conflict "answers-too-many".
func (a *Answers) Make(ctx context.Context, pen ledger.Pen, reach Reach, c Content) (Answer, error) {
	authority := pen.Authority()
	c, err := a.checked(ctx, authority, reach, c)
	made := Answer{ID: store.NewID("a_"), Version: 1, At: a.now(), Content: c}
	if err != nil {
		return made, err
	}
	return made, a.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		var n int64
		if err := tx.Row(ctx, qCount, authority).Scan(&n); err != nil {
			return err
		}
		if n >= MaxAnswers {
			return fault.New(fault.Conflict, "answers-too-many", "max", "2000")
		}
		if _, err := tx.Exec(ctx, qMake, authority, made.ID, c.Shortcut); err != nil {
			return taken(err)
		}
		return keep(ctx, tx, pen, Answer{}, made)
	})
}

// Save keeps a new version of an answer whose newest was base. It is fault.Conflict "answer-changed"
// when somebody else has saved since; the rest is as with Make.
func (a *Answers) Save(ctx context.Context, pen ledger.Pen, reach Reach, id string, base int64, c Content) (Answer, error) {
	c, err := a.checked(ctx, pen.Authority(), reach, c)
	if err != nil {
		return Answer{}, err
	}
	var saved Answer
	err = a.db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := own(ctx, tx, pen.Authority(), reach, id)
		if err != nil {
			return err
		}
		saved, err = a.save(ctx, tx, pen, before, base, c)
		return err
	})
	return saved, err
}

// save keeps checked content as the version after base.
func (a *Answers) save(ctx context.Context, tx *store.Tx, pen ledger.Pen, before Answer, base int64, c Content) (Answer, error) {
	if same := (Answer{ID: before.ID, Content: c}); before.Version == base && contentValue(before) == contentValue(same) {
		return before, nil // nothing was changed: a version counts changes, as the ledger's lines do
	}
	n, err := tx.Exec(ctx, qNext, c.Shortcut, pen.Authority(), before.ID, base)
	if err != nil {
		return Answer{}, taken(err)
	}
	if n == 0 {
		return Answer{}, fault.New(fault.Conflict, "answer-changed")
	}
	saved := Answer{ID: before.ID, Version: base + 1, At: a.now(), Archived: before.Archived, Content: c}
	return saved, keep(ctx, tx, pen, before, saved)
}

// Revert makes an older version the newest again, under a number of its own.
func (a *Answers) Revert(ctx context.Context, pen ledger.Pen, reach Reach, id string, base, to int64) (Answer, error) {
	all, err := a.Versions(ctx, pen.Authority(), id)
	if err != nil {
		return Answer{}, err
	}
	for _, old := range all {
		if old.Version == to {
			return a.Save(ctx, pen, reach, id, base, old.Content)
		}
	}
	return Answer{}, fault.New(fault.NotFound, "answer-not-found").On("version")
}

// Archive takes an answer out of use, or offers it again.
func (a *Answers) Archive(ctx context.Context, pen ledger.Pen, reach Reach, id string, archived bool) (Answer, error) {
	var now Answer
	err := a.db.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if now, err = own(ctx, tx, pen.Authority(), reach, id); err != nil || archived == !now.Archived.IsZero() {
			return err
		}
		now, err = a.archive(ctx, tx, pen, now, archived)
		return err
	})
	return now, err
}

func (a *Answers) archive(ctx context.Context, tx *store.Tx, pen ledger.Pen, now Answer, archived bool) (Answer, error) {
	before := now
	now.Archived = time.Time{}
	since := int64(0)
	if archived {
		now.Archived = a.now()
		since = now.Archived.UnixMilli()
	}
	if _, err := tx.Exec(ctx, qArchive, since, pen.Authority(), now.ID); err != nil {
		return now, taken(err)
	}
	return now, pen.Write(ctx, tx, change(now, PartArchive, archiveValue(before), archiveValue(now)))
}

// checked cleans content and sees that it stays within the lead's reach.
func (a *Answers) checked(ctx context.Context, authority string, reach Reach, c Content) (Content, error) {
	all, err := a.services.List(ctx, authority)
	if err != nil {
		return c, err
	}
	var ids []string
	for _, one := range all {
		ids = append(ids, one.ID)
	}
	if c, err = a.clean(c, ids); err == nil && !reach.Covers(c.Services) {
		err = notYours()
	}
	return c, err
}

// own reads an answer that the lead may change.
func own(ctx context.Context, tx *store.Tx, authority string, reach Reach, id string) (Answer, error) {
	found, err := get(ctx, tx, authority, id)
	if err == nil && !reach.Covers(found.Services) {
		err = notYours()
	}
	return found, err
}

func notYours() error { return fault.New(fault.Denied, "answer-not-yours").On("services") }

// keep writes a version with its line in the ledger; before is the zero answer for the first one.
func keep(ctx context.Context, tx *store.Tx, pen ledger.Pen, before, one Answer) error {
	if _, err := tx.Exec(ctx, qKeep, append([]any{pen.Authority(), one.ID, one.Version}, one.columns(one.At)...)...); err != nil {
		return err
	}
	return pen.Write(ctx, tx, change(one, PartContent, contentValue(before), contentValue(one)))
}

// taken words the one thing that the table itself refuses.
func taken(err error) error {
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "answer-shortcut-taken").On("shortcut").Wrap(err)
	}
	return err
}
