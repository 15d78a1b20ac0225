package rights

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// draft seals what was found beside what it was taken from. Without anything found the request has no
// draft.
func (r *Rights) draft(ctx context.Context, caller access.Caller, id string, data []datum, ends notice.Day) error {
	var before []vault.RecordID
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := r.mine(ctx, tx, caller, id, Working, Ready)
		if err != nil {
			return err
		}
		if before, err = recordsOf(ctx, tx, q.Authority, q.Copy); err != nil {
			return err
		}
		var copied any
		if len(data) > 0 {
			name := store.NewID("cp_")
			copied = name
			after, err := lastItem(ctx, tx, q.Authority, q.Copy)
			if err != nil {
				return err
			}
			if err := r.sealDraft(ctx, tx, q.Authority, name, data, after); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, queries.Get("request-found"), copied, string(ends), q.Authority, q.ID)
		return err
	})
	if err != nil || len(before) == 0 {
		return err
	}
	return r.o.Vault.Erase(ctx, program(caller.Authority), before, "found-anew")
}

// program is what the requests do by themselves.
func program(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Program, ID: "rights"}
}

// recordsOf are the records of a copy.
func recordsOf(ctx context.Context, tx *store.Tx, authority, copied string) (all []vault.RecordID, err error) {
	if copied == "" {
		return nil, nil
	}
	items, err := items(ctx, tx, authority, copied)
	for _, i := range items {
		if !slices.Contains(all, i.sealed.Record()) {
			all = append(all, i.sealed.Record())
		}
	}
	return all, err
}

// lastItem is the highest number in a copy. The items of the draft that follows it have higher ones, so that a
// decision about an earlier draft, on a page that is still open, never falls upon another text.
func lastItem(ctx context.Context, tx *store.Tx, authority, copied string) (last int64, err error) {
	all, err := items(ctx, tx, authority, copied)
	for _, i := range all {
		last = max(last, i.n)
	}
	return last, err
}

func (r *Rights) sealDraft(ctx context.Context, tx *store.Tx, authority, copied string, data []datum, after int64) error {
	var from []vault.RecordID
	for _, d := range data {
		if !slices.Contains(from, d.of) {
			from = append(from, d.of)
		}
	}
	writers := map[vault.RecordID]*vault.Writer{}
	fields := map[vault.RecordID]*notice.Group{}
	for i, of := range from {
		record, err := r.o.Vault.CreateBeside(ctx, tx, vault.Copying{Authority: authority, Type: TypeCopy,
			Row: copied + "/" + strconv.Itoa(i+1), Of: of, From: from})
		if err != nil {
			return err
		}
		if writers[of], err = r.o.Vault.Writer(ctx, tx, authority, record); err != nil {
			return err
		}
		if fields[of], err = r.groupOf(ctx, tx, authority, copied+"/"+strconv.Itoa(i+1)); err != nil {
			return err
		}
	}
	for i, d := range data {
		w, n := writers[d.of], after+int64(i+1)
		sealed, err := w.Seal(itemRow(copied, n, 0), []vault.Value{{Field: d.field, Text: d.text}})
		if err != nil {
			return err
		}
		decision, ground := firstDecision(fields[d.of].Field(d.field))
		if _, err := tx.Exec(ctx, queries.Get("item-add"), authority, copied, n, int64(0), string(w.Record()), d.thing, d.field, d.at, d.by, decision, ground, sealed); err != nil {
			return err
		}
	}
	return nil
}

// groupOf is the declaration that a copy's record follows.
func (r *Rights) groupOf(ctx context.Context, tx *store.Tx, authority, thing string) (*notice.Group, error) {
	lives, err := r.o.Vault.LifeOf(ctx, tx, authority, TypeCopy, thing)
	if err != nil || len(lives) != 1 {
		return nil, cmp.Or(err, error(fault.New(fault.Internal, "copy-without-record")))
	}
	n, ok := r.o.Shelf().Version(authority, lives[0].Notice, lives[0].Version)
	if !ok || n.Group(lives[0].Group) == nil {
		return nil, fault.New(fault.Internal, "notice-version-missing", "notice", lives[0].Notice)
	}
	return n.Group(lives[0].Group), nil
}
