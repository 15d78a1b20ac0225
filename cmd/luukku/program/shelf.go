package program

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	mallila "luukku/cmd/luukku/demodata/notices"
	"luukku/core/notice"
	"luukku/fault"
	"luukku/notices"
	"luukku/store"
)

// current reads the notices that an authority obeys today: in the demo those inside the program,
// otherwise the files in FOLDER/AUTHORITY.
func current(demo bool, folder, authority string) ([]*notice.Notice, error) {
	if demo && authority == "dvv" {
		return notices.Bundled()
	}
	if demo {
		return mallila.Bundled()
	}
	dir := filepath.Join(folder, authority)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the notices of %s are missing: put their files into %s", authority, dir)
	}
	return notices.ReadFS(os.DirFS(dir), dir)
}

// shelve notes the versions that are new, refuses a file that changed without a new version, and
// returns every version that data may have been collected under.
func shelve(ctx context.Context, db *store.DB, byAuthority map[string][]*notice.Notice, now time.Time) (*notice.Shelf, error) {
	for authority, all := range byAuthority {
		for _, n := range all {
			if err := noteVersion(ctx, db, authority, n, now); err != nil {
				return nil, err
			}
		}
	}
	all, err := versions(ctx, db)
	if err != nil {
		return nil, err
	}
	return notice.NewShelf(all)
}

func noteVersion(ctx context.Context, db *store.DB, authority string, n *notice.Notice, now time.Time) error {
	return db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		var digest string
		err := tx.Row(ctx, versionRead, authority, n.ID, n.Version).Scan(&digest)
		switch {
		case fault.Is(err, fault.NotFound):
			_, err = tx.Exec(ctx, versionWrite, authority, n.ID, n.Version, n.Digest, n.Source, now.UnixMilli())
		case err == nil && digest != n.Digest:
			err = fmt.Errorf("%s: version %d of notice %s was changed after data were collected under it: give the changed text a new version", n.File, n.Version, n.ID)
		}
		return err
	})
}

// versions reads every version noted so far, as it was.
func versions(ctx context.Context, db *store.DB) (map[string][]*notice.Notice, error) {
	all := map[string][]*notice.Notice{}
	err := db.Read(ctx, func(ctx context.Context, tx *store.Tx) error {
		return tx.Each(ctx, versionList, func(scan func(...any) error) error {
			var authority, id string
			var version int
			var source []byte
			if err := scan(&authority, &id, &version, &source); err != nil {
				return err
			}
			// Parsed, not checked anew: what was obeyed once stays readable when the check grows stricter.
			n, problems := notice.Parse(source, fmt.Sprintf("%s/%s version %d", authority, id, version))
			if n == nil {
				return problems.Err()
			}
			all[authority] = append(all[authority], n)
			return nil
		})
	})
	return all, err
}

// checkOffers refuses a start with a notice that the installed channels cannot keep: a field that
// nothing can fill, or one left out that a channel cannot do without.
func checkOffers(shelf *notice.Shelf, offers []notice.Offer, today func(authority string) notice.Day) error {
	var problems notice.Problems
	for _, authority := range shelf.Authorities() {
		for _, n := range shelf.CurrentAll(authority, today(authority)) {
			problems = append(problems, notice.CheckAgainst(n, offers)...)
		}
	}
	return problems.Err()
}
