package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"luukku/cmd/luukku/admin"
	"luukku/cmd/luukku/bench"
	"luukku/cmd/luukku/config"
	"luukku/cmd/luukku/demo"
	"luukku/cmd/luukku/noticecmd"
	"luukku/cmd/luukku/program"
	"luukku/core/notice"
)

// alone runs an administrative command without a server: it opens the data folder itself.
func alone(ctx context.Context, c config.Config, words []string) error {
	instance, err := program.ReadInstance(c.Data)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no data in %s: name the folder with --data, or start luukku serve", c.Data)
	}
	if err != nil {
		return err
	}
	if c.Demo = instance.Demo; c.Demo {
		c = demo.Configure(c)
	}
	p, err := program.Open(ctx, c, nil, logger(c.Log, os.Stderr))
	if err != nil {
		return err
	}
	return errors.Join(admin.Execute(ctx, p, words, os.Stdout), p.Close())
}

// noticeCommands are the commands for notice files.
type noticeCommands struct {
	Check  noticeCheck  `cmd:"" help:"Check notice files; every problem is told with its line and a way to mend it."`
	Show   noticeShow   `cmd:"" help:"Show a notice as people read it."`
	Schema noticeSchema `cmd:"" help:"Write the JSON Schema of notice files, for editors."`
}

type noticeCheck struct {
	Files []string `arg:"" name:"file" help:"Notice files."`
}

func (c *noticeCheck) run(context.Context, *line) error {
	return status(noticecmd.Check(c.Files, os.Stdout))
}

type noticeSchema struct{}

func (*noticeSchema) run(context.Context, *line) error {
	_, err := os.Stdout.Write(notice.Schema())
	return err
}

type noticeShow struct {
	File   string `arg:"" help:"Notice file."`
	Lang   string `default:"fi" enum:"fi,sv,en" help:"Language: fi, sv or en."`
	Format string `default:"text" enum:"html,text" help:"html or text."`
}

func (c *noticeShow) run(context.Context, *line) error {
	return status(noticecmd.Show(c.File, c.Lang, c.Format, os.Stdout, os.Stderr))
}

func status(code int) error {
	if code == 0 {
		return nil
	}
	return exit(code)
}

// restore brings a backup back.
type restore struct {
	Folder         string `arg:"" name:"dir" type:"path" help:"Folder of the backup."`
	AcceptAuditGap bool   `help:"Go on although the audit in the backup is older than its last checkpoint; the gap is reported for good."`
}

func (r *restore) run(ctx context.Context, l *line) error {
	c, err := l.configuration()
	if err != nil {
		return err
	}
	log := logger(c.Log, os.Stderr)
	open := func(ctx context.Context, c config.Config) (*program.Program, error) {
		if c.Demo {
			c = demo.Configure(c)
		}
		return program.Open(ctx, c, nil, log)
	}
	done, err := program.Restore(ctx, c, r.Folder, r.AcceptAuditGap, open)
	for authority, gap := range done.Gaps {
		fmt.Printf("%s: the audit was restored at size %d; its last checkpoint has size %d\n", authority, gap.Restored.Size, gap.Kept.Size)
	}
	if err != nil {
		return err
	}
	fmt.Printf("restored the backup of %s into %s; everybody has been signed out\n", done.Manifest.Taken.Format(time.RFC3339), c.Data)
	return nil
}

// benches are the benchmarks.
type benches struct {
	Chat  benchChat  `cmd:"" help:"Load the chat through its public HTTP and sockets."`
	File  benchFile  `cmd:"" help:"Send and fetch files through the public HTTP; note the server's memory."`
	Desk  benchDesk  `cmd:"" help:"Load a desk of many advisers with running chats each, through its public HTTP and sockets."`
	Mail  benchMail  `cmd:"" help:"Drain an outbox to a mail server of its own."`
	Vault benchVault `cmd:"" help:"Time the vault: sealing and opening, the gate, a bucket's death, a turn."`
}

type benchChat struct {
	Database      string        `help:"postgres:// URL of an empty database; SQLite without."`
	Conversations int           `default:"1000" help:"Conversations open at once."`
	Posters       int           `default:"64" help:"How many post at the same time."`
	Rate          int           `help:"Open loop: messages a second. 0 is a closed loop."`
	For           time.Duration `default:"20s" help:"How long messages are sent."`
	Idle          bool          `help:"Only connect, print memory, and start a second time."`
}

func (b *benchChat) run(ctx context.Context, _ *line) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	return bench.Chat{
		Program: binary, Database: b.Database, Conversations: b.Conversations, Posters: b.Posters,
		Rate: b.Rate, For: b.For, Idle: b.Idle,
	}.Run(ctx, os.Stdout)
}

type benchDesk struct {
	Database string        `help:"postgres:// URL of an empty database; SQLite without."`
	Advisers int           `default:"50" help:"Advisers at their desks."`
	Chats    int           `default:"10" help:"Running chats of each."`
	Rate     int           `default:"50" help:"Messages a second, half of them from citizens."`
	For      time.Duration `default:"30s" help:"How long messages are sent."`
	While    string        `help:"Send them while this command runs; it finds the address and one adviser's sign-in in its environment."`
}

func (b *benchDesk) run(ctx context.Context, _ *line) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	return bench.Desk{Program: binary, Database: b.Database, Advisers: b.Advisers, Chats: b.Chats, Rate: b.Rate, For: b.For, While: b.While}.Run(ctx, os.Stdout)
}

// logger writes structured lines without personal data.
func logger(l config.Log, to *os.File) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(l.Level)) // the configuration's check knows the levels
	o := &slog.HandlerOptions{Level: level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}

type benchFile struct {
	Database string `help:"URL of an empty PostgreSQL database; SQLite otherwise."`
	MB       int    `default:"20" help:"Size of the document."`
	Times    int    `default:"5" help:"How often."`
}

func (b *benchFile) run(ctx context.Context, _ *line) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	return bench.File{Program: binary, Database: b.Database, MB: b.MB, Times: b.Times}.Run(ctx, os.Stdout)
}

type benchMail struct {
	Database string `help:"postgres:// URL of an empty database; SQLite without."`
	Mails    int    `default:"3000" help:"Mails that wait at the start."`
}

func (b *benchMail) run(ctx context.Context, _ *line) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	return bench.Mail{Program: binary, Database: b.Database, Mails: b.Mails}.Run(ctx, os.Stdout)
}

type benchVault struct {
	Database string `help:"postgres:// URL of an empty database; SQLite without."`
	Records  int    `default:"1000000" help:"Records in the bucket that dies."`
	Keys     int    `default:"20000" help:"Living keys at the turn."`
}

func (b *benchVault) run(ctx context.Context, _ *line) error {
	return bench.Vault{Database: b.Database, Records: b.Records, Keys: b.Keys}.Run(ctx, os.Stdout)
}
