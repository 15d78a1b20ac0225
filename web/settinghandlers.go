package web

import (
	"cmp"
	"context"
	"slices"

	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
	"luukku/web/api"
)

// settingOperations are about the ledger: what was changed, by whom, and how it is set back.
func (s *Server) settingOperations(r *register) {
	operate(r, "setting-changes", "Changes of settings", s.settingChanges)
	operate(r, "setting-preview", "What taking an earlier version back would change", s.settingPreview)
	operate(r, "setting-restore", "Take an earlier version back into use", s.settingRestore)
}

// changesAtOnce is how many lines one answer holds.
const changesAtOnce = 50

// ofChanges chooses lines of the ledger.
type ofChanges struct {
	Kind    string `query:"kind" maxLength:"20"`
	ID      string `query:"id" maxLength:"64" doc:"One thing of the kind"`
	Part    string `query:"part" maxLength:"40"`
	After   int64  `query:"after" minimum:"0" doc:"Only versions above it"`
	Service string `query:"service" maxLength:"64"`
	From    string `query:"from" maxLength:"10" doc:"First day"`
	To      string `query:"to" maxLength:"10" doc:"Last day"`
	Before  string `query:"before" maxLength:"64" doc:"Only lines older than this one"`
}

// ofVersion is one version of one setting.
type ofVersion struct {
	Kind string `query:"kind" required:"true" maxLength:"20"`
	ID   string `query:"id" required:"true" maxLength:"64"`
	Part string `query:"part" required:"true" maxLength:"40"`
	To   int64  `query:"to" required:"true" minimum:"0"`
}

// seesChange tells whether lines of these services are the caller's to see: an administrator sees all,
// a lead those of the services that they lead.
func (v *Visit) seesChange(kind ledger.Kind, services []string) bool {
	of := kind != ledger.Staff && kind != ledger.Directory
	return v.holds(notice.RoleAdministrator) || of && v.reach().Covers(services)
}

