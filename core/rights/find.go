package rights

import (
	"cmp"
	"context"
	"slices"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// datum is one field that was found, in clear.
type datum struct {
	of    vault.RecordID
	thing string
	field string
	text  string
	at    int64
	by    string
}

// Find looks in the register for what the request is about, opens it for the purpose of the request
// with the reason, and makes a draft copy in which every free text waits for a decision. An earlier
// draft is dropped. It returns how many data were found; none is no error. Errors: those of the gate,
// recorded; fault.Invalid "rights-no-lookup" when the request says nothing to find by.
func (r *Rights) Find(ctx context.Context, caller access.Caller, id, reason string) (int, error) {
	v, err := r.unitRead(ctx, caller, id)
	if err != nil {
		return 0, err
	}
	n, err := r.register(caller.Authority, v.Register)
	if err != nil {
		return 0, err
	}
	field, value := lookedFor(v.Said)
	if value == "" {
		return 0, fault.New(fault.Invalid, "rights-no-lookup")
	}
	s := search{Rights: r, caller: caller, n: n, lang: v.Lang, why: vault.Why{Reason: reason}}
	if err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error { return s.run(ctx, tx, field, value) }); err != nil {
		return 0, err
	}
	data := s.data()
	return len(data), r.draft(ctx, caller, id, data, s.ends)
}

// unitRead opens what is asked, not who asks, for the official who has taken the request.
func (r *Rights) unitRead(ctx context.Context, caller access.Caller, id string) (View, error) {
	err := r.o.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := load(ctx, tx, caller.Authority, "request-get", id)
		if err != nil {
			return err
		}
		switch _, may, err := r.unit(ctx, tx, caller, q.Register); {
		case err != nil || !may:
			return cmp.Or(err, unknown())
		case q.Official != caller.ID || q.Status != Working && q.Status != Ready:
			return fault.New(fault.Conflict, "request-not-yours")
		}
		return nil
	})
	if err != nil {
		return View{}, err
	}
	return r.read(ctx, caller, id, groupRequest)
}

// lookedFor is by which field and value a request's person is found.
func lookedFor(s Said) (field, value string) {
	for _, l := range lookups {
		if s[l.Kept] != "" {
			return l.Field, s[l.Kept]
		}
	}
	return "", ""
}

// search is one search and what it opened.
type search struct {
	*Rights
	caller access.Caller
	n      *notice.Notice
	lang   string // of the copy
	why    vault.Why
	rows   []found
	ends   notice.Day // the earliest last day of what was found; "" under a restriction without a cap
}

// found is one record with its opened rows.
type found struct {
	life   vault.Life
	thing  string
	opened []*vault.Opened
	plain  []vault.Value // declared, and not sealed yet
	lines  map[string]Line
	words  func(field, text string) string
	file   func(field, text string) (File, bool)
}

// show is a field's value as the copy keeps it: what the person reads, or where their file lies.
func (f *found) show(field, text string) string {
	if f.file != nil {
		if one, ok := f.file(field, text); ok {
			one.Record = f.life.Record
			return one.sealed()
		}
	}
	if f.words == nil {
		return text
	}
	return f.words(field, text)
}

func (s *search) run(ctx context.Context, tx *store.Tx, field, value string) error {
	s.rows, s.ends = nil, ""
	hits, err := s.o.Vault.Find(ctx, tx, s.caller, purposeOf(s.n), s.n.ID, field, value, s.why)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, h := range hits {
		if h.Type == TypeCopy || seen[h.Type+h.Row] {
			continue
		}
		seen[h.Type+h.Row] = true
		if err := s.thing(ctx, tx, h.Type, h.Row); err != nil {
			return err
		}
		if err := s.about(ctx, tx, h.Row); err != nil {
			return err
		}
	}
	return nil
}

// about opens what other packages keep about a thing that was found.
func (s *search) about(ctx context.Context, tx *store.Tx, thing string) error {
	for _, src := range s.o.Sources {
		if src.About == nil {
			continue
		}
		ids, err := src.About(ctx, tx, s.caller.Authority, thing)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := s.thing(ctx, tx, src.Type, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// thing opens every record of one thing in the register, through its package's binding.
func (s *search) thing(ctx context.Context, tx *store.Tx, typ, thing string) error {
	b, src, err := s.bound(typ)
	if err != nil {
		return err
	}
	lives, err := s.o.Vault.LifeOf(ctx, tx, s.caller.Authority, typ, thing)
	if err != nil {
		return err
	}
	plain, err := b.Export(ctx, tx, s.caller.Authority, thing)
	if err != nil {
		return err
	}
	lines, err := src.Lines(ctx, tx, s.caller.Authority, thing)
	if err != nil {
		return err
	}
	var words func(field, text string) string
	if src.Words != nil {
		if words, err = src.Words(ctx, tx, s.caller.Authority, thing, s.lang); err != nil {
			return err
		}
	}
	for _, life := range lives {
		if life.Notice != s.n.ID {
			continue
		}
		f := found{life: life, thing: thing, lines: lines, plain: s.inGroup(life, plain), words: words, file: src.File}
		rows, err := b.Find(ctx, tx, s.caller.Authority, life.Record)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(r vault.Sealed) bool { return len(r.Bytes()) == 0 })
		if len(rows) > 0 {
			if f.opened, err = s.o.Vault.OpenAll(ctx, tx, s.caller, purposeOf(s.n), rows, s.why); err != nil {
				return err
			}
		}
		s.rows = append(s.rows, f)
		if life.LastDay != "" && (s.ends == "" || life.LastDay < s.ends) {
			s.ends = life.LastDay
		}
	}
	return nil
}

func (s *search) bound(typ string) (vault.Binding, Source, error) {
	src, ok := s.source(typ)
	for _, b := range s.o.Vault.Bindings() {
		if b.Type == typ && ok {
			return b, src, nil
		}
	}
	return vault.Binding{}, src, fault.New(fault.Internal, "rights-source", "type", typ)
}

// inGroup are the plain values that a record's own group declares.
func (s *search) inGroup(life vault.Life, plain []vault.Value) (out []vault.Value) {
	n, ok := s.o.Shelf().Version(s.caller.Authority, life.Notice, life.Version)
	if !ok || n.Group(life.Group) == nil {
		return nil
	}
	for _, v := range plain {
		if n.Group(life.Group).Field(v.Field) != nil {
			out = append(out, v)
		}
	}
	return out
}

// data are what was opened, thing by thing in the order in which it was written, once the transaction
// has committed.
func (s *search) data() (all []datum) {
	for _, f := range s.rows {
		var own []datum
		for _, v := range f.plain {
			own = append(own, datum{of: f.life.Record, thing: f.thing, field: v.Field, text: f.show(v.Field, v.Text)})
		}
		for _, o := range f.opened {
			line := f.lines[o.Row()]
			for _, field := range o.Fields() {
				text, _ := o.Text(field)
				own = append(own, datum{of: f.life.Record, thing: f.thing, field: field, text: f.show(field, text), at: line.At, by: line.By})
			}
		}
		slices.SortStableFunc(own, func(a, b datum) int { return cmp.Compare(a.at, b.at) })
		all = append(all, own...)
	}
	return all
}
