package program_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luukku/channel/chat"
	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/demo"
	"luukku/cmd/luukku/program"
	"luukku/core/access"
	"luukku/core/notice"
	"luukku/desk/queue"
	"luukku/fault"
	"luukku/notices"
	"luukku/people"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func demoConfig(dir string) config.Config {
	c := config.Defaults().WithData(filepath.Join(dir, "data"))
	c.Demo = true
	return demo.Configure(c)
}

func open(t *testing.T, c config.Config) *program.Program {
	t.Helper()
	p, err := tryOpen(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func tryOpen(ctx context.Context, c config.Config) (*program.Program, error) {
	first, err := demo.Authorities()
	if err != nil {
		return nil, err
	}
	if !c.Demo {
		first = nil
	}
	return program.Open(ctx, c, first, slog.New(slog.DiscardHandler))
}

func closed(t *testing.T, p *program.Program) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderIsADemoForGoodOrNever(t *testing.T) {
	dir := t.TempDir()
	c := demoConfig(dir)
	closed(t, open(t, c))
	c.Demo = false
	if _, err := tryOpen(t.Context(), c); err == nil || !strings.Contains(err.Error(), "demo for good") {
		t.Fatalf("a demo was opened as a service: %v", err)
	}
	real := config.Defaults().WithData(filepath.Join(dir, "real"))
	closed(t, open(t, real))
	real.Demo = true
	if _, err := tryOpen(t.Context(), demo.Configure(real)); err == nil || !strings.Contains(err.Error(), "is not a demo") {
		t.Fatalf("a service was opened as a demo: %v", err)
	}
}

func TestAFolderOfSomethingElseIsRefused(t *testing.T) {
	c := demoConfig(t.TempDir())
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.Data, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tryOpen(t.Context(), c); err == nil || !strings.Contains(err.Error(), "thesis.txt") {
		t.Fatalf("got %v", err)
	}
}

func TestTwoProgramsNeverShareAFolder(t *testing.T) {
	c := demoConfig(t.TempDir())
	p := open(t, c)
	if _, err := tryOpen(t.Context(), c); err == nil || !strings.Contains(err.Error(), "another Luukku") {
		t.Fatalf("a second program opened the folder: %v", err)
	}
	closed(t, p)
}

func TestANoticeThatChangedWithoutANewVersionIsRefused(t *testing.T) { // promise 7
	dir := t.TempDir()
	c := config.Defaults().WithData(filepath.Join(dir, "data"))
	p := open(t, c)
	folder := foundMallila(t, p)
	closed(t, p)
	closed(t, open(t, c)) // notes the versions
	file := filepath.Join(folder, "guardianship-chat.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), "P2M", "P3M", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tryOpen(t.Context(), c); err == nil || !strings.Contains(err.Error(), "give the changed text a new version") {
		t.Fatalf("a notice was changed behind people's backs: %v", err)
	}
}

// foundMallila founds an authority and returns the folder of its notices.
func foundMallila(t *testing.T, p *program.Program) string {
	t.Helper()
	zone, _ := time.LoadLocation("Europe/Helsinki")
	names := notice.Text{FI: "Mallilan kunta", SV: "Mallila kommun", EN: "Municipality of Mallila"}
	as := notice.Controller{Authority: "mallila", Name: names, Address: "Kuntatie 1", Email: "kirjaamo@mallila.example.fi", DPO: "tietosuoja@mallila.example.fi"}
	if err := p.Found(t.Context(), program.Authority{ID: "mallila", Slug: "mallila", Names: names, Zone: zone}, as, "guardianship-chat"); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(p.Config.Notices, "mallila")
}

func TestOffersFillEveryBundledNotice(t *testing.T) { // promise 6
	bundled, err := notices.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range bundled {
		if err := notice.CheckAgainst(n, program.Offers()).Err(); err != nil {
			t.Error(err)
		}
	}
}

func TestALostKeyStoreIsReplacedOnlyOnPurpose(t *testing.T) {
	for _, lost := range []string{"first", "second"} {
		t.Run(lost, func(t *testing.T) {
			c := demoConfig(t.TempDir())
			closed(t, open(t, c))
			folders := []string{c.Keys.Store, c.Keys.KEK.Folder}
			if lost == "second" {
				folders = []string{c.Keys.Second.Store, c.Keys.Second.KEK.Folder}
			}
			for _, f := range folders {
				if err := os.RemoveAll(f); err != nil {
					t.Fatal(err)
				}
			}
			p := open(t, c)
			if set := p.Keys("dvv"); set == nil || len(set.Alarms()) == 0 {
				t.Fatal("an empty folder was taken for the lost key store")
			}
			if err := p.ReplaceStore(lost); err != nil {
				t.Fatal(err)
			}
			closed(t, p)
			closed(t, open(t, c))
			p = open(t, c)
			if set := p.Keys("dvv"); set == nil || len(set.Alarms()) > 0 || p.Instance.Replace != "" {
				t.Fatalf("the store was not replaced: %v", p.Instance)
			}
			closed(t, p)
		})
	}
}

func TestWhoMayNotReadAnyMoreHasNoContactsLeft(t *testing.T) { // S4-17, S4-18
	p := open(t, demoConfig(t.TempDir()))
	defer closed(t, p)
	if _, err := demo.Fill(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	program := access.Caller{Authority: "dvv", Kind: access.Program, ID: "console"}
	accounts, err := p.People.List(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	adviser := access.Caller{Authority: "dvv", Kind: access.Staff, ID: accountOf(t, accounts, "aino.dvv")}
	if err := p.Queue.SetPresence(t.Context(), "dvv", adviser.ID, queue.Present); err != nil {
		t.Fatal(err)
	}
	begun, err := p.Chat.Start(t.Context(), "dvv", chat.Begin{Service: "guardianship-chat", Lang: "fi", ClientID: "0123456789abcdef"})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Chat.Take(t.Context(), adviser, begun.Contact); err != nil {
		t.Fatal(err)
	}
	write := chat.Write{ClientID: "client-0001", Text: "Hei", Lang: "fi"}
	if _, err := p.Chat.Reply(t.Context(), adviser, begun.Contact, write); err != nil {
		t.Fatal(err)
	}
	if err := p.People.SetSecrecy(t.Context(), program, adviser.ID, false, ""); err != nil {
		t.Fatal(err)
	}
	write.ClientID = "client-0002"
	if _, err := p.Chat.Reply(t.Context(), adviser, begun.Contact, write); !fault.Is(err, fault.Denied) {
		t.Errorf("who may not read could write: %v", err)
	}
	state, err := p.Chat.State(t.Context(), p.Chat.Citizen("dvv", begun.Contact, begun.Token))
	if err != nil || state.Status != "waiting" {
		t.Errorf("the citizen waits for somebody who cannot read: %v %v", state.Status, err)
	}
}

// A restart breaks every connection: whoever does not connect again has left.
func TestARestartForgetsNoCitizenWhoLeft(t *testing.T) {
	c := demoConfig(t.TempDir())
	p := open(t, c)
	if _, err := demo.Fill(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	begun, err := p.Chat.Start(t.Context(), "dvv", chat.Begin{Service: "guardianship-chat", Lang: "fi", ClientID: "0123456789abcdef"})
	if err != nil {
		t.Fatal(err)
	}
	closed(t, p)
	p = open(t, c)
	defer closed(t, p)
	who := p.Chat.Citizen("dvv", begun.Contact, begun.Token)
	if of, err := p.Chat.CheckCitizen(t.Context(), who); err != nil || of.CitizenPresent || of.CitizenLeftAt == 0 {
		t.Errorf("%+v, %v", of, err)
	}
	if _, _, err := p.Chat.Connect(t.Context(), who, 0); err != nil {
		t.Fatal(err)
	}
	if of, err := p.Chat.CheckCitizen(t.Context(), who); err != nil || !of.CitizenPresent || of.CitizenLeftAt != 0 {
		t.Errorf("%+v, %v", of, err)
	}
}

func accountOf(t *testing.T, accounts []people.Account, username string) string {
	t.Helper()
	for _, a := range accounts {
		if a.Username == username {
			return a.ID
		}
	}
	t.Fatalf("no account %s", username)
	return ""
}

// Before anything is given up, what is said to be lost is what would be.
func TestAnOlderKeyStoreLosesOnlyWhatItDoesNotHave(t *testing.T) {
	c := demoConfig(t.TempDir())
	c.Keys.Second = nil
	p := open(t, c)
	if _, err := demo.Fill(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	older := t.TempDir()
	if err := errors.Join(os.CopyFS(filepath.Join(older, "keys"), os.DirFS(c.Keys.Store)), os.CopyFS(filepath.Join(older, "kek"), os.DirFS(c.Keys.KEK.Folder))); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Retain.Advance(t.Context(), notice.Period{Days: 15}); err != nil { // all of the stock is younger than the copy
		t.Fatal(err)
	}
	if err := p.People.Disable(t.Context(), consoleOf("dvv"), anyAccount(t, p), "a reason"); err != nil { // a bucket of the audit
		t.Fatal(err)
	}
	closed(t, p)
	for _, folder := range []string{c.Keys.Store, c.Keys.KEK.Folder} {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.CopyFS(c.Keys.Store, os.DirFS(filepath.Join(older, "keys"))), os.CopyFS(c.Keys.KEK.Folder, os.DirFS(filepath.Join(older, "kek")))); err != nil {
		t.Fatal(err)
	}
	p = open(t, c)
	all, err := p.Vault.KeysLost(t.Context(), "dvv", false) // as if nothing were left
	if err != nil || p.Keys("dvv") != nil {
		t.Fatal("an older key store was taken into use", err)
	}
	told, err := p.KeysLost(t.Context(), "dvv", false)
	if err != nil || len(told.Buckets) >= len(all.Buckets) {
		t.Fatalf("%d of %d buckets are told as lost, %v", len(told.Buckets), len(all.Buckets), err)
	}
	lost, err := p.KeysLost(t.Context(), "dvv", true)
	if err != nil || len(lost.Buckets) != len(told.Buckets) || p.Keys("dvv") == nil {
		t.Errorf("%d buckets were told as lost, %d were given up, %v", len(told.Buckets), len(lost.Buckets), err)
	}
	closed(t, p) // the audit keeps its checkpoint in the key files that were taken into use
}
