package rights

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// The decisions about an item.
const (
	Undecided = "undecided" // nothing is handed out before it is decided
	Kept      = "kept"
	Covered   = "covered"  // in part
	LeftOut   = "left_out" // whole
)

// Grounds are why something is covered or left out: another person's data (Art. 15(4); X-15), data about
// staff, what the law keeps secret.
func Grounds() []string { return []string{"third_person", "staff", "secret"} }

// Cover stands in a text for what was covered. It has one length, whatever it hides.
const Cover = "█████"

// row is an item as it is stored.
type row struct {
	n, part                 int64
	thing, field, by        string
	at                      int64
	decision, ground        string
	record                  vault.RecordID
	sealed                  vault.Sealed
	authority, copied, text string // text once it was opened
}

func scanItem(authority, copied string) func(scan func(...any) error) (row, error) {
	return func(scan func(...any) error) (row, error) {
		i := row{authority: authority, copied: copied}
		var sealed []byte
		err := scan(&i.n, &i.part, (*string)(&i.record), &i.thing, &i.field, &i.at, &i.by, &i.decision, &i.ground, &sealed)
		i.sealed = vault.FromRow(authority, i.record, itemRow(copied, i.n, i.part), sealed)
		return i, err
	}
}

func items(ctx context.Context, tx *store.Tx, authority, copied string) ([]row, error) {
	return store.Select(ctx, tx, queries.Get("items-of"), scanItem(authority, copied), authority, copied)
}

// plainTypes are those whose values say one thing and nothing about others.
var plainTypes = []notice.FieldType{notice.TypeEmail, notice.TypePhone, notice.TypeLanguage, notice.TypeDuration, notice.TypeInstant,
	notice.TypeEnum, notice.TypeIdentifier}

// firstDecision is where an item begins: every text waits for a human. What is about staff is told only
// where the person has seen it: the name, which signs the answers, waits too; address and user id are
// left out (X-14, decision 0010). Everything else has one meaning and is the person's own.
func firstDecision(f *notice.Field) (decision, ground string) {
	switch {
	case f == nil || !slices.Contains(plainTypes, f.Type):
		return Undecided, "" // texts, files and whatever else somebody can write into
	case aboutStaff(f):
		return LeftOut, "staff"
	}
	return Kept, ""
}

// aboutStaff tells a field that says who of the staff it was: it never comes from the person, and its
// term is one of a person's identity.
func aboutStaff(f *notice.Field) bool {
	return !slices.Contains(f.Source, notice.FromSubject) && slices.Contains([]string{"pd:Name", "pd:EmailAddress", "pd:EmailAddressWork", "pd:Username"}, f.DPV)
}

// Item is one datum of a draft in clear.
type Item struct {
	N                int64
	Thing            string // what it belongs to: a contact's id
	Field            string
	Name             notice.Text
	Type             notice.FieldType
	Staff            bool // it is about staff
	At               int64
	By               string
	Decision, Ground string
	Text             string // as it was found; "" for a file
	File             *File  // what it stands for, nil for anything else
	Given            string // as it is given, where a part is covered
}

// Draft is a request as its official sees it.
type Draft struct {
	View
	Notice *notice.Notice
	Items  []Item
	Gone   bool // there was a draft, and retention has ended it
}

// Unit opens a request that the caller has taken, with its draft. A draft whose time has passed is told
// as such, not as an error. The reason of the opening is the request.
func (r *Rights) Unit(ctx context.Context, caller access.Caller, id string) (Draft, error) {
	v, err := r.unitRead(ctx, caller, id)
	d := Draft{View: v}
	if err != nil {
		return d, err
	}
	if d.Notice, err = r.register(caller.Authority, v.Register); err != nil {
		return d, err
	}
	if v.Copy == "" {
		return d, nil
	}
	rows, err := r.openItems(ctx, caller, purposeOf(d.Notice), v.Copy, vault.Why{Reason: id})
	if fault.Is(err, fault.Gone) || err == nil && len(rows) == 0 {
		d.Gone = true
		return d, nil
	}
	if err == nil {
		d.Items = show(d.Notice, rows)
	}
	return d, err
}

