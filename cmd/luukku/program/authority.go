package program

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/store"
)

// Authority is a controller that is served from here. ID is permanent and bound into every seal;
// Slug is the first segment of its addresses, Hosts the names under which it needs none.
type Authority struct {
	ID    string
	Slug  string
	Names notice.Text
	Zone  *time.Location
	Hosts []string
}

var authorityID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,30}$`)

// addAuthority writes the authority's row. Its keys and notices come with the next opening.
func addAuthority(ctx context.Context, tx *store.Tx, a Authority, now time.Time) error {
	if !authorityID.MatchString(a.ID) || !authorityID.MatchString(a.Slug) {
		return fault.New(fault.Invalid, "authority-slug").On("slug")
	}
	names, err := json.Marshal(a.Names)
	if err != nil {
		return err
	}
	hosts, err := json.Marshal(a.Hosts)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, authorityWrite, a.ID, a.Slug, string(names), a.Zone.String(), string(hosts), now.UnixMilli())
	return err
}

func authorities(ctx context.Context, db *store.DB) ([]Authority, error) {
	var all []Authority
	err := db.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		all, err = store.Select(ctx, tx, authorityList, scanAuthority)
		return err
	})
	return all, err
}

func scanAuthority(scan func(...any) error) (Authority, error) {
	var a Authority
	var names, zone, hosts string
	if err := scan(&a.ID, &a.Slug, &names, &zone, &hosts); err != nil {
		return a, err
	}
	if err := json.Unmarshal([]byte(names), &a.Names); err != nil {
		return a, err
	}
	if err := json.Unmarshal([]byte(hosts), &a.Hosts); err != nil {
		return a, err
	}
	var err error
	if a.Zone, err = time.LoadLocation(zone); err != nil {
		return a, fmt.Errorf("authority %s: %w", a.ID, err)
	}
	return a, nil
}
