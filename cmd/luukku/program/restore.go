package program

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"luukku/cmd/luukku/config"
	"luukku/core/audit"
	"luukku/core/vault"
	"luukku/core/vault/blobs"
	"luukku/store"
)

// Restored tells what a restore brought back, or which gap made it stop.
type Restored struct {
	Manifest Manifest
	Gaps     map[string]*audit.Gap // by authority: entries that the audit once vouched for and has no more
}

// Restore brings a backup back into the empty data folder of c. The key stores stay as they are:
// their journal is replayed, so what was destroyed, erased, held or withdrawn since stays so. A
// backup older than 35 days, another instance's, or one newer than the key stores is refused. When
// the audit is older than its last checkpoint the restore needs acceptGap, and the gap is told for good.
//
// After an error the data folder and the database are empty again. A crash leaves a folder that
// serves nobody and says so; a repeated restore begins it anew.
func Restore(ctx context.Context, c config.Config, dir string, acceptGap bool, open func(context.Context, config.Config) (*Program, error)) (Restored, error) {
	m, err := readManifest(dir)
	if err != nil {
		return Restored{}, err
	}
	if err := m.fresh(time.Now()); err != nil {
		return Restored{}, err
	}
	r := restoration{config: c, dir: dir, m: m}
	if err := r.begin(); err != nil {
		return Restored{}, err
	}
	gaps, err := r.run(ctx, acceptGap, open)
	if err != nil {
		err = errors.Join(err, r.undo(context.WithoutCancel(ctx)))
	}
	return Restored{m, gaps}, err
}

// restoration is a restore that runs, and what it has to take back if it fails.
type restoration struct {
	config  config.Config
	dir     string // of the backup
	m       Manifest
	made    bool     // the data folder did not exist
	loaded  bool     // the database was empty and is not any more
	notices []string // files outside the data folder, too
}

// begin marks the empty data folder as one that is being restored. One that a crash left so is emptied.
func (r *restoration) begin() error {
	data := r.config.Data
	entries, err := os.ReadDir(data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.made = true
		err = os.MkdirAll(data, 0o700)
	case err == nil && len(entries) > 0:
		err = r.beginAnew()
	}
	if err != nil {
		return err
	}
	mark := r.m.Instance
	mark.Restoring = true
	return mark.write(data)
}

func (r *restoration) beginAnew() error {
	data := r.config.Data
	if left, err := ReadInstance(data); err != nil || !left.Restoring {
		return fmt.Errorf("the data folder %s is not empty: move it away first", data)
	}
	release, err := lock(filepath.Join(data, lockFile))
	if err != nil {
		return err
	}
	defer release()
	return emptyFolder(data)
}

// emptyFolder removes what is in a folder, its mark last: until then the folder is told as unfinished.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != instanceFile {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	if err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, instanceFile))
}

// run fills folder and database, opens them beside the key stores, and ends what must not come back.
func (r *restoration) run(ctx context.Context, acceptGap bool, open func(context.Context, config.Config) (*Program, error)) (map[string]*audit.Gap, error) {
	if err := r.layOut(ctx); err != nil {
		return nil, err
	}
	c := r.config
	c.Demo, c.Restoring = r.m.Instance.Demo, true
	p, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	gaps, err := r.settle(ctx, p, acceptGap)
	if err != nil {
		_ = p.Close() // what it would save is taken back
		return gaps, err
	}
	done := p.Instance
	done.Restoring = false
	return gaps, errors.Join(p.Close(), done.write(c.Data))
}

func (r *restoration) settle(ctx context.Context, p *Program, acceptGap bool) (map[string]*audit.Gap, error) {
	// The journal may know a later time than this machine's clock: it counts.
	if err := r.m.fresh(p.Keeper.Now()); err != nil {
		return nil, err
	}
	return p.reconcile(ctx, acceptGap)
}

// layOut puts the backup's files where the program looks for them.
func (r *restoration) layOut(ctx context.Context) (err error) {
	o := store.Options{URL: r.config.DatabaseURL()}
	if err := store.Restore(ctx, o, filepath.Join(r.dir, "database")); err != nil {
		return err
	}
	r.loaded = true
	if err := afterRestore(ctx, o, r.m.Taken); err != nil {
		return err
	}
	if err := blobs.Copy(filepath.Join(r.dir, blobFolder), r.config.Blobs()); err != nil {
		return err
	}
	if r.notices, err = copyNotices(filepath.Join(r.dir, "notices"), r.config.Notices); err != nil {
		return err
	}
	return copyAccounts(r.dir, r.config.Data)
}

// undo empties what was filled.
func (r *restoration) undo(ctx context.Context) error {
	var err error
	if r.loaded {
		err = store.Discard(ctx, store.Options{URL: r.config.DatabaseURL()})
	}
	for _, file := range r.notices {
		err = errors.Join(err, os.Remove(file))
	}
	if err = errors.Join(err, emptyFolder(r.config.Data)); err == nil && r.made {
		err = os.Remove(r.config.Data)
	}
	if err != nil {
		return fmt.Errorf("and what was restored could not be taken back, so %s is left unfinished: %w", r.config.Data, err)
	}
	return nil
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
		gap, gapErr := p.settleGap(ctx, a.ID, acceptGap)
		if gap != nil {
			gaps[a.ID] = gap
		}
		err = errors.Join(err, gapErr)
	}
	if err == nil && len(gaps) > 0 && !acceptGap {
		err = errors.New("the audit in this backup is older than its last checkpoint: entries are missing that were vouched for. Restore a newer backup, or say --accept-audit-gap to go on without them; the gap is then reported for good")
	}
	return gaps, err
}

// settleGap looks for a gap and, with accept, goes on behind it.
func (p *Program) settleGap(ctx context.Context, authority string, accept bool) (*audit.Gap, error) {
	if why := p.Missing()[authority]; why != nil {
		return nil, why
	}
	gap, err := p.Audit.GapOf(ctx, authority)
	if gap != nil && accept {
		_, err = p.Audit.AcceptGap(ctx, authority)
	}
	return gap, err
}
