package rights

import (
	"context"
	"strconv"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// bindRequests is how the vault finds, exports, moves, erases and reclaims requests.
func (r *Rights) bindRequests() vault.Binding {
	return vault.Binding{
		Type: TypeRequest,
		Groups: func(n *notice.Notice) []string {
			if n.ID != NoticeID {
				return nil
			}
			return []string{groupRequest, groupApplicant}
		},
		Relate:  r.relateRequest,
		Find:    findParts,
		Export:  func(context.Context, *store.Tx, string, string) ([]vault.Value, error) { return nil, nil }, // all of it is sealed
		Move:    stillOpen,
		Erase:   eraseParts,
		Reclaim: reclaimParts,
		Strays:  strays("parts-stray"),
	}
}

// relateRequest: assigned to the official who has taken it; the subject's own is the one that its
// caller names.
func (r *Rights) relateRequest(ctx context.Context, tx *store.Tx, caller access.Caller, id string) (access.Relation, string, error) {
	q, err := load(ctx, tx, caller.Authority, "request-get", id)
	if err != nil {
		return access.Unrelated, "", err
	}
	return r.relate(ctx, tx, caller, q, id)
}

func (r *Rights) relate(ctx context.Context, tx *store.Tx, caller access.Caller, q Request, own string) (access.Relation, string, error) {
	if caller.Kind == access.Subject && caller.ID == own {
		return access.Own, "", nil
	}
	if caller.Kind != access.Staff || q.Official == "" || caller.ID != q.Official {
		return access.Unrelated, "", nil
	}
	service, may, err := r.unit(ctx, tx, caller, q.Register)
	if err != nil || !may {
		return access.Unrelated, "", err
	}
	return access.Assigned, service, nil
}

func partRow(request, group string, part int64) string {
	return request + "/" + group + "/" + strconv.FormatInt(part, 10)
}

func findParts(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	return store.Select(ctx, tx, queries.Get("parts-of-record"), func(scan func(...any) error) (vault.Sealed, error) {
		var request, group string
		var part int64
		var sealed []byte
		err := scan(&request, &group, &part, &sealed)
		return vault.FromRow(authority, record, partRow(request, group, part), sealed), err
	}, authority, string(record))
}

// stillOpen keeps a request alive until it is closed: an open one counts from now.
func stillOpen(ctx context.Context, tx *store.Tx, authority string, rows []string, now time.Time) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	for _, id := range rows {
		var status Status
		var closedAt int64
		err := tx.Row(ctx, queries.Get("requests-status"), authority, id).Scan(&status, &closedAt)
		switch {
		case fault.Is(err, fault.NotFound):
		case err != nil:
			return nil, err
		case status != Closed && status != Settled:
			out[id] = now
		}
	}
	return out, nil
}

func eraseParts(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	_, err := reclaimParts(ctx, tx, authority, records, len(records)+1)
	return err
}

// reclaimParts deletes the few rows of each record; those of a record go together.
func reclaimParts(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (total int64, err error) {
	for _, record := range records {
		if total >= int64(limit) {
			return total, nil
		}
		for _, q := range []string{"parts-delete", "request-delete", "request-delete-applicant"} {
			if _, err := tx.Exec(ctx, queries.Get(q), authority, string(record)); err != nil {
				return total, err
			}
		}
		total++
	}
	return min(total, int64(limit)-1), nil
}

// bindCopies is the same for copies. A copy is kept in the groups of what it was taken from, which
// are bound by others.
func (r *Rights) bindCopies() vault.Binding {
	return vault.Binding{
		Type:    TypeCopy,
		Groups:  func(*notice.Notice) []string { return nil },
		Relate:  r.relateCopy,
		Find:    findItems,
		Export:  func(context.Context, *store.Tx, string, string) ([]vault.Value, error) { return nil, nil },
		Move:    vault.EndsWithItsBucket, // as what it was taken from
		Erase:   eraseItems,
		Reclaim: reclaimItems,
		Strays:  strays("items-stray"),
	}
}

// relateCopy: a record of a copy is "copy/number".
func (r *Rights) relateCopy(ctx context.Context, tx *store.Tx, caller access.Caller, thing string) (access.Relation, string, error) {
	id, _, _ := strings.Cut(thing, "/")
	q, err := load(ctx, tx, caller.Authority, "request-of-copy", id)
	if err != nil {
		return access.Unrelated, "", err
	}
	return r.relate(ctx, tx, caller, q, id)
}

func itemRow(copied string, n, part int64) string {
	return copied + "/" + strconv.FormatInt(n, 10) + "/" + strconv.FormatInt(part, 10)
}

func findItems(ctx context.Context, tx *store.Tx, authority string, record vault.RecordID) ([]vault.Sealed, error) {
	return store.Select(ctx, tx, queries.Get("items-of-record"), func(scan func(...any) error) (vault.Sealed, error) {
		var copied string
		var n, part int64
		var sealed []byte
		err := scan(&copied, &n, &part, &sealed)
		return vault.FromRow(authority, record, itemRow(copied, n, part), sealed), err
	}, authority, string(record))
}

func eraseItems(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID) error {
	for _, record := range records {
		if _, err := tx.Exec(ctx, queries.Get("items-delete"), authority, string(record)); err != nil {
			return err
		}
	}
	return nil
}

func reclaimItems(ctx context.Context, tx *store.Tx, authority string, records []vault.RecordID, limit int) (total int64, err error) {
	for _, record := range records {
		left := int64(limit) - total
		if left <= 0 {
			break
		}
		n, err := tx.Exec(ctx, queries.Get("items-reclaim"), authority, string(record), authority, string(record), left)
		if total += n; err != nil {
			return total, err
		}
	}
	return total, nil
}

func strays(query string) func(context.Context, *store.Tx, string) (int64, error) {
	return func(ctx context.Context, tx *store.Tx, authority string) (n int64, err error) {
		return n, tx.Row(ctx, queries.Get(query), authority).Scan(&n)
	}
}
