package people

import (
	"context"
	"crypto/rand"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

var (
	qStaffAdd       = queries.Get("staff-add")
	qStaffRollBegin = queries.Get("staff-roll-begin")
	qStaffRoll      = queries.Get("staff-roll")
)

// Account is a member of staff as administrators see them, without secrets.
type Account struct {
	ID         string
	Username   string
	Name       string
	Email      string
	Grants     []access.Grant
	Secrecy    bool
	TOTP       bool
	MustChange bool
	DisabledAt int64  // unix milliseconds; 0 while on duty
	LastSignIn int64  // unix milliseconds; 0 before the first
	Directory  string // whether the directory lets them in: "", "let", "bound"
}

// NewAccount is an account to be made.
type NewAccount struct {
	Username   string
	Name       string
	Email      string
	Password   string         // empty: one is made, to be changed at the first sign-in
	Secret     string         // of a code device that is already enrolled; the demo and tests
	Grants     []access.Grant // Role, Service, Until
	SecrecyDay string         // day of the signed commitment, "" without one
}

// Made is a new account, with its password if the program made it.
type Made struct {
	ID       string
	Password string
}

// Add makes an account. by is an administrator, or the program itself (console, first start, demo).
// Errors: fault.Denied "not-administrator", fault.Conflict "username-taken", fault.Invalid for each
// field, and those of CheckPassword.
func (p *People) Add(ctx context.Context, by access.Caller, n NewAccount) (Made, error) {
	if err := n.Check(); err != nil {
		return Made{}, err
	}
	made := Made{ID: store.NewID("s_")}
	pl := plain{row: row{id: made.ID, totp: n.Secret != ""}, name: strings.TrimSpace(n.Name), email: strings.TrimSpace(n.Email), username: Fold(n.Username)}
	if n.Password == "" {
		n.Password, pl.mustChange = madePassword(), true
		made.Password = n.Password
	}
	var err error
	if pl.hash, err = p.hasher.hash(ctx, n.Password); err != nil {
		return Made{}, err
	}
	pl.device.Secret = n.Secret
	err = p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error { return p.add(ctx, tx, by, n, pl) })
	return made, err
}

// Check refuses, before anything is written, what Add would refuse; only the register knows whether a
// username is taken.
func (n NewAccount) Check() error {
	if err := n.check(); err != nil || n.Password == "" {
		return err
	}
	return CheckPassword(n.Password, n.Username, n.Name, n.Email)
}

// check looks at what an administrator has typed.
func (n NewAccount) check() error {
	for _, f := range []struct{ field, text string }{{"username", n.Username}, {"name", n.Name}} {
		if strings.TrimSpace(f.text) == "" {
			return fault.New(fault.Invalid, "field-empty").On(f.field)
		}
	}
	for _, f := range []struct{ field, text string }{{"username", n.Username}, {"name", n.Name}, {"email", n.Email}} {
		if !utf8.ValidString(f.text) || strings.ContainsFunc(f.text, unseen) {
			return fault.New(fault.Invalid, "text-malformed").On(f.field)
		}
	}
	if strings.ContainsFunc(strings.TrimSpace(n.Username), unicode.IsSpace) {
		return fault.New(fault.Invalid, "username-space").On("username")
	}
	return checkEmail(n.Email)
}

// unseen characters make two names look the same, or turn what stands after them around.
func unseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// checkEmail accepts none, or one bare address.
func checkEmail(email string) error {
	if email == "" {
		return nil
	}
	if a, err := mail.ParseAddress(email); err != nil || a.Address != strings.TrimSpace(email) {
		return fault.New(fault.Invalid, "email-malformed").On("email")
	}
	return nil
}

// add writes the account in tx.
func (p *People) add(ctx context.Context, tx *store.Tx, by access.Caller, n NewAccount, pl plain) error {
	if err := mayManage(ctx, tx, by, p.Keeper.Now()); err != nil {
		return err
	}
	if err := p.claimName(ctx, tx, by, pl.username); err != nil {
		return err
	}
	account, err := p.birth(ctx, tx, by.Authority, pl.id, GroupAccount, pl.accountValues(), pl.username)
	if err != nil {
		return err
	}
	credentials, err := p.birth(ctx, tx, by.Authority, pl.id, GroupCredentials, pl.credentialValues(), "")
	if err != nil {
		return err
	}
	now := p.Keeper.Now().UnixMilli()
	if _, err := tx.Exec(ctx, qStaffAdd, by.Authority, pl.id, string(account.Record()), account, string(credentials.Record()), credentials,
		store.Bit(pl.mustChange), store.Bit(pl.totp), now); err != nil {
		return err
	}
	if err := p.addStanding(ctx, tx, by.Authority, pl.id, n); err != nil {
		return err
	}
	tx.OnCommit(func() { p.directory.forget(by.Authority, pl.id) })
	return p.acted(ctx, tx, vault.Entry{Caller: by, Purpose: PurposeAccess, Action: ActionAddAccount, Row: pl.id,
		Records: []vault.RecordID{account.Record(), credentials.Record()}})
}

// lockRoll makes whoever gives accounts names wait for each other until tx ends.
func (p *People) lockRoll(ctx context.Context, tx *store.Tx, authority string) error {
	if _, err := tx.Exec(ctx, qStaffRollBegin, authority); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, qStaffRoll, authority)
	return err
}

// claimName makes sure that the username is free, and stays so until tx ends.
func (p *People) claimName(ctx context.Context, tx *store.Tx, by access.Caller, username string) error {
	if err := p.lockRoll(ctx, tx, by.Authority); err != nil {
		return err
	}
	found, err := p.Vault.Find(ctx, tx, signInProgram(by.Authority), PurposeSignIn, NoticeID, "username", username, vault.Why{})
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fault.New(fault.Conflict, "username-taken").On("username")
	}
	return nil
}

