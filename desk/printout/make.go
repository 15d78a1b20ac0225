package printout

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/fault"
	"luukku/store"
)

// maxCase and maxReason are the longest case number and reason in characters.
const (
	maxCase   = 40
	maxReason = 500
)

// Wish asks for a printout of a contact.
type Wish struct {
	Contact string
	Case    string // the authority's own number of the case that is clarified
	Purpose string // of the notice
	Reason  string // it is kept in the audit alone
}

// Make gives a printout its number and its line in the list, for whoever may open the contact for the
// purpose; its page is fetched next. It is recorded, a refusal too. Errors: fault.Invalid on case_number
// ("case-number-form", "case-number-code") and reason ("reason-missing", "field-long"); fault.NotFound
// "contact-not-found"; those of the gate; fault.Denied "printing-undeclared" where the notice does not
// declare printing for the purpose; fault.Gone when the contact's time has passed.
func (p *Printouts) Make(ctx context.Context, caller access.Caller, w Wish) (one Printout, err error) {
	if w.Case, err = p.caseNumber(w.Case); err != nil {
		return one, err
	}
	if w.Reason, err = p.reason(w.Reason); err != nil {
		return one, err
	}
	err = p.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		one, err = p.make(ctx, tx, caller, w)
		return err
	})
	return one, err
}

func (p *Printouts) make(ctx context.Context, tx *store.Tx, caller access.Caller, w Wish) (Printout, error) {
	of, err := contact.Load(ctx, tx, caller.Authority, w.Contact)
	if err != nil {
		return Printout{}, err
	}
	one := Printout{ID: store.NewID(idStart), authority: of.Authority, contact: of.ID, Notice: of.Notice, Service: of.Service, Purpose: w.Purpose,
		Case: w.Case, Staff: caller.ID, MadeAt: p.o.Now().UnixMilli(), State: Waiting}
	why := vault.Why{Reason: one.ID + ": " + w.Reason}
	if err := p.o.Vault.Permit(ctx, tx, caller, w.Purpose, of.Record, vault.ActionPrint, why); err != nil {
		return one, err
	}
	printing := p.printing(of, w.Purpose)
	if printing == nil {
		return one, p.refuse(tx, caller, of, w.Purpose, why)
	}
	if one.DestroyBy, err = p.destroyBy(ctx, tx, of, printing); err != nil {
		return one, err
	}
	return one, p.list(ctx, tx, &one, printing)
}

// printing is what the notice says of printing a contact for a purpose: the version that it was collected
// under and the one that rules now must both declare it; nil where one does not.
func (p *Printouts) printing(of contact.Contact, purpose string) *notice.Printing {
	collected, ok := p.o.Shelf().Version(of.Authority, of.Notice, of.Version)
	if !ok || !collected.Printing().For(purpose) {
		return nil
	}
	ruling, ok := p.o.Shelf().Current(of.Authority, of.Notice, p.today(of.Authority))
	if !ok || !ruling.Printing().For(purpose) {
		return nil
	}
	return ruling.Printing()
}

// refuse records that somebody asked for what the notice does not declare.
func (p *Printouts) refuse(tx *store.Tx, caller access.Caller, of contact.Contact, purpose string, why vault.Why) error {
	err := fault.New(fault.Denied, "printing-undeclared")
	return tx.Refuse(err, func(ctx context.Context, tx *store.Tx) error {
		return p.o.Recorder.Record(ctx, tx, vault.Entry{At: p.o.Now().UnixMilli(), Caller: caller, Purpose: purpose, Action: vault.ActionPrint,
			Notice: of.Notice, Type: contact.Type, Row: of.ID, Records: []vault.RecordID{of.Record}, Outcome: err.Key, Reason: why.Reason})
	})
}

// destroyBy is the last day of a printout of a contact that is made now.
func (p *Printouts) destroyBy(ctx context.Context, tx *store.Tx, of contact.Contact, printing *notice.Printing) (notice.Day, error) {
	lives, err := p.o.Vault.LifeOf(ctx, tx, of.Authority, contact.Type, of.ID)
	if err != nil {
		return "", err
	}
	return printing.DestroyBy(p.o.Now(), p.o.Zone(of.Authority), Ends(of, lives)...), nil
}

// Ends are the last days of what is printed of a contact: the record of its conversation.
func Ends(of contact.Contact, lives []vault.Life) (days []notice.Day) {
	for _, life := range lives {
		if life.Record == of.Record {
			days = append(days, life.LastDay)
		}
	}
	return days
}

// list seals the case number in a record of its own, which ends the line.
func (p *Printouts) list(ctx context.Context, tx *store.Tx, one *Printout, printing *notice.Printing) error {
	record, err := p.o.Vault.Create(ctx, tx, vault.Birth{Authority: one.authority, Notice: one.Notice, Group: printing.Log, Type: Type,
		Row: one.ID, At: p.o.Now(), Final: true})
	if err != nil {
		return err
	}
	w, err := p.o.Vault.Writer(ctx, tx, one.authority, record)
	if err != nil {
		return err
	}
	if one.sealed, err = w.Seal(one.ID, []vault.Value{{Field: fieldCase, Text: one.Case}}); err != nil {
		return err
	}
	if err := tx.Row(ctx, queries.Get("number-next"), one.authority, one.Notice).Scan(&one.No); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, queries.Get("printout-add"), one.authority, one.ID, string(record), one.Notice, one.Service, one.No, one.contact,
		one.Purpose, one.Staff, one.MadeAt, string(one.DestroyBy), one.sealed.Bytes())
	return err
}

// caseNumber is the authority's own number of a case, as it was typed: letters, digits and what stands
// between them, such as VN/1234/2026. A personal identity code is none, whatever stands around it.
func (p *Printouts) caseNumber(typed string) (string, error) {
	text := norm.NFC.String(strings.TrimSpace(typed))
	if _, hidden := p.o.Mask(text); hidden > 0 {
		return "", fault.New(fault.Invalid, "case-number-code").On("case_number")
	}
	if !caseForm(text) {
		return "", fault.New(fault.Invalid, "case-number-form").On("case_number")
	}
	return text, nil
}

func caseForm(text string) bool {
	if n := utf8.RuneCountInString(text); n < 3 || n > maxCase || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	between := true // nothing but a letter or a digit begins and ends it, and separators stand alone
	for _, r := range text {
		switch {
		case unicode.IsLetter(r), '0' <= r && r <= '9':
			between = false
		case !between && strings.ContainsRune("/-:._ ", r):
			between = true
		default:
			return false
		}
	}
	return !between
}

// reason is why it is printed, masked.
func (p *Printouts) reason(typed string) (string, error) {
	text := norm.NFC.String(strings.TrimSpace(typed))
	switch {
	case !utf8.ValidString(typed), !vault.Legible(text):
		return "", fault.New(fault.Invalid, "reason-missing").On("reason")
	case utf8.RuneCountInString(text) > maxReason:
		return "", fault.New(fault.Invalid, "field-long").On("reason")
	}
	masked, _ := p.o.Mask(text)
	return masked, nil
}