// openItems opens everything of a copy that has something in it: one entry for each record.
func (r *Rights) openItems(ctx context.Context, caller access.Caller, purpose, copied string, why vault.Why) ([]row, error) {
	var all []row
	opened := map[string]*vault.Opened{}
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if all, err = items(ctx, tx, caller.Authority, copied); err != nil {
			return err
		}
		byRecord := map[vault.RecordID][]vault.Sealed{}
		var order []vault.RecordID
		for _, i := range all {
			if _, known := byRecord[i.record]; !known {
				order = append(order, i.record)
				byRecord[i.record] = nil
			}
			if len(i.sealed.Bytes()) > 0 {
				byRecord[i.record] = append(byRecord[i.record], i.sealed)
			}
		}
		for _, id := range order {
			if len(byRecord[id]) == 0 {
				continue
			}
			some, err := r.o.Vault.OpenAll(ctx, tx, caller, purpose, byRecord[id], why)
			if err != nil {
				return err
			}
			for _, o := range some {
				opened[o.Row()] = o
			}
		}
		return nil
	})
	for i := range all {
		if o := opened[all[i].sealed.Row()]; o != nil {
			all[i].text, _ = o.Text(all[i].field)
		}
	}
	return all, err
}

// show puts the covered text beside the found one.
func show(n *notice.Notice, rows []row) (out []Item) {
	for _, i := range rows {
		if i.part == 1 {
			out[len(out)-1].Given = i.text
			continue
		}
		item := Item{N: i.n, Thing: i.thing, Field: i.field, At: i.at, By: i.by, Decision: i.decision, Ground: i.ground, Text: i.text}
		if _, f, ok := n.FieldGroup(i.field); ok {
			item.Name, item.Type, item.Staff = f.Name, f.Type, aboutStaff(f)
		}
		if f, ok := fileIn(i.text); ok && item.Type == notice.TypeFile {
			item.Text, item.File = "", &f
		}
		out = append(out, item)
	}
	return out
}

// Span is a part of a text, from before one UTF-16 unit to before another, as browsers count.
type Span struct{ From, To int }

// Decide decides about one item of a draft. Covered needs the parts of the text, and it and LeftOut a
// ground. Errors: fault.NotFound for no such item, fault.Invalid on decision, ground or spans,
// fault.Gone when retention has ended the draft.
func (r *Rights) Decide(ctx context.Context, caller access.Caller, id string, n int64, decision, ground string, spans []Span) error {
	if !slices.Contains([]string{Kept, Covered, LeftOut}, decision) {
		return fault.New(fault.Invalid, "field-choice").On("decision")
	}
	if decision == Kept {
		ground = ""
	} else if !slices.Contains(Grounds(), ground) {
		return fault.New(fault.Invalid, "rights-ground").On("ground")
	}
	given, err := "", error(nil)
	if decision == Covered {
		if given, err = r.cover(ctx, caller, id, n, spans); err != nil {
			return err
		}
	}
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, i, err := r.itemOf(ctx, tx, caller, id, n)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("item-uncover"), q.Authority, q.Copy, n); err != nil {
			return err
		}
		if decision == Covered {
			if err := r.addCovered(ctx, tx, q, i, given); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, queries.Get("item-decide"), decision, ground, q.Authority, q.Copy, n); err != nil {
			return err
		}
		return r.note(ctx, tx, caller, access.RoleLead, q, ActionDecide, strings.TrimSpace(strconv.FormatInt(n, 10)+" "+decision+" "+ground))
	})
}

// itemOf locks the caller's request and finds one item of its draft.
func (r *Rights) itemOf(ctx context.Context, tx *store.Tx, caller access.Caller, id string, n int64) (Request, row, error) {
	q, err := r.mine(ctx, tx, caller, id, Working)
	if err != nil {
		return q, row{}, err
	}
	i, err := r.item(ctx, tx, q, n)
	return q, i, err
}

// item reads one item of a request's copy.
func (r *Rights) item(ctx context.Context, tx *store.Tx, q Request, n int64) (row, error) {
	i, err := scanItem(q.Authority, q.Copy)(tx.Row(ctx, queries.Get("item-get"), q.Authority, q.Copy, n).Scan)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "item-not-found")
		if q.Copy != "" && q.Ends != "" && q.Ends.Before(r.today(q.Authority)) {
			err = fault.New(fault.Gone, "retention-ended")
		}
	}
	return i, err
}

// cover opens an item and covers parts of it.
func (r *Rights) cover(ctx context.Context, caller access.Caller, id string, n int64, spans []Span) (string, error) {
	var opened *vault.Opened
	var field string
	err := r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, i, err := r.itemOf(ctx, tx, caller, id, n)
		if err != nil {
			return err
		}
		reg, err := r.register(q.Authority, q.Register)
		if err != nil {
			return err
		}
		field = i.field
		opened, err = r.o.Vault.Open(ctx, tx, caller, purposeOf(reg), i.sealed, vault.Why{Reason: id})
		return err
	})
	if err != nil {
		return "", err
	}
	text, _ := opened.Text(field)
	if _, is := fileIn(text); is { // a file goes along whole, or not at all
		return "", fault.New(fault.Invalid, "rights-file-whole").On("decision")
	}
	return covered(text, spans)
}