func (s *Server) settingChanges(ctx context.Context, v *Visit, in *ofChanges) (*answer[api.SettingChanges], error) {
	asked, err := s.asked(v, in)
	if err != nil {
		return nil, err
	}
	var lines []ledger.Change
	out := api.SettingChanges{Changes: []api.SettingChange{}}
	newest := map[ledger.Kind]map[string]map[string]int64{}
	err = s.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		lines, out.Next, err = ledger.List(ctx, tx, v.Authority.ID, asked)
		for _, c := range lines {
			if newest[c.Kind] == nil && err == nil {
				newest[c.Kind], err = ledger.Versions(ctx, tx, v.Authority.ID, c.Kind)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	names, err := s.changeNames(ctx, v, lines)
	if err != nil {
		return nil, err
	}
	for _, c := range lines {
		one, err := s.changeOf(c, names)
		if err != nil {
			return nil, err
		}
		one.Newest = newest[c.Kind][c.ID][c.Part] == c.Version
		out.Changes = append(out.Changes, one)
	}
	return &answer[api.SettingChanges]{out}, nil
}

// asked reads what was asked for, and leaves out what the caller may not see.
func (s *Server) asked(v *Visit, in *ofChanges) (ledger.Asked, error) {
	a := ledger.Asked{Kind: ledger.Kind(in.Kind), ID: in.ID, Part: in.Part, After: in.After, Before: in.Before, Limit: changesAtOnce}
	for _, day := range []struct{ text, field string }{{in.From, "from"}, {in.To, "to"}} {
		if day.text == "" {
			continue
		}
		one, err := notice.ParseDay(day.text)
		if err != nil {
			return a, fault.New(fault.Invalid, "field-format").On(day.field)
		}
		if day.field == "from" {
			a.From = one.Start(v.Authority.Zone)
		} else {
			a.To = one.End(v.Authority.Zone)
		}
	}
	a.Within = func(c ledger.Change) bool {
		return v.seesChange(c.Kind, c.Services) && (in.Service == "" || slices.Contains(c.Services, in.Service))
	}
	return a, nil
}

// changeNames are what the lines' things and people are called. The staff's names are opened, and that is
// recorded.
func (s *Server) changeNames(ctx context.Context, v *Visit, lines []ledger.Change) (map[string]string, error) {
	names, err := s.topicNames(ctx, v)
	if err != nil {
		return nil, err
	}
	answers, err := s.Answers.List(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range answers {
		names[one.ID] = one.Name
	}
	var people []string
	for _, c := range lines {
		people = append(people, c.By)
		if c.Kind == ledger.Staff {
			people = append(people, c.ID)
		}
	}
	staff, err := s.People.Names(ctx, v.caller(), slices.Compact(slices.Sorted(slices.Values(people))))
	for id, name := range staff {
		names[id] = name
	}
	return names, err
}

// topicNames are services by their ids, and their topics by "service/topic".
func (s *Server) topicNames(ctx context.Context, v *Visit) (map[string]string, error) {
	all, err := s.Services.List(ctx, v.Authority.ID)
	names := map[string]string{}
	for _, one := range all {
		names[one.ID] = v.in(one.Name)
		for _, t := range one.Topics {
			names[one.ID+"/"+t.ID] = v.in(t.Name)
		}
	}
	return names, err
}

// changeOf gives a line its shape on the wire.
func (s *Server) changeOf(c ledger.Change, names map[string]string) (api.SettingChange, error) {
	differences, err := s.Ledger.Compare(c.Thing, c.Before, c.After)
	return api.SettingChange{Line: c.Line, Kind: string(c.Kind), ID: c.ID, Name: cmp.Or(names[c.ID], c.ID), Part: c.Part, Version: c.Version,
		At: millis(c.At), By: api.Named{ID: c.By, Name: names[c.By]}, Differences: differencesOf(c.ID, differences, names), Restored: c.Restored,
		Restorable: s.Ledger.Restorable(c.Kind) && c.Before != ""}, err
}

// differencesOf gives differences of a thing their shape on the wire, with names for ids.
func differencesOf(thing string, all []ledger.Difference, names map[string]string) []api.Difference {
	out := []api.Difference{}
	for _, d := range all {
		one := api.Difference{Field: d.Field, Item: d.Item, Lang: d.Lang, Before: d.Before, After: d.After}
		switch d.Field {
		case "service":
			one.Item = cmp.Or(names[d.Item], d.Item)
		case "topic", "place":
			one.Item = cmp.Or(names[thing+"/"+d.Item], d.Item)
		}
		out = append(out, one)
	}
	return out
}

// settled finds a setting that the caller may set back: its newest line. One of others' services answers
// like one that does not exist.
func (s *Server) settled(ctx context.Context, tx *store.Tx, v *Visit, t ledger.Thing) (ledger.Change, error) {
	newest, err := ledger.Newest(ctx, tx, v.Authority.ID, t)
	if err == nil && !v.seesChange(t.Kind, newest.Services) {
		err = fault.New(fault.NotFound, "setting-version-not-found").On("version")
	}
	return newest, err
}

func (s *Server) settingPreview(ctx context.Context, v *Visit, in *ofVersion) (*answer[api.RestorePreview], error) {
	t := ledger.Thing{Kind: ledger.Kind(in.Kind), ID: in.ID, Part: in.Part}
	names, err := s.topicNames(ctx, v)
	if err != nil {
		return nil, err
	}
	var out api.RestorePreview
	err = s.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		now, err := s.settled(ctx, tx, v, t)
		if err != nil {
			return err
		}
		value, err := s.Ledger.Value(ctx, tx, v.Authority.ID, t, in.To)
		if err != nil {
			return err
		}
		differences, err := s.Ledger.Compare(t, now.After, value)
		out = api.RestorePreview{Base: now.Version, Differences: differencesOf(t.ID, differences, names)}
		return err
	})
	return &answer[api.RestorePreview]{out}, err
}

func (s *Server) settingRestore(ctx context.Context, v *Visit, in *ofBody[api.RestoreSetting]) (*nothing, error) {
	b := in.Body
	t := ledger.Thing{Kind: ledger.Kind(b.Kind), ID: b.ID, Part: b.Part}
	err := s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := s.settled(ctx, tx, v, t); err != nil {
			return err
		}
		return s.Ledger.Restore(ctx, tx, s.Ledger.Pen(v.caller(), b.Base), t, b.To, v.seesChange)
	})
	if err == nil {
		s.Hub.BoardsChanged(v.Authority.ID)
	}
	return &nothing{}, err
}
