package admin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"luukku/cmd/luukku/program"
	"luukku/cmd/luukku/tell"
	"luukku/core/audit"
	"luukku/core/vault/keystore"
)

// Keys are the commands for the key stores.
type Keys struct {
	Status  KeysStatus  `cmd:"" help:"Show stores, generations, stocks and warnings."`
	Replace KeysReplace `cmd:"" help:"Take an empty folder into use in the place of a key store whose disk is gone."`
	Lost    KeysLost    `cmd:"" help:"Say what cannot be read any more without lost keys; --confirm goes on without."`
}

// KeysStatus shows the state of the key stores.
type KeysStatus struct{}

func (KeysStatus) run(ctx context.Context, j Job) error {
	for _, a := range j.Program.Authorities {
		set := j.Program.Keys(a.ID)
		if set == nil {
			j.Print("%s\tNOT USABLE: %s", a.ID, tell.Error(j.Program.Missing()[a.ID]))
			continue
		}
		s := set.Snapshot()
		j.Print("%s\tgeneration %d, %d day keys, %d event keys", a.ID, s.Generation(), len(s.IDs(keystore.Day)), len(s.IDs(keystore.Event)))
		for _, alarm := range set.Alarms() {
			j.Print("%s\tALARM %s (%s) since %s: %s", a.ID, alarm.Kind, alarm.Store, alarm.Since.Format(time.RFC3339), alarm.Text)
		}
	}
	for _, warning := range j.Program.KeyWarnings() {
		j.Print("WARNING\t%s", warning.Text)
	}
	return nil
}

// KeysReplace puts an empty folder in the place of a lost key store.
type KeysReplace struct {
	Store   string `arg:"" enum:"first,second" help:"first or second."`
	Confirm bool   `help:"The old store is gone for good."`
}

func (c *KeysReplace) run(_ context.Context, j Job) error {
	if !c.Confirm {
		return fmt.Errorf("nothing was changed. If the %s key store is gone for good, and not only out of reach, repeat with --confirm", c.Store)
	}
	if err := j.Program.ReplaceStore(c.Store); err != nil {
		return err
	}
	j.Print("the next start takes an empty folder in the place of the %s key store into use and fills it from the other one", c.Store)
	return nil
}

// KeysLost goes on without keys that are lost.
type KeysLost struct {
	Authority string `help:"Only of this authority."`
	Confirm   bool   `help:"Go on without them: what they sealed is lost for good."`
}

func (c *KeysLost) run(ctx context.Context, j Job) error {
	all, err := only(j.Program, c.Authority)
	if err != nil {
		return err
	}
	for _, a := range all {
		if err := c.authority(ctx, j, a); err != nil {
			return err
		}
	}
	return nil
}

func (c *KeysLost) authority(ctx context.Context, j Job, a program.Authority) error {
	if why := j.Program.Missing()[a.ID]; why != nil {
		j.Print("%s\t%s", a.ID, tell.Error(why))
	}
	lost, err := j.Program.KeysLost(ctx, a.ID, c.Confirm)
	if err != nil {
		return err
	}
	for _, b := range lost.Buckets {
		j.Print("%s\tcannot be read any more: %s/%s until %s, %d records", a.ID, b.Notice, b.Group, b.LastDay, b.Records)
	}
	switch {
	case len(lost.Buckets) == 0:
		j.Print("%s\tno key is lost", a.ID)
	case !c.Confirm:
		j.Print("%s\tnothing was changed. Restore the key store, or repeat with --confirm to go on without these.", a.ID)
	}
	return nil
}

// Verify checks what the program vouches for.
type Verify struct {
	Authority string `help:"Only of this authority."`
}

func (c *Verify) run(ctx context.Context, j Job) error {
	all, err := only(j.Program, c.Authority)
	if err != nil {
		return err
	}
	sound, failed := true, error(nil)
	for _, a := range all {
		ok, err := verify(ctx, j, a.ID)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", a.ID, err))
		}
		sound = sound && (ok || err != nil)
	}
	if !sound {
		failed = errors.Join(failed, errors.New("something does not fit: see above"))
	}
	return failed
}

func verify(ctx context.Context, j Job, authority string) (bool, error) {
	report, err := j.Program.Audit.Verify(ctx, authority)
	if err != nil {
		return false, err
	}
	printTrees(j, report)
	findings, err := j.Program.Vault.Verify(ctx, authority)
	if err != nil {
		return false, err
	}
	for _, f := range findings {
		j.Print("%s\tFINDING %s %s (%d)", authority, f.Kind, f.ID, f.Count)
	}
	for _, w := range j.Program.KeyWarnings() {
		j.Print("%s\twarning: %s", authority, w.Text)
	}
	return report.OK() && len(findings) == 0, nil
}

func printTrees(j Job, r audit.Report) {
	for _, t := range r.Trees {
		j.Print("%s\taudit tree %s: %d leaves, %d living, %d ended, fits %d checkpoints", r.Authority, t.Origin, t.Size, t.Living, t.Ended, t.Kept)
		if t.Gap != nil {
			j.Print("%s\taudit tree %s begins after an accepted gap: restored at size %d, last checkpoint at size %d", r.Authority, t.Origin, t.Gap.Restored.Size, t.Gap.Kept.Size)
		}
	}
	for _, f := range r.Findings {
		j.Print("%s\tFINDING audit %s tree %d leaf %d %s", r.Authority, f.Kind, f.Tree, f.Leaf, f.ID)
	}
	if r.Waiting > 0 {
		j.Print("%s\t%d entries wait for their leaf", r.Authority, r.Waiting)
	}
}

// Backup writes a backup of the data.
type Backup struct {
	Folder string `arg:"" help:"A new folder." name:"dir"`
}

func (c *Backup) run(ctx context.Context, j Job) error {
	m, err := j.Program.Backup(ctx, j.path(c.Folder))
	if err == nil {
		j.Print("backup of instance %s (%s) in %s. It holds no keys; do not keep it longer than 35 days.", m.Instance.ID, m.Engine, j.path(c.Folder))
	}
	return err
}
