package web

import (
	"context"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/people"
	"luukku/store"
	"luukku/web/api"
)

// adminOperations are an administrator's.
func (s *Server) adminOperations(r *register) {
	operate(r, "admin-staff", "Every account", s.adminStaff)
	operate(r, "admin-staff-add", "Make an account", s.adminStaffAdd)
	operate(r, "admin-staff-change", "Correct a name and address", s.adminStaffChange)
	operate(r, "admin-staff-disable", "Disable an account for good", s.adminStaffDisable)
	operate(r, "admin-staff-password", "Make a new password for another", s.adminStaffPassword)
	operate(r, "admin-staff-totp", "Let another set up a new authenticator app", s.adminStaffCode)
	operate(r, "admin-staff-secrecy", "Record a secrecy commitment", s.adminStaffSecrecy)
	operate(r, "admin-grant", "Give a role", s.adminGrant)
	operate(r, "admin-grant-withdraw", "Withdraw a role", s.adminGrantWithdraw)
	operate(r, "admin-keys", "State of the key stores", s.adminKeys)
	operate(r, "admin-clock", "State of the clock", s.adminClock)
	operate(r, "admin-clock-settle", "Settle an alarm of the clock", s.adminClockSettle)
	operate(r, "admin-time", "Move the demo's time forward", s.adminTime)
}

func (s *Server) adminStaff(ctx context.Context, v *Visit, _ *nothing) (*answer[api.StaffList], error) {
	list, err := s.People.List(ctx, v.caller())
	out := api.StaffList{Staff: []api.Account{}}
	for _, one := range list {
		out.Staff = append(out.Staff, accountOf(one))
	}
	return &answer[api.StaffList]{out}, err
}

// accountOf gives an account its shape on the wire.
func accountOf(a people.Account) api.Account {
	out := api.Account{ID: a.ID, Username: a.Username, Name: a.Name, Email: a.Email, Secrecy: a.Secrecy, TOTP: a.TOTP,
		Disabled: a.DisabledAt > 0, DisabledAt: a.DisabledAt, LastSignIn: a.LastSignIn, Directory: a.Directory, Grants: []api.Grant{}}
	for _, g := range a.Grants {
		out.Grants = append(out.Grants, api.Grant{ID: g.ID, Role: g.Role, Service: g.Service, From: g.From, Until: g.Until})
	}
	return out
}

// staffAnswer answers with one account as it is now.
func (s *Server) staffAnswer(ctx context.Context, v *Visit, id string) (*answer[api.Account], error) {
	one, err := s.People.Get(ctx, v.caller(), id)
	return &answer[api.Account]{accountOf(one)}, err
}

// afterAct answers with the account when an act on it succeeded.
func (s *Server) afterAct(ctx context.Context, v *Visit, id string, err error) (*answer[api.Account], error) {
	if err != nil {
		return nil, err
	}
	return s.staffAnswer(ctx, v, id)
}

func (s *Server) adminStaffAdd(ctx context.Context, v *Visit, in *ofBody[api.NewAccount]) (*answer[api.AccountMade], error) {
	b := in.Body
	n := people.NewAccount{Username: b.Username, Name: b.Name, Email: b.Email}
	if b.Secrecy {
		n.SecrecyDay = string(v.today(s.Keeper.Now()))
	}
	for _, g := range b.Grants {
		if err := s.checkGrant(ctx, v, g); err != nil {
			return nil, err
		}
		n.Grants = append(n.Grants, access.Grant{Role: g.Role, Service: g.Service, Until: g.Until})
	}
	made, err := s.People.Add(ctx, v.caller(), n)
	if err != nil {
		return nil, err
	}
	one, err := s.People.Get(ctx, v.caller(), made.ID)
	return &answer[api.AccountMade]{api.AccountMade{Account: accountOf(one), Password: made.Password}}, err
}

// checkGrant refuses a role in a service that does not exist.
func (s *Server) checkGrant(ctx context.Context, v *Visit, g api.NewGrant) error {
	if g.Service == "" {
		return nil
	}
	_, err := s.Services.Get(ctx, v.Authority.ID, g.Service)
	return err
}

func (s *Server) adminStaffChange(ctx context.Context, v *Visit, in *ofStaffBody[api.ChangeAccount]) (*answer[api.Account], error) {
	return s.afterAct(ctx, v, in.Staff, s.People.Change(ctx, v.caller(), in.Staff, in.Body.Name, in.Body.Email))
}

func (s *Server) adminStaffDisable(ctx context.Context, v *Visit, in *ofStaffBody[api.WithReason]) (*answer[api.Account], error) {
	return s.afterAct(ctx, v, in.Staff, s.People.Disable(ctx, v.caller(), in.Staff, in.Body.Reason))
}

