package rights

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// Intake is a request as it comes in.
type Intake struct {
	Register string
	Lang     string     // in which the answer is given
	Arrived  string     // one of Arrivals
	Day      notice.Day // on which it came; "" is today
	By       string     // how the person is found: "reference", "email", "phone"
	Value    string     // as it was typed
	Text     string     // what is asked for, in the person's words
	Name     string
	Email    string
	Address  string // postal
}

// Arrivals are the ways in which a request comes. The page is the person's own.
func Arrivals() []string { return []string{"page", "letter", "email", "counter", "phone"} }

// Evidence is what showed who asks.
func Evidence() []string {
	return []string{"reference_code", "known_email", "known_phone", "identity_document", "strong_identification", "other"}
}

// longest texts in characters.
const (
	longText = 4000
	longLine = 200
)

// Page is the caller of requests that people make themselves.
func Page(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Program, ID: "rights-page"}
}

// Receive stores a request for a copy and returns it: sealed, with the day on which the answer is due
// (GDPR Art. 12(3); S3-29). The time runs from the day on which it came, whatever it lacks (S3-T7).
// Errors, all fault.Invalid: "rights-register", "rights-not-granted", "rights-in-writing",
// "rights-lookup" on by, "rights-day" on day, those of texts on their fields; fault.Busy as of
// (*vault.Vault).Create.
func (r *Rights) Receive(ctx context.Context, caller access.Caller, in Intake) (Request, error) {
	n, err := r.register(caller.Authority, in.Register)
	if err != nil {
		return Request{}, err
	}
	asked, person, err := r.values(caller.Authority, n, in)
	if err != nil {
		return Request{}, err
	}
	at, err := r.arrival(caller.Authority, in.Day)
	if err != nil {
		return Request{}, err
	}
	q := Request{Authority: caller.Authority, ID: store.NewID("rq_"), Status: Received, Register: n.ID, Lang: in.Lang, ReceivedAt: at.UnixMilli()}
	q.Due = dueDay(n, notice.DayOf(at, r.o.Zone(q.Authority)))
	asked = append(asked, vault.Value{Field: "received_at", Text: at.UTC().Format(time.RFC3339)})
	err = r.o.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return r.receive(ctx, tx, caller, &q, asked, person)
	})
	return q, err
}

// dueDay is the last day for the answer. A notice that names no time gets the Regulation's.
func dueDay(n *notice.Notice, came notice.Day) notice.Day {
	if n.Answer == nil {
		return came.Add(notice.Period{Months: 1})
	}
	return came.Add(n.Answer.Within)
}

// arrival is the moment at which a request came: now, or noon of an earlier day of the last year.
func (r *Rights) arrival(authority string, day notice.Day) (time.Time, error) {
	now, today := r.o.Now(), r.today(authority)
	if day == "" || day == today {
		return now, nil
	}
	if _, err := notice.ParseDay(string(day)); err != nil || day.After(today) || day.Before(today.Add(notice.Period{Years: -1})) {
		return now, fault.New(fault.Invalid, "rights-day").On("day")
	}
	return day.Start(r.o.Zone(authority)).Add(12 * time.Hour), nil
}

func (r *Rights) receive(ctx context.Context, tx *store.Tx, caller access.Caller, q *Request, asked, person []vault.Value) (err error) {
	if q.Record, err = r.born(ctx, tx, *q, groupRequest); err != nil {
		return err
	}
	if q.Applicant, err = r.born(ctx, tx, *q, groupApplicant); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, queries.Get("request-add"), q.Authority, q.ID, string(q.Record), string(q.Applicant), q.Register, q.Lang, q.ReceivedAt, string(q.Due))
	if err != nil {
		return err
	}
	if err := r.addPart(ctx, tx, *q, groupRequest, partAsked, asked); err != nil {
		return err
	}
	if err := r.addPart(ctx, tx, *q, groupApplicant, partAsked, person); err != nil {
		return err
	}
	return r.note(ctx, tx, caller, roleOf(caller), *q, ActionReceive, "")
}

// roleOf is the role in which the registry's acts are recorded.
func roleOf(caller access.Caller) string {
	if caller.Kind == access.Program {
		return access.RoleProgram
	}
	return access.RoleRegistryClerk
}

func (r *Rights) born(ctx context.Context, tx *store.Tx, q Request, group string) (vault.RecordID, error) {
	return r.o.Vault.Create(ctx, tx, vault.Birth{Authority: q.Authority, Notice: NoticeID, Group: group, Type: TypeRequest, Row: q.ID})
}

