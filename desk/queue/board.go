package queue

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"luukku/core/access"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/store"
)

// shown is how many contacts of one queue a board lists; it counts all.
const shown = 100

// Board is everything an adviser's first column shows. It holds ids of staff; their names are filled
// in by whoever asks.
type Board struct {
	Me          Adviser
	Offer       *Offered // what the reader may take now, nil if nothing
	Mine        []Item   // assigned and not settled, oldest first
	Queues      []Line
	Advisers    []Adviser // everybody else who has been at the desk today
	GeneratedAt int64     // unix milliseconds
}

// Adviser is a member of staff at the desk.
type Adviser struct {
	ID       string
	Presence Presence
	Load     int   // active contacts
	Since    int64 // of the presence, unix milliseconds

	Capacity  int      // how many contacts they are offered at once
	Languages []string // in which they are offered any
	Services  []string // in which they may advise and are offered any; only in an overview
	only      []string // services to which their lead has narrowed it
}

// Offered is a contact that waits for one adviser to take it until a moment, unix milliseconds.
type Offered struct {
	Waiting
	Service, Lang string
}

// Item is one contact that is assigned. It holds nothing that was written in it. Instants are unix
// milliseconds; zero is none.
type Item struct {
	Contact, Service, Lang, Status, Topic, Adviser     string
	ClosedBy                                           string
	StartedAt, TakenAt, WaitingSince, LastAt, ClosedAt int64
	Unread                                             int
	Along                                              bool // passed on, and still read by whoever the board is of
	CitizenPresent                                     bool
}

// Line is the queue of one service in one language, longest wait first.
type Line struct {
	Service, Lang string
	Opening       service.Opening
	Waiting       int
	LongestWait   time.Duration
	Contacts      []Waiting // at most 100
}

// Waiting is one that waits. Since is when they came, also if they have been served in between.
type Waiting struct {
	Contact, Topic string
	Since          int64
	To             string // the adviser to whom it is offered, "" if to nobody
	Until          int64  // when the offer ends
}

// Board assembles caller's board in four statements: grants and own contacts, everyone who waits in
// the services that caller serves, and who is there. fault.Denied "not-at-the-desk" without a grant
// as adviser or lead.
func (q *Queue) Board(ctx context.Context, caller access.Caller) (Board, error) {
	b, _, err := q.assemble(ctx, caller, qMine, []any{caller.Authority, caller.ID, caller.Authority, caller.ID}, access.RoleAdviser, access.RoleLead)
	return b, err
}

// Overview is what a lead sees: the queues and the active contacts of the services that caller
// leads, and everyone present. fault.Denied "not-lead" otherwise.
func (q *Queue) Overview(ctx context.Context, caller access.Caller) (Board, []Item, error) {
	b, leads, err := q.assemble(ctx, caller, qActive, []any{caller.Authority}, access.RoleLead)
	if err == nil {
		err = q.serving(ctx, caller.Authority, &b, leads)
	}
	var active []Item
	for _, item := range b.Mine {
		if leads[item.Service] {
			active = append(active, item)
		}
	}
	b.Mine = nil
	return b, active, err
}

// serving fills in which of the services that are led each of the staff advises in.
func (q *Queue) serving(ctx context.Context, authority string, b *Board, led map[string]bool) error {
	at := map[string]*Adviser{b.Me.ID: &b.Me}
	for i := range b.Advisers {
		at[b.Advisers[i].ID] = &b.Advisers[i]
	}
	now := q.now().UnixMilli()
	return q.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, qServes, func(scan func(...any) error) error {
			var staff, grant string
			err := scan(&staff, &grant)
			if a := at[staff]; a != nil {
				a.serve(grant, led)
			}
			return err
		}, authority, now, now)
	})
}

// serve adds the services that a grant reaches, as far as they are led and offered.
func (a *Adviser) serve(grant string, led map[string]bool) {
	for _, id := range slices.Sorted(maps.Keys(led)) {
		if (grant == "" || grant == id) && (len(a.only) == 0 || slices.Contains(a.only, id)) && !slices.Contains(a.Services, id) {
			a.Services = append(a.Services, id)
		}
	}
}

