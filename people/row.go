package people

import (
	"context"
	"strconv"

	"luukku/core/access"
	"luukku/core/vault"
	"luukku/fault"
	"luukku/store"
)

var (
	qStaffGet         = queries.Get("staff-get")
	qStaffList        = queries.Get("staff-list")
	qStaffAccount     = queries.Get("staff-account")
	qStaffCredentials = queries.Get("staff-credentials")
	qStaffBoth        = queries.Get("staff-both")
)

// row is an account as it is stored: sealed, with its plain states.
type row struct {
	id            string
	account       vault.Sealed
	credentials   vault.Sealed
	noCredentials bool // they ended before the account did
	mustChange    bool
	totp          bool
	directory     int64 // by which way the directory lets in: notLet, let, bound
	revision      int64
	createdAt     int64
}

// plain is an account in clear. It is kept for one request, and its secrets for one check.
type plain struct {
	row
	name, email, username string
	lastSignIn            int64
	hash                  string
	device                device
	recovery              string
	known                 string // the name in the directory, as it was let
	subject               string // who it is there, once bound
}

// scanRow reads a row of staff-get and staff-list.
func scanRow(authority string) func(scan func(...any) error) (row, error) {
	return func(scan func(...any) error) (row, error) {
		var r row
		var accountRecord, credentialsRecord string
		var account, credentials []byte
		var mustChange, totp int64
		err := scan(&r.id, &accountRecord, &account, &credentialsRecord, &credentials, &mustChange, &totp, &r.directory, &r.revision, &r.createdAt)
		r.account = vault.FromRow(authority, vault.RecordID(accountRecord), r.id, account)
		r.credentials = vault.FromRow(authority, vault.RecordID(credentialsRecord), r.id, credentials)
		r.noCredentials = len(credentials) == 0
		r.mustChange, r.totp = mustChange == 1, totp == 1
		return r, err
	}
}

// get reads one account; fault.NotFound "staff-not-found".
func get(ctx context.Context, tx *store.Tx, authority, id string) (row, error) {
	r, err := scanRow(authority)(tx.Row(ctx, qStaffGet, authority, id).Scan)
	if fault.Is(err, fault.NotFound) {
		return r, fault.New(fault.NotFound, "staff-not-found")
	}
	return r, err
}

// opening is an account that the gate has opened and that can be read once its transaction has committed.
type opening struct {
	row                  row
	account, credentials *vault.Opened
}

// open opens an account for a purpose, its credentials too if secrets.
func (p *People) open(ctx context.Context, tx *store.Tx, by access.Caller, purpose string, r row, secrets bool, why vault.Why) (opening, error) {
	o := opening{row: r}
	var err error
	if o.account, err = p.Vault.Open(ctx, tx, by, purpose, r.account, why); err != nil {
		return o, err
	}
	if secrets && !r.noCredentials {
		o.credentials, err = p.Vault.Open(ctx, tx, by, purpose, r.credentials, why)
	}
	return o, err
}

// read gives the fields of an opening whose transaction has committed.
func (o opening) read() plain {
	pl := plain{row: o.row}
	text := func(from *vault.Opened, field string) string {
		if from == nil {
			return ""
		}
		value, _ := from.Text(field)
		return value
	}
	pl.name, pl.email, pl.username = text(o.account, "name"), text(o.account, "email"), text(o.account, "username")
	pl.lastSignIn, _ = strconv.ParseInt(text(o.account, "last_sign_in"), 10, 64)
	pl.hash, pl.recovery = text(o.credentials, "password_hash"), text(o.credentials, "recovery")
	pl.device = readDevice(text(o.credentials, "totp_secret"))
	pl.known, pl.subject = text(o.credentials, "directory_name"), text(o.credentials, "directory_subject")
	return pl
}

// load opens one account in a transaction of its own.
func (p *People) load(ctx context.Context, by access.Caller, purpose, id string, secrets bool, why vault.Why) (plain, error) {
	var o opening
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		r, err := get(ctx, tx, by.Authority, id)
		if err != nil {
			return err
		}
		o, err = p.open(ctx, tx, by, purpose, r, secrets, why)
		return err
	})
	if err != nil {
		return plain{}, err
	}
	return o.read(), nil
}

// values leaves out what is empty.
func values(pairs ...string) []vault.Value {
	var out []vault.Value
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, vault.Value{Field: pairs[i], Text: pairs[i+1]})
		}
	}
	return out
}

func (pl plain) accountValues() []vault.Value {
	last := ""
	if pl.lastSignIn > 0 {
		last = strconv.FormatInt(pl.lastSignIn, 10)
	}
	return values("name", pl.name, "email", pl.email, "username", pl.username, "last_sign_in", last)
}

func (pl plain) credentialValues() []vault.Value {
	return values("password_hash", pl.hash, "totp_secret", pl.device.String(), "recovery", pl.recovery,
		"directory_name", pl.known, "directory_subject", pl.subject)
}

// seal seals values into a record of the account.
func (p *People) seal(ctx context.Context, tx *store.Tx, authority, id string, record vault.RecordID, what []vault.Value) (vault.Sealed, error) {
	w, err := p.Vault.Writer(ctx, tx, authority, record)
	if err != nil {
		return vault.Sealed{}, err
	}
	return w.Seal(id, what)
}

// saveAccount seals name, address and last sign-in anew; fault.Conflict "changed-meanwhile" when
// somebody else wrote since pl was read.
func (p *People) saveAccount(ctx context.Context, tx *store.Tx, authority string, pl plain) error {
	sealed, err := p.seal(ctx, tx, authority, pl.id, pl.account.Record(), pl.accountValues())
	if err != nil {
		return err
	}
	return unchanged(tx.Exec(ctx, qStaffAccount, sealed, authority, pl.id, pl.revision))
}

// saveCredentials seals the secrets anew, as saveAccount does.
func (p *People) saveCredentials(ctx context.Context, tx *store.Tx, authority string, pl plain) error {
	sealed, err := p.seal(ctx, tx, authority, pl.id, pl.credentials.Record(), pl.credentialValues())
	if err != nil {
		return err
	}
	return unchanged(tx.Exec(ctx, qStaffCredentials, sealed, store.Bit(pl.mustChange), store.Bit(pl.totp), pl.directory, authority, pl.id, pl.revision))
}

// saveBoth seals both anew, with one revision.
func (p *People) saveBoth(ctx context.Context, tx *store.Tx, authority string, pl plain) error {
	account, err := p.seal(ctx, tx, authority, pl.id, pl.account.Record(), pl.accountValues())
	if err != nil {
		return err
	}
	credentials, err := p.seal(ctx, tx, authority, pl.id, pl.credentials.Record(), pl.credentialValues())
	if err != nil {
		return err
	}
	return unchanged(tx.Exec(ctx, qStaffBoth, account, credentials, authority, pl.id, pl.revision))
}

// unchanged turns an update that met another revision into a conflict.
func unchanged(rows int64, err error) error {
	if err == nil && rows == 0 {
		return fault.New(fault.Conflict, "changed-meanwhile")
	}
	return err
}