func (s *Server) adminStaffPassword(ctx context.Context, v *Visit, in *ofStaffBody[api.WithReason]) (*answer[api.AccountMade], error) {
	password, err := s.People.ResetPassword(ctx, v.caller(), in.Staff, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	one, err := s.People.Get(ctx, v.caller(), in.Staff)
	return &answer[api.AccountMade]{api.AccountMade{Account: accountOf(one), Password: password}}, err
}

func (s *Server) adminStaffCode(ctx context.Context, v *Visit, in *ofStaffBody[api.WithReason]) (*answer[api.Account], error) {
	return s.afterAct(ctx, v, in.Staff, s.People.RecoverCode(ctx, v.caller(), in.Staff, in.Body.Reason))
}

func (s *Server) adminStaffSecrecy(ctx context.Context, v *Visit, in *ofStaffBody[api.SecrecyState]) (*answer[api.Account], error) {
	return s.afterAct(ctx, v, in.Staff, s.People.SetSecrecy(ctx, v.caller(), in.Staff, in.Body.Signed, v.today(s.Keeper.Now())))
}

func (s *Server) adminGrant(ctx context.Context, v *Visit, in *ofStaffBody[api.NewGrant]) (*answer[api.Account], error) {
	if err := s.checkGrant(ctx, v, in.Body); err != nil {
		return nil, err
	}
	_, err := s.People.Grant(ctx, v.caller(), access.Grant{Staff: in.Staff, Role: in.Body.Role, Service: in.Body.Service, Until: in.Body.Until})
	return s.afterAct(ctx, v, in.Staff, err)
}

func (s *Server) adminGrantWithdraw(ctx context.Context, v *Visit, in *ofGrant) (*answer[api.Account], error) {
	return s.afterAct(ctx, v, in.Staff, s.People.Withdraw(ctx, v.caller(), in.Staff, in.Grant))
}

func (s *Server) adminKeys(_ context.Context, v *Visit, _ *ofLang) (*answer[api.KeysStatus], error) {
	state := s.KeyStores(v.Authority.ID)
	out := api.KeysStatus{Stores: state.Stores, Generation: state.Generation, Living: state.Living, Warnings: []api.Alarm{}}
	if out.Stores == nil {
		out.Stores = []api.KeyStoreStatus{}
	}
	for _, kind := range state.Warnings {
		out.Warnings = append(out.Warnings, api.Alarm{Kind: kind, Text: alarmText(v, kind)})
	}
	return &answer[api.KeysStatus]{out}, nil
}

func (s *Server) adminClock(_ context.Context, _ *Visit, _ *nothing) (*answer[api.ClockStatus], error) {
	out := api.ClockStatus{Now: s.Keeper.Now().UnixMilli(), Mark: millis(s.Keeper.Mark()), Steady: s.Keeper.MayDestroy() == nil}
	if a := s.Keeper.Alarm(); a != nil {
		out.Alarm = &api.ClockAlarm{Kind: string(a.Kind), Since: millis(a.Since), From: millis(a.From), To: millis(a.To)}
	}
	return &answer[api.ClockStatus]{out}, nil
}

// adminClockSettle ends the clock's alarm on an administrator's word, which is recorded first.
func (s *Server) adminClockSettle(ctx context.Context, v *Visit, in *ofBody[api.SettleClock]) (*answer[api.ClockStatus], error) {
	if s.Keeper.Alarm() == nil {
		return nil, fault.New(fault.Conflict, "no-clock-alarm")
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.Audit.Record(ctx, tx, vault.Entry{At: s.Keeper.Now().UnixMilli(), Caller: v.caller(), Role: notice.RoleAdministrator,
			Purpose: people.PurposeAccess, Action: "clock-settle", Notice: people.NoticeID, Outcome: vault.OutcomeAllowed, Reason: in.Body.Reason})
	})
	if err != nil {
		return nil, err
	}
	if err := s.Keeper.Settle(in.Body.Accept); err != nil {
		return nil, err
	}
	if s.Settled != nil {
		if err := s.Settled(ctx); err != nil {
			return nil, err
		}
	}
	return s.adminClock(ctx, v, nil)
}

// adminTime is the demo's time machine: every day on the way is ended as a real one is.
func (s *Server) adminTime(ctx context.Context, _ *Visit, in *ofBody[api.Advance]) (*answer[api.Advanced], error) {
	if s.Advance == nil {
		return nil, fault.New(fault.Denied, "not-a-demo")
	}
	by, err := notice.ParsePeriod(in.Body.Advance)
	if err != nil {
		return nil, fault.New(fault.Invalid, "field-format").On("advance")
	}
	if by.Longer(notice.Period{Years: 10}) {
		return nil, fault.New(fault.Invalid, "field-range").On("advance")
	}
	done, err := s.Advance(ctx, by)
	return &answer[api.Advanced]{done}, err
}