func (q *Queue) assemble(ctx context.Context, caller access.Caller, items store.Query, args []any, roles ...access.Role) (Board, map[string]bool, error) {
	services, err := q.services.List(ctx, caller.Authority)
	if err != nil {
		return Board{}, nil, err
	}
	now := q.now()
	b := Board{GeneratedAt: now.UnixMilli(), Me: Adviser{ID: caller.ID, Presence: Gone}}
	var served map[string]bool
	err = q.db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		grants, _, err := access.Grants(ctx, tx, caller, now)
		if err != nil {
			return err
		}
		if served = covered(grants, services, roles); len(served) == 0 {
			return refusal(roles)
		}
		if b.Mine, err = store.Select(ctx, tx, items, scanItem, args...); err != nil {
			return err
		}
		for i := range b.Mine {
			b.Mine[i].Along = b.Mine[i].Adviser != caller.ID
		}
		slices.SortFunc(b.Mine, func(a, b Item) int { return strings.Compare(a.Contact, b.Contact) })
		b.Queues = q.lines(caller.Authority, services, served)
		if err := b.fill(ctx, tx, caller, now); err != nil {
			return err
		}
		return b.staff(ctx, tx, caller, now)
	})
	return b, served, err
}

func refusal(roles []access.Role) error {
	if len(roles) == 1 {
		return fault.New(fault.Denied, "not-lead")
	}
	return fault.New(fault.Denied, "not-at-the-desk")
}

// covered are the services that one of roles reaches by the grants.
func covered(grants []access.Grant, services []service.Service, roles []access.Role) map[string]bool {
	out := map[string]bool{}
	for _, g := range grants {
		for _, r := range roles {
			for _, s := range services {
				if g.Role == r && g.Covers(s.ID) {
					out[s.ID] = true
				}
			}
		}
	}
	return out
}

// lines are the empty queues of the services served, one for each language.
func (q *Queue) lines(authority string, services []service.Service, served map[string]bool) []Line {
	var out []Line
	for _, s := range services {
		if !served[s.ID] {
			continue
		}
		opening := q.services.Opening(authority, s)
		for _, lang := range s.Languages {
			out = append(out, Line{Service: s.ID, Lang: lang, Opening: opening})
		}
	}
	return out
}

// fill puts everyone who waits into their queue, head first, and finds what is offered to the reader.
func (b *Board) fill(ctx context.Context, tx *store.Tx, caller access.Caller, now time.Time) error {
	at := map[[2]string]*Line{}
	for i := range b.Queues {
		at[[2]string{b.Queues[i].Service, b.Queues[i].Lang}] = &b.Queues[i]
	}
	return tx.Each(ctx, qWaiting, func(scan func(...any) error) error {
		var w Waiting
		var service, lang string
		var queued int64
		if err := scan(&w.Contact, &service, &lang, &w.Topic, &w.Since, &queued, &w.To, &w.Until); err != nil {
			return err
		}
		if w.Until <= now.UnixMilli() {
			w.To, w.Until = "", 0
		} else if w.To == caller.ID {
			b.Offer = &Offered{w, service, lang}
		}
		line := at[[2]string{service, lang}]
		if line == nil {
			return nil
		}
		line.Waiting++
		line.LongestWait = max(line.LongestWait, now.Sub(time.UnixMilli(w.Since)))
		if len(line.Contacts) < shown {
			line.Contacts = append(line.Contacts, w)
		}
		return nil
	}, caller.Authority)
}

// staff fills in who is there, the reader apart.
func (b *Board) staff(ctx context.Context, tx *store.Tx, caller access.Caller, now time.Time) error {
	return tx.Each(ctx, qStaff, func(scan func(...any) error) error {
		var a Adviser
		var seen int64
		var languages, services string
		if err := scan(&a.ID, &a.Presence, &a.Since, &seen, &a.Load, &languages, &services, &a.Capacity); err != nil {
			return err
		}
		a.Languages, a.only, a.Capacity = skill(languages, services, a.Capacity)
		if now.Sub(time.UnixMilli(seen)) > quiet {
			a.Presence = Gone
		}
		if a.ID == caller.ID {
			b.Me = a
		} else {
			b.Advisers = append(b.Advisers, a)
		}
		return nil
	}, caller.Authority)
}

func scanItem(scan func(...any) error) (Item, error) {
	var i Item
	var present int
	err := scan(&i.Contact, &i.Service, &i.Lang, &i.Status, &i.Topic, &i.Adviser, &i.StartedAt, &i.TakenAt,
		&i.WaitingSince, &i.LastAt, &i.ClosedAt, &i.ClosedBy, &i.Unread, &present)
	i.CitizenPresent = present == 1
	return i, err
}
