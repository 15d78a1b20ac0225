package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"luukku/cmd/luukku/config"
	"luukku/core/audit"
	"luukku/core/vault"
	"luukku/store"
)

// MostAge is how old a backup may be when it is restored: the journal's lines of erasure, which
// keep an erased person from coming back, live one day longer (design, the journal).
const MostAge = 35 * 24 * time.Hour

const manifestFile = "backup.json"

// Manifest says what a backup is of. It holds no key: keys are never backed up, a second key store
// saves them.
type Manifest struct {
	Instance Instance  `json:"instance"`
	Taken    time.Time `json:"taken"`
	Engine   string    `json:"engine"`
}

// Backup writes the database of one moment, the notices and the instance's mark into the new
// folder dir. Nothing in it opens without the key stores.
func (p *Program) Backup(ctx context.Context, dir string) (Manifest, error) {
	m := Manifest{Instance: p.Instance, Taken: p.Keeper.Now(), Engine: p.DB.Engine().String()}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%s exists already: name a new folder", dir)
	}
	if err := p.DB.Snapshot(ctx, filepath.Join(dir, "database")); err != nil {
		return m, err
	}
	if err := copyNotices(p.Config.Notices, filepath.Join(dir, "notices")); err != nil {
		return m, err
	}
	if err := copyAccounts(p.Config.Data, dir); err != nil {
		return m, err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, err
	}
	// Last: a folder without a manifest is a backup that was not finished.
	return m, writeDurably(filepath.Join(dir, manifestFile), append(text, '\n'))
}

// AccountsFile tells a demo's accounts, in its data folder.
const AccountsFile = "demo-accounts.json"

// copyAccounts copies a demo's accounts; a service has no such file.
func copyAccounts(from, to string) error {
	text, err := os.ReadFile(filepath.Join(from, AccountsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return writeDurably(filepath.Join(to, AccountsFile), text)
}

func copyNotices(from, to string) error {
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return os.CopyFS(to, os.DirFS(from))
}

// Restored tells what a restore brought back.
type Restored struct {
	Manifest Manifest
	Gaps     map[string]*audit.Gap // by authority: entries that the audit once vouched for and has no more
}

// Restore brings a backup back into the empty data folder of c. The key stores stay as they are:
// their journal is replayed, so what was destroyed, erased, held or withdrawn since stays so. A
// backup older than 35 days, another instance's, or one newer than the key stores is refused. When
// the audit is older than its last checkpoint the restore needs acceptGap, and the gap is told for good.
func Restore(ctx context.Context, c config.Config, dir string, acceptGap bool, open func(context.Context, config.Config) (*Program, error)) (Restored, error) {
	m, err := readManifest(dir)
	if err != nil {
		return Restored{}, err
	}
	if err := m.fresh(time.Now()); err != nil {
		return Restored{}, err
	}
	if err := layOut(ctx, c, dir, m); err != nil {
		return Restored{}, err
	}
	c.Demo = m.Instance.Demo
	p, err := open(ctx, c)
	if err != nil {
		return Restored{}, fmt.Errorf("%w; the restored folder %s was left for inspection", err, c.Data)
	}
	// The journal may know a later time than this machine's clock: it counts.
	if err := m.fresh(p.Keeper.Now()); err != nil {
		// Without its mark the folder can not be started.
		return Restored{}, errors.Join(err, p.Close(), os.Remove(filepath.Join(c.Data, instanceFile)))
	}
	gaps, err := p.reconcile(ctx, acceptGap)
	return Restored{m, gaps}, errors.Join(err, p.Close())
}

// fresh refuses a backup from which an erased person could come back.
func (m Manifest) fresh(now time.Time) error {
	if age := now.Sub(m.Taken); age > MostAge {
		return fmt.Errorf("the backup is %d days old: after 35 days an erased person could come back, so it is refused", int(age.Hours()/24))
	}
	return nil
}

func readManifest(dir string) (Manifest, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%s is no finished backup: it has no %s", dir, manifestFile)
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, err
}

// layOut puts the backup's files where the program looks for them.
func layOut(ctx context.Context, c config.Config, dir string, m Manifest) error {
	if entries, err := os.ReadDir(c.Data); err == nil && len(entries) > 0 {
		return fmt.Errorf("the data folder %s is not empty: move it away first", c.Data)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	o := store.Options{URL: c.DatabaseURL()}
	if err := store.Restore(ctx, o, filepath.Join(dir, "database")); err != nil {
		return err
	}
	if err := afterRestore(ctx, o, m.Taken); err != nil {
		return err
	}
	if err := copyNotices(filepath.Join(dir, "notices"), c.Notices); err != nil {
		return err
	}
	if err := copyAccounts(dir, c.Data); err != nil {
		return err
	}
	return m.Instance.write(c.Data)
}

// afterRestore keeps the vault from believing what the backup says of keys and of reading sessions.
func afterRestore(ctx context.Context, o store.Options, taken time.Time) error {
	db, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	if err = db.Migrate(ctx); err == nil {
		now := time.Now()
		if taken.After(now) { // a demo's time runs ahead
			now = taken
		}
		err = vault.AfterRestore(ctx, db, now)
	}
	return errors.Join(err, db.Close())
}

// reconcile ends what a restore must not bring back, and compares the audit with its checkpoints.
func (p *Program) reconcile(ctx context.Context, acceptGap bool) (map[string]*audit.Gap, error) {
	err := p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, signInsEnd)
		return err
	})
	gaps := map[string]*audit.Gap{}
	for _, a := range p.Authorities {
		gap, gapErr := p.Audit.GapOf(ctx, a.ID)
		if gap != nil {
			gaps[a.ID] = gap
		}
		if gap != nil && acceptGap {
			_, gapErr = p.Audit.AcceptGap(ctx, a.ID)
		}
		err = errors.Join(err, gapErr)
	}
	if len(gaps) > 0 && !acceptGap {
		err = errors.Join(err, errors.New("the audit in this backup is older than its last checkpoint: entries are missing that were vouched for. Empty the data folder and restore with --accept-audit-gap to go on; the gap is then reported for good"))
	}
	return gaps, err
}
