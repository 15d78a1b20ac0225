package chat

import (
	"cmp"
	"context"

	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
)

// This file decides what is shown to whom. HTTP answers and pushed events are made by it alone.

// Message is one line of a conversation as its reader may see it.
type Message struct {
	Contact  string
	N        int64
	At       int64
	From     string // citizen, adviser, note, event
	Name     string
	Lang     string // "" where the notice does not let it be kept and the contact is settled
	Text     string
	Event    string
	ClientID string // given back to the writer only, and only when it is new
	Masked   bool
	File     *ShownFile // nil for a message without one
}

// ShownFile is what a message tells of its file.
type ShownFile struct {
	Name, Kind string
	Size       int64 // bytes
}

// EventInternal stands in a citizen's run of numbers for a line that is not for the citizen: it
// tells that there is nothing to fetch, and nothing else.
const EventInternal = "internal"

// Messages is a run of a conversation in the order of its numbers.
type Messages struct {
	Messages []Message
	Last     int64
}

// State is what a citizen's client shows of a contact besides its messages.
type State struct {
	Contact            string
	Service            string
	Status             string
	Lang               string
	Away               bool // the citizen is noted as gone
	Position           int
	EstimateMinutes    int
	Adviser            *ShownName
	AdviserPresent     bool
	Last               int64
	SeenByAdviser      int64
	DeliveredToAdviser int64
	Reference          string
	ClosedReason       string
	IdleWarningAt      int64
	IdleCloseAt        int64
	ReopenUntil        int64
	Transcript         *Ordered // nil when none has been ordered
	Asks               bool     // whether the contact helped is asked
}

// ShownName is how an adviser is shown to a citizen.
type ShownName struct {
	Name string
}

// View is a contact as a member of staff may see it under one purpose.
type View struct {
	Contact  contact.Contact
	Mine     bool
	Purpose  string
	Live     bool  // a reading session runs: new messages are pushed
	Since    int64 // when this view was opened
	Fields   []ShownField
	Messages []Message
	Last     int64
	Life     []vault.Life
	Notice   *notice.Notice
	Actions  []string // of reply, note, pass, close, reopen, end_abusive, take, reassign, leave

	ReopenUntil int64 // 0: it cannot be reopened
}

// ShownField is an opened field of the contact that is not a message.
type ShownField struct {
	ID    string
	Type  notice.FieldType
	Name  notice.Text
	Value string
}

// reader is who something is shown to: the citizen (staff ""), or one member of staff.
type reader struct{ staff string }

func (r reader) citizen() bool { return r.staff == "" }

// mayOpen tells whether a line is opened for the reader at all: a note never is for the citizen.
func (r reader) mayOpen(k contact.Kind) bool { return !r.citizen() || k != contact.Note }

// message is a line as its reader sees it. Opened is nil for a line without anything sealed; name is
// that of the line's writer.
func (r reader) message(l contact.Line, opened *vault.Opened, name string) Message {
	m := Message{Contact: l.Contact, N: l.N, At: l.At, From: string(l.Kind), Event: l.Event, Lang: l.Lang, Masked: l.Masked}
	if r.citizen() && hidden(l) {
		return Message{Contact: l.Contact, N: l.N, At: l.At, From: string(contact.FromProgram), Event: EventInternal}
	}
	if lang, ok := opened.Text("language"); ok {
		m.Lang = lang
	}
	text, _ := opened.Text("text")
	note, _ := opened.Text("note")
	m.Text = cmp.Or(text, note)
	if card, ok := contact.CardOf(opened); ok {
		m.File = &ShownFile{card.Name, string(card.Kind), card.Size}
	}
	if l.Writer > 1 {
		signed, _ := opened.Text("adviser_name")
		m.Name = cmp.Or(signed, name)
	}
	if r.wrote(l) {
		m.ClientID = l.ClientID
	}
	return m
}

// hidden lines tell the citizen nothing: notes, and what the citizen did.
func hidden(l contact.Line) bool {
	return l.Kind == contact.Note || l.Event == contact.EventCitizenLeft || l.Event == contact.EventCitizenBack
}

