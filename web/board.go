package web

import (
	"cmp"
	"context"
	"time"

	"luukku/desk/queue"
	"luukku/desk/service"
	"luukku/web/api"
)

// board is a member of staff's board with names filled in.
func (s *Server) board(ctx context.Context, v *Visit) (api.Board, error) {
	b, err := s.Queue.Board(ctx, v.caller())
	if err != nil {
		return api.Board{}, err
	}
	names, err := s.People.Names(ctx, v.caller(), adviserIDs(b.Advisers))
	if err != nil {
		return api.Board{}, err
	}
	services, err := s.serviceNames(ctx, v)
	if err != nil {
		return api.Board{}, err
	}
	out := api.Board{Me: api.BoardMe{ID: b.Me.ID, Presence: string(b.Me.Presence), Load: b.Me.Load, Capacity: capacityOf(b.Me)}, Offer: offerOf(b.Offer), Mine: []api.BoardContact{},
		Queues: linesOf(b.Queues, services), Advisers: []api.BoardAdviser{}, GeneratedAt: b.GeneratedAt}
	for _, i := range b.Mine {
		out.Mine = append(out.Mine, api.BoardContact{Contact: i.Contact, Service: i.Service, Lang: i.Lang, Status: i.Status, Topic: i.Topic,
			WaitingSince: i.WaitingSince, Unread: i.Unread, CitizenPresent: i.CitizenPresent, LastAt: i.LastAt, Along: i.Along, ReopenUntil: s.Chat.ReopenUntil(i.ClosedBy, i.ClosedAt)})
	}
	for _, a := range b.Advisers {
		out.Advisers = append(out.Advisers, api.BoardAdviser{ID: a.ID, Name: names[a.ID], Presence: string(a.Presence), Load: a.Load, Capacity: a.Capacity})
	}
	out.Handovers, err = s.handovers(ctx, v, services)
	return out, err
}

// capacityOf is a reader's own, also before they have been at the desk.
func capacityOf(a queue.Adviser) int { return cmp.Or(a.Capacity, queue.Capacity) }

// offerOf gives an offer its shape on the wire.
func offerOf(o *queue.Offered) *api.BoardOffer {
	if o == nil {
		return nil
	}
	return &api.BoardOffer{Contact: o.Contact, Service: o.Service, Lang: o.Lang, Topic: o.Topic, Since: o.Since, Until: o.Until}
}

// linesOf gives queues their shape on the wire.
func linesOf(lines []queue.Line, names map[string]string) []api.BoardQueue {
	out := []api.BoardQueue{}
	for _, l := range lines {
		q := api.BoardQueue{Service: l.Service, Name: names[l.Service], Language: l.Lang, Waiting: l.Waiting,
			LongestWaitS: int(l.LongestWait / time.Second), Open: l.Opening.Open, Contacts: []api.QueueContact{}}
		for _, w := range l.Contacts {
			q.Contacts = append(q.Contacts, api.QueueContact{Contact: w.Contact, Since: w.Since, Topic: w.Topic, Offered: w.To != ""})
		}
		out = append(out, q)
	}
	return out
}

func adviserIDs(advisers []queue.Adviser) []string {
	var ids []string
	for _, a := range advisers {
		ids = append(ids, a.ID)
	}
	return ids
}

// serviceNames are the authority's services by id, in the visit's language.
func (s *Server) serviceNames(ctx context.Context, v *Visit) (map[string]string, error) {
	all, err := s.Services.List(ctx, v.Authority.ID)
	names := map[string]string{}
	for _, one := range all {
		names[one.ID] = v.in(one.Name)
	}
	return names, err
}

// topicsOf gives topics their shape on the wire.
func topicsOf(v *Visit, topics []service.Topic) []api.Topic {
	out := []api.Topic{}
	for _, t := range topics {
		out = append(out, api.Topic{ID: t.ID, Name: v.in(t.Name), Retired: t.Retired})
	}
	return out
}

// millis is an instant in unix milliseconds; the zero time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
