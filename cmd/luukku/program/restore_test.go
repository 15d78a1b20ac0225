package program_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/demo"
	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/core/audit"
	"luukku/core/notice"
	"luukku/core/vault"
)

// asBefore: what a refused restore began is gone, the folder that it made as well.
func asBefore(t *testing.T, c config.Config) {
	t.Helper()
	if left, err := os.ReadDir(c.Data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the refused restore left %v %v", left, err)
	}
}

func TestARestoreEndsSignInsAndNamesTheGap(t *testing.T) {
	dir := t.TempDir()
	c := demoConfig(dir)
	p := open(t, c)
	if _, err := demo.Fill(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(dir, "backup")
	if _, err := p.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Backup(t.Context(), backup); err == nil {
		t.Fatal("a backup was written over another")
	}
	if _, err := p.Retain.Advance(t.Context(), notice.Period{Days: 2}); err != nil { // a checkpoint that the backup has not
		t.Fatal(err)
	}
	closed(t, p)
	if err := os.Rename(c.Data, c.Data+".before"); err != nil {
		t.Fatal(err)
	}
	if _, err := program.Restore(t.Context(), c, backup, false, tryOpen); err == nil || !strings.Contains(err.Error(), "--accept-audit-gap") {
		t.Fatalf("a gap in the audit went unsaid: %v", err)
	}
	asBefore(t, c)
	done, err := program.Restore(t.Context(), c, backup, true, tryOpen)
	if err != nil || len(done.Gaps) == 0 {
		t.Fatalf("%+v %v", done, err)
	}
	p = open(t, c)
	report, err := p.Audit.Verify(t.Context(), "dvv")
	if err != nil || !report.OK() || report.Trees[len(report.Trees)-1].Gap == nil {
		t.Errorf("the gap is not told for good: %+v %v", report, err)
	}
	if now := p.Keeper.Now(); now.Before(time.Now().Add(24 * time.Hour)) {
		t.Errorf("the restored demo went back to %v: the journal's mark was not heeded", now)
	}
	closed(t, p)
}

func TestAnOldBackupIsRefusedByAcceptedTime(t *testing.T) { // the journal, design
	c := demoConfig(t.TempDir())
	p := open(t, c)
	backup := filepath.Join(t.TempDir(), "backup")
	if _, err := p.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Retain.Advance(t.Context(), notice.Period{Days: 36}); err != nil {
		t.Fatal(err)
	}
	closed(t, p)
	if err := os.RemoveAll(c.Data); err != nil {
		t.Fatal(err)
	}
	if _, err := program.Restore(t.Context(), c, backup, true, tryOpen); err == nil || !strings.Contains(err.Error(), "days old") || strings.Contains(err.Error(), "\n") {
		t.Fatalf("an old backup came back, or was refused with more than a sentence: %v", err)
	}
	asBefore(t, c)
}

func TestABackupOfAnotherInstanceDoesNotMeetTheseKeys(t *testing.T) {
	dir := t.TempDir()
	mine, other := demoConfig(filepath.Join(dir, "mine")), demoConfig(filepath.Join(dir, "other"))
	closed(t, open(t, mine))
	p := open(t, other)
	backup := filepath.Join(dir, "backup")
	if _, err := p.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	closed(t, p)
	if err := os.RemoveAll(mine.Data); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(mine.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	mine.Notices = filepath.Join(dir, "notices") // outside the data folder
	if _, err := program.Restore(t.Context(), mine, backup, true, tryOpen); err == nil {
		t.Fatal("another instance's data were opened beside these keys")
	}
	if left, err := os.ReadDir(mine.Data); err != nil || len(left) > 0 {
		t.Errorf("the refused restore left %v %v in the empty folder", left, err)
	}
}

func TestARestoreThatWasKilledIsToldAndBegunAnew(t *testing.T) {
	dir := t.TempDir()
	c := demoConfig(dir)
	p := open(t, c)
	backup := filepath.Join(dir, "backup")
	if _, err := p.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	closed(t, p)
	if err := os.RemoveAll(c.Data); err != nil {
		t.Fatal(err)
	}
	killed := func(context.Context, config.Config) (*program.Program, error) { panic("killed") }
	func() {
		defer func() { _ = recover() }()
		_, _ = program.Restore(t.Context(), c, backup, true, killed)
	}()
	if _, err := tryOpen(t.Context(), c); err == nil || !strings.Contains(err.Error(), "was not finished: run luukku restore again") {
		t.Fatalf("a half-filled folder is served: %v", err)
	}
	if _, err := program.Restore(t.Context(), c, backup, false, tryOpen); err != nil {
		t.Fatal(err)
	}
	closed(t, open(t, c))
	if _, err := program.Restore(t.Context(), c, backup, false, tryOpen); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Fatalf("a folder in use was restored into: %v", err)
	}
	closed(t, open(t, c))
}

// Notices that lie outside the data folder may have outlived it.
func TestARestoreLeavesTheNoticesThatAreThere(t *testing.T) {
	dir := t.TempDir()
	c := config.Defaults().WithData(filepath.Join(dir, "data"))
	c.Notices = filepath.Join(dir, "notices")
	p := open(t, c)
	mallila := foundMallila(t, p)
	backup := filepath.Join(dir, "backup")
	if _, err := p.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	closed(t, p)
	if err := os.RemoveAll(c.Data); err != nil {
		t.Fatal(err)
	}
	mine, copied := filepath.Join(mallila, "audit-log.yaml"), filepath.Join(mallila, "staff-accounts.yaml")
	text, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(mine, append(text, "# mine\n"...), 0o600), os.Remove(copied)); err != nil {
		t.Fatal(err)
	}
	if _, err := program.Restore(t.Context(), c, backup, false, tryOpen); err == nil || !strings.Contains(err.Error(), "audit-log.yaml differs") {
		t.Fatalf("a notice was written over: %v", err)
	}
	asBefore(t, c)
	if err := os.WriteFile(mine, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := program.Restore(t.Context(), c, backup, false, tryOpen); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(copied); err != nil {
		t.Error(err)
	}
}

// A copy of the data folder that somebody put back by hand is told of before anything is recorded.
func TestAnOlderDatabaseRaisesItsAlarmAtTheStart(t *testing.T) {
	c := demoConfig(t.TempDir())
	p := open(t, c)
	if _, err := demo.Fill(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	closed(t, p)
	file := filepath.Join(c.Data, "luukku.db")
	older, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p = open(t, c)
	if err := p.People.Disable(t.Context(), consoleOf("dvv"), anyAccount(t, p), "a reason"); err != nil {
		t.Fatal(err)
	}
	closed(t, p) // with a checkpoint that the copy has not
	if err := os.WriteFile(file, older, 0o600); err != nil {
		t.Fatal(err)
	}
	p = open(t, c)
	defer p.Close() // it cannot keep a checkpoint
	if !slices.ContainsFunc(p.Retain.Alarms(), func(a vault.Alarm) bool { return a.Kind == audit.AlarmOlder && a.Authority == "dvv" }) {
		t.Errorf("alarms %v", p.Retain.Alarms())
	}
}

func consoleOf(authority string) access.Caller {
	return access.Caller{Authority: authority, Kind: access.Program, ID: "console"}
}

func anyAccount(t *testing.T, p *program.Program) string {
	t.Helper()
	accounts, err := p.People.List(t.Context(), consoleOf("dvv"))
	if err != nil || len(accounts) == 0 {
		t.Fatal(accounts, err)
	}
	return accounts[0].ID
}
