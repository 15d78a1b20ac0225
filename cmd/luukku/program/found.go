package program

import (
	"context"
	"os"
	"path/filepath"

	"luukku/core/notice"
	"luukku/fault"
	"luukku/notices"
	"luukku/store"
)

// own are the program's own registers, without which the program itself would be undeclared.
var own = []string{"staff-accounts", "audit-log", "rights-requests"}

// Found makes an authority from the bundled notices of one service and of the program's own
// registers, each with the authority's values in place of the bundled controller's. The program
// has to be opened anew to serve it. Errors: fault.Invalid on slug or template.
func (p *Program) Found(ctx context.Context, a Authority, as notice.Controller, template string) error {
	files, err := adopt(as, append([]string{template}, own...))
	if err != nil {
		return err
	}
	dir := filepath.Join(p.Config.Notices, a.ID)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for id, text := range files {
		if err := writeDurably(filepath.Join(dir, id+".yaml"), text); err != nil {
			return err
		}
	}
	return p.DB.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		return addAuthority(ctx, tx, a, p.Keeper.Now())
	})
}

// adopt rewrites bundled notices for another controller and checks what came of it.
func adopt(as notice.Controller, ids []string) (map[string][]byte, error) {
	bundled, err := notices.Bundled()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, id := range ids {
		for _, n := range bundled {
			if n.ID != id {
				continue
			}
			if files[id], err = notice.Adopt(n.Source, as); err != nil {
				return nil, err
			}
			if _, err := notice.Read(files[id], id+".yaml"); err != nil {
				return nil, fault.New(fault.Invalid, "setup-notice").On("authority").Wrap(err)
			}
		}
		if files[id] == nil {
			return nil, fault.New(fault.Invalid, "setup-template").On("template")
		}
	}
	return files, nil
}
