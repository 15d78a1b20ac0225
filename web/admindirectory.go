package web

import (
	"context"

	"luukku/core/ledger"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/people"
	"luukku/store"
	"luukku/web/api"
)

// directorySettings are an administrator's: which directory, and whom it lets in.
func (s *Server) directorySettings(r *register) {
	operate(r, "admin-directory", "The organisation's directory", s.adminDirectory)
	operate(r, "admin-directory-set", "Set the organisation's directory", s.adminDirectorySet)
	operate(r, "admin-directory-try", "Try a connection to a directory", s.adminDirectoryTry)
	operate(r, "admin-staff-directory", "Let another sign in by the directory", s.adminStaffDirectory)
}

func (s *Server) adminDirectory(ctx context.Context, v *Visit, _ *nothing) (*answer[api.DirectoryState], error) {
	var f people.Federation
	var version int64
	var signIns int
	err := s.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if f, err = s.People.Federation(ctx, tx, v.Authority.ID); err != nil {
			return err
		}
		if signIns, err = s.People.VouchedSignIns(ctx, tx, v.caller()); err != nil {
			return err
		}
		all, err := ledger.Versions(ctx, tx, v.Authority.ID, people.FederationSetting.Kind)
		version = all[people.FederationSetting.ID][people.FederationSetting.Part]
		return err
	})
	out := api.DirectoryState{Secret: f.SecretNo > 0, SignIns: signIns, Version: version, Redirect: s.directoryBack(v), After: s.addressOf(v, v.Authority) + "/sign-in"}
	out.DirectorySettings = api.DirectorySettings{On: f.On, Issuer: f.Issuer, ClientID: f.ClientID, Claim: f.Claim, ACR: f.ACR, Passwords: f.Passwords}
	if out.ACR == nil {
		out.ACR = []string{}
	}
	return &answer[api.DirectoryState]{out}, err
}

func federationOf(d api.DirectorySettings) people.Federation {
	return people.Federation{On: d.On, Issuer: d.Issuer, ClientID: d.ClientID, Claim: d.Claim, ACR: d.ACR, Passwords: d.Passwords}
}

func (s *Server) adminDirectorySet(ctx context.Context, v *Visit, in *ofBody[api.SetDirectory]) (*answer[api.DirectoryState], error) {
	b := in.Body
	err := s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.People.SetFederation(ctx, tx, s.Ledger.Pen(v.caller(), b.Base), federationOf(b.DirectorySettings), b.Secret)
	})
	if err != nil {
		return nil, err
	}
	return s.adminDirectory(ctx, v, nil)
}

// adminDirectoryTry asks a directory what can be asked without a person. That it was tried is recorded first,
// since it lets a request out of the house.
func (s *Server) adminDirectoryTry(ctx context.Context, v *Visit, in *ofBody[api.TryDirectory]) (*answer[api.DirectoryTried], error) {
	if err := s.within(s.floods.signIns, "directory-try", v.Session.Staff); err != nil {
		return nil, err
	}
	d, err := s.People.Trial(ctx, v.Authority.ID, federationOf(in.Body.DirectorySettings), in.Body.Secret)
	if err != nil {
		return nil, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.Audit.Record(ctx, tx, vault.Entry{At: s.Keeper.Now().UnixMilli(), Caller: v.caller(), Role: notice.RoleAdministrator,
			Purpose: people.PurposeAccess, Action: "directory-test", Notice: people.NoticeID, Outcome: vault.OutcomeAllowed})
	})
	if err != nil {
		return nil, err
	}
	out := api.DirectoryTried{Steps: []api.DirectoryStep{}}
	for _, one := range s.People.OIDC.Try(ctx, d, s.directoryBack(v)) {
		step := api.DirectoryStep{Step: one.Name, State: one.State}
		if one.Key != "" {
			step.Told = v.text().Problem(string(fault.Conflict), one.Key, nil)
		}
		out.Steps = append(out.Steps, step)
	}
	return &answer[api.DirectoryTried]{out}, nil
}

func (s *Server) adminStaffDirectory(ctx context.Context, v *Visit, in *ofStaffBody[api.LetByDirectory]) (*answer[api.Account], error) {
	if !in.Body.Let {
		return s.afterAct(ctx, v, in.Staff, s.People.UnletByDirectory(ctx, v.caller(), in.Staff))
	}
	return s.afterAct(ctx, v, in.Staff, s.People.LetByDirectory(ctx, v.caller(), in.Staff, in.Body.Known))
}
