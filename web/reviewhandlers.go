package web

import (
	"context"
	"slices"

	"luukku/core/notice"
	"luukku/desk/review"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/web/api"
)

// reviewOperations are a quality reviewer's, and the advisers' training.
func (s *Server) reviewOperations(r *register) {
	operate(r, "review-options", "What may be said of a sample", s.reviewOptions)
	operate(r, "review-samples", "The caller's samples", s.reviewSamples)
	operate(r, "review-draw", "Draw a sample", s.reviewDraw)
	operate(r, "review-item", "A drawn contact, pseudonymised", s.reviewItem)
	operate(r, "review-mark", "Mark a drawn contact", s.reviewMark)
	operate(r, "review-train", "Put a drawn contact forward to training", s.reviewTrain)
	operate(r, "training", "Examples for training", s.training)
	operate(r, "training-example", "An example for training, pseudonymised", s.trainingExample)
	operate(r, "training-end", "Take an example back", s.trainingEnd)
}

// ofItem is a request about one drawn contact.
type ofItem struct {
	Sample string `path:"sample" maxLength:"64"`
	Item   int64  `path:"item" minimum:"1"`
}

// ofItemBody is a request about one drawn contact with a body.
type ofItemBody[T any] struct {
	Sample string `path:"sample" maxLength:"64"`
	Item   int64  `path:"item" minimum:"1"`
	Body   T
}

// ofExample is a request about one example.
type ofExample struct {
	Example string `path:"example" maxLength:"64"`
}

func (s *Server) reviewOptions(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.ReviewOptions], error) {
	all, err := s.Services.List(ctx, v.Authority.ID)
	out := api.ReviewOptions{Services: []api.ReviewService{}, Days: review.Spans(), Sizes: review.Sizes()}
	for _, one := range all {
		if !slices.Contains(v.rolesIn(one.ID), notice.RoleReviewer) {
			continue
		}
		shown := api.ReviewService{ID: one.ID, Name: v.in(one.Name), Purposes: []api.Named{}}
		for _, p := range s.Reviews.Purposes(v.Authority.ID, one, notice.RoleReviewer) {
			shown.Purposes = append(shown.Purposes, api.Named{ID: p.ID, Name: v.in(p.Name)})
			shown.Trains = shown.Trains || p.ID == review.PurposeTraining
		}
		if len(shown.Purposes) > 0 {
			out.Services = append(out.Services, shown)
		}
	}
	return &answer[api.ReviewOptions]{out}, err
}

// words are the names of services and of the purposes for which they are reviewed, in the visit's language.
type words struct{ services, purposes map[string]string }

func (s *Server) reviewWords(ctx context.Context, v *Visit) (words, error) {
	w := words{map[string]string{}, map[string]string{}}
	all, err := s.Services.List(ctx, v.Authority.ID)
	for _, one := range all {
		w.services[one.ID] = v.in(one.Name)
		for _, p := range s.purposesSampled(v, one) {
			w.purposes[one.ID+" "+p.ID] = v.in(p.Name)
		}
	}
	return w, err
}

func (s *Server) purposesSampled(v *Visit, one service.Service) []notice.Purpose {
	return append(s.Reviews.Purposes(v.Authority.ID, one, notice.RoleReviewer), s.Reviews.Purposes(v.Authority.ID, one, notice.RoleAdviser)...)
}

func (w words) service(id string) api.Named { return named(id, w.services[id]) }

func (w words) purpose(service, id string) api.Named { return named(id, w.purposes[service+" "+id]) }

// named shows what has no name any more by its id.
func named(id, name string) api.Named {
	if name == "" {
		name = id
	}
	return api.Named{ID: id, Name: name}
}

func (w words) sample(one review.Sample) api.Sample {
	out := api.Sample{ID: one.ID, Service: w.service(one.Service), Purpose: w.purpose(one.Service, one.Purpose),
		DrawnAt: one.DrawnAt, LastDay: string(one.LastDay), Items: []api.SampleItem{}}
	for _, i := range one.Items {
		out.Items = append(out.Items, api.SampleItem{No: i.No, State: string(i.State), LastDay: string(i.LastDay), Training: i.Training})
	}
	return out
}

func (s *Server) reviewSamples(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Samples], error) {
	w, err := s.reviewWords(ctx, v)
	if err != nil {
		return nil, err
	}
	all, err := s.Reviews.Samples(ctx, v.caller())
	out := api.Samples{Samples: []api.Sample{}}
	for _, one := range all {
		out.Samples = append(out.Samples, w.sample(one))
	}
	return &answer[api.Samples]{out}, err
}

