package program

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"luukku/core/vault/blobs"
)

// MostAge is how old a backup may be when it is restored: the journal's lines of erasure, which
// keep an erased person from coming back, live one day longer (design, the journal).
const MostAge = 35 * 24 * time.Hour

const manifestFile = "backup.json"

// blobFolder is where a backup has the sealed files.
const blobFolder = "blobs"

// Manifest says what a backup is of. It holds no key: keys are never backed up, a second key store
// saves them.
type Manifest struct {
	Instance Instance  `json:"instance"`
	Taken    time.Time `json:"taken"`
	Engine   string    `json:"engine"`
}

// Backup writes the database of one moment, the sealed files, the notices and the instance's mark into the new
// folder dir. Nothing in it opens without the key stores.
func (p *Program) Backup(ctx context.Context, dir string) (Manifest, error) {
	m := Manifest{Instance: p.Instance, Taken: p.Keeper.Now(), Engine: p.DB.Engine().String()}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%s exists already: name a new folder", dir)
	}
	if err := p.DB.Snapshot(ctx, filepath.Join(dir, "database")); err != nil {
		return m, err
	}
	// After the database: what a row of it names is there, or was erased in between.
	if err := blobs.Copy(p.Config.Blobs(), filepath.Join(dir, blobFolder)); err != nil {
		return m, err
	}
	if _, err := copyNotices(p.Config.Notices, filepath.Join(dir, "notices")); err != nil {
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

// copyNotices copies every notice and returns the files that it made, also with an error. One that
// is there already must say the same.
func copyNotices(from, to string) (made []string, err error) {
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	err = filepath.WalkDir(from, func(file string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		new, err := copyNotice(file, filepath.Join(to, name))
		if new {
			made = append(made, filepath.Join(to, name))
		}
		return err
	})
	return made, err
}

func copyNotice(from, to string) (made bool, err error) {
	text, err := os.ReadFile(from)
	if err != nil {
		return false, err
	}
	switch there, err := os.ReadFile(to); {
	case err == nil && bytes.Equal(there, text):
		return false, nil
	case err == nil:
		return false, fmt.Errorf("%s differs from the notice in the backup: move it away first", to)
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return false, err
	}
	return true, writeDurably(to, text)
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
