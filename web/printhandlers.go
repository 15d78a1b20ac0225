package web

import (
	"context"
	"net/http"
	"slices"

	"luukku/channel/chat"
	"luukku/core/notice"
	"luukku/desk/printout"
	"luukku/fault"
	"luukku/web/api"
	"luukku/web/pages"
)

// printOperations are the list of printouts and what is done with it.
func (s *Server) printOperations(r *register) {
	operate(r, "desk-print", "Make a printout of a contact for the clarification of a case", s.deskPrint)
	operate(r, "printouts", "The printouts that the caller answers for", s.printouts)
	operate(r, "printouts-due", "How many printouts must be destroyed", s.printoutsDue)
	operate(r, "printout-destroyed", "Mark a printout as destroyed", s.printoutDestroyed)
}

// ofPrintout is a request about one printout.
type ofPrintout struct {
	Printout string `path:"printout" maxLength:"64"`
}

func (s *Server) deskPrint(ctx context.Context, v *Visit, in *ofContactBody[api.PrintWish]) (*answer[api.MadePrintout], error) {
	one, err := s.Printouts.Make(ctx, v.caller(), printout.Wish{Contact: in.Contact, Case: in.Body.CaseNumber, Purpose: in.Body.Purpose, Reason: in.Body.Reason})
	return &answer[api.MadePrintout]{api.MadePrintout{ID: one.ID, Number: one.No, DestroyBy: string(one.DestroyBy)}}, err
}

// printingOf tells whether and until when what is open can be printed; nil where it cannot.
func (s *Server) printingOf(v *Visit, view chat.View) *api.Printing {
	by, ok := s.Printouts.Offer(printout.Opened{Contact: view.Contact, Purpose: view.Purpose, Life: view.Life})
	if !ok {
		return nil
	}
	return &api.Printing{DestroyBy: string(by), Length: notice.Length(view.Notice.Printing().Within, v.lang())}
}

func (s *Server) printouts(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Printouts], error) {
	lines, more, err := s.Printouts.List(ctx, v.caller())
	if err != nil {
		return nil, err
	}
	services, err := s.serviceNames(ctx, v)
	if err != nil {
		return nil, err
	}
	names, err := s.People.Names(ctx, v.caller(), staffOf(lines))
	out := api.Printouts{Printouts: []api.Printout{}, More: more}
	for _, one := range lines {
		n, ok := s.Shelf().Current(v.Authority.ID, one.Notice, v.today(s.Keeper.Now()))
		if !ok {
			continue
		}
		out.Keep = s.logKeep(v, n)
		shown := api.Printout{ID: one.ID, Number: one.No, CaseNumber: one.Case, Service: api.Named{ID: one.Service, Name: services[one.Service]},
			By: api.Named{ID: one.Staff, Name: names[one.Staff]}, MadeAt: one.MadeAt, DestroyBy: string(one.DestroyBy), State: string(one.State),
			DestroyedAt: one.DestroyedAt, MayEnd: one.MayEnd(v.caller(), v.rolesIn(one.Service))}
		if p := n.Purpose(one.Purpose); p != nil {
			shown.Purpose = v.in(p.Name)
		}
		if one.DestroyedBy != "" {
			shown.DestroyedBy = &api.Named{ID: one.DestroyedBy, Name: names[one.DestroyedBy]}
		}
		out.Printouts = append(out.Printouts, shown)
	}
	return &answer[api.Printouts]{out}, err
}

// logKeep tells how long a register's list of printouts is kept.
func (s *Server) logKeep(v *Visit, n *notice.Notice) string {
	if n.Printing() == nil || n.Group(n.Printing().Log) == nil {
		return ""
	}
	return notice.KeepLine(n.Group(n.Printing().Log).Keep, v.lang())
}

// staffOf are the members of staff whom lines name.
func staffOf(lines []printout.Printout) (ids []string) {
	for _, one := range lines {
		for _, id := range []string{one.Staff, one.DestroyedBy} {
			if id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (s *Server) printoutsDue(ctx context.Context, v *Visit, _ *nothing) (*answer[api.PrintoutsDue], error) {
	due, err := s.Printouts.Due(ctx, v.caller())
	return &answer[api.PrintoutsDue]{api.PrintoutsDue(due)}, err
}

func (s *Server) printoutDestroyed(ctx context.Context, v *Visit, in *ofPrintout) (*nothing, error) {
	return &nothing{}, s.Printouts.Destroyed(ctx, v.caller(), in.Printout)
}

// printPages serve what goes on paper.
func (s *Server) printPages(r *register) {
	r.handle("printout-page", func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r.Context())
		paper, err := s.paper(r.Context(), v, r.PathValue("printout"))
		if err != nil {
			s.refuse(w, r, v, err)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", cspPage)
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Language", v.lang())
		if err := s.pages.Paper(w, paper); err != nil {
			s.Log.Warn("a printout's page was not written", "err", err)
		}
	})
}

// paper opens what a printout shows, for its own purpose, and notes that it is given out before any of it is.
func (s *Server) paper(ctx context.Context, v *Visit, id string) (pages.Paper, error) {
	if !wellFormed(id) {
		return pages.Paper{}, fault.New(fault.NotFound, "printout-not-found")
	}
	one, err := s.Printouts.Page(ctx, v.caller(), id)
	if err != nil {
		return pages.Paper{}, err
	}
	view, err := s.Chat.Read(ctx, v.caller(), one.Contact(), one.Purpose, one.ID)
	if err != nil {
		return pages.Paper{}, err
	}
	cards, err := s.People.Cards(ctx, v.caller(), v.Session.Staff)
	if err != nil {
		return pages.Paper{}, err
	}
	if err := s.Printouts.GiveOut(ctx, v.caller(), id); err != nil {
		return pages.Paper{}, err
	}
	return v.paper(one, view, cards), nil
}