func (s *Server) reviewDraw(ctx context.Context, v *Visit, in *ofBody[api.DrawSample]) (*answer[api.Sample], error) {
	w, err := s.reviewWords(ctx, v)
	if err != nil {
		return nil, err
	}
	b := in.Body
	one, err := s.Reviews.Draw(ctx, v.caller(), review.Wish{Service: b.Service, Purpose: b.Purpose, Days: b.Days, Size: b.Size})
	if err != nil {
		return nil, withDay(err, v.lang())
	}
	return &answer[api.Sample]{w.sample(one)}, nil
}

// withDay words the day of a refusal as the visit's language writes it.
func withDay(err error, lang string) error {
	f := fault.Of(err)
	if f == nil || f.Args["day"] == "" {
		return err
	}
	return fault.New(f.Code, f.Key, "day", notice.DayIn(notice.Day(f.Args["day"]), lang)).Wrap(err)
}

// shown answers with a contact as it was opened.
func (s *Server) shown(ctx context.Context, v *Visit, one review.Shown, err error) (*answer[api.ReviewedContact], error) {
	if err != nil {
		return nil, err
	}
	w, err := s.reviewWords(ctx, v)
	out := api.ReviewedContact{No: one.No, State: string(one.State), Service: w.service(one.Service), Purpose: w.purpose(one.Service, one.Purpose),
		LastDay: string(one.LastDay), Training: one.Training, Lines: []api.ReviewedLine{}}
	for _, l := range one.Lines {
		line := api.ReviewedLine{N: l.N, Minute: l.Minute, From: string(l.From), Who: l.Who, Lang: l.Lang, Event: l.Event, Pieces: []api.ReviewedPiece{}}
		for _, p := range l.Pieces {
			line.Pieces = append(line.Pieces, api.ReviewedPiece{Word: p.Word, Text: p.Text, Hidden: string(p.Hidden)})
		}
		out.Lines = append(out.Lines, line)
	}
	return &answer[api.ReviewedContact]{out}, err
}

func (s *Server) reviewItem(ctx context.Context, v *Visit, in *ofItem) (*answer[api.ReviewedContact], error) {
	one, err := s.Reviews.Item(ctx, v.caller(), in.Sample, in.Item)
	return s.shown(ctx, v, one, err)
}

func (s *Server) reviewMark(ctx context.Context, v *Visit, in *ofItemBody[api.ReviewMarks]) (*nothing, error) {
	m := in.Body
	return &nothing{}, s.Reviews.Mark(ctx, v.caller(), in.Sample, in.Item,
		map[string]string{"correct": m.Correct, "clear": m.Clear, "complete": m.Complete, "polite": m.Polite})
}

func (s *Server) reviewTrain(ctx context.Context, v *Visit, in *ofItemBody[api.PutForward]) (*answer[api.MadeExample], error) {
	var hide []review.Hidden
	for _, h := range in.Body.Hide {
		hide = append(hide, review.Hidden{Line: h.Line, Words: h.Words})
	}
	id, err := s.Reviews.PutForward(ctx, v.caller(), in.Sample, in.Item, hide)
	if err != nil {
		return nil, err
	}
	return &answer[api.MadeExample]{api.MadeExample{ID: id}}, nil
}

func (s *Server) training(ctx context.Context, v *Visit, _ *ofLang) (*answer[api.Examples], error) {
	w, err := s.reviewWords(ctx, v)
	if err != nil {
		return nil, err
	}
	all, err := s.Reviews.Examples(ctx, v.caller())
	out := api.Examples{Examples: []api.Example{}}
	for _, one := range all {
		mine := slices.Contains(v.rolesIn(one.Service), notice.RoleReviewer)
		out.Examples = append(out.Examples, api.Example{ID: one.ID, Service: w.service(one.Service), LastDay: string(one.LastDay), Mine: mine})
	}
	return &answer[api.Examples]{out}, err
}

func (s *Server) trainingExample(ctx context.Context, v *Visit, in *ofExample) (*answer[api.ReviewedContact], error) {
	one, err := s.Reviews.Example(ctx, v.caller(), in.Example)
	return s.shown(ctx, v, one, err)
}

func (s *Server) trainingEnd(ctx context.Context, v *Visit, in *ofExample) (*nothing, error) {
	return &nothing{}, s.Reviews.TakeBack(ctx, v.caller(), in.Example)
}