func (r reader) wrote(l contact.Line) bool {
	if r.citizen() {
		return l.Kind == contact.FromCitizen
	}
	return l.Staff == r.staff
}

// state is what the citizen's client shows. Reference is told once the contact has closed (S4-T8).
func (c *Chat) state(of contact.Contact, place placing, adviser adviser, reference string) State {
	s := State{Contact: of.ID, Service: of.Service, Status: string(of.Status), Lang: of.Lang, Last: of.Seq,
		Away: !of.CitizenPresent, SeenByAdviser: of.AdviserSeen, DeliveredToAdviser: of.AdviserReceived}
	limits := c.o.Contacts.Limits()
	switch of.Status {
	case contact.Waiting:
		s.Position, s.EstimateMinutes = place.position, place.minutes
	case contact.Active:
		s.AdviserPresent = adviser.present
		if adviser.name != "" {
			s.Adviser = &ShownName{adviser.name}
		}
		if of.IdleWarnedAt > 0 {
			s.IdleWarningAt = of.IdleWarnedAt
			s.IdleCloseAt = of.IdleWarnedAt + limits.Grace.Milliseconds()
		}
	case contact.Closed:
		s.Reference = contact.ShowReference(reference)
		s.ClosedReason = of.ClosedBy
		s.ReopenUntil = c.ReopenUntil(of.ClosedBy, of.ClosedAt)
		s.Asks = of.Asks()
	}
	return s
}

// Uncounted is the first day whose counts still grow.
func (c *Chat) Uncounted(ctx context.Context, authority string) (notice.Day, error) {
	return c.o.Contacts.Uncounted(ctx, authority)
}

// ReopenUntil is until when a contact can be reopened that was closed so and then; 0 if it cannot.
func (c *Chat) ReopenUntil(by string, at int64) int64 {
	if at == 0 || by == contact.ByAbuse {
		return 0
	}
	return at + c.o.Contacts.Limits().Reopen.Milliseconds()
}

// placing and adviser are what a state tells of the queue and of the other end.
type placing struct{ position, minutes int }
type adviser struct {
	name    string
	present bool
}

// fields are what opened parts of a contact hold, in the order of the notice. Those that are still
// plain columns are taken from there if the notice declares them.
func fields(of contact.Contact, n *notice.Notice, parts []*vault.Opened) []ShownField {
	values := contact.PlainFields(of)
	for _, p := range parts {
		for _, id := range p.Fields() {
			values[id], _ = p.Text(id)
		}
	}
	var out []ShownField
	for _, g := range n.Groups {
		for _, f := range g.Fields {
			if v := values[f.ID]; v != "" {
				out = append(out, ShownField{f.ID, f.Type, f.Name, show(f.ID, v)})
			}
		}
	}
	return out
}

func show(field, value string) string {
	if field == "reference_code" {
		return contact.ShowReference(value)
	}
	return value
}

// actions are what the reader may do with a contact now. Along is who passed it on and still reads.
func actions(of contact.Contact, mine, along bool, reopenUntil, now int64) []string {
	switch {
	case along:
		return []string{"note", "leave"}
	case of.Status == contact.Waiting:
		return []string{"take"}
	case mine && of.Status == contact.Active:
		return []string{"reply", "note", "pass", "close", "end_abusive"}
	case mine && of.Status == contact.Closed:
		out := []string{"note"}
		if of.ClosedBy != contact.ByAdviser && of.ClosedBy != contact.ByAbuse {
			out = append(out, "close")
		}
		if now < reopenUntil {
			out = append(out, "reopen")
		}
		return out
	}
	return []string{}
}

// nameOf is the name of a line's writer: as signed in the conversation where the notice declares it,
// otherwise as the staff register has it now. Signed names are by the numbers of assignments.
func (c *Chat) nameOf(ctx context.Context, l contact.Line, signed map[int64]string) string {
	if name := signed[l.Writer]; name != "" || l.Staff == "" || c.o.Name == nil {
		return name
	}
	return c.o.Name(ctx, l.Authority, l.Staff)
}
