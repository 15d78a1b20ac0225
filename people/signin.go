package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

var qStaffFlags = queries.Get("staff-flags")

// ActionSignIn and the rest are people's actions in the audit.
const (
	ActionSignIn     vault.Action = "sign-in"
	ActionSignOut    vault.Action = "sign-out"
	ActionAddAccount vault.Action = "account-add"
	ActionChange     vault.Action = "account-change"
	ActionDisable    vault.Action = "account-disable"
	ActionPassword   vault.Action = "password-change"
	ActionReset      vault.Action = "password-reset"
	ActionEnrol      vault.Action = "totp-enrol"
	ActionRecover    vault.Action = "totp-recover"
	ActionGrant      vault.Action = "role-grant"
	ActionWithdraw   vault.Action = "role-withdraw"
	ActionSecrecy    vault.Action = "secrecy-commitment"
	ActionLet        vault.Action = "directory-let"
	ActionUnlet      vault.Action = "directory-withdraw"
	ActionBind       vault.Action = "directory-bind"
	ActionUnvouch    vault.Action = "directory-end"
)

// What an account has to do before anything else opens.
const (
	MustChangePassword = "change_password"
	MustEnrolCode      = "enrol_totp"
)

// Attempt is a sign-in as it arrived.
type Attempt struct {
	Authority string
	Username  string
	Password  string
	Code      string // of the code device; empty at first
	Address   string // of the client, as far as proxies are trusted
}

// SignedIn is a sign-in that succeeded. Token goes into the cookie and is kept nowhere.
type SignedIn struct {
	Token   string
	Session Session
}

// SignIn lets a member of staff in. Errors: fault.Denied "sign-in-failed" (unknown, wrong, disabled or
// without a role: all alike, after the same time), "totp-required" when the password is right and a code
// is needed, "totp-wrong" for a code that is wrong or was used, "sign-in-by-directory" when everything is
// right and the authority lets its staff in by its directory only; fault.Busy "sign-in-wait" with args
// seconds when there were too many attempts, "sign-in-busy" when too many sign in at once.
func (p *People) SignIn(ctx context.Context, a Attempt) (SignedIn, error) {
	begun := time.Now()
	a.Username = Fold(a.Username)
	try, wait := p.backoff.begin(a.Authority, a.Username, a.Address)
	if wait > 0 {
		return SignedIn{}, fault.New(fault.Busy, "sign-in-wait", "seconds", seconds(wait))
	}
	pl, err := p.check(ctx, a)
	if err == nil {
		err = p.mayByPassword(ctx, a.Authority, pl.id)
	}
	if err != nil {
		return SignedIn{}, p.refused(ctx, a.Authority, pl.id, begun, err)
	}
	p.backoff.succeed(try)
	return p.letIn(ctx, a.Authority, pl, byPassword, "")
}

// refused records a refusal, and makes it take as long as any other.
func (p *People) refused(ctx context.Context, authority, staff string, begun time.Time, err error) error {
	if !fault.Is(err, fault.Denied) {
		return err
	}
	if fault.Of(err).Key != "totp-required" {
		p.noteRefusal(ctx, authority, staff, fault.Of(err).Key)
	}
	p.sleep(ctx, p.Floor-time.Since(begun))
	return err
}

// check opens the account and compares. The plain returned has the used step and a renewed hash.
func (p *People) check(ctx context.Context, a Attempt) (plain, error) {
	pl, known, err := p.lookUp(ctx, a.Authority, a.Username)
	if err != nil {
		return plain{}, err
	}
	right, renew, err := p.hasher.verify(ctx, pl.hash, a.Password)
	if err != nil {
		return plain{}, err
	}
	if !known || !right {
		return plain{row: row{id: pl.id}}, fault.New(fault.Denied, "sign-in-failed")
	}
	if renew {
		if pl.hash, err = p.hasher.hash(ctx, a.Password); err != nil {
			return plain{}, err
		}
	}
	return p.checkCode(pl, a.Code)
}

// checkCode compares the code, if the account has a device.
func (p *People) checkCode(pl plain, code string) (plain, error) {
	if pl.device.Secret == "" {
		return pl, nil
	}
	if strings.TrimSpace(code) == "" {
		return pl, fault.New(fault.Denied, "totp-required")
	}
	step := acceptCode(pl.device.Secret, code, pl.device.Step, p.Real.Now())
	if step == 0 {
		return pl, fault.New(fault.Denied, "totp-wrong")
	}
	pl.device.Step = step
	return pl, nil
}

