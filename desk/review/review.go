// Package review lets the quality of the service be seen without looking for anybody. It promises that
// the program chooses what a reviewer sees, by chance and not again until it suits; that a contact leaves
// pseudonymised, through the gate, recorded before it is read; that nobody is given what they answered
// themselves; that marks are counts; and that nothing drawn or put forward lives a day longer for it
// (S3-9, S4-4, S4-5, X-13, X-15).
package review

import (
	"context"
	"crypto/rand"
	_ "embed"
	"io"
	"slices"
	"time"

	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries        = store.MustQueries(queryText)
	qPool          = queries.Get("pool")
	qSampleLast    = queries.Get("sample-last")
	qSampleAdd     = queries.Get("sample-add")
	qItemAdd       = queries.Get("item-add")
	qSamplesOf     = queries.Get("samples-of")
	qSample        = queries.Get("sample")
	qItems         = queries.Get("items")
	qHolds         = queries.Get("sample-holds")
	qItemMark      = queries.Get("item-mark")
	qItemsForget   = queries.Get("items-forget")
	qSampleRow     = queries.Get("sample-row")
	qItemsDelete   = queries.Get("sample-items-delete")
	qSampleDelete  = queries.Get("sample-delete")
	qTrainingAdd   = queries.Get("training-add")
	qTrainingHide  = queries.Get("training-hide")
	qTrainings     = queries.Get("trainings")
	qTraining      = queries.Get("training")
	qTrainingWords = queries.Get("training-words")
	qWordsDelete   = queries.Get("training-words-delete")
	qTrainingEnd   = queries.Get("training-delete")
	qTrainingOf    = queries.Get("training-of")
)

// Names that are permanent: they are in notices, seals and the audit.
const (
	Channel  = "review"         // who collects, in notices
	NoticeID = "staff-accounts" // a sample is data about its reviewer
	Group    = "samples"
	Type     = "sample"

	// PurposeTraining is the purpose for which advisers see what was put forward.
	PurposeTraining = "training"
)

// Every is how long a reviewer waits for the next sample of the same service and purpose.
const Every = 7 * 24 * time.Hour

// Spans and Sizes are what can be asked for: contacts that ended in so many days, at most so many.
func Spans() []int { return []int{7, 30, 90} }

// Sizes are how many contacts can be asked for.
func Sizes() []int { return []int{5, 10, 20} }

// Options of New. All but Rand must be given.
type Options struct {
	DB       *store.DB
	Vault    *vault.Vault
	Recorder vault.Recorder
	Shelf    func() *notice.Shelf
	Services *service.Services
	Now      func() time.Time // the program's accepted time
	Rand     io.Reader        // of the draws; nil is crypto/rand

	// Touched tells what a member of staff has handled themselves; audit knows.
	Touched func(ctx context.Context, tx *store.Tx, authority, staff string, of []audit.Touch) (map[string]bool, error)
	// Staff are the names of an authority's staff, which are hidden in texts. Never called inside a transaction.
	Staff func(ctx context.Context, authority string) ([]string, error)
}

// Reviews are the samples of all authorities. Safe for concurrent use.
type Reviews struct{ o Options }

// New returns the reviews and binds the samples to the vault. Give contact's Sampled and OnGone to
// (*Reviews).Sampled and (*Reviews).Forget.
func New(o Options) (*Reviews, error) {
	if o.DB == nil || o.Vault == nil || o.Recorder == nil || o.Shelf == nil || o.Services == nil || o.Now == nil ||
		o.Touched == nil || o.Staff == nil {
		return nil, fault.New(fault.Internal, "review-options")
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	r := &Reviews{o}
	return r, o.Vault.Bind(r.binding())
}

// Purposes are those for which the notice of a service lets a role see what was drawn; none where it does
// not. The service's notice of today decides.
func (r *Reviews) Purposes(authority string, s service.Service, role access.Role) []notice.Purpose {
	n, ok := r.o.Shelf().Current(authority, s.Notice, r.today(authority))
	if !ok || contact.TextGroup(n) == nil {
		return nil
	}
	group := contact.TextGroup(n).ID
	return slices.DeleteFunc(slices.Clone(n.Purposes), func(p notice.Purpose) bool {
		return !slices.ContainsFunc(n.Access, func(rule notice.Rule) bool {
			return rule.Relation == notice.Sampled && rule.Role == role &&
				slices.Contains(rule.Groups, group) && slices.Contains(rule.Purposes, p.ID)
		})
	})
}

// may refuses whoever holds none of the roles in the service, or no secrecy commitment, and a purpose that
// the service's notice does not open to it.
func (r *Reviews) may(ctx context.Context, tx *store.Tx, caller access.Caller, s service.Service, purpose string, roles ...access.Role) error {
	grants, secrecy, err := access.Grants(ctx, tx, caller, r.o.Now())
	if err != nil {
		return err
	}
	if !secrecy {
		return fault.New(fault.Denied, "secrecy-commitment-missing")
	}
	for _, g := range grants {
		if !slices.Contains(roles, g.Role) || !g.Covers(s.ID) {
			continue
		}
		for _, p := range r.Purposes(caller.Authority, s, g.Role) {
			if p.ID == purpose {
				return nil
			}
		}
	}
	return fault.New(fault.Denied, "not-allowed")
}

func (r *Reviews) today(authority string) notice.Day {
	return notice.DayOf(r.o.Now(), r.o.Services.Zone(authority))
}

// record leaves an entry of what was done about a sample or an example, and about which records.
func (r *Reviews) record(ctx context.Context, tx *store.Tx, caller access.Caller, e vault.Entry) error {
	e.At, e.Caller, e.Role, e.Outcome = r.o.Now().UnixMilli(), caller, access.RoleReviewer, vault.OutcomeAllowed
	return r.o.Recorder.Record(ctx, tx, e)
}