// birth makes the record of one group and seals its first values; token is a username to be found by.
func (p *People) birth(ctx context.Context, tx *store.Tx, authority, id, group string, what []vault.Value, token string) (vault.Sealed, error) {
	record, err := p.Vault.Create(ctx, tx, vault.Birth{Authority: authority, Notice: NoticeID, Group: group, Type: Type, Row: id})
	if err != nil {
		return vault.Sealed{}, err
	}
	w, err := p.Vault.Writer(ctx, tx, authority, record)
	if err != nil {
		return vault.Sealed{}, err
	}
	if token != "" {
		if err := w.Token(ctx, tx, "username", token); err != nil {
			return vault.Sealed{}, err
		}
	}
	return w.Seal(id, what)
}

// addStanding writes what the new member of staff may do.
func (p *People) addStanding(ctx context.Context, tx *store.Tx, authority, id string, n NewAccount) error {
	if err := p.Register.AddStaff(ctx, tx, authority, id, p.Keeper.Now()); err != nil {
		return err
	}
	if n.SecrecyDay != "" {
		if err := p.Register.SetSecrecy(ctx, tx, authority, id, n.SecrecyDay, p.Keeper.Now()); err != nil {
			return err
		}
	}
	for _, g := range n.Grants {
		if g.Service != "" && !slices.Contains(serviceRoles, g.Role) {
			return fault.New(fault.Invalid, "role-of-no-service").On("grants")
		}
		g.Authority, g.Staff = authority, id
		if g.From == 0 {
			g.From = p.Keeper.Now().UnixMilli()
		}
		if _, err := p.Register.AddGrant(ctx, tx, g); err != nil {
			return err
		}
	}
	return nil
}

// mayManage lets administrators and the program itself manage accounts.
func mayManage(ctx context.Context, tx *store.Tx, by access.Caller, now time.Time) error {
	if by.Kind == access.Program {
		return nil
	}
	grants, _, err := access.Grants(ctx, tx, by, now)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Role == notice.RoleAdministrator }) {
		return nil
	}
	return fault.New(fault.Denied, "not-administrator")
}

// openSome opens accounts for a purpose, all of them when ids is empty; one that has ended is left out.
func (p *People) openSome(ctx context.Context, by access.Caller, purpose string, ids []string) ([]opening, error) {
	var out []opening
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		out = nil
		rows, err := store.Select(ctx, tx, qStaffList, scanRow(by.Authority), by.Authority)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if len(ids) > 0 && !slices.Contains(ids, r.id) || len(r.account.Bytes()) == 0 {
				continue
			}
			o, err := p.open(ctx, tx, by, purpose, r, false, vault.Why{})
			if err != nil {
				return err
			}
			out = append(out, o)
		}
		return nil
	})
	return out, err
}

// List opens every account of the authority, for an administrator.
func (p *People) List(ctx context.Context, by access.Caller) ([]Account, error) {
	opened, err := p.openSome(ctx, by, purposeOf(by), nil)
	if err != nil {
		return nil, err
	}
	return p.accounts(ctx, by.Authority, opened)
}

// Get opens one account, for an administrator; fault.NotFound "staff-not-found".
func (p *People) Get(ctx context.Context, by access.Caller, id string) (Account, error) {
	pl, err := p.openOne(ctx, by, id)
	if err != nil {
		return Account{}, err
	}
	list, err := p.accounts(ctx, by.Authority, []opening{pl})
	if err != nil {
		return Account{}, err
	}
	return list[0], nil
}

func (p *People) openOne(ctx context.Context, by access.Caller, id string) (opening, error) {
	opened, err := p.openSome(ctx, by, purposeOf(by), []string{id})
	if err == nil && len(opened) == 0 {
		err = fault.New(fault.NotFound, "staff-not-found")
	}
	if err != nil {
		return opening{}, err
	}
	return opened[0], nil
}

// purposeOf is why a manager of accounts opens them: the program does so to let people in.
func purposeOf(by access.Caller) string {
	if by.Kind == access.Program {
		return PurposeSignIn
	}
	return PurposeAccess
}

// accounts adds what core/access knows to what was opened.
func (p *People) accounts(ctx context.Context, authority string, opened []opening) ([]Account, error) {
	var list []Account
	err := p.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		ended, err := disabled(ctx, tx, authority)
		if err != nil {
			return err
		}
		for _, o := range opened {
			pl := o.read()
			one := Account{ID: pl.id, Username: pl.username, Name: pl.name, Email: pl.email, TOTP: pl.totp,
				MustChange: pl.mustChange, LastSignIn: pl.lastSignIn, DisabledAt: ended[pl.id], Directory: directoryState(pl.directory)}
			if one.Grants, err = access.All(ctx, tx, authority, pl.id, p.Keeper.Now()); err != nil {
				return err
			}
			standing, err := access.StandingOf(ctx, tx, authority, pl.id)
			if err != nil {
				return err
			}
			one.Secrecy = standing.SecrecyDay != ""
			list = append(list, one)
		}
		return nil
	})
	return list, err
}

// madePassword makes a password of four groups that can be read out: 79 bits.
func madePassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	var out strings.Builder
	b := make([]byte, 1)
	for n := 0; n < 16; {
		_, _ = rand.Read(b) // never fails (crypto/rand)
		if int(b[0]) >= 256/len(letters)*len(letters) {
			continue
		}
		if n > 0 && n%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(letters[int(b[0])%len(letters)])
		n++
	}
	return out.String()
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d/time.Second) + 1) }
