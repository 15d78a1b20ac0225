package rights

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Extend moves the day of the answer by what the register's notice allows, once, with the reasons that
// the person is told (GDPR Art. 12(3); S3-30): by a mail to the address that the request has, and where it
// has none by the registry, which mailed tells. Errors: fault.Invalid on reasons, fault.Conflict
// "rights-extended", "rights-too-late" when the first time is over; those of the gate for the address.
func (r *Rights) Extend(ctx context.Context, caller access.Caller, id, reasons string) (mailed bool, err error) {
	reasons, err = r.clean(reasons, "reasons", longText)
	if err == nil && !vault.Legible(reasons) {
		err = fault.New(fault.Invalid, "field-required").On("reasons")
	}
	if err != nil {
		return false, err
	}
	v, err := r.read(ctx, caller, id, groupApplicant)
	if err != nil {
		return false, err
	}
	err = r.change(ctx, caller, id, ActionExtend, "", func(ctx context.Context, tx *store.Tx, q Request) (err error) {
		if q.Extended {
			return fault.New(fault.Conflict, "rights-extended")
		}
		if q.Due.Before(r.today(q.Authority)) {
			return fault.New(fault.Conflict, "rights-too-late")
		}
		if err := r.addPart(ctx, tx, q, groupRequest, partExtended, []vault.Value{{Field: "extension", Text: reasons}}); err != nil {
			return err
		}
		mailed, err = r.extend(ctx, tx, q, v.Said["email"])
		return err
	}, Received, Accepted, Working, Ready)
	return mailed, err
}

// extend notes the new day, and how the person hears of it.
func (r *Rights) extend(ctx context.Context, tx *store.Tx, q Request, address string) (mailed bool, err error) {
	if r.o.Mail != nil && address != "" {
		if mailed, err = r.o.Mail(ctx, tx, q, address); err != nil {
			return false, err
		}
	}
	told := map[bool]string{true: Mailing, false: ByHand}[mailed]
	_, err = tx.Exec(ctx, queries.Get("request-extend"), string(r.extended(q)), told, q.Authority, q.ID)
	return mailed, err
}

// extended is the last day with the extension, counted from the day on which the request came.
func (r *Rights) extended(q Request) notice.Day {
	came := notice.DayOf(time.UnixMilli(q.ReceivedAt), r.o.Zone(q.Authority))
	within, more := notice.Period{Months: 1}, notice.Period{Months: 2}
	if n, ok := r.o.Shelf().Current(q.Authority, q.Register, r.today(q.Authority)); ok && n.Answer != nil {
		within, more = n.Answer.Within, n.Answer.Extend
	}
	return came.Add(notice.Period{Years: within.Years + more.Years, Months: within.Months + more.Months,
		Weeks: within.Weeks + more.Weeks, Days: within.Days + more.Days})
}

// Told notes what became of the mail that tells of an extension. What was not sent the registry has to tell.
func (r *Rights) Told(ctx context.Context, tx *store.Tx, authority, id string, sent bool) error {
	_, err := tx.Exec(ctx, queries.Get("request-told"), map[bool]string{true: Mailed, false: ByHand}[sent], authority, id)
	return err
}

// Extension is what the person is told of it. It exists in memory only, while its mail is being sent.
type Extension struct {
	Request, Lang, Address, Reasons string
	Register                        notice.Text
	Due                             notice.Day
}

// Extension opens what the mail of an extension carries: its reasons, and to whom it goes. Errors: those of
// the gate; fault.Gone where the request is over or has no address, and there is nothing to tell any more.
func (r *Rights) Extension(ctx context.Context, authority, id string) (Extension, error) {
	v, err := r.read(ctx, access.Caller{Authority: authority, Kind: access.Program, ID: "mail"}, id, groupRequest, groupApplicant)
	if err != nil {
		return Extension{}, err
	}
	e := Extension{Request: v.ID, Lang: v.Lang, Address: v.Said["email"], Reasons: v.Said["extension"], Due: v.Due}
	if v.Status == Closed || v.Status == Settled || e.Address == "" || e.Reasons == "" {
		return Extension{}, fault.New(fault.Gone, "request-over")
	}
	if n, ok := r.o.Shelf().Current(authority, v.Register, r.today(authority)); ok {
		e.Register = n.Names
	}
	return e, nil
}
