package vault

import (
	"context"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// rightsFulfilment is the one term of a purpose that reaches restricted data beside the person's
// own reading: answering the rights request itself (GDPR Art. 18(2)).
const rightsFulfilment = "dpv:RightsFulfilment"

// question is what a caller asks, with all that the answer depends on.
type question struct {
	caller   access.Caller
	purpose  string
	why      Why
	grants   []access.Grant
	secrecy  bool
	relation access.Relation
	service  string
	now      time.Time
}

// ask reads in tx what the answer depends on: the caller's grants, and how it stands to the row.
func (v *Vault) ask(ctx context.Context, tx *store.Tx, caller access.Caller, purpose string, why Why, typ, thing string) (*question, error) {
	q := &question{caller: caller, purpose: purpose, why: why, now: v.now(), relation: access.Unrelated}
	var err error
	if q.grants, q.secrecy, err = access.Grants(ctx, tx, caller, q.now); err != nil {
		return nil, err
	}
	b, err := v.binding(typ)
	if err != nil {
		return nil, err
	}
	if q.relation, q.service, err = b.Relate(ctx, tx, caller, thing); err != nil || why.Sample == "" || b.Sampled == nil {
		return q, err
	}
	in, err := b.Sampled(ctx, tx, caller, thing, why.Sample)
	if in {
		q.relation = access.Sampled
	}
	return q, err
}

// verdict is an answer: the role under which it is allowed and when that ends (0 never).
type verdict struct {
	role  access.Role
	until int64
}

// judge answers for one record. An error is the refusal; it is to be recorded.
func (v *Vault) judge(q *question, r *record) (verdict, error) {
	collected, ruling, err := v.versions(r)
	if err != nil {
		return verdict{}, err
	}
	if err := q.purposeOf(collected, ruling); err != nil {
		return verdict{}, err
	}
	ok, err := q.role(ruling, r.group)
	if err != nil {
		return verdict{}, err
	}
	if r.bucket.restricted() && !q.reachesRestricted(ruling) {
		return verdict{}, denied("restricted")
	}
	if r.bucket.ended(q.now) {
		return verdict{}, retentionEnded()
	}
	return ok, nil
}

// purposeOf refuses what no version of the notice that matters declares: the one that the data
// were collected under and the one that rules now. A prohibited purpose is refused whatever a rule
// says.
func (q *question) purposeOf(versions ...*notice.Notice) error {
	for _, n := range versions {
		for _, p := range n.ProhibitedPurposes {
			if p.ID == q.purpose {
				return denied("purpose-prohibited")
			}
		}
		if n.Purpose(q.purpose) == nil {
			return denied("purpose-undeclared")
		}
	}
	return nil
}

func (q *question) reachesRestricted(n *notice.Notice) bool {
	return q.relation == access.Own || n.Purpose(q.purpose).DPV == rightsFulfilment
}

// role finds the role under which the notice's rules let the caller open group.
func (q *question) role(n *notice.Notice, group string) (verdict, error) {
	candidates, err := q.candidates()
	if err != nil {
		return verdict{}, err
	}
	refusal := denied("not-allowed")
	for _, c := range candidates {
		rule, ok := n.RuleFor(c.role, group, q.purpose, q.relation)
		switch {
		case !ok:
		case rule.Reason && !Legible(q.why.Reason):
			refusal = fault.New(fault.Invalid, "reason-missing").On("reason")
		default:
			return c, nil
		}
	}
	return verdict{}, refusal
}

// candidates are the roles in which the caller may stand. Staff need a grant that reaches the
// row's service and a secrecy commitment on record (S4-17); a subject reaches its own only.
func (q *question) candidates() ([]verdict, error) {
	switch q.caller.Kind {
	case access.Subject:
		if q.relation != access.Own {
			return nil, denied("not-allowed")
		}
		return []verdict{{role: access.RoleSubject}}, nil
	case access.Program:
		return []verdict{{role: access.RoleProgram}}, nil
	case access.Staff:
		return q.granted()
	}
	return nil, denied("not-allowed")
}

func (q *question) granted() ([]verdict, error) {
	if len(q.grants) == 0 {
		return nil, denied("no-grant")
	}
	if !q.secrecy {
		return nil, denied("secrecy-commitment-missing")
	}
	var all []verdict
	for _, g := range q.grants {
		if g.Covers(q.service) {
			all = append(all, verdict{g.Role, g.Until})
		}
	}
	return all, nil
}

func denied(key string) error { return fault.New(fault.Denied, key) }
