package answer

import (
	"context"
	_ "embed"
	"slices"
	"strings"
	"time"

	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries   = store.MustQueries(queryText)
	qAnswers  = queries.Get("answers")
	qAnswer   = queries.Get("answer")
	qVersions = queries.Get("versions")
	qCount    = queries.Get("count")
	qMake     = queries.Get("make")
	qNext     = queries.Get("next")
	qKeep     = queries.Get("keep")
	qArchive  = queries.Get("archive")
)

// Answers are the ready answers of all authorities. Safe for concurrent use.
type Answers struct {
	db       *store.DB
	services *service.Services
	now      func() time.Time
	mask     func(string) (string, int)
}

// New gives access to the answers in db. Now is the program's accepted time; mask tells how many
// personal identity codes a text holds.
func New(db *store.DB, services *service.Services, now func() time.Time, mask func(string) (string, int)) *Answers {
	return &Answers{db: db, services: services, now: now, mask: mask}
}

// List returns every answer of an authority by name, archived ones too.
func (a *Answers) List(ctx context.Context, authority string) ([]Answer, error) {
	var all []Answer
	err := a.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		all, err = store.Select(ctx, tx, qAnswers, scanAnswer, authority)
		return err
	})
	slices.SortStableFunc(all, func(x, y Answer) int { return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)) })
	return all, err
}

// Offered returns the answers that advisers of a service may use now, by name.
func (a *Answers) Offered(ctx context.Context, authority, service string) ([]Answer, error) {
	all, err := a.List(ctx, authority)
	return slices.DeleteFunc(all, func(one Answer) bool { return !one.For(service) }), err
}

// Versions returns every version of an answer, the newest first. It is fault.NotFound
// "answer-not-found" for an unknown one.
func (a *Answers) Versions(ctx context.Context, authority, id string) ([]Answer, error) {
	var all []Answer
	err := a.db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		all, err = store.Select(ctx, tx, qVersions, scanAnswer, authority, id)
		return err
	})
	if err == nil && len(all) == 0 {
		err = unknown()
	}
	return all, err
}

// get reads the newest version within a transaction.
func get(ctx context.Context, tx *store.Tx, authority, id string) (Answer, error) {
	found, err := store.Select(ctx, tx, qAnswer, scanAnswer, authority, id)
	if err == nil && len(found) == 0 {
		return Answer{}, unknown()
	}
	if err != nil {
		return Answer{}, err
	}
	return found[0], nil
}

func unknown() error { return fault.New(fault.NotFound, "answer-not-found").On("answer") }