// The parts of a request, by their occasions.
const (
	partAsked    = 1
	partIdentity = 2
	partExtended = 3
	partClosed   = 4
)

// addPart seals one part; nothing to say is no row.
func (r *Rights) addPart(ctx context.Context, tx *store.Tx, q Request, group string, part int64, values []vault.Value) error {
	values = slices.DeleteFunc(values, func(v vault.Value) bool { return v.Text == "" })
	if len(values) == 0 {
		return nil
	}
	record := q.Record
	if group == groupApplicant {
		record = q.Applicant
	}
	w, err := r.o.Vault.Writer(ctx, tx, q.Authority, record)
	if err != nil {
		return err
	}
	sealed, err := w.Seal(partRow(q.ID, group, part), values)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, queries.Get("part-add"), q.Authority, q.ID, group, part, string(record), sealed)
	return err
}

// values checks an intake and gives what is sealed of it, by group.
func (r *Rights) values(authority string, n *notice.Notice, in Intake) (asked, person []vault.Value, err error) {
	right := n.Right("A15")
	if right == nil || right.Granted == notice.No {
		return nil, nil, fault.New(fault.Invalid, "rights-not-granted").On("register")
	}
	if right.Written && in.Arrived == "phone" {
		return nil, nil, fault.New(fault.Invalid, "rights-in-writing").On("arrived")
	}
	if !slices.Contains(Arrivals(), in.Arrived) {
		return nil, nil, fault.New(fault.Invalid, "field-choice").On("arrived")
	}
	if !slices.Contains(notice.Languages(), in.Lang) {
		return nil, nil, fault.New(fault.Invalid, "unknown-language").On("lang")
	}
	kept, value, err := r.lookup(n, in)
	if err != nil {
		return nil, nil, err
	}
	texts, err := r.texts(in)
	if err != nil {
		return nil, nil, err
	}
	asked = []vault.Value{{Field: "requested_right", Text: "access"}, {Field: "register", Text: n.ID}, {Field: "arrived_by", Text: in.Arrived},
		{Field: "request_text", Text: texts["text"]}}
	if value != "" {
		asked = append(asked, vault.Value{Field: kept, Text: value})
	}
	return asked, []vault.Value{{Field: "name", Text: texts["name"]}, {Field: "email", Text: texts["email"]}, {Field: "postal_address", Text: texts["address"]}}, nil
}

// lookup reads by what the person is found. What the notice wants a request to say may still be missing:
// then it is asked for (S3-T7), but a value that cannot be one is refused.
func (r *Rights) lookup(n *notice.Notice, in Intake) (kept, value string, err error) {
	if in.By == "" && strings.TrimSpace(in.Value) == "" {
		return "", "", nil
	}
	for _, l := range lookups {
		if l.By != in.By || !slices.Contains(r.LookupsOf(n), l.By) {
			continue
		}
		value, err = r.form(n, l.Field)(in.Value)
		if err != nil {
			err = fault.Of(err).On("value")
		}
		return l.Kept, value, err
	}
	return "", "", fault.New(fault.Invalid, "rights-lookup").On("by")
}

// texts cleans what was written: masked, without control characters, of bounded length.
func (r *Rights) texts(in Intake) (map[string]string, error) {
	out := map[string]string{}
	for _, one := range []struct {
		field, text string
		most        int
	}{{"text", in.Text, longText}, {"name", in.Name, longLine}, {"email", in.Email, 254}, {"address", in.Address, longLine * 2}} {
		text, err := r.clean(one.text, one.field, one.most)
		if err != nil {
			return nil, err
		}
		out[one.field] = text
	}
	if e := out["email"]; e != "" && (strings.Count(e, "@") != 1 || strings.ContainsAny(e, " \n\t<>,;") || strings.HasPrefix(e, "@") || strings.HasSuffix(e, "@")) {
		return nil, fault.New(fault.Invalid, "email-form").On("email")
	}
	return out, nil
}

// clean gives a text as it is stored.
func (r *Rights) clean(text, field string, most int) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case !utf8.ValidString(text):
		return "", fault.New(fault.Invalid, "text-not-utf8").On(field)
	case utf8.RuneCountInString(text) > most:
		return "", fault.New(fault.Invalid, "field-long").On(field)
	case strings.ContainsFunc(text, func(c rune) bool { return c != '\n' && c != '\t' && unicode.IsControl(c) }):
		return "", fault.New(fault.Invalid, "text-control-character").On(field)
	}
	masked, _ := r.o.Mask(text)
	return masked, nil
}
