package rights

import (
	"context"
	"slices"

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
