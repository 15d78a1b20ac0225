package program

import (
	"context"
	_ "embed" // queries.sql
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"luukku/cmd/luukku/config"
	"luukku/core/vault/keystore"
	"luukku/fault"
	"luukku/store"
)

//go:embed queries.sql
var sqlText string

var (
	queries        = store.MustQueries(sqlText)
	instanceRead   = queries.Get("instance-read")
	instanceWrite  = queries.Get("instance-write")
	instanceMark   = queries.Get("instance-mark")
	authorityWrite = queries.Get("authority-write")
	authorityList  = queries.Get("authority-list")
	versionRead    = queries.Get("notice-version-read")
	versionWrite   = queries.Get("notice-version-write")
	versionList    = queries.Get("notice-version-list")
	signInsEnd     = queries.Get("sign-ins-end")
)

// Instance is the mark that folder, database, key store and KEK of one installation carry for
// good, so that the parts of two installations are never mixed and a demo is never a service.
type Instance struct {
	ID      string    `json:"instance"`
	Demo    bool      `json:"demo"`
	Created time.Time `json:"created"`
	// Second says that a second key store was taken into use: from then on an empty folder in its
	// place is a disk that is not mounted, not a new store.
	Second bool `json:"second_key_store,omitempty"`
	// Replace names a key store whose disk is gone for good: the next start takes an empty folder in
	// its place into use and fills it from the other store.
	Replace string `json:"replace_key_store,omitempty"`
	// Restoring says that a restore fills this folder, or broke off. Nobody is served from it.
	Restoring bool `json:"restoring,omitempty"`
}

const (
	instanceFile = "instance.json"
	lockFile     = "luukku.lock"
)

// claim makes or opens the data folder, locks it against a second program, and checks its mark.
// The returned function gives the lock back.
func claim(c config.Config, now time.Time) (Instance, func(), error) {
	dir := c.Data
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Instance{}, nil, fmt.Errorf("the data folder: %w", err)
	}
	release, err := lock(filepath.Join(dir, lockFile))
	if err != nil {
		return Instance{}, nil, err
	}
	instance, err := mark(dir, c.Demo, now)
	if err == nil && instance.Restoring && !c.Restoring {
		err = fmt.Errorf("a restore into %s was not finished: run luukku restore again, or empty the folder", dir)
	}
	if err != nil {
		release()
		return Instance{}, nil, err
	}
	return instance, release, nil
}

// ErrRunning says that another program holds the data folder.
var ErrRunning = errors.New("another Luukku runs on this data folder")

func lock(file string) (func(), error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %s", ErrRunning, file)
	}
	return func() { f.Close() }, nil
}

// mark reads the folder's instance, or marks a fresh folder.
func mark(dir string, demo bool, now time.Time) (Instance, error) {
	instance, err := ReadInstance(dir)
	switch {
	case err == nil && instance.Demo == demo:
		return instance, nil
	case err == nil && demo:
		return Instance{}, fmt.Errorf("%s is not a demo: serve --demo only opens folders that it made itself", dir)
	case err == nil:
		return Instance{}, fmt.Errorf("%s is a demo for good: start it with serve --demo, or choose another data folder", dir)
	case !errors.Is(err, fs.ErrNotExist):
		return Instance{}, err
	}
	if err := fresh(dir); err != nil {
		return Instance{}, err
	}
	instance = Instance{ID: store.NewID("i_"), Demo: demo, Created: now.UTC().Truncate(time.Second)}
	return instance, instance.write(dir)
}

func (i Instance) write(dir string) error {
	text, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return writeDurably(filepath.Join(dir, instanceFile), append(text, '\n'))
}

// fresh refuses a folder in which somebody keeps something else.
func fresh(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != lockFile && e.Name() != instanceFile+".new" && e.Name() != "notices" {
			return fmt.Errorf("the data folder %s holds %s but no %s: choose an empty folder, or restore the missing file", dir, e.Name(), instanceFile)
		}
	}
	return nil
}

// ReadInstance reads the mark of a data folder; fs.ErrNotExist if it has none.
func ReadInstance(dir string) (Instance, error) {
	text, err := os.ReadFile(filepath.Join(dir, instanceFile))
	if err != nil {
		return Instance{}, err
	}
	var i Instance
	if err := json.Unmarshal(text, &i); err != nil || i.ID == "" {
		return Instance{}, fmt.Errorf("%s in %s cannot be read: restore it from a backup", instanceFile, dir)
	}
	return i, nil
}

// writeDurably writes a small file so that a crash, a power cut too, leaves the old one or the new one.
func writeDurably(file string, text []byte) error {
	return keystore.Replace(keystore.Disk(), file, text)
}

// agree makes the database carry the folder's instance, or refuses another's.
func agree(ctx context.Context, db *store.DB, i Instance) (belief, error) {
	var b belief
	err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		var id, alarm string
		var demo, at int64
		err := tx.Row(ctx, instanceRead).Scan(&id, &demo, &at, &alarm)
		if fault.Is(err, fault.NotFound) {
			_, err := tx.Exec(ctx, instanceWrite, i.ID, store.Bit(i.Demo), i.Created.UnixMilli())
			return err
		}
		if err == nil && (id != i.ID || demo != store.Bit(i.Demo)) {
			return fmt.Errorf("the database belongs to instance %s, the data folder to %s", id, i.ID)
		}
		if err == nil {
			b, err = believed(at, alarm)
		}
		return err
	})
	return b, err
}
