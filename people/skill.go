package people

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

// ActionSkill is the act of setting what an adviser is offered.
const ActionSkill vault.Action = "skills-change"

// The least and the most contacts that an adviser can be offered at once.
const (
	MinCapacity = 1
	MaxCapacity = 20
	capacity    = 5 // until a lead has said otherwise
)

var (
	qAdvisers    = queries.Get("advisers")
	qSkillPut    = queries.Get("skill-put")
	qSkillGet    = queries.Get("skill-get")
	qPresence    = queries.Get("presence-of")
	qSkillForget = queries.Get("skill-forget")
)

// Skill is what an adviser is offered: contacts in these languages and services, so many at once. No
// services means every one that their grants reach.
type Skill struct {
	Languages []string
	Services  []string
	Capacity  int
}

// Adviser is a member of staff who may advise, in one or (service "") every service.
type Adviser struct {
	ID     string
	Grants []access.Grant
	Skill  Skill
}

// Advisers are the advisers of an authority by their ids, with what each is offered.
func (p *People) Advisers(ctx context.Context, authority string) (out []Adviser, err error) {
	now := p.Keeper.Now().UnixMilli()
	err = p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, qAdvisers, func(scan func(...any) error) error {
			var id, service, languages, services string
			var most int
			if err := scan(&id, &service, &languages, &services, &most); err != nil {
				return err
			}
			if len(out) == 0 || out[len(out)-1].ID != id {
				out = append(out, Adviser{ID: id, Skill: skillOf(languages, services, most)})
			}
			last := &out[len(out)-1]
			last.Grants = append(last.Grants, access.Grant{Role: access.RoleAdviser, Service: service})
			return nil
		}, authority, now, now)
	})
	return out, err
}

// skillOf reads the columns; without a row everything is offered.
func skillOf(languages, services string, most int) Skill {
	s := Skill{Languages: split(languages), Services: split(services), Capacity: most}
	if most == 0 {
		s = Skill{Languages: notice.Languages(), Capacity: capacity}
	}
	return s
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// check refuses what offers nothing. fault.Invalid on languages or capacity.
func (s Skill) check() error {
	switch {
	case len(s.Languages) == 0 || slices.ContainsFunc(s.Languages, func(l string) bool { return !slices.Contains(notice.Languages(), l) }):
		return fault.New(fault.Invalid, "skill-languages").On("languages")
	case s.Capacity < MinCapacity || s.Capacity > MaxCapacity:
		return fault.New(fault.Invalid, "skill-capacity", "least", strconv.Itoa(MinCapacity), "most", strconv.Itoa(MaxCapacity)).On("capacity")
	}
	return nil
}

// SetSkill sets what an adviser is offered; may tells which services the caller leads. What the adviser
// is offered in other services stays as it is. Errors: fault.NotFound "staff-not-found", also for an
// adviser of none of the caller's services; fault.Invalid on languages, services ("skill-services") and
// capacity; "undeclared-field" where the authority's notice does not declare it. It is recorded.
func (p *People) SetSkill(ctx context.Context, by access.Caller, id string, s Skill, may func(service string) bool, all []string) error {
	if err := s.check(); err != nil {
		return err
	}
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		r, err := get(ctx, tx, by.Authority, id)
		if err != nil {
			return err
		}
		served, err := p.advises(ctx, tx, by.Authority, id, all)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(served, may) {
			return fault.New(fault.NotFound, "staff-not-found")
		}
		before, err := skill(ctx, tx, by.Authority, id)
		if err != nil {
			return err
		}
		if s.Services, err = merged(s.Services, before.Services, served, may); err != nil {
			return err
		}
		return p.putSkill(ctx, tx, by, r, s)
	})
}

// advises are the services that an adviser's grants reach, of all that there are.
func (p *People) advises(ctx context.Context, tx *store.Tx, authority, id string, all []string) ([]string, error) {
	grants, _, err := access.Grants(ctx, tx, access.Caller{Authority: authority, Kind: access.Staff, ID: id}, p.Keeper.Now())
	var served []string
	for _, service := range all {
		if slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Role == access.RoleAdviser && g.Covers(service) }) {
			served = append(served, service)
		}
	}
	return served, err
}

// merged are the services after a change: those that may be changed as asked, the others as they were.
// Every served service is the same as none named.
func merged(asked, before, served []string, may func(string) bool) ([]string, error) {
	var out []string
	for _, service := range served {
		is := len(before) == 0 || slices.Contains(before, service)
		if may(service) {
			is = slices.Contains(asked, service)
		}
		if is {
			out = append(out, service)
		}
	}
	unknown := slices.ContainsFunc(asked, func(s string) bool { return !slices.Contains(served, s) })
	if unknown || len(out) == 0 {
		return nil, fault.New(fault.Invalid, "skill-services").On("services")
	}
	if len(out) == len(served) {
		return nil, nil
	}
	return out, nil
}

// putSkill stores a skill if the record's notice declares its fields, which the seal of the same values
// tells; the sealed bytes themselves are not kept, since the program reads the plain ones all day.
func (p *People) putSkill(ctx context.Context, tx *store.Tx, by access.Caller, r row, s Skill) error {
	w, err := p.Vault.Writer(ctx, tx, by.Authority, r.account.Record())
	if err != nil {
		return err
	}
	if _, err := w.Seal(r.id, skillValues(s)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, qSkillPut, by.Authority, r.id, strings.Join(s.Languages, ","), strings.Join(s.Services, ","), s.Capacity)
	if err != nil {
		return err
	}
	return p.acted(ctx, tx, vault.Entry{Caller: by, Purpose: PurposeWork, Action: ActionSkill, Row: r.id,
		Records: []vault.RecordID{r.account.Record()}})
}

func skillValues(s Skill) []vault.Value {
	return values("languages", strings.Join(s.Languages, " "), "services", strings.Join(s.Services, " "), "capacity", strconv.Itoa(s.Capacity))
}

// skill reads what one is offered, the zero Skill where nothing was set.
func skill(ctx context.Context, tx *store.Tx, authority, id string) (Skill, error) {
	var languages, services string
	var most int
	err := tx.Row(ctx, qSkillGet, authority, id).Scan(&languages, &services, &most)
	if fault.Is(err, fault.NotFound) {
		return Skill{}, nil
	}
	return Skill{split(languages), split(services), most}, err
}

// workValues are the plain columns about a member of staff's work, for their own copy.
func workValues(ctx context.Context, tx *store.Tx, authority, id string) ([]vault.Value, error) {
	s, err := skill(ctx, tx, authority, id)
	if err != nil {
		return nil, err
	}
	var out []vault.Value
	if s.Capacity > 0 {
		out = skillValues(s)
	}
	var state string
	err = tx.Row(ctx, qPresence, authority, id).Scan(&state)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	return append(out, vault.Value{Field: "presence", Text: state}), err
}