// lookUp finds and opens the account of a username. known is false for one that does not exist, is
// disabled or holds no role now.
func (p *People) lookUp(ctx context.Context, authority, username string) (pl plain, known bool, err error) {
	var o opening
	err = p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		known, o = false, opening{}
		program := signInProgram(authority)
		found, err := p.Vault.Find(ctx, tx, program, PurposeSignIn, NoticeID, "username", username, vault.Why{})
		if err != nil || len(found) == 0 {
			return err
		}
		r, err := get(ctx, tx, authority, found[0].Row)
		if fault.Is(err, fault.NotFound) || r.noCredentials {
			return nil
		} else if err != nil {
			return err
		}
		if o, err = p.open(ctx, tx, program, PurposeSignIn, r, true, vault.Why{}); err != nil {
			return err
		}
		grants, _, err := access.Grants(ctx, tx, staffCaller(authority, r.id, ""), p.Keeper.Now())
		known = len(grants) > 0
		return err
	})
	if fault.Is(err, fault.Gone) || fault.Is(err, fault.NotFound) {
		return plain{}, false, nil
	}
	if err != nil {
		return plain{}, false, err
	}
	return o.read(), known, nil
}

// letIn records the sign-in and makes its session. A code that somebody used in the meantime is refused, and so
// is the word of a directory that is the authority's no more.
func (p *People) letIn(ctx context.Context, authority string, pl plain, by way, directory string) (SignedIn, error) {
	token, session, err := p.sessions.begin(ctx, authority, pl.id, by)
	if err != nil {
		return SignedIn{}, err
	}
	pl.lastSignIn = p.Keeper.Now().UnixMilli()
	err = p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		if by != byPassword {
			if err := p.holdDirectory(ctx, tx, authority, directory); err != nil {
				return err
			}
		}
		if err := p.saveBoth(ctx, tx, authority, pl); err != nil && (pl.device.Secret != "" || !fault.Is(err, fault.Conflict)) {
			return err
		}
		return p.record(ctx, tx, vault.Entry{Caller: staffCaller(authority, pl.id, session.ID), Purpose: PurposeSignIn,
			Action: ActionSignIn, Row: pl.id, Session: session.ID, Reason: string(by)})
	})
	if err == nil {
		return SignedIn{Token: token, Session: session}, nil
	}
	if undo := p.sessions.end(ctx, authority, token); undo != nil { // nobody has its token
		p.Log.Error("a session that was not given out could not be deleted", "err", undo)
	}
	if fault.Is(err, fault.Denied) { // the directory was changed in the meantime
		p.noteRefusal(ctx, authority, pl.id, fault.Of(err).Key)
	}
	if fault.Is(err, fault.Conflict) { // two sign-ins with one code at the same moment, of which the other won
		return SignedIn{}, fault.New(fault.Denied, "totp-wrong")
	}
	return SignedIn{}, err
}

// noteRefusal records a refused sign-in, of an unknown username too, so that both cost the same.
func (p *People) noteRefusal(ctx context.Context, authority, staff, key string) {
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return p.record(ctx, tx, vault.Entry{Caller: signInProgram(authority), Purpose: PurposeSignIn, Action: ActionSignIn, Row: staff, Outcome: key})
	})
	if err != nil {
		p.Log.Error("a refused sign-in could not be recorded", "err", err)
	}
}

// sleep waits, unless the caller goes away.
func (p *People) sleep(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// Standing is what a request has to know of its caller. It opens nothing.
type Standing struct {
	Grants  []access.Grant
	Secrecy bool
	Must    []string
	TOTP    bool
}

// Roles are the roles of the grants, each once.
func (s Standing) Roles() []string {
	var roles []string
	for _, g := range s.Grants {
		if !slices.Contains(roles, g.Role) {
			roles = append(roles, g.Role)
		}
	}
	return roles
}

// Standing reads what a member of staff may do now and has to do first.
func (p *People) Standing(ctx context.Context, tx *store.Tx, authority, staff string) (Standing, error) {
	var s Standing
	var mustChange, totp int64
	if err := tx.Row(ctx, qStaffFlags, authority, staff).Scan(&mustChange, &totp); err != nil {
		return s, err
	}
	var err error
	if s.Grants, s.Secrecy, err = access.Grants(ctx, tx, staffCaller(authority, staff, ""), p.Keeper.Now()); err != nil {
		return s, err
	}
	s.TOTP = totp == 1
	if mustChange == 1 {
		s.Must = append(s.Must, MustChangePassword)
	}
	if !s.TOTP && slices.ContainsFunc(s.Roles(), func(role string) bool { return slices.Contains(codeRoles, role) }) {
		s.Must = append(s.Must, MustEnrolCode)
	}
	return s, nil
}

// after leaves out what a sign-in has made needless: the directory has let in whoever never had a password
// of ours, and a second factor that was shown there need not be shown here.
func (s Standing) after(one Session) Standing {
	s.Must = slices.DeleteFunc(s.Must, func(must string) bool {
		return must == MustChangePassword && one.Directory || must == MustEnrolCode && one.MFA
	})
	return s
}

func staffCaller(authority, staff, session string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Staff, ID: staff, Session: session}
}

// Fold is the form of a username in which it is compared: NFKC, lower case, no spaces around.
func Fold(username string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(username)))
}
