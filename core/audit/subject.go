package audit

import (
	"context"

	"luukku/core/access"
	"luukku/core/vault"
)

// Handled tells a person of one act on their data, in the shape of Estonia's data tracker
// (github.com/e-gov/AJ): when, what, and who received it.
type Handled struct {
	LogTime  int64  // unix milliseconds
	Action   string // of vault's actions; web has a word for each
	Purpose  string
	Receiver Receiver
}

// Receiver is who handled the data. A member of staff is told by role: their name is theirs.
type Receiver struct {
	Authority string
	System    string // always this program
	Role      string
	Self      bool // it was the person
}

// system is how this program names itself to other systems.
const system = "luukku"

// HandledPage is some of what happened, newest first. Next is the Before of the next page.
type HandledPage struct {
	Handled []Handled
	Next    string
}

// SubjectView tells the citizen of a contact who handled its data. Looking is an entry of its own.
// Requests that a law orders to be kept from the person are hidden until their date, what was
// refused and the ends of reading sessions are left out: nobody received anything there, so a page
// can be short. Errors as vault.Open. GDPR Art. 15, S2-32.
func (l *Log) SubjectView(ctx context.Context, caller access.Caller, contact string, q Query) (HandledPage, error) {
	p, err := l.ByContact(ctx, caller, contact, q)
	if err != nil {
		return HandledPage{}, err
	}
	view := HandledPage{Next: p.Next}
	now := l.keeper.Now().UnixMilli()
	for _, e := range p.Entries {
		if e.CovertUntil <= now && e.Outcome == vault.OutcomeAllowed && e.Action != string(vault.ActionReadingEnd) {
			view.Handled = append(view.Handled, e.handled(caller.Authority))
		}
	}
	return view, nil
}

func (e Entry) handled(authority string) Handled {
	return Handled{
		LogTime: e.At, Action: e.Action, Purpose: e.Purpose,
		Receiver: Receiver{Authority: authority, System: system, Role: e.Role, Self: e.Kind == access.Subject},
	}
}