// covered replaces parts of a text by Cover.
func covered(text string, spans []Span) (string, error) {
	bad := fault.New(fault.Invalid, "rights-spans").On("spans")
	units := utf16.Encode([]rune(text))
	if len(spans) == 0 || len(spans) > 1000 {
		return "", bad
	}
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return a.From - b.From })
	var b strings.Builder
	at, open := 0, false
	for _, s := range spans {
		if s.From < 0 || s.To <= s.From || s.To > len(units) {
			return "", bad
		}
		if s.From > at || !open {
			if s.From > at {
				b.WriteString(string(utf16.Decode(units[at:s.From])))
			}
			b.WriteString(Cover)
		}
		at, open = max(at, s.To), true
	}
	b.WriteString(string(utf16.Decode(units[at:])))
	return b.String(), nil
}

func (r *Rights) addCovered(ctx context.Context, tx *store.Tx, q Request, i row, given string) error {
	w, err := r.o.Vault.Writer(ctx, tx, q.Authority, i.record)
	if err != nil {
		return err
	}
	sealed, err := w.Seal(itemRow(q.Copy, i.n, 1), []vault.Value{{Field: i.field, Text: given}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, queries.Get("item-add"), q.Authority, q.Copy, i.n, int64(1), string(i.record), i.thing, i.field, i.at, i.by, Covered, "", sealed)
	return err
}

// Finish makes the draft the copy and gives the request back to the registry. What was covered or left
// out is deleted from the copy. Errors: fault.Conflict "items-undecided" while a decision is missing,
// "rights-not-found-yet" without a draft; fault.Gone when retention has ended it.
func (r *Rights) Finish(ctx context.Context, caller access.Caller, id string) error {
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := r.mine(ctx, tx, caller, id, Working)
		if err != nil {
			return err
		}
		if q.Copy == "" {
			return fault.New(fault.Conflict, "rights-not-found-yet")
		}
		all, err := items(ctx, tx, q.Authority, q.Copy)
		if err != nil {
			return err
		}
		outcome, err := r.outcome(ctx, tx, q, all)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("items-empty"), q.Authority, q.Copy); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("request-ready"), outcome, q.Authority, q.ID); err != nil {
			return err
		}
		return r.note(ctx, tx, caller, access.RoleLead, q, ActionFinish, outcome)
	})
}

// outcome is what a decided draft comes to; one that is undecided, or has ended, is refused.
func (r *Rights) outcome(ctx context.Context, tx *store.Tx, q Request, all []row) (string, error) {
	outcome := Granted
	for _, i := range all {
		switch {
		case i.part == 1:
		case i.decision == Undecided:
			return "", fault.New(fault.Conflict, "items-undecided")
		case i.decision != Kept:
			outcome = Partly
		}
	}
	alive, err := r.alive(ctx, tx, q)
	if err == nil && !alive {
		err = fault.New(fault.Gone, "retention-ended")
	}
	return outcome, err
}

// alive tells whether every record of a request's copy lives, and locks them while it asks.
func (r *Rights) alive(ctx context.Context, tx *store.Tx, q Request) (bool, error) {
	records, err := recordsOf(ctx, tx, q.Authority, q.Copy)
	for _, id := range records {
		if _, err := r.o.Vault.Writer(ctx, tx, q.Authority, id); err != nil {
			if fault.Is(err, fault.Gone) || fault.Is(err, fault.NotFound) {
				return false, nil
			}
			return false, err
		}
	}
	return len(records) > 0, err
}

// Nothing gives the request back to the registry without a copy: there is nothing, or retention has
// ended what there was. Errors: fault.Conflict "rights-something-found" while a draft lives.
func (r *Rights) Nothing(ctx context.Context, caller access.Caller, id, outcome string) error {
	if outcome != NoData && outcome != Destroyed {
		return fault.New(fault.Invalid, "field-choice").On("outcome")
	}
	return r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		q, err := r.mine(ctx, tx, caller, id, Working)
		if err != nil {
			return err
		}
		if alive, err := r.alive(ctx, tx, q); err != nil || alive {
			if err == nil {
				err = fault.New(fault.Conflict, "rights-something-found")
			}
			return err
		}
		if _, err := tx.Exec(ctx, queries.Get("request-ready"), outcome, q.Authority, q.ID); err != nil {
			return err
		}
		return r.note(ctx, tx, caller, access.RoleLead, q, ActionFinish, outcome)
	})
}
