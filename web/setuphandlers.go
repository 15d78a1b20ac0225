package web

import (
	"context"

	"luukku/people"
	"luukku/web/api"
)

// setupOperations are the first start's. They answer nothing once it is done.
func (s *Server) setupOperations(r *register) {
	operate(r, "setup-state", "Whether the first start has still to be done", s.setupState)
	operate(r, "setup-code", "Try the code on the console", s.setupCode)
	operate(r, "setup-do", "Do the first start", s.setupDo)
}

func (s *Server) setupState(_ context.Context, v *Visit, _ *ofLang) (*answer[api.SetupState], error) {
	out := api.SetupState{MinLength: people.MinPassword, Templates: []api.SetupTemplate{}}
	if s.Setup == nil {
		return &answer[api.SetupState]{out}, nil
	}
	out.Needed = true
	for _, n := range s.Setup.Templates() {
		out.Templates = append(out.Templates, api.SetupTemplate{ID: n.ID, Name: v.in(n.Names), KeepLine: keepLine(n, v.lang())})
	}
	return &answer[api.SetupState]{out}, nil
}

func (s *Server) setupCode(_ context.Context, _ *Visit, in *ofBody[api.SetupCode]) (*nothing, error) {
	return &nothing{}, s.Setup.TryCode(in.Body.Code)
}

func (s *Server) setupDo(ctx context.Context, _ *Visit, in *ofBody[api.Setup]) (*answer[api.SetupDone], error) {
	if err := s.Setup.TryCode(in.Body.Code); err != nil {
		return nil, err
	}
	done, err := s.Setup.Do(ctx, in.Body)
	return &answer[api.SetupDone]{done}, err
}
