package people

import (
	"cmp"
	"context"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

var (
	qStaffDisabled          = queries.Get("staff-disabled")
	qStaffByRecord          = queries.Get("staff-by-record")
	qStaffByAccount         = queries.Get("staff-by-account")
	qStaffForgetAccount     = queries.Get("staff-forget-account")
	qStaffForgetCredentials = queries.Get("staff-forget-credentials")
	qPresenceForget         = queries.Get("presence-forget")
)

// binding tells the vault how accounts are found, exported, moved, erased and reclaimed.
func (p *People) binding() vault.Binding {
	return vault.Binding{Type: Type, Groups: groups, Relate: p.relate, Find: find, Export: export, Move: move, Erase: erase, Reclaim: reclaim}
}

// groups are those of the staff accounts' notice.
func groups(n *notice.Notice) []string {
	if n.ID != NoticeID {
		return nil
	}
	return []string{GroupAccount, GroupCredentials}
}

// relate: an account is its holder's own, as a person; as a member of staff its holder is a colleague
// like any other.
func (p *People) relate(ctx context.Context, tx *store.Tx, caller access.Caller, id string) (access.Relation, string, error) {
	if _, err := get(ctx, tx, caller.Authority, id); err != nil {
		return access.Unrelated, "", err
	}
	if caller.Kind == access.Subject && caller.ID == id {
		return access.Own, "", nil
	}
	service, err := p.workplace(ctx, tx, caller)
	return access.Unrelated, service, err
}

// workplace is the service as which the directory counts for a caller. An account belongs to no
// service; who works in one service only has colleagues in all of them nevertheless.
func (p *People) workplace(ctx context.Context, tx *store.Tx, caller access.Caller) (string, error) {
	if caller.Kind != access.Staff {
		return "", nil
	}
	grants, _, err := access.Grants(ctx, tx, caller, p.Keeper.Now())
	if err != nil || len(grants) == 0 {
		return "", err
	}
	for _, g := range grants {
		if g.Covers("") {
			return "", nil
		}
	}
	return grants[0].Service, nil
}

// find returns the sealed column of a record.
func find(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	var out []vault.Sealed
	err := tx.Each(ctx, qStaffByRecord, func(scan func(...any) error) error {
		var id, accountRecord, credentialsRecord string
		var account, credentials []byte
		if err := scan(&id, &accountRecord, &account, &credentialsRecord, &credentials); err != nil {
			return err
		}
		if accountRecord == string(record) {
			out = append(out, vault.FromRow(authority, record, id, account))
		} else if len(credentials) > 0 {
			out = append(out, vault.FromRow(authority, record, id, credentials))
		}
		return nil
	}, authority, string(record), string(record))
	return out, err
}

// export gives the declared fields that lie in plain columns: roles and the secrecy commitment, what one
// is offered, and presence while it is kept.
func export(ctx context.Context, tx *store.Tx, authority, id string) ([]vault.Value, error) {
	standing, err := access.StandingOf(ctx, tx, authority, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var roles []string
	for _, g := range standing.Grants {
		role := g.Role
		if g.Service != "" {
			role += ":" + g.Service
		}
		roles = append(roles, role)
	}
	work, err := workValues(ctx, tx, authority, id)
	return append(values("roles", strings.Join(roles, " "), "secrecy_commitment", standing.SecrecyDay), work...), err
}

// move keeps the accounts of those who are still on duty: their time counts from now. Those whose
// duty has ended were settled then.
func move(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error) {
	ended, err := disabled(ctx, tx, authority)
	if err != nil {
		return nil, err
	}
	alive := map[string]time.Time{}
	for _, id := range rows {
		if _, err := get(ctx, tx, authority, id); fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		if _, over := ended[id]; !over {
			alive[id] = now
		}
	}
	return alive, nil
}

// disabled returns when the duty of each ended, in unix milliseconds.
func disabled(ctx context.Context, tx *store.Tx, authority string) (map[string]int64, error) {
	out := map[string]int64{}
	err := tx.Each(ctx, qStaffDisabled, func(scan func(...any) error) error {
		var id string
		var at int64
		if err := scan(&id, &at); err != nil {
			return err
		}
		out[id] = at
		return nil
	}, authority)
	return out, err
}

// erase deletes what the records sealed.
func erase(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	_, err := forget(ctx, tx, authority, records, len(records)*2)
	return err
}

// reclaim deletes rows whose key is gone.
func reclaim(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	return forget(ctx, tx, authority, records, limit)
}

// forget deletes accounts, with what lies beside them, and credentials of the records, at most limit rows.
func forget(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (int64, error) {
	var total int64
	for _, record := range records {
		if total >= int64(limit) {
			return total, nil
		}
		for _, q := range []store.Query{qSkillForget, qPresenceForget} {
			if _, err := tx.Exec(ctx, q, authority, authority, string(record)); err != nil {
				return total, err
			}
		}
		if err := forgetLines(ctx, tx, authority, record); err != nil {
			return total, err
		}
		for _, q := range []store.Query{qStaffForgetAccount, qStaffForgetCredentials} {
			n, err := tx.Exec(ctx, q, authority, string(record))
			if err != nil {
				return total, err
			}
			total += n
		}
	}
	return total, nil
}

// forgetLines takes the holder of an account that ends out of the ledger.
func forgetLines(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) error {
	ended, err := store.Select(ctx, tx, qStaffByAccount, func(scan func(...any) error) (id string, err error) {
		err = scan(&id)
		return id, err
	}, authority, string(record))
	for _, id := range ended {
		err = cmp.Or(err, ledger.Forget(ctx, tx, authority, id))
	}
	return err
}
